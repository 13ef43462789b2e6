"""``stance explain, train, labels, corpus, targets`` end to end."""

import json
import os
import shutil

import pytest
from click.testing import CliRunner
from sample_texts import SENTENCES, label_csv

from stance.cli.main import stance
from stance.cli.options import progress
from stance.model import bundle

BLAME = "We condemn the attack that Israel launched against the harbour."


@pytest.fixture
def invoke(tmp_path, monkeypatch, cache):
    monkeypatch.chdir(tmp_path)

    def call(*arguments, **more):
        return CliRunner().invoke(stance, [*map(str, arguments)], standalone_mode=False, **more)

    return call


def test_explain_shows_what_pushed_the_decision(invoke, bundle_folder, model):
    result = invoke("explain", BLAME, "--target", "ISR", "--top", "4", "-m", bundle_folder)
    assert result.exception is None
    lines = result.stdout.splitlines()
    found = model.explain(BLAME, "ISR")
    assert lines[0].startswith(
        f"ISR: critical (absent {found.probabilities[0]:.2f}, critical {found.probabilities[1]:.2f}"
    )
    assert lines[1].startswith("evidence [") and BLAME[found.evidence.start : found.evidence.end] in lines[1]
    assert len(lines) == 4 + 4 + 3
    figures = [float(line.split()[0]) for line in lines[4:]]
    assert sum(figures[:-1]) == pytest.approx(figures[-1], abs=5e-4)


def test_explain_as_json(invoke, bundle_folder):
    result = invoke("explain", BLAME, "-t", "ISR", "--json", "-m", bundle_folder)
    data = json.loads(result.stdout)
    assert data["stance"] == "critical"
    for label, decision in data["decisions"].items():
        total = data["intercept"][label] + sum(part[label] for part in data["contributions"])
        assert total == pytest.approx(decision, abs=1e-9)
    span = data["evidence"]
    assert BLAME[span["start"] : span["end"]] == span["text"]


def test_explain_reads_the_date(invoke, bundle_folder):
    text = "We condemn the crimes of President Bush."
    results = [
        invoke("explain", text, "-t", "USA", "--date", date, "-m", bundle_folder).stdout
        for date in ("2003", "1950")
    ]
    assert results[0].startswith("USA: critical") and results[1].startswith("USA: absent")
    assert results[1].endswith("The text does not refer to the target, so the model is not asked.\n")


def test_explain_of_bytes_that_are_no_text_is_no_traceback(run, bundle_folder):
    done = run(
        "explain",
        b"We condemn Israel \xff now.".decode("utf-8", "surrogateescape"),
        "-t",
        "ISR",
        "-m",
        bundle_folder,
    )
    assert b"Traceback" not in done.stderr
    assert done.returncode in (0, 2)


def test_explain_with_the_shipped_model(call):
    done = call("explain", BLAME, "-t", "ISR")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"ISR: critical")


def test_train_writes_the_bundle_that_the_library_writes(invoke, labels_file, tmp_path):
    result = invoke("train", labels_file, "-o", "bundle", "--max-features", "4000")
    assert result.exception is None
    assert result.stdout == ""
    assert result.stderr.splitlines() == [
        "training on 315 pairs of 105 passages, 105 documents",
        "wrote bundle: 4,000 features",
    ]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bundle"]


def test_a_training_in_another_process_gives_the_same_bytes(run, labels_file, bundle_folder, tmp_path):
    """Also under another seed of Python's hashes, in another folder, with two processes."""
    shutil.copy(labels_file, tmp_path)
    done = run(
        "train", labels_file.name, "-o", "bundle", "--max-features", "4000", "-j", "2",
        cwd=tmp_path, env={**os.environ, "PYTHONHASHSEED": "7"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    for path in bundle_folder.iterdir():
        assert (tmp_path / "bundle" / path.name).read_bytes() == path.read_bytes(), path.name


def test_train_for_a_target_of_ones_own(invoke, tmp_path):
    (tmp_path / "my.toml").write_text('[TWN]\nname = "Taiwan"\n[TWN.en]\nnames = ["Taiwan"]\n')
    rows = [
        {"text": sentence.format("Taiwan"), "TWN": label}
        for label, many in SENTENCES.items()
        for sentence in many
    ]
    (tmp_path / "labels.csv").write_text(label_csv(rows))
    result = invoke("train", "labels.csv", "--targets", "my.toml", "-o", "twn", "--max-features", "500")
    assert result.exception is None
    (tmp_path / "in.csv").write_text(
        "text\nWe thank Taiwan for its friendship.\nWe condemn the crimes of Taiwan.\n"
    )
    scored = invoke("score", "in.csv", "-m", "twn", "--output-format", "jsonl")
    assert [(row["target"], row["stance"]) for row in map(json.loads, scored.stdout.splitlines())] == [
        ("TWN", "supportive"), ("TWN", "critical"),
    ]  # fmt: skip


def test_train_refuses_what_exists_unless_forced(invoke, labels_file, bundle_folder, tmp_path):
    shutil.copytree(bundle_folder, tmp_path / "bundle")
    result = invoke("train", labels_file, "-o", "bundle")
    assert str(result.exception) == "bundle: exists already; choose another name or replace it with --force"
    assert result.exception.exit_code == 2
    assert invoke("train", labels_file, "-o", "bundle", "--force", "--max-features", "50").exception is None
    assert bundle.load(tmp_path / "bundle")[1]["n_features"] == 50


def test_train_names_all_faults_and_ends_with_one(call, tmp_path):
    (tmp_path / "labels.csv").write_text("id,text,ISR,CUB\n")
    (tmp_path / "more.csv").write_text("id,text,ISR\n1,We met.,hostile\n1,,absent\n")
    done = call("train", "labels.csv", "more.csv", "-o", "bundle", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr.decode().splitlines() == [
        "stance: 3 fault(s) in the labels",
        "labels.csv, line 1, column CUB: unknown target; known are ISR, IRN, USA; declare others in a file and give it "
        "with --targets",
        "more.csv, line 2, column ISR: 'hostile': unknown label; known are supportive, critical, neutral, absent, self",
        "more.csv, line 3: neither text nor doc and sha256; give one of them",
    ]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["labels.csv", "more.csv"]


def test_labels_check(invoke, tmp_path):
    (tmp_path / "good.csv").write_text("text,ISR\nWe met them at the harbour.,neutral\n")
    result = invoke("labels", "check", "good.csv")
    assert result.exception is None
    assert result.stderr.splitlines() == ["1 passages, 0 of them standoff; no fault", "ISR: neutral 1"]
    (tmp_path / "bad.csv").write_text(
        "text,actor,ISR\nWe met them there.,ISR,neutral\nWe met them there.,,neutral\n"
    )
    result = invoke("labels", "check", "good.csv", "bad.csv")
    assert result.exception.exit_code == 1
    assert str(result.exception).startswith(
        "2 fault(s) in the labels\nbad.csv, line 2, column ISR: 'neutral': the label is"
    )


def test_corpus_add_and_list(invoke, cache, tmp_path):
    assert (
        invoke("corpus", "list")
        .stdout.splitlines()[0]
        .startswith("ungdc\tnot indexed\tUN General Debate Corpus")
    )
    (tmp_path / "speeches").mkdir()
    (tmp_path / "speeches" / "FJI_70_2015.txt").write_text("We met.")
    result = invoke("corpus", "add", "ungdc", "speeches")
    assert (result.exception, result.stdout, result.stderr) == (None, "", "ungdc: 1 documents indexed\n")
    assert (
        invoke("corpus", "list")
        .stdout.splitlines()[0]
        .startswith("ungdc\t1 documents\tUN General Debate Corpus")
    )
    assert (cache / "stance" / "corpora" / "ungdc" / "index.csv").is_file()


def test_targets_are_listed(invoke):
    lines = invoke("targets").stdout.splitlines()
    assert [line.split("\t")[:2] for line in lines] == [
        ["ISR", "Israel"],
        ["IRN", "Iran"],
        ["USA", "United States"],
    ]


def test_targets_shows_where_a_text_refers_to_them(invoke):
    result = invoke("targets", "Tel Aviv met the Iranians.")
    assert result.stdout.splitlines() == ["ISR\t0\t8\tcapital\tTel Aviv", "IRN\t17\t25\tdemonym\tIranians"]
    text = "President Bush spoke."
    assert invoke("targets", text, "--year", "2003").stdout == "USA\t0\t14\tleader\tPresident Bush\n"
    assert invoke("targets", text, "--year", "1950").stdout == ""


def test_targets_of_ones_own(invoke, tmp_path):
    (tmp_path / "my.toml").write_text('[TWN]\nname = "Taiwan"\n[TWN.en]\nnames = ["Taiwan"]\n')
    result = invoke("targets", "We met Taiwan.", "--targets", "my.toml")
    assert result.stdout == "TWN\t7\t13\tname\tTaiwan\n"


def test_the_progress_bar_is_silent_where_no_one_looks(capsys):
    with progress("scoring", None) as bar:
        bar.update(3)
    with progress("folds", 2) as bar:
        bar.update(2)
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", "")
