"""The label check, near-duplicates, and what becomes of labels whose text is not at hand."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance.corpora import Corpora
from stance.errors import LabelError
from stance.labels import LabelledPassage, read_labels, resolve
from stance.labels.check import SHINGLE, SIMILAR, check_labels, near_duplicates
from stance.targets import TargetRegistry

HEADER = "id,actor,text,ISR,IRN,USA\n"


def passages(*texts):
    return [LabelledPassage(str(n), {"ISR": "absent"}, text=text) for n, text in enumerate(texts)]


def shingles(text):
    parts = text.split()
    return {tuple(parts[at : at + SHINGLE]) for at in range(max(1, len(parts) - SHINGLE + 1))}


@pytest.fixture
def labels(tmp_path):
    def write(*rows):
        path = tmp_path / "labels.csv"
        path.write_text(HEADER + "".join(f"{row}\n" for row in rows))
        return path

    return write


def test_sound_labels_are_counted(labels):
    path = labels(
        "1,FJI,The tide is rising at our very door.,absent,absent,absent",
        "2,ISR,We thank the great people of America.,self,absent,supportive",
        "3,,They said nothing of note in the talks.,neutral,,",
    )
    assert check_labels([path]) == [
        "3 passages, 0 of them standoff; no fault",
        "ISR: absent 1, neutral 1, self 1",
        "IRN: absent 2",
        "USA: absent 1, supportive 1",
    ]


def test_standoff_labels_are_counted(tmp_path):
    (tmp_path / "a.csv").write_text(f"doc,sha256,ISR\na/b,{'0' * 64},absent\n")
    assert check_labels([tmp_path])[0] == "1 passages, 1 of them standoff; no fault"


def test_self_stands_just_where_the_actor_is_the_target(labels):
    path = labels("1,ISR,One of a kind.,absent,absent,absent", "2,FJI,Two of a kind.,absent,self,absent")
    with pytest.raises(LabelError) as caught:
        check_labels([path])
    assert str(caught.value).split("\n") == [
        "2 fault(s) in the labels",
        "labels.csv, line 2, column ISR: 'absent': the label is 'self' just where the actor (here ISR) is the target; "
        "mend the label or the actor",
        "labels.csv, line 3, column IRN: 'self': the label is 'self' just where the actor (here FJI) is the target; "
        "mend the label or the actor",
    ]


def test_texts_that_are_nearly_the_same_are_refused(labels):
    path = labels(
        "1,,We thank the people of the north for their great help this year.,absent,,",
        "2,,Nothing of the kind was said in the talks on Monday.,absent,,",
        '3,,"We THANK the people of the north, for their great help this month.",absent,,',
    )
    with pytest.raises(LabelError) as caught:
        check_labels([path])
    assert str(caught.value) == (
        "1 fault(s) in the labels\n"
        "labels.csv, line 4, column text: nearly the same as labels.csv, line 2 (similarity 0.82); remove one"
    )


def test_the_check_uses_the_registry_given(tmp_path):
    (tmp_path / "a.csv").write_text("text,actor,TWN\nWe met at the harbour.,FJI,neutral\n")
    registry = TargetRegistry.for_names(["TWN"])
    assert check_labels([tmp_path], registry)[1] == "TWN: neutral 1"


def test_short_texts_are_compared_whole():
    one, two, three = passages("We agree.", "we AGREE", "We disagree.")
    assert near_duplicates([one, two, three]) == [(one, two, 1.0)]


WORDS = st.lists(st.sampled_from("abcd"), min_size=SHINGLE + 1, max_size=12).map(" ".join)


@given(st.lists(WORDS, max_size=6), st.sampled_from([0.2, SIMILAR, 1.0]))
def test_near_duplicates_are_those_of_the_definition(texts, similar):
    found = {(int(a.id), int(b.id)): value for a, b, value in near_duplicates(passages(*texts), similar)}
    for second in range(len(texts)):
        for first in range(second):
            one, two = shingles(texts[first]), shingles(texts[second])
            jaccard = len(one & two) / len(one | two)
            assert found.get((first, second)) == (jaccard if jaccard >= similar else None)


SPEECH = "Fellow delegates, the tide is at our door. We thank our neighbours."


@pytest.fixture
def corpora(cache, tmp_path):
    folder = tmp_path / "speeches"
    folder.mkdir()
    (folder / "FJI_70_2015.txt").write_text(SPEECH)
    with Corpora() as opened:
        opened.add("ungdc", folder)
    return opened


def standoff(number, doc, start, end, text=None):
    digest = hashlib.sha256((SPEECH[start:end] if text is None else text).encode()).hexdigest()
    return LabelledPassage(
        f"p{number}",
        {"ISR": "absent"},
        doc=doc,
        start=start,
        end=end,
        sha256=digest,
        file="labels.csv",
        line=number,
    )


def test_labels_that_can_be_resolved_get_their_text_in_order(corpora):
    plain = LabelledPassage("x", {"ISR": "absent"}, text="A text of its own.")
    found = resolve(
        [standoff(1, "ungdc/FJI_70_2015", 18, 42), plain, standoff(2, "ungdc/FJI_70_2015", 0, 16)]
    )
    assert [p.text for p in found.passages] == [
        "the tide is at our door.",
        "A text of its own.",
        "Fellow delegates",
    ]
    assert found.missing == []
    assert found.summary() is None


def test_labels_that_cannot_be_resolved_are_counted_and_named(corpora):
    labels = [
        standoff(2, "ungdc/FJI_70_2015", 0, 6),
        standoff(3, "ungdc/FJI_70_2015", 0, 6, "another"),
        standoff(4, "ungdc/PER_70_2015", 0, 6),
        *[standoff(n, "kitchen/soup", 0, 6) for n in range(5, 12)],
    ]
    found = resolve(labels)
    assert [p.id for p in found.passages] == ["p2"]
    summary = found.summary()
    assert summary is not None
    first, edition, corpus = summary.split("\n")
    assert first == "9 of 10 labels have no text and are left out:"
    assert edition == ("  not as labelled (another edition of the corpus?): labels.csv:3 p3, labels.csv:4 p4")
    assert corpus.startswith("  the corpus crossgenre is not indexed; get paragraphs of official speech")
    assert "run `stance corpus add crossgenre PATH`" in corpus
    assert corpus.endswith(
        ": labels.csv:5 p5, labels.csv:6 p6, labels.csv:7 p7, labels.csv:8 p8, labels.csv:9 p9, ... (7 in all)"
    )


def test_without_any_corpus_standoff_labels_say_how_to_get_it(cache, tmp_path):
    digest = hashlib.sha256(b"x").hexdigest()
    (tmp_path / "a.csv").write_text(f"doc,start,end,sha256,ISR\nungdc/FJI_70_2015,0,1,{digest},absent\n")
    found = resolve(read_labels([tmp_path / "a.csv"]))
    assert found.passages == []
    summary = found.summary() or ""
    assert summary.startswith(
        "1 of 1 labels have no text and are left out:\n  the corpus ungdc is not indexed; get UN"
    )
    assert "doi:10.7910/DVN/0TJX8Y" in summary


def test_a_corpora_object_of_ones_own_is_used(tmp_path, cache):
    folder = tmp_path / "speeches"
    folder.mkdir()
    (folder / "FJI_70_2015.txt").write_text(SPEECH)
    mine = Corpora(tmp_path / "mine")
    mine.add("ungdc", folder)
    assert resolve([standoff(1, "ungdc/FJI_70_2015", 0, 6)], mine).passages[0].text == "Fellow"
    assert not cache.exists()
