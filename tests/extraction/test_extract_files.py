import csv
import importlib.util
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance.errors import DataError
from stance.extraction import CSV_COLUMNS, csv_row, extract, read_article, read_article_bytes

ARTICLE = "Peru's Foreign Ministry said on Monday that “the port” was open, allegedly."


def test_plain_text_with_and_without_a_mark(tmp_path):
    path = tmp_path / "a.txt"
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-32"):
        path.write_bytes(ARTICLE.encode(encoding))
        assert read_article(path) == ARTICLE


def test_line_ends_stay_as_they_are(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"one\r\ntwo\r\n")
    assert read_article(path) == "one\r\ntwo\r\n"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the file holds no text; give an article"),
        (b" \n\t", "the file holds no text"),
        (b"PNG\x00\x01", r"not a text file \(byte 3 is 0\)"),
        ("café".encode("cp1252"), r"byte 3 \(0xe9\) is not UTF-8; convert the file: iconv"),
    ],
)
def test_bad_files_are_named(tmp_path, data, message):
    path = tmp_path / "bad.txt"
    path.write_bytes(data)
    with pytest.raises(DataError, match=rf"bad\.txt: {message}"):
        read_article(path)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(
        DataError, match=r"gone\.txt: No such file or directory; give the path of an article file"
    ):
        read_article(tmp_path / "gone.txt")


def test_a_folder_is_no_article(tmp_path):
    with pytest.raises(DataError, match="give the path of an article file"):
        read_article(tmp_path)


def test_a_file_over_the_cap_is_refused(tmp_path):
    path = tmp_path / "long.txt"
    path.write_bytes(b"x" * 100)
    with pytest.raises(
        DataError, match=r"long\.txt: 100 bytes, more than the cap of 99; cut it into articles"
    ):
        read_article(path, max_bytes=99)
    with pytest.raises(DataError, match="more than the cap"):
        read_article_bytes(b"x" * 100, max_bytes=99)


HTML = (
    b"<!DOCTYPE html><html><body><article>"
    b"<p>Peru's Foreign Ministry said that the port was open.</p></article></body></html>"
)


def test_html_without_its_reader_says_what_to_install(monkeypatch):
    monkeypatch.setattr("stance.extraction.articles.find_spec", lambda name: None)
    with pytest.raises(
        DataError, match=r"page: reading HTML needs trafilatura: pip install 'stance\[html\]'"
    ):
        read_article_bytes(HTML, "page")


@pytest.mark.skipif(importlib.util.find_spec("trafilatura") is None, reason="trafilatura is not installed")
def test_html():
    assert "the port was open" in read_article_bytes(HTML, "page.html")
    with pytest.raises(DataError, match="no article text found in the HTML"):
        read_article_bytes(b"<html><body></body></html>", "page.html")


@given(st.binary(max_size=200))
def test_any_bytes_give_text_or_a_named_error(data):
    try:
        text = read_article_bytes(data, "x.txt")
    except DataError as error:
        assert str(error).startswith("x.txt: ")
    else:
        assert text.strip()


def test_rows():
    (record,) = extract(ARTICLE, date="2024-10-25")
    data = json.loads(json.dumps(record.to_dict(), ensure_ascii=False))
    assert data["text"] == record.text
    assert list(data) == list(CSV_COLUMNS)
    out = io.StringIO()
    writer = csv.DictWriter(out, CSV_COLUMNS)
    writer.writeheader()
    writer.writerow(csv_row(record))
    (row,) = csv.DictReader(io.StringIO(out.getvalue()))
    assert row["actor"] == "PER"
    assert row["official"] == "true"
    assert json.loads(row["quoted"]) == [list(span) for span in record.quoted]
    assert row["via"] == ""
