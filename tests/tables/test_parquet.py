import datetime
import decimal
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from stance.errors import DataError
from stance.statement import Statement
from stance.tables import open_table, read_statements


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def read(columns, **options):
    pq.write_table(pa.table(columns), "in.parquet", row_group_size=2)
    return list(read_statements("in.parquet", **options))


def test_texts_are_kept_as_they_are():
    assert read({"id": ["007", None, ""], "text": [" NA", "null", "a\r\nb"], "actor": ["FRA", None, ""]}) == [
        Statement("007", " NA", "FRA"),
        Statement("2", "null"),
        Statement("3", "a\r\nb"),
    ]


@pytest.mark.parametrize(
    ("values", "texts"),
    [
        (pa.array([datetime.date(2020, 2, 3), None]), ["2020-02-03", None]),
        (
            pa.array([datetime.datetime(2020, 2, 3), datetime.datetime(2020, 2, 3, 4, 5)]),
            ["2020-02-03", "2020-02-03T04:05:00"],
        ),
        (pa.array([1, 1], pa.timestamp("ns")), ["1970-01-01T00:00:00.000000001"] * 2),
        (pa.array([0, 0], pa.timestamp("s", "UTC")), ["1970-01-01T00:00:00+00:00"] * 2),
        (pa.array([2020, 1999]), ["2020", "1999"]),
        (pa.array([2020.5, float("nan")]), ["2020.5", None]),
        (pa.array([decimal.Decimal("1.10"), None]), ["1.10", None]),
        (pa.array(["2020", "2021"]).dictionary_encode(), ["2020", "2021"]),
        (pa.array(["2020", "2021"], pa.large_string()), ["2020", "2021"]),
        (pa.array([b"2020", b"2021"]), ["2020", "2021"]),
        (pa.array([None, None], pa.null()), [None, None]),
    ],
    ids=str,
)
def test_types_become_text(values, texts):
    rows = read({"text": ["a", "b"], "date": values})
    assert [row.date for row in rows] == texts


def test_pandas_frames():
    frame = pd.DataFrame({"id": [1, 2], "text": ["a", "b"], "date": pd.to_datetime(["2020-01-02", None])})
    frame.to_parquet("in.parquet")
    assert list(read_statements("in.parquet")) == [
        Statement("1", "a", date="2020-01-02"),
        Statement("2", "b"),
    ]


def test_time_stamps_beyond_the_calendar_of_python():
    day = 86_400_000
    times = pa.array([7_000_000 * day, 73_000_000_000 * day, 0], pa.timestamp("ms"))
    rows = read({"text": ["a", "b", "c"], "date": times})
    assert rows[0].date == "21135-05-09 00:00:00.000"
    assert str(rows[1]) == (
        "in.parquet, line 2, column date: 'timestamp[ms]': cannot be turned into text "
        "(<value out of range: 6307200000000000000>); mend the value"
    )
    assert rows[2] == Statement("3", "c", date="1970-01-01")


def test_lists_as_exclude():
    [row] = read({"text": ["hello"], "exclude": pa.array([[[0, 2]]], pa.list_(pa.list_(pa.int64())))})
    assert row.exclude == ((0, 2),)


def test_row_faults_name_the_row():
    rows = read({"id": ["a", "a", "c", "d"], "text": ["x", "y", None, "\0"], "n": [1, 2, 3, 4]})
    assert [str(row) for row in rows[1:]] == [
        "in.parquet, line 2, column id: 'a': the id 'a' was used on line 1 already; give each row its own id",
        "in.parquet, line 3, column text: '': the text is empty; fill it in or remove the row",
        "in.parquet, line 4, column text: '\\x00': a NUL byte stands at character 1 of the cell; remove it",
    ]
    # The refused row is whole, columns that were not asked for included.
    assert rows[2].row == {"id": "c", "text": None, "n": 3}


def test_bytes_that_are_no_utf8_refuse_their_row_alone():
    for kind in (pa.binary(), pa.string()):
        raw = pa.array([b"fine", b"caf\xe9", b"good"])
        rows = read({"text": raw if kind == pa.binary() else raw.view(pa.string())})
        assert [row.text for row in (rows[0], rows[2])] == ["fine", "good"]
        assert str(rows[1]) == (
            "in.parquet, line 2, column text: \"b'caf\\\\xe9'\": byte 0xe9 at offset 3 of the value is not utf-8; "
            "mend the value"
        )


def test_a_text_column_of_numbers():
    with pytest.raises(DataError) as caught:
        read({"text": [1, 2]})
    assert str(caught.value) == (
        "in.parquet, column text: holds values of type int64, not text; write it as text, or choose another column "
        "with --text-column NAME"
    )


def test_no_text_column():
    with pytest.raises(DataError) as caught:
        read({"id": [1], "body": ["a"]})
    assert str(caught.value) == (
        "in.parquet: there is no column 'text'; the columns are 'id', 'body'; name the one that holds the text with "
        "--text-column body"
    )


def test_a_name_that_comes_twice():
    table = pa.Table.from_arrays([pa.array(["a"]), pa.array(["b"])], names=["text", "text"])
    pq.write_table(table, "in.parquet")
    with pytest.raises(
        DataError, match=r"^in\.parquet: columns 1 and 2 are both named 'text'; rename one of them$"
    ):
        list(read_statements("in.parquet"))


def test_an_empty_file():
    Path("in.parquet").touch()
    with pytest.raises(DataError, match=r"^in\.parquet: is empty; it must be a Parquet file$"):
        list(read_statements("in.parquet"))
    assert read({"text": pa.array([], pa.string())}) == []


@pytest.mark.parametrize("keep", [4, 100, 0.5, 0.99])
def test_a_truncated_file(keep):
    pq.write_table(pa.table({"text": [f"statement {n}" for n in range(1000)]}), "in.parquet")
    content = Path("in.parquet").read_bytes()
    Path("in.parquet").write_bytes(content[: keep if isinstance(keep, int) else int(keep * len(content))])
    with pytest.raises(DataError) as caught:
        list(read_statements("in.parquet"))
    assert str(caught.value).startswith("in.parquet: cannot be read as Parquet (")
    assert str(caught.value).endswith(
        "); the file is cut off, damaged, or of another format (--format): fetch or write it again"
    )


def test_damage_inside_names_the_rows_where_it_was_met():
    table = pa.table({"text": [f"statement {n}" for n in range(3000)]})
    pq.write_table(table, "in.parquet", row_group_size=1000, use_dictionary=False, compression="gzip")
    content = bytearray(Path("in.parquet").read_bytes())
    middle = pq.ParquetFile("in.parquet").metadata.row_group(1).column(0).data_page_offset
    content[middle + 60 : middle + 400] = b"\xff" * 340
    Path("in.parquet").write_bytes(content)
    read_so_far = []
    with pytest.raises(DataError, match=r"^in\.parquet, at or after row \d+: cannot be read as Parquet \("):
        read_so_far.extend(read_statements("in.parquet"))
    with pytest.raises(DataError):
        for row in read_statements("in.parquet"):
            read_so_far.append(row)
    assert read_so_far[0] == Statement("1", "statement 0")


def test_columns_that_are_not_asked_for_are_read_on_demand_only():
    pq.write_table(pa.table({"text": ["a"], "vector": [[0.5, 1.5]]}), "in.parquet")
    with open_table("in.parquet") as table:
        assert table.columns == ("text", "vector")
        [row] = table.rows(["text"])
        assert row.cells == {"text": "a"}
        assert row.whole() == {"text": "a", "vector": [0.5, 1.5]}
