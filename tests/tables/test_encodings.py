import re

import pytest

from stance.errors import DataError, UsageError
from stance.statement import Statement


@pytest.mark.parametrize("name", ["in.csv", "in.tsv", "in.jsonl"])
def test_a_byte_order_mark_is_left_out(read, name):
    content = {"in.csv": "text\nça va\n", "in.tsv": '"text"\nça va\n', "in.jsonl": '{"text": "ça va"}'}[name]
    assert read(b"\xef\xbb\xbf" + content.encode(), name) == [Statement("1", "ça va")]


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", "ça 😀"),
        ("UTF8", "ça 😀"),
        ("utf-16", "ça 😀"),
        ("utf-16-le", "ça 😀"),
        ("utf-32-be", "ça 😀"),
        ("cp1252", "ça “va”"),
        ("latin-1", "ça"),
        ("gb18030", "中文 😀"),
        ("shift_jis", "日本語"),
        ("iso2022_jp", "日本語"),
        ("koi8-r", "заявление"),
        ("cp1256", "بيان"),
        ("utf-7", "ça 😀"),
    ],
)
@pytest.mark.parametrize("size", [1, 3, 1 << 16])
def test_encodings(read, monkeypatch, encoding, text, size):
    monkeypatch.setattr("stance.tables.source.CHUNK_BYTES", size)
    assert read(f"text\n{text}\r\nb\r\n".encode(encoding), encoding=encoding) == [
        Statement("1", text),
        Statement("2", "b"),
    ]


def test_utf16_with_a_mark_and_its_order_named(read):
    assert read("\ufefftext\nça\n".encode("utf-16-be"), encoding="utf-16-be") == [Statement("1", "ça")]


@pytest.mark.parametrize("size", [1, 2, 3, 5, 1 << 16])
@pytest.mark.parametrize(
    ("before", "bad", "value", "line"),
    [
        (b"text\nWe agree.\ncaf", b"\xe9, and more\n", "0xe9", 3),
        (b"\xef\xbb\xbftext\r\nWe agree.\r\ncaf", b"\xe9\r\n", "0xe9", 3),
        (b"text\rWe agree.\r", b"\xff\r", "0xff", 3),
        (b"text\n\xc3\xa7a ", b"\xe2\x82", "0xe2 0x82", 2),
        (b"text\nab", b"\xed\xa0\x80\n", "0xed", 2),
        (b"", b"\x80text\n", "0x80", 1),
        (b'text\n"one\ntwo\n', b'\xc0\n"\n', "0xc0", 4),
    ],
)
def test_bytes_that_are_not_utf8_are_named_by_line_and_offset(
    read, monkeypatch, size, before, bad, value, line
):
    monkeypatch.setattr("stance.tables.source.CHUNK_BYTES", size)
    message = (
        f"in.csv, line {line}, byte offset {len(before)}: {value} is not utf-8; "
        "name the encoding of the file with --encoding (cp1252 for many older files)"
    )
    with pytest.raises(DataError, match=f"^{re.escape(message)}$"):
        read(before + bad)


@pytest.mark.parametrize("size", [1, 4, 1 << 16])
@pytest.mark.parametrize(
    ("encoding", "before", "bad"),
    [
        ("utf-16", "text\nça\n".encode("utf-16"), b"\x00\xd8\x41\x00"),
        ("shift_jis", "text\n日本\n".encode("shift_jis"), b"\xfd\n"),
        ("gb18030", "text\n中文\n".encode("gb18030"), b"\xff\n"),
        ("ascii", b"text\nabc\n", b"\xe9\n"),
        ("cp1252", b"text\nabc\n", b"\x81\n"),
    ],
)
def test_offsets_in_other_encodings(read, monkeypatch, size, encoding, before, bad):
    monkeypatch.setattr("stance.tables.source.CHUNK_BYTES", size)
    with pytest.raises(
        DataError, match=rf"^in\.csv, line 3, byte offset {len(before)}: 0x.* is not {encoding}; "
    ):
        read(before + bad, encoding=encoding)


def test_an_offset_far_into_the_file(read):
    before = b"text\n" + "ça va\n".encode() * 100_000
    with pytest.raises(
        DataError, match=rf"^in\.csv, line 100002, byte offset {len(before) + 1}: 0xfe is not utf-8; "
    ):
        read(before + b"a\xfe\n")


@pytest.mark.parametrize("content", [b"\xff\xfet\x00", b"\xfe\xff\x00t"])
def test_utf16_read_as_utf8(read, content):
    with pytest.raises(DataError) as caught:
        read(content)
    assert str(caught.value) == (
        f"in.csv, line 1, byte offset 0: 0x{content[0]:x} is not utf-8; "
        "the file looks like UTF-16; read it with --encoding utf-16"
    )


@pytest.mark.parametrize("name", ["in.csv", "in.tsv", "in.jsonl"])
@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"\x1f\x8b\x08\x00", "a gzip archive; unpack it first"),
        (b"PAR1\x15\x04", "a Parquet file; read it with --format parquet"),
        (b"PK\x03\x04\x14", "an Excel workbook or a ZIP archive; save it as CSV, or unpack it, first"),
        (b"\xd0\xcf\x11\xe0\xa1", "an old Excel workbook; save it as CSV first"),
    ],
)
def test_files_that_are_no_text(read, name, content, what):
    with pytest.raises(DataError, match=f"^{name}: looks like {re.escape(what)}$"):
        read(content, name, encoding="latin-1")


def test_a_column_may_be_named_as_a_parquet_file_begins(read):
    assert read("PAR1,text\nx,We agree.\n") == [Statement("1", "We agree.")]


def test_utf16_without_a_mark(read):
    with pytest.raises(DataError) as caught:
        read("id,text\n1,We agree.\n".encode("utf-16-le"))
    assert str(caught.value) == (
        "in.csv, line 1, column 1: the name 'i\\x00d\\x00' holds NUL characters; the file is likely UTF-16 "
        "(--encoding utf-16-le or utf-16-be), or it is damaged"
    )


@pytest.mark.parametrize(
    "encoding", ["utf-9", "", "hex", "rot13", "zlib", "idna", "unicode_escape", "undefined", "a\0b", "é"]
)
def test_an_unknown_encoding(read, encoding):
    with pytest.raises(UsageError) as caught:
        read("text\na\n", encoding=encoding)
    assert str(caught.value) == (
        f"--encoding {encoding!r}: there is no such encoding of text; examples are utf-8, utf-16, cp1252, latin-1"
    )
