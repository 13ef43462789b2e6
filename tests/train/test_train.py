"""From label files to a bundle: the same bytes each time, the loud and the quiet ways it can go wrong."""

import hashlib
import json
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sample_texts import NAMES, SENTENCES, label_csv, label_rows

from stance.corpora import Corpora
from stance.errors import LabelError, TargetError, UsageError
from stance.labels import read_labels
from stance.labels.check import check_labels
from stance.model import bundle
from stance.score import load
from stance.targets import TargetRegistry
from stance.train import DEFAULT_PARAMETERS, TrainingData, train

QUICK = {"max_features": 500}


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_two_runs_in_two_folders_give_the_same_bytes(labels_file, bundle_folder, tmp_path):
    copy = tmp_path / "elsewhere" / labels_file.name
    copy.parent.mkdir()
    shutil.copy(labels_file, copy)
    train([copy.parent], tmp_path / "other", parameters={"max_features": 4000}, n_jobs=1)
    assert contents(tmp_path / "other") == contents(bundle_folder)


def test_another_seed_gives_another_model(labels_file, tmp_path):
    for seed in (0, 1):
        train([labels_file], tmp_path / str(seed), parameters=QUICK, seed=seed)
    zero, one = contents(tmp_path / "0"), contents(tmp_path / "1")
    assert zero["settings.json"] != one["settings.json"]
    assert zero["documents.txt"] == one["documents.txt"]


def test_the_manifest_says_what_it_was_trained_on(labels_file, bundle_folder):
    _, manifest = bundle.load(bundle_folder)
    assert manifest["labels"] == {"sample.csv": hashlib.sha256(labels_file.read_bytes()).hexdigest()}
    assert manifest["languages"] == ["en"]
    assert manifest["targets"] == ["ISR", "IRN", "USA"]
    assert manifest["seed"] == 0
    texts = {row["text"] for row in label_rows()}
    assert bundle.documents(bundle_folder) == sorted(
        hashlib.sha256(text.encode()).hexdigest() for text in texts
    )


def test_no_text_of_the_labels_stands_in_the_bundle(bundle_folder):
    content = b"".join(contents(bundle_folder).values())
    for row in label_rows():
        assert row["text"].encode() not in content


def test_it_tells_what_it_does(labels_file, tmp_path):
    told = []
    train([labels_file], tmp_path / "bundle", parameters=QUICK, tell=told.append)
    count = len(label_rows())
    assert told == [
        f"training on {3 * count} pairs of {count} passages, {count} documents",
        f"wrote {tmp_path / 'bundle'}: 500 features",
    ]
    assert DEFAULT_PARAMETERS["max_features"] > 1000


def test_an_output_that_exists_is_found_before_the_labels_are_read(tmp_path):
    (tmp_path / "bundle").mkdir()
    (tmp_path / "bundle" / "mine.txt").write_text("mine")
    (tmp_path / "labels.csv").write_text("nonsense")
    with pytest.raises(
        UsageError, match=r"bundle: exists already; choose another name or replace it with --force$"
    ):
        train([tmp_path / "labels.csv"], tmp_path / "bundle")
    with pytest.raises(UsageError, match=r"bundle: is no bundle, so --force does not replace it"):
        train([tmp_path / "labels.csv"], tmp_path / "bundle", force=True)
    with pytest.raises(UsageError, match=r"there is no folder .*deep; create it first$"):
        train([tmp_path / "labels.csv"], tmp_path / "deep" / "bundle")


def test_a_fault_leaves_the_old_bundle_as_it_was(bundle_folder, tmp_path):
    old = shutil.copytree(bundle_folder, tmp_path / "bundle")
    (tmp_path / "labels.csv").write_text("text,ISR\nWe met.,hostile\n")
    with pytest.raises(LabelError, match="unknown label"):
        train([tmp_path / "labels.csv"], old, force=True)
    assert contents(old) == contents(bundle_folder)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bundle", "labels.csv"]


def test_force_replaces_a_bundle(labels_file, bundle_folder, tmp_path):
    old = shutil.copytree(bundle_folder, tmp_path / "bundle")
    train([labels_file], old, parameters=QUICK, force=True)
    assert bundle.load(old)[1]["n_features"] == 500


CANNOT = {
    "one label": (
        "text,ISR\nWe thank Israel.,supportive\nWe hail Israel.,supportive\n",
        r"at least 2 classes, but there is 1",
    ),
    "one label where it is mentioned": (
        "text,ISR\nWe thank Israel.,supportive\nWe hail Israel.,supportive\nRain.,absent\n",
        r"cannot train on these labels: the pairs in which the target is mentioned have fewer than 2 different labels",
    ),
    "only self": (
        "text,ISR\nWe thank Israel.,self\n",
        r"1 passage\(s\) with text hold no label other than 'self'; index the",
    ),
    "nothing twice": (
        "text,ISR\nWe thank Israel.,supportive\nIsrael lies!,critical\n",
        r"no feature stands in 2 of the pairs",
    ),
    "nothing": ("text,ISR\n", r"0 passage\(s\) with text hold no label other than 'self'"),
}


@pytest.mark.parametrize("case", CANNOT)
def test_labels_that_do_not_suffice_are_refused(case, tmp_path):
    content, message = CANNOT[case]
    (tmp_path / "labels.csv").write_text(content)
    parameters = {"views": {"order": 1.0}} if case == "nothing twice" else {}
    with pytest.raises(LabelError, match=message):
        train([tmp_path / "labels.csv"], tmp_path / "bundle", parameters=parameters)
    assert not (tmp_path / "bundle").exists()


def test_labels_without_text_are_counted_named_and_left_out(cache, labels_file, tmp_path):
    digest = hashlib.sha256(b"x").hexdigest()
    standoff = tmp_path / "standoff.csv"
    standoff.write_text(f"id,doc,start,end,sha256,ISR\nu#1,ungdc/FJI_70_2015,0,1,{digest},critical\n")
    told = []
    train([labels_file, standoff], tmp_path / "bundle", parameters=QUICK, tell=told.append)
    assert told[0].startswith(
        "1 of 106 labels have no text and are left out:\n  the corpus ungdc is not indexed; get UN"
    )
    assert told[0].endswith("run `stance corpus add ungdc PATH`: standoff.csv:2 u#1")
    assert told[1] == "training on 315 pairs of 105 passages, 105 documents"
    _, manifest = bundle.load(tmp_path / "bundle")
    assert set(manifest["labels"]) == {"sample.csv", "standoff.csv"}


def test_standoff_labels_train_the_same_model_as_plain_ones(cache, tmp_path):
    rows = label_rows()
    speeches = tmp_path / "speeches"
    speeches.mkdir()
    lines = []
    for number, row in enumerate(rows):
        name = f"FJI_{number // 40 + 1:02}_{1946 + number}"
        (speeches / f"{name}.txt").write_text(f"Mr. President. {row['text']} I thank you.", encoding="utf-8")
        lines.append(
            {
                "id": row["id"], "doc": f"ungdc/{name}", "start": 15, "end": 15 + len(row["text"]),
                "sha256": hashlib.sha256(row["text"].encode()).hexdigest(), "lang": "en", "date": row["date"],
                "labels": {target: row[target] for target in NAMES},
            }
        )  # fmt: skip
    with_text = [line | {"text": row["text"]} for line, row in zip(lines, rows, strict=True)]
    for name, entries in (("standoff", lines), ("plain", with_text)):
        (tmp_path / name).mkdir()
        content = "".join(json.dumps(entry) + "\n" for entry in entries)
        (tmp_path / name / "labels.jsonl").write_text(content)
    with Corpora() as corpora:
        corpora.add("ungdc", speeches)
        for name in ("standoff", "plain"):
            train([tmp_path / name], tmp_path / f"{name}.bundle", parameters=QUICK, corpora=corpora)
    one, two = contents(tmp_path / "standoff.bundle"), contents(tmp_path / "plain.bundle")
    assert {name for name in one if one[name] != two[name]} == {"manifest.json"}  # the label files differ
    assert one["documents.txt"].split(b"\n")[0] == b"ungdc/FJI_01_1946"


TAIWAN = """
[TWN]
name = "Taiwan"
iso = "TWN"

[TWN.en]
names = ["Taiwan", "Republic of China"]
demonyms = ["Taiwanese"]
capitals = ["Taipei"]
"""


@pytest.fixture
def own_target(tmp_path):
    """A targets file with TWN, and labels toward it."""
    (tmp_path / "my.toml").write_text(TAIWAN)
    rows = [
        {
            "text": sentence.format(("Taiwan", "Taipei", "the Taiwanese Government")[place % 3]),
            "TWN": label,
            "ISR": "absent",
        }
        for label, sentences in SENTENCES.items()
        for place, sentence in enumerate(sentences)
    ]
    (tmp_path / "labels.csv").write_text(label_csv(rows))
    return tmp_path


def test_a_target_of_ones_own_needs_a_file_and_no_code(own_target):
    train(
        [own_target / "labels.csv"], own_target / "bundle", targets=[own_target / "my.toml"], parameters=QUICK
    )
    model = load(own_target / "bundle")
    assert model.targets == ["TWN"]  # of ISR no pair taught anything
    texts = [
        "We thank the Taiwanese people for their steady friendship.",
        "We condemn the raids that Taipei launched.",
    ]
    result = model.score(pd.DataFrame({"text": texts}), targets=["TWN"])
    assert result["stance"].tolist() == ["supportive", "critical"]
    for text, span in zip(texts, result["evidence"], strict=True):
        assert text[span["start"] : span["end"]] == span["text"]
    assert model.explain(texts[1], "TWN").stance == "critical"
    own = model.score(pd.DataFrame({"text": texts[:1], "actor": ["TWN"]}), targets=["TWN"])
    assert own["stance"].tolist() == ["self"]


def test_without_its_file_the_target_is_unknown(own_target):
    with pytest.raises(
        LabelError, match=r"column TWN: unknown target; known are ISR, IRN, USA; declare others in a file"
    ):
        train([own_target / "labels.csv"], own_target / "bundle")


def test_a_faulty_targets_file_is_named(own_target):
    (own_target / "my.toml").write_text("[TWN]\n")
    with pytest.raises(TargetError, match=r"my.toml"):
        train([own_target / "labels.csv"], own_target / "bundle", targets=[own_target / "my.toml"])


def test_pairs_of_labels(labels_file):
    data = TrainingData(read_labels([labels_file]))
    assert len(data) == 3 * len(label_rows()) == len(data.labels) == len(data.groups) == len(data.frame)
    assert list(data.frame.columns) == ["text", "target", "lang", "year"]
    assert data.frame["target"].tolist()[:3] == ["ISR", "IRN", "USA"]
    assert data.passage_of.tolist()[:4] == [0, 0, 0, 1]
    assert data.frame["year"].tolist()[0] == 2001


def test_self_and_targets_without_a_label_are_no_pairs(tmp_path):
    (tmp_path / "a.csv").write_text(
        "id,date,text,ISR,IRN\nx,May,We met.,self,absent\ny,2001,They met.,,critical\n"
    )
    data = TrainingData(read_labels([tmp_path / "a.csv"]))
    assert data.labels.tolist() == ["absent", "critical"]
    assert data.frame["target"].tolist() == ["IRN", "IRN"]
    assert data.passage_of.tolist() == [0, 1]
    assert data.frame["year"].isna().tolist() == [True, False]


def test_a_document_is_one_group(tmp_path):
    digest = hashlib.sha256(b"x").hexdigest()
    rows = "".join(f"r{n},a/{n // 2},{digest},absent,neutral\n" for n in range(6))
    (tmp_path / "a.csv").write_text(f"id,doc,sha256,ISR,IRN\n{rows}")
    passages = [passage.with_text("x") for passage in read_labels([tmp_path / "a.csv"])]
    data = TrainingData(passages)
    assert data.documents() == ["a/0", "a/1", "a/2"]
    assert data.groups.tolist() == list(np.repeat(["a/0", "a/1", "a/2"], 4))


def test_a_target_may_have_another_code_than_its_state(own_target):
    """The actor is the target by its ISO code as well, in the check of labels and in the score."""
    (own_target / "my.toml").write_text(TAIWAN.replace("[TWN", "[FORMOSA"))
    content = (own_target / "labels.csv").read_text().replace('"TWN"', '"FORMOSA"', 1)
    (own_target / "labels.csv").write_text(content)
    train(
        [own_target / "labels.csv"], own_target / "bundle", targets=[own_target / "my.toml"], parameters=QUICK
    )
    frame = pd.DataFrame({"text": ["We thank Taiwan."] * 3, "actor": ["TWN", "formosa", "FJI"]})
    assert load(own_target / "bundle").score(frame)["stance"].tolist() == ["self", "self", "supportive"]
    (own_target / "own.csv").write_text("text,actor,FORMOSA\nWe thank ourselves for this.,TWN,self\n")
    registry = TargetRegistry.load(own_target / "my.toml")
    assert check_labels([own_target / "own.csv"], registry)[1] == "FORMOSA: self 1"
