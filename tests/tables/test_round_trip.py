"""What holds for any rows and any bytes."""

import io
import json
import tempfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from stance.errors import StanceError
from stance.statement import Refusal, Statement
from stance.tables import FORMATS, Column, open_table, open_writer, read_statements

COLUMNS = [Column(name) for name in ("id", "text", "actor", "date", "lang", "source")] + [
    Column("exclude", "json")
]

any_text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
awkward = st.text(st.sampled_from("\"',;\t\r\n aé😀=-\ufeff\u2028\x1c"), max_size=12)
cell = st.one_of(any_text, awkward)
optional = st.none() | cell.filter(bool)
with_text = st.fixed_dictionaries(
    {
        "text": cell.filter(lambda text: text.strip()),
        "actor": optional,
        "date": optional,
        "lang": optional,
        "source": optional,
    }
)

bounded = settings(deadline=None, max_examples=100)


@pytest.mark.parametrize("format", FORMATS)
@bounded
@given(rows=st.lists(with_text, min_size=1, max_size=5), numbered=st.booleans())
def test_rows_are_read_back_as_they_were_written(format, rows, numbered):
    columns = COLUMNS[1:] if numbered else COLUMNS
    expected = [Statement(str(n), exclude=((0, 1),), **row) for n, row in enumerate(rows, 1)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"rows.{format}"
        with open_writer(path, columns, guard=False) as writer:
            writer.write({"id": f"{n}", "exclude": [[0, 1]], **row} for n, row in enumerate(rows, 1))
        assert list(read_statements(path)) == expected


@pytest.mark.parametrize("format", ["csv", "tsv"])
@bounded
@given(rows=st.lists(st.lists(cell, min_size=3, max_size=3), max_size=5))
def test_cells_of_delimited_text_are_read_back(format, rows):
    names = ["a", "b", "c"]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"rows.{format}"
        with open_writer(path, [Column(name) for name in names], guard=False) as writer:
            writer.write(dict(zip(names, row, strict=True)) for row in rows)
        with open_table(path) as table:
            assert [list(row.cells.values()) for row in table.rows(names)] == rows


@bounded
@given(rows=st.lists(st.lists(cell, min_size=2, max_size=2), max_size=5))
def test_the_guard_adds_one_apostrophe_and_nothing_else(rows):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.csv"
        with open_writer(path, [Column("a"), Column("b")]) as writer:
            writer.write(dict(zip("ab", row, strict=True)) for row in rows)
        with open_table(path) as table:
            back = [list(row.cells.values()) for row in table.rows("ab")]
    assert back == [
        ["'" + text if text.startswith(tuple("=+-@\t\r")) else text for text in row] for row in rows
    ]


@bounded
@given(rows=st.lists(st.lists(cell, min_size=2, max_size=2), min_size=1, max_size=5))
def test_spreadsheets_and_pandas_read_the_same(rows):
    import csv

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.csv"
        with open_writer(path, [Column("a"), Column("b")], guard=False) as writer:
            writer.write(dict(zip("ab", row, strict=True)) for row in rows)
        with path.open(encoding="utf-8", newline="") as stream:
            assert list(csv.reader(stream))[1:] == rows


def check_any(content: bytes, format: str, **options: object) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "any"
        path.write_bytes(content)
        try:
            for row in read_statements(path, format=format, **options):
                assert isinstance(row, Statement | Refusal)
                # What is given can be written: a statement as UTF-8, a refusal as JSON.
                if isinstance(row, Statement):
                    assert row.text.encode() and "\0" not in row.text and row.id
                else:
                    assert row.reason and json.dumps(row.row, default=str) and str(row)
        except StanceError as error:
            assert str(path) in str(error)


structured = st.lists(
    st.sampled_from(
        [
            b"text",
            b"id",
            b",",
            b"\t",
            b"\n",
            b"\r",
            b'"',
            b"a",
            b"\xc3\xa9",
            b"\xe9",
            b"\0",
            b" ",
            b"\xef\xbb\xbf",
        ]
    ),
    max_size=25,
).map(b"".join)
jsonish = st.lists(
    st.sampled_from(
        [
            b'{"text":',
            b'"a"',
            b"}",
            b"{",
            b"[",
            b"]",
            b"\n",
            b",",
            b'"id":',
            b"1",
            b"null",
            b'"\\ud800"',
            b"NaN",
            b" ",
        ]
    ),
    max_size=25,
).map(b"".join)


@pytest.mark.parametrize("format", FORMATS)
@bounded
@given(content=st.one_of(st.binary(max_size=200), structured, structured.map(b"text,id\n".__add__), jsonish))
@example(content=b"")
@example(content=b"PAR1PAR1PAR1")
def test_any_bytes_give_rows_refusals_or_a_named_error(format, content):
    check_any(content, format)


@bounded
@given(
    content=st.binary(max_size=100),
    encoding=st.sampled_from(
        ["utf-16", "utf-32", "utf-7", "shift_jis", "gb18030", "iso2022_jp", "hz", "cp1252", "big5"]
    ),
)
def test_any_bytes_in_any_encoding(content, encoding):
    check_any(b"text\n" + content, "csv", encoding=encoding)
    check_any(content, "jsonl", encoding=encoding)


@bounded
@given(place=st.integers(0, 10_000), new=st.binary(min_size=1, max_size=4))
def test_a_damaged_parquet_file(place, new):
    sink = io.BytesIO()
    pq.write_table(pa.table({"id": [1, 2, 3], "text": ["a", "b", "c"], "date": ["x", None, "y"]}), sink)
    content = bytearray(sink.getvalue())
    place %= len(content)
    content[place : place + len(new)] = new
    check_any(bytes(content), "parquet")


@bounded
@given(
    value=st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | cell,
        lambda inner: st.lists(inner, max_size=3),
    )
)
def test_any_value_as_exclude(value):
    check_any(json.dumps({"text": "hello", "exclude": value}).encode(), "jsonl")
