import json
import os
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from stance.errors import DataError, UsageError
from stance.tables import FORMATS, Column, open_writer

COLUMNS = [Column("id"), Column("score", "number"), Column("n", "integer"), Column("spans", "json")]
ROWS = [
    {"id": "007", "score": 0.1234567, "n": 3, "spans": [{"start": 1, "text": "ça"}]},
    {"id": None, "score": None, "n": None, "spans": None},
    {"id": 'a, "b"\n', "score": -1e-9, "n": 0, "spans": [], "unknown": 1},
]


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def written(name, columns, rows, **options):
    with open_writer(name, columns, **options) as writer:
        writer.write(rows)
        assert writer.count == len(rows)
    return Path(name).read_bytes()


def test_csv():
    assert written("out.csv", COLUMNS, ROWS).decode() == (
        'id,score,n,spans\n007,0.123457,3,"[{""start"": 1, ""text"": ""ça""}]"\n,,,\n"a, ""b""\n",0.0,0,[]\n'
    )


def test_tsv():
    assert written("out.tsv", COLUMNS, ROWS[1:]).decode() == (
        'id\tscore\tn\tspans\n\t\t\t\n"a, ""b""\n"\t0.0\t0\t[]\n'
    )


def test_jsonl_keeps_null_and_lists():
    assert [json.loads(line) for line in written("out.jsonl", COLUMNS, ROWS).splitlines()] == [
        {"id": "007", "score": 0.123457, "n": 3, "spans": [{"start": 1, "text": "ça"}]},
        {"id": None, "score": None, "n": None, "spans": None},
        {"id": 'a, "b"\n', "score": 0.0, "n": 0, "spans": []},
    ]
    assert "ça".encode() in Path("out.jsonl").read_bytes()


def test_parquet_has_typed_columns():
    written("out.parquet", COLUMNS, ROWS)
    table = pq.read_table("out.parquet")
    assert table.schema.equals(
        pa.schema([("id", pa.string()), ("score", pa.float64()), ("n", pa.int64()), ("spans", pa.string())])
    )
    assert table.to_pylist() == [
        {"id": "007", "score": 0.123457, "n": 3, "spans": '[{"start": 1, "text": "ça"}]'},
        {"id": None, "score": None, "n": None, "spans": None},
        {"id": 'a, "b"\n', "score": 0.0, "n": 0, "spans": "[]"},
    ]


def test_parquet_is_written_by_row_groups(monkeypatch):
    monkeypatch.setattr("stance.tables.output.ROW_GROUP", 4)
    written("out.parquet", [Column("id")], [{"id": str(n)} for n in range(10)])
    file = pq.ParquetFile("out.parquet")
    assert [file.metadata.row_group(n).num_rows for n in range(file.num_row_groups)] == [4, 4, 2]
    assert file.read()["id"].to_pylist() == [str(n) for n in range(10)]


@pytest.mark.parametrize("name", ["out.csv", "out.jsonl", "out.parquet"])
def test_no_rows(name):
    content = written(name, COLUMNS, [])
    if name == "out.csv":
        assert content == b"id,score,n,spans\n"
    elif name == "out.jsonl":
        assert content == b""
    else:
        assert pq.read_table(name).num_rows == 0


def test_the_same_rows_give_the_same_bytes():
    for name in FORMATS:
        assert written(f"a.{name}", COLUMNS, ROWS) == written(f"b.{name}", COLUMNS, ROWS)


def test_values_of_numpy_and_pandas():
    rows = [
        {"id": np.str_("a"), "score": np.float32(0.5), "n": np.int64(2), "spans": None},
        {"id": float("nan"), "score": float("nan"), "n": pd.NA, "spans": float("nan")},
        {"id": pd.NaT, "score": float("inf"), "n": np.float64("nan"), "spans": pd.NA},
    ]
    assert written("out.csv", COLUMNS, rows) == b"id,score,n,spans\na,0.5,2,\n,,,\n,,,\n"


def test_a_single_column_keeps_its_empty_rows():
    assert written("out.csv", [Column("id")], [{}, {"id": ""}, {"id": "a"}]) == b'id\n""\n""\na\n'


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\tx", "\rx"])
def test_formulas_are_guarded(cell):
    columns = [Column("text"), Column("score", "number")]
    for name, delimiter in (("out.csv", ","), ("out.tsv", "\t")):
        quoted = f'"\'{cell}"' if cell[0] == "\r" or cell[0] == delimiter else f"'{cell}"
        content = written(name, columns, [{"text": cell, "score": -0.5}], force=True).decode()
        assert content == f"text{delimiter}score\n{quoted}{delimiter}-0.5\n"
    assert (
        written("out.csv", columns, [{"text": cell}], force=True, guard=False)
        .decode()
        .endswith(f'\n"{cell}",\n' if cell[0] == "\r" else f"\n{cell},\n")
    )
    assert json.loads(written("out.jsonl", columns, [{"text": cell}]))["text"] == cell


@pytest.mark.parametrize("format", FORMATS)
def test_an_exception_leaves_nothing(format):
    name = f"out.{format}"
    with pytest.raises(KeyError), open_writer(name, COLUMNS) as writer:
        writer.write(ROWS)
        raise KeyError("stop")
    assert list(Path.cwd().iterdir()) == []
    Path(name).write_text("old")
    with pytest.raises(KeyError), open_writer(name, COLUMNS, force=True) as writer:
        writer.write(ROWS)
        raise KeyError("stop")
    assert Path(name).read_text() == "old"
    assert [path.name for path in Path.cwd().iterdir()] == [name]


@pytest.mark.parametrize("format", FORMATS)
def test_a_file_appears_at_the_end_only(format):
    with open_writer(f"out.{format}", COLUMNS) as writer:
        writer.write(ROWS)
        assert not Path(f"out.{format}").exists()
    assert [path.name for path in Path.cwd().iterdir()] == [f"out.{format}"]


def test_outputs_that_cannot_be_are_found_when_the_writer_is_opened():
    Path("old.csv").write_text("old")
    Path("folder.csv").mkdir()
    cases = {
        "old.csv": "old.csv: exists already; choose another name or replace it with --force",
        "folder.csv": "folder.csv: is a folder; name a file, or - for standard output",
        "no/out.csv": f"no/out.csv: there is no folder {Path.cwd() / 'no'}; create it first",
        "out.xlsx": "out.xlsx: the suffix '.xlsx' says nothing of the format; "
        "name it with --output-format (one of csv, tsv, jsonl, parquet)",
    }
    for name, expected in cases.items():
        with pytest.raises(UsageError) as caught:
            open_writer(name, COLUMNS)
        assert str(caught.value) == expected
    with pytest.raises(UsageError, match="is a folder"):
        open_writer("folder.csv", COLUMNS, force=True)
    with pytest.raises(
        UsageError, match=r"^/dev/null: is no ordinary file; name a file, or - for standard output$"
    ):
        open_writer("/dev/null", COLUMNS, format="csv", force=True)
    assert Path("old.csv").read_text() == "old"


def test_force_replaces():
    Path("out.csv").write_text("old")
    assert written("out.csv", [Column("id")], [{"id": "new"}], force=True) == b"id\nnew\n"


def test_names_that_no_file_can_have():
    with pytest.raises(UsageError, match=r"^'out\\x00\.csv': no file can have this name; choose another$"):
        open_writer("out\0.csv", COLUMNS, format="csv")
    with pytest.raises(
        UsageError, match=r": cannot be written \(File name too long\); choose another name or folder$"
    ):
        open_writer("x" * 300 + ".csv", COLUMNS)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_permission():
    Path("closed").mkdir(mode=0o000)
    with pytest.raises(
        UsageError, match=r"^closed/out\.csv: cannot be written \(Permission denied\); choose "
    ):
        open_writer("closed/out.csv", COLUMNS)
    Path("locked").mkdir(mode=0o500)
    with pytest.raises(
        UsageError, match=r"^locked/out\.csv: cannot be written in .*locked \(Permission denied\)$"
    ):
        open_writer("locked/out.csv", COLUMNS)
    for name in ("closed", "locked"):
        Path(name).chmod(0o700)  # so that the temporary folder can be cleared


@pytest.mark.parametrize("format", FORMATS)
def test_lone_surrogates_cannot_be_written(format):
    with pytest.raises(DataError) as caught:
        written(f"out.{format}", COLUMNS, [{"id": "a"}, {"id": "b\ud800"}])
    assert str(caught.value) == (
        f"out.{format}, row 2: '\\ud800' is half of a surrogate pair and cannot be written; write the whole character"
    )
    assert list(Path.cwd().iterdir()) == []


def test_faults_of_the_rows_themselves_pass_through():
    def rows():
        yield ROWS[0]
        raise OSError("the source has gone")

    with pytest.raises(OSError, match="the source has gone"), open_writer("out.csv", COLUMNS) as writer:
        writer.write(rows())
    assert list(Path.cwd().iterdir()) == []
