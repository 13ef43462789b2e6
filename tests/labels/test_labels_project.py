"""The labelled set that the project ships: it loads, it is sound, and it holds what it must and nothing it must not."""

import csv
import hashlib
import io
import json
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path

import pytest

from stance.actors import Gazetteer
from stance.labels import LABELS, SELF, LabelledPassage, read_labels, resolve
from stance.labels.check import check_labels, near_duplicates
from stance.model import bundle
from stance.score import default_bundle

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "labels"
SHARED = ROOT.parent / "shared"
FILES = sorted(FOLDER.glob("*.csv"))
STATEMENTS = FOLDER / "statements.csv"
TARGETS = ("ISR", "IRN", "USA")


def is_reserved(doc: str) -> bool:
    """Whether a document is set aside for outside evaluation: one in five speeches, one in two of other documents."""
    digest = int(hashlib.sha1(doc.encode(), usedforsecurity=False).hexdigest(), 16)
    return digest % (5 if doc.startswith("ungdc/") else 2) == 0


@pytest.fixture(scope="module")
def labels() -> dict[str, list[LabelledPassage]]:
    return {path.name: read_labels([path]) for path in FILES}


@pytest.fixture(scope="module")
def statements(labels) -> list[LabelledPassage]:
    return labels["statements.csv"]


def test_the_rule_for_reserved_documents():
    # By hand: sha1sum of the name, its last hexadecimal digits modulo 5 or 2.
    assert is_reserved("ungdc/FJI_70_2015") == (
        int(hashlib.sha1(b"ungdc/FJI_70_2015").hexdigest(), 16) % 5 == 0
    )
    share = sum(is_reserved(f"ungdc/FJI_{n}_2000") for n in range(2000)) / 2000
    assert 0.17 < share < 0.23
    share = sum(is_reserved(f"kitchen/{n}") for n in range(2000)) / 2000
    assert 0.46 < share < 0.54


def test_the_label_check_finds_no_fault():
    assert check_labels([FOLDER])[0].endswith("; no fault")


def test_there_are_labels_of_both_kinds(labels):
    assert {"statements.csv", "ungdc.csv"} <= set(labels)
    assert len(labels["ungdc.csv"]) >= 6467


def test_no_label_points_at_a_reserved_document(labels):
    reserved = [
        (name, p.line, p.doc) for name, ps in labels.items() for p in ps if p.doc and is_reserved(p.doc)
    ]
    assert reserved == []


def test_no_label_points_at_a_reserved_speech_under_another_name(labels):
    # The speeches of this corpus are those of session 79 of the UN corpus, named there by the actor.
    speeches = [
        p for ps in labels.values() for p in ps if p.doc and p.doc.startswith("unga2024_multilingual/")
    ]
    assert speeches
    assert [p.doc for p in speeches if p.actor is None or is_reserved(f"ungdc/{p.actor}_79_2024")] == []


def test_the_shipped_model_saw_no_reserved_document():
    documents = bundle.documents(default_bundle())
    assert documents == sorted(documents)
    assert not [doc for doc in documents if "/" in doc and is_reserved(doc)]


def test_only_statements_that_the_project_wrote_hold_text(labels):
    for name, passages in labels.items():
        if name != "statements.csv":
            assert not [p.line for p in passages if p.text is not None], name
            assert all(p.doc and p.sha256 and len(p.sha256) == 64 for p in passages), name


def test_every_passage_is_labelled_for_every_target_by_name(labels):
    for name, passages in labels.items():
        for p in passages:
            assert set(p.labels) == set(TARGETS), f"{name}:{p.line}"
            assert set(p.labels.values()) <= set(LABELS)


def test_the_last_pass_is_the_gold(labels):
    for name, passages in labels.items():
        for p in passages:
            assert p.passes, f"{name}:{p.line}"
            assert {t: p.passes[-1].get(t, p.labels[t]) for t in TARGETS} == dict(p.labels), (
                f"{name}:{p.line}"
            )


def test_no_standoff_label_stands_twice(labels):
    """A speech may say the same words twice, at two places; then they have the same labels."""
    seen: dict[tuple, str] = {}
    said: dict[tuple, dict] = {}
    for name, passages in labels.items():
        for p in passages:
            if p.doc is None:
                continue
            key = (p.doc, p.start, p.end, p.sha256)
            assert key not in seen, f"{name}:{p.line} stands at {seen[key]} already"
            seen[key] = f"{name}:{p.line}"
            assert said.setdefault((p.doc, p.sha256), dict(p.labels)) == dict(p.labels), f"{name}:{p.line}"


def test_no_two_standoff_labels_of_a_document_overlap_much(labels):
    """Two cuts of the same words, one in training and one in a test fold, would be no different document; but they
    would count twice."""
    spans = defaultdict(list)
    for passages in labels.values():
        for p in passages:
            if p.start is not None:
                spans[p.doc].append((p.start, p.end))
    overlapping = 0
    for places in spans.values():
        places.sort()
        overlapping += sum(
            min(one[1], two[1]) - two[0] > 0.5 * min(one[1] - one[0], two[1] - two[0])
            for one, two in pairwise(places)
        )
    assert overlapping == 0


def test_files_are_written_as_the_schema_says(labels):
    for path in FILES:
        content = path.read_bytes()
        assert content.endswith(b"\n") and b"\r" not in content, path.name
        content.decode("utf-8")
        header = next(csv.reader(io.StringIO(content.decode("utf-8"))))
        assert header[0] == "id" and header[-1] == "passes", path.name


def test_statements_are_enough_and_of_many_actors(statements):
    english = [p for p in statements if p.lang == "en"]
    assert len(english) >= 600
    assert len({p.actor for p in english}) >= 60
    years = {p.year for p in english}
    assert min(years) == 2000 and max(years) <= 2026
    assert len(years) >= 20


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("stance", ["supportive", "critical", "neutral"])
def test_statements_have_enough_of_every_stance(statements, target, stance):
    assert sum(p.labels[target] == stance for p in statements if p.lang == "en") >= 80


def test_statements_differ_in_genre(statements):
    genres = Counter(p.source for p in statements)
    assert None not in genres
    assert len([genre for genre, count in genres.items() if count >= 20]) >= 7, genres


def test_many_statements_take_different_stances_toward_two_targets(statements):
    def sides(p):
        return {label for label in p.labels.values() if label not in ("absent", SELF)}

    assert sum(len(sides(p)) >= 2 for p in statements) >= 100


def test_statements_are_no_near_duplicates_of_each_other(statements):
    assert [(a.line, b.line) for a, b, _ in near_duplicates(statements)] == []


def test_statements_have_actors_that_the_gazetteer_knows(statements):
    gazetteer = Gazetteer.default()
    for p in statements:
        assert p.actor is not None, p.line
        assert gazetteer.actor(p.actor).code == p.actor


def test_statements_are_dated_and_have_ids_of_their_own(statements):
    assert len({p.id for p in statements}) == len(statements)
    for p in statements:
        assert p.date is not None and len(p.date) == 10 and p.date[4] == p.date[7] == "-", p.line


def test_the_shipped_model_says_which_label_files_it_was_trained_on():
    _, manifest = bundle.load(default_bundle())
    assert set(manifest["labels"]) <= {path.name for path in FILES}
    assert {"statements.csv", "ungdc.csv"} <= set(manifest["labels"])


needs_shared = pytest.mark.skipif(
    not (SHARED / "labelled").is_dir(), reason="the labelled passages lie in ../shared, which is not here"
)


@needs_shared
@pytest.mark.parametrize("name", ["ungdc.jsonl", "crossgenre.jsonl"])
def test_the_published_label_files_are_read_as_they_are(name):
    path = SHARED / "labelled" / name
    with path.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    passages = read_labels([path])
    assert [p.id for p in passages] == [row["id"] for row in rows]
    assert [dict(p.labels) for p in passages] == [
        {t: label for t, label in row["labels"].items() if label is not None} for row in rows
    ]
    assert resolve(passages).missing == []
    assert not [p.doc for p in passages if p.doc and is_reserved(p.doc)]


@needs_shared
def test_every_published_passage_has_its_standoff_label(labels):
    with (SHARED / "labelled" / "ungdc.jsonl").open(encoding="utf-8") as lines:
        rows = {row["id"]: row for row in map(json.loads, lines)}
    ours = {p.id: p for p in labels["ungdc.csv"]}
    assert set(ours) == set(rows)
    for id_, row in rows.items():
        p = ours[id_]
        assert (p.doc, p.start, p.end, p.sha256) == (row["doc"], row["start"], row["end"], row["sha256"])
        assert dict(p.labels) == {t: label for t, label in row["labels"].items() if label is not None}
