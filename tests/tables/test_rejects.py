import json
from pathlib import Path

import pytest

from stance.errors import UsageError
from stance.statement import Refusal
from stance.tables import RejectsFile, read_statements

REFUSAL = Refusal("in.csv", 3, "the text is empty; fill it in", "text", "", {"id": "ça", "text": ""})


@pytest.fixture
def path(tmp_path):
    return tmp_path / "out.csv.rejects.jsonl"


def test_refusals_stand_in_the_file(path):
    with RejectsFile(path) as rejects:
        rejects.add(REFUSAL)
        rejects.add(Refusal("-", 4, "no valid JSON", row={"(line)": "{bad"}))
        assert not path.exists()
        assert rejects.count == 2
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == [
        {
            "file": "in.csv",
            "line": 3,
            "column": "text",
            "value": "",
            "reason": "the text is empty; fill it in",
            "row": {"id": "ça", "text": ""},
        },
        {
            "file": "-",
            "line": 4,
            "column": None,
            "value": None,
            "reason": "no valid JSON",
            "row": {"(line)": "{bad"},
        },
    ]
    assert "ça" in lines[0]


def test_without_refusals_there_is_no_file(path):
    with RejectsFile(path) as rejects:
        assert rejects.count == 0
    assert list(path.parent.iterdir()) == []


def test_an_exception_leaves_nothing(path):
    with pytest.raises(KeyError), RejectsFile(path) as rejects:
        rejects.add(REFUSAL)
        raise KeyError("stop")
    assert list(path.parent.iterdir()) == []


def test_a_file_that_exists_is_found_at_once(path):
    path.write_text("old")
    with pytest.raises(UsageError, match=r"exists already; choose another name or replace it with --force$"):
        RejectsFile(path)
    with RejectsFile(path, force=True) as rejects:
        rejects.add(REFUSAL)
        assert path.read_text() == "old"
    assert json.loads(path.read_text())["line"] == 3


def test_a_file_of_an_earlier_run_goes_if_nothing_is_refused(path):
    path.write_text("old")
    with pytest.raises(KeyError), RejectsFile(path, force=True):
        raise KeyError("stop")
    assert path.read_text() == "old"
    with RejectsFile(path, force=True):
        pass
    assert not path.exists()


def test_a_folder(path):
    path.mkdir()
    with pytest.raises(UsageError, match=r"is a folder; name a file, or - for standard output$"):
        RejectsFile(path, force=True)


def test_every_refusal_can_be_written(path, tmp_path):
    source = tmp_path / "in.jsonl"
    source.write_text(
        '{"text": "\\ud800", "n": 1e999}\n{"text": "\\u0000"}\n{"text": [[1]], "x": -0}\n{bad "\n'
        '{"text": "a", "exclude": [[0, 9]]}\n{"text": "b"}\n'
    )
    with RejectsFile(path) as rejects:
        for row in read_statements(source):
            if isinstance(row, Refusal):
                rejects.add(row)
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert [record["line"] for record in records] == [1, 2, 3, 4, 5]
    assert records[0]["row"] == {"text": "\ud800", "n": "1e999"}
    assert records[2]["row"] == {"text": [[1]], "x": 0}
    assert Path(records[0]["file"]) == source
