"""Protocols from label files to results, as the commands run them."""

import json

import pytest
from click.testing import CliRunner

from stance.cli.evaluate import PROTOCOLS as NAMED
from stance.cli.main import stance as program
from stance.errors import LabelError, UsageError
from stance.evaluate.compare_run import compare_bundles
from stance.evaluate.run import PROTOCOLS, EvaluateRun
from stance.train import train

SMALL = {"calibration_folds": 2, "min_df": 1}


@pytest.fixture(scope="module")
def files(tmp_path_factory, passages):
    """Write the labels as two files, the second for training and testing on other documents."""
    folder = tmp_path_factory.mktemp("labels")
    for name, part in (("one.jsonl", passages[:120]), ("two.jsonl", passages[120:])):
        rows = [
            {
                "id": p.id,
                "doc": p.doc,
                "sha256": None,
                "actor": p.actor,
                "date": p.date,
                "lang": p.lang,
                "text": p.text,
                "labels": dict(p.labels),
                "passes": [dict(one) for one in p.passes],
            }
            for p in part
        ]
        (folder / name).write_text("".join(json.dumps(row) + "\n" for row in rows))
    return folder


@pytest.mark.parametrize("protocol", ["cv", "actor", "time", "genre", "curve"])
def test_every_protocol_that_trains_gives_all_measures(files, protocol, monkeypatch):
    monkeypatch.setattr("stance.evaluate.run.SHARES", (0.5, 1.0))
    monkeypatch.setattr("stance.evaluate.splits.WINDOWS", 2)
    steps = []
    folds = 2 if protocol in ("cv", "actor", "curve") else None
    run = EvaluateRun([files / "one.jsonl"], protocol=protocol, folds=folds, resamples=50)
    data = run(steps.append).to_dict()
    assert data["protocol"]["name"] == protocol and "{" not in data["protocol"]["description"]
    assert [system["name"] for system in data["systems"]] == ["model", "majority", "lexicon", "tfidf"]
    every = [system["every"]["all"] for system in data["systems"]]
    assert len({of["n"] for of in every}) == 1
    assert every[0]["macro_f1"] > every[1]["macro_f1"]
    assert data["breakdowns"]["actor"] and data["curves"]["risk_coverage"]["points"]
    assert ("split" in data["breakdowns"]) == (protocol in ("time", "genre"))
    assert bool(data["points"]) == (protocol == "curve")
    assert run.steps() in (None, len(steps))


def test_the_ceiling_needs_no_text(tmp_path):
    said = json.dumps([{"ISR": "critical"}, {"ISR": "neutral"}]).replace('"', '""')
    labels = tmp_path / "labels.csv"
    labels.write_text(
        f'id,doc,start,end,sha256,ISR,passes\na,ungdc/X_1_2000,0,9,{"0" * 64},neutral,"{said}"\n'
    )
    found = EvaluateRun([labels], protocol="ceiling", resamples=10)()
    assert found.targets["ISR"]["every"]["agreement"] == 0.0


def test_the_same_seed_gives_the_same_result(files):
    one, two = (
        EvaluateRun([files / "two.jsonl"], folds=2, resamples=10, baseline=False)().to_dict() for _ in "ab"
    )
    assert {**one, "date": ""} == {**two, "date": ""}


def test_a_model_is_tested_on_what_it_did_not_see(files, tmp_path):
    train([files / "one.jsonl"], tmp_path / "model", parameters=SMALL)
    told = []
    run = EvaluateRun([files], model=tmp_path / "model", resamples=50, tell=told.append)
    data = run().to_dict()
    assert data["passages"] == 40
    assert "120 of 160 passages stand in documents that the model was trained on" in told[0]
    assert len(data["model"]["sha256"]) == 64 and data["model"]["bundle"] == "model"
    with pytest.raises(LabelError, match="no passage is left that the model was not trained on"):
        EvaluateRun([files / "one.jsonl"], model=tmp_path / "model")()


def test_bundles_are_compared_on_what_neither_saw(files, tmp_path):
    train([files / "one.jsonl"], tmp_path / "a", parameters=SMALL)
    train([files / "one.jsonl"], tmp_path / "b", parameters={**SMALL, "C": 0.01})
    found = compare_bundles(tmp_path / "a", tmp_path / "b", [files], resamples=50)
    assert found.documents == 20 and found.a["bundle"] == "a"
    with pytest.raises(LabelError, match="no passage is left that neither model was trained on"):
        compare_bundles(tmp_path / "a", tmp_path / "b", [files / "one.jsonl"])
    run = CliRunner(catch_exceptions=False).invoke(
        program,
        ["compare", *map(str, (tmp_path / "a", tmp_path / "b", files)), "--min-gain", "50"],
        standalone_mode=False,
    )
    assert run.return_value == 4
    assert "gate missed: macro-F1 of all pairs changed by" in run.stderr
    assert run.stdout.startswith("# Comparison of two models")


@pytest.mark.parametrize(
    ("labels", "message"),
    [
        ("id,text,ISR\na,Israel speaks.,self\n", "hold no label other than 'self'"),
        ("id,text,ISR\na,Israel speaks.,neutral\n", "5 folds need .* but the labels have 1 document"),
    ],
)
def test_labels_that_cannot_be_used_are_named(tmp_path, labels, message):
    file = tmp_path / "labels.csv"
    file.write_text(labels)
    with pytest.raises(LabelError, match=message):
        EvaluateRun([file], folds=5)()


def test_labels_of_one_class_cannot_be_trained_on(tmp_path):
    file = tmp_path / "labels.csv"
    file.write_text("id,text,ISR\n" + "".join(f"{n},Israel speaks {n} times.,neutral\n" for n in range(8)))
    with pytest.raises(LabelError, match="fold 1 cannot be trained: a classifier needs at least 2 classes"):
        EvaluateRun([file], folds=2)()


def test_labels_without_a_side_give_figures_without_one(files, tmp_path):
    file = tmp_path / "labels.csv"
    rows = [
        f"{n},{'Israel' if n % 2 else 'Nobody'} speaks of road {n}.,{'neutral' if n % 2 else 'absent'}"
        for n in range(8)
    ]
    rows += [f"{n},We condemn Israel for road {n}.,critical" for n in range(8, 16)]
    file.write_text("id,text,ISR\n" + "\n".join(rows) + "\n")
    data = EvaluateRun([file], folds=2, resamples=20)().to_dict()
    found = {entry["label"]: entry for entry in data["systems"][0]["every"]["all"]["classes"]}
    assert "supportive" not in found or found["supportive"]["recall"] is None
    json.dumps(data, allow_nan=False)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"protocol": "cv", "model": "m"}, "--protocol cv trains its own models; leave out --model"),
        ({"also": ["x"]}, "--also names labels to train on"),
        ({"protocol": "time", "folds": 3}, "--protocol time has no folds"),
        ({"protocol": "cv", "folds": 0}, "--folds 0 leaves out one actor at a time"),
        ({"protocol": "votes"}, "--protocol votes needs --votes FILE"),
        ({"protocol": "cv", "votes": "v"}, "no other protocol takes it"),
        ({"protocol": "guess"}, "protocol 'guess'; known are held-out, cv"),
    ],
)
def test_options_that_clash_are_refused(options, message):
    with pytest.raises(UsageError, match=message):
        EvaluateRun(["labels.csv"], **options)


def test_the_command_names_every_protocol():
    assert tuple(PROTOCOLS) == NAMED
    assert (
        "leave out the others"
        in CliRunner().invoke(program, ["evaluate", "x", "--cv", "2", "--folds", "3"]).stderr
    )
