"""Frames of speech, one by one: who, cue, content, kind."""

import json
from pathlib import Path

import pytest

from stance.extraction import extract

# One case a line: the text must give a record with this cue, kind, content and speaker.
CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "speech.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_frames(case):
    records = [
        (r.cue, r.kind, r.text, r.speaker)
        for r in extract(case["text"], lang=case["lang"], date="2024-05-06")
    ]
    assert (case["cue"], case["kind"], case["content"], case["speaker"]) in records, records


# label, text: nothing official
NOTHING = [
    ("negated", "Iran did not say whether the port was open."),
    ("neither", "Neither Iran nor Iraq said that the port was open."),
    ("no speaker", "It is believed that the port was burned."),
    ("reports", "Reports say that the port was burned."),
    ("an analyst", "Joan Miller, an analyst at the Port Institute, said that Iran had burned the port."),
    ("a former minister", "Former Iranian foreign minister Kamal Kharazi Jr. said that the port was closed."),
    ("attitude", "Iran wants the port to be closed."),
    ("opposition", "The Iranian opposition said that the port was closed."),
    ("people", "Iranians said that the port was closed."),
    ("scare quotes", "The “president” of the port committee met nobody."),
    ("declined", "Iran's Foreign Ministry declined to comment."),
    ("form", '"*" indicates required fields'),
]


@pytest.mark.parametrize(("label", "text"), NOTHING, ids=[case[0] for case in NOTHING])
def test_nothing_official(label, text):
    assert [(r.speaker, r.text) for r in extract(text, date="2024-05-06")] == []


def test_all_gives_the_rest_with_the_reason():
    (record,) = extract(
        "Joan Miller, an analyst at the Port Institute, said that Iran had burned the port.", all=True
    )
    assert (record.official, record.actor_type, record.reason) == (False, "analyst", "an analyst")


def test_negation_is_told():
    (record,) = extract("Iran did not say that the port was open.", all=True)
    assert record.negated
    assert not record.official
    assert "negated" in record.reason


def test_both_regimes_give_two_records():
    text = "Cuba said the port was open. Nicaragua said the port was shut. Both regimes condemned the raid on the port."
    records = [r for r in extract(text) if r.cue == "condemned"]
    assert [r.actor for r in records] == ["CUB", "NIC"]
    assert len({(r.start, r.end) for r in records}) == 1


def test_joined_states_give_two_records():
    records = extract("Cuba and Nicaragua condemned the raid on the port.")
    assert [r.actor for r in records] == ["CUB", "NIC"]


def test_the_ministry_and_the_statement_mean_the_last_institution():
    text = (
        "Peru's Foreign Ministry said the port was open. The ministry added that ships were welcome. "
        "The statement called the raid a crime."
    )
    assert [r.speaker for r in extract(text)] == ["Foreign Ministry of Peru"] * 3


def test_block_after_a_colon():
    text = (
        "Peru's Foreign Ministry issued a statement on Monday. The statement read:\n\n"
        "The Government of Peru deplores the raid on the port and asks all sides to return to the table.\n\n"
        "Ships left the port."
    )
    (record,) = [r for r in extract(text) if r.kind == "block"]
    assert record.text.startswith("The Government of Peru deplores")
    assert (record.actor, record.cue) == ("PER", "read")


def test_embedded_post():
    post = "We stand with the port. pic.twitter.com/abc — Gabriel Boric (@GabrielBoric) May 4, 2024"
    text = f"The port burned.\n\n{post}\n"
    (record,) = extract(text)
    assert (record.kind, record.text, record.actor) == ("block", "We stand with the port.", "CHL")
    assert (record.date, record.date_basis, record.cue) == ("2024-05-04", "signed on the post", None)


def test_a_stub_of_a_post_holds_no_words():
    assert (
        extract("View this post on Instagram A post shared by Gabriel Boric (@GabrielBoric)", all=True) == []
    )


def test_via_names_who_passes_it_on():
    text = "According to the state news agency IRNA, President Masoud Pezeshkian said the port was open."
    record = next(r for r in extract(text, date="2024-10-01") if r.cue == "said")
    assert record.speaker == "Masoud Pezeshkian"
    assert "IRNA" in record.via


def test_headings_are_kept_apart():
    text = "Iran Condemns Raid on the Port\n\nIran condemned the raid on the port."
    assert [r.start > 30 for r in extract(text)] == [True]
    assert {r.reason for r in extract(text, all=True) if not r.official} <= {"a heading"}
