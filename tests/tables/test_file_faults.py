"""Faults of a whole file: one error, before any row is given."""

import json
from pathlib import Path

import pytest

from stance.errors import DataError, UsageError
from stance.statement import Statement
from stance.tables import FORMATS, guess_format, read_statements


def message(kind, *arguments, **options):
    """Return the text of the error that opening raises; nothing has been asked of the rows yet."""
    with pytest.raises(kind) as caught:
        read_statements(*arguments, **options)
    assert type(caught.value) is kind
    return str(caught.value)


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def write(name, content):
    Path(name).write_bytes(content.encode())
    return name


def test_no_such_file():
    assert message(UsageError, "in.csv") == "in.csv: there is no such file; check the name and the folder"


def test_a_folder():
    Path("in.csv").mkdir()
    assert message(UsageError, Path("in.csv")) == "in.csv: is a folder; name a file in it"


def test_a_name_that_no_file_can_have():
    assert message(DataError, "in\0.csv").endswith("check its name and its permissions")
    assert message(DataError, "x" * 300 + ".csv").endswith(
        ": cannot be opened (File name too long); check its name and its permissions"
    )


@pytest.mark.parametrize(
    ("name", "why"), [("in.xlsx", "the suffix '.xlsx' says"), ("in", "a name without a suffix says")]
)
def test_an_unknown_suffix(name, why):
    expected = f"{name}: {why} nothing of the format; name it with --format (one of csv, tsv, jsonl, parquet)"
    assert message(UsageError, write(name, "text\na\n")) == expected


def test_an_unknown_format():
    expected = "--format 'xml': there is no such format; choose one of csv, tsv, jsonl, parquet"
    assert message(UsageError, write("in.csv", "text\na\n"), format="xml") == expected


def test_guesses():
    names = ("a.csv", "a.CSV", "a.tsv", "a.jsonl", "a.ndjson", "a.parquet")
    assert [guess_format(name) for name in names] == ["csv", "csv", "tsv", "jsonl", "jsonl", "parquet"]
    assert guess_format("-") is None
    assert {guess_format("-", name) for name in FORMATS} == set(FORMATS)


@pytest.mark.parametrize("content", ["", "\ufeff", "\n\r\n\n"])
def test_an_empty_file(content):
    for name in ("in.csv", "in.tsv"):
        expected = f"{name}: is empty; it must begin with a line of column names"
        assert message(DataError, write(name, content)) == expected
    assert (
        message(DataError, write("in.jsonl", content))
        == "in.jsonl: is empty; it must have a JSON object on each line"
    )


def test_a_header_alone_has_no_rows():
    assert list(read_statements(write("in.csv", "id,text\n"))) == []


@pytest.mark.parametrize(
    ("columns", "hint"),
    [
        (["id", "statement", "content"], "statement"),
        (["id", "content", "title"], "content"),
        (["id", "body"], "body"),
        (["id", "Text"], "Text"),
        (["id", " text "], "' text '"),
        (["id", "Full Text"], "'Full Text'"),
        (["id", "original_text"], "original_text"),
        (["id", "words"], "NAME"),
    ],
)
def test_no_text_column_lists_the_columns_and_names_the_likeliest(columns, hint):
    expected = (
        f"there is no column 'text'; the columns are {', '.join(repr(column) for column in columns)}; "
        f"name the one that holds the text with --text-column {hint}"
    )
    content = ",".join(columns) + "\n" + ",".join("x" for _ in columns) + "\n"
    assert message(DataError, write("in.csv", content)) == f"in.csv: {expected}"
    line = json.dumps(dict.fromkeys(columns, "x"))
    assert message(DataError, write("in.jsonl", f"{line}\n{line}\n")) == f"in.jsonl: {expected}"


def test_many_columns_are_not_all_listed():
    text = message(DataError, write("in.csv", ",".join(f"c{n}" for n in range(50)) + "\n"))
    assert "'c28', 'c29' and 20 more; name the one" in text


def test_another_delimiter():
    expected = "in.csv: there is no column 'text'; the columns are 'id;text': the file seems to be delimited by ';'; "
    assert message(DataError, write("in.csv", "id;text\n1;a\n")) == expected + "save it with commas"
    tabs = message(DataError, write("in.csv", "id\ttext\n1\ta\n"))
    assert tabs.endswith("the file seems to be delimited by '\\t'; read it with --format tsv")


def test_a_mapped_column_that_does_not_exist():
    write("in.csv", "id,text,country\n1,a,FRA\n")
    assert message(UsageError, "in.csv", columns={"actor": "countri"}) == (
        "in.csv: there is no column 'countri' (did you mean 'country'?); the columns are 'id', 'text', 'country'; "
        "choose one with --actor-column NAME"
    )
    assert message(UsageError, "in.csv", columns={"text": "words"}) == (
        "in.csv: there is no column 'words'; the columns are 'id', 'text', 'country'; "
        "choose one with --text-column NAME"
    )
    write("in.jsonl", '{"text": "a"}\n{"text": "b", "who": "FRA"}\n')
    assert list(read_statements("in.jsonl", columns={"actor": "who"}))[1] == Statement("2", "b", "FRA")
    assert message(UsageError, "in.jsonl", columns={"actor": "whom"}).startswith(
        "in.jsonl: there is no column 'whom' (did you mean 'who'?); the columns are 'text', 'who'; "
    )


def test_a_column_of_jsonl_is_looked_for_in_the_first_rows_only():
    write("in.jsonl", '{"words": "a"}\n' * 5000 + '{"text": "a"}\n')
    assert message(DataError, "in.jsonl").startswith(
        "in.jsonl, first 1,000 rows: there is no column 'text'; "
    )


def test_an_unknown_field():
    write("in.csv", "text\na\n")
    assert message(UsageError, "in.csv", columns={"name": "text"}) == (
        "there is no field 'name' to map a column to; the fields are id, text, actor, date, lang, source, exclude"
    )


def test_duplicate_names_in_the_header():
    write("in.csv", "\nid,text,id\n1,a,2\n")
    assert (
        message(DataError, "in.csv")
        == "in.csv, line 2: columns 1 and 3 are both named 'id'; rename one of them"
    )


def test_columns_without_a_name_are_named_by_their_place():
    write("in.csv", ",text,,(column 3)\n0,,x,y\n")
    [refusal] = read_statements("in.csv")
    assert refusal.row == {"(column 1)": "0", "text": "", "((column 3))": "x", "(column 3)": "y"}


def test_a_header_with_text_behind_a_quote():
    write("in.csv", '"id"s,text\n1,a\n')
    assert message(DataError, "in.csv").startswith(
        "in.csv, line 1: behind the closing quote stands 's,text'; "
    )


def test_the_file_is_closed_when_the_rows_are_not_wanted():
    write("in.csv", "text\na\nb\n")
    rows = read_statements("in.csv")
    assert next(rows) == Statement("1", "a")
    rows.close()
    read_statements("in.csv")  # never read: a file left open would warn, and warnings are errors
