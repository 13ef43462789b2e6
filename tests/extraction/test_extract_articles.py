"""Articles that the project wrote, with gold: `articles/*.txt` and `articles/gold.jsonl`.

A gold line holds file, language, date of the article, kind (`not_official`: must not pass), start, end, actor,
speaker (its last word is compared).
"""

import json
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from stance.extraction import Attribution, extract
from stance.extraction.entities import fold_name
from stance.extraction.selection import overlap

ARTICLES = Path(__file__).parent / "articles"
GOLD = [json.loads(line) for line in (ARTICLES / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
FILES = sorted({row["file"] for row in GOLD})
MATCH = 0.3


@cache
def records_of(name: str) -> tuple[str, list[Attribution]]:
    text = (ARTICLES / name).read_text(encoding="utf-8")
    row = next(row for row in GOLD if row["file"] == name)
    return text, extract(text, date=row["date"])


def matches(name: str) -> list[tuple[Attribution, dict]]:
    _, records = records_of(name)
    required = [row for row in GOLD if row["file"] == name and row["kind"] != "not_official"]
    scored = sorted(
        (-value, record.actor != row["actor"], i, j)
        for i, record in enumerate(records)
        for j, row in enumerate(required)
        if (value := overlap([(record.start, record.end)], [(row["start"], row["end"])])) >= MATCH
    )
    taken: set[int] = set()
    found: set[int] = set()
    pairs = []
    for _, _, i, j in scored:
        if i not in taken and j not in found:
            taken.add(i)
            found.add(j)
            pairs.append((records[i], required[j]))
    return pairs


def test_there_are_articles_of_both_languages_with_gold():
    assert len(FILES) >= 25
    assert {path.name for path in ARTICLES.glob("*.txt")} == set(FILES)
    assert Counter(row["lang"] for row in {row["file"]: row for row in GOLD}.values())["es"] >= 7
    assert sum(row["kind"] == "not_official" for row in GOLD) >= 20


def test_gold_spans_are_whole_words():
    for row in GOLD:
        text = (ARTICLES / row["file"]).read_text(encoding="utf-8")
        piece = text[row["start"] : row["end"]]
        assert piece == piece.strip() and len(piece) > 4, row


@pytest.mark.parametrize(
    ("kind", "floor"), [("direct", 1.0), ("mixed", 1.0), ("indirect", 0.96), ("block", 0.8)]
)
def test_recall_by_kind(kind, floor):
    found = sum(row["kind"] == kind for name in FILES for _, row in matches(name))
    total = sum(row["kind"] == kind for row in GOLD)
    assert found / total >= floor, f"{found} of {total}"


def test_precision_of_the_official_records():
    records = sum(len(records_of(name)[1]) for name in FILES)
    matched = sum(len(matches(name)) for name in FILES)
    # Not every statement is in the gold: what is beyond it are statements told twice or passed on.
    assert matched / records >= 0.85, f"{matched} of {records}"


def test_nobody_else_passes_as_official():
    passed = [
        (row["file"], record.text)
        for row in GOLD
        if row["kind"] == "not_official"
        for record in records_of(row["file"])[1]
        if overlap([(record.start, record.end)], [(row["start"], row["end"])]) >= MATCH
    ]
    assert passed == []


def test_actors_speakers_and_kinds_of_the_matched():
    pairs = [pair for name in FILES for pair in matches(name)]
    actors = [
        (record.actor, row["actor"], record.text) for record, row in pairs if record.actor != row["actor"]
    ]
    assert len(actors) <= 0.02 * len(pairs), actors
    speakers = [
        (record.speaker, row["speaker"], record.text)
        for record, row in pairs
        if row["speaker"] and fold_name(row["speaker"]).split()[-1] not in fold_name(record.speaker or "")
    ]
    assert len(speakers) <= 0.04 * len(pairs), speakers
    assert sum(record.kind == row["kind"] for record, row in pairs) >= 0.97 * len(pairs)


@pytest.mark.parametrize("name", FILES)
def test_language_is_recognised(name):
    _, records = records_of(name)
    assert {record.lang for record in records} == {next(row["lang"] for row in GOLD if row["file"] == name)}


@pytest.mark.parametrize("name", FILES)
def test_offsets_slice_back(name):
    text, records = records_of(name)
    assert records
    for record in records:
        assert text[record.start : record.end] == record.text
        assert record.cue_span is None or text[slice(*record.cue_span)] == record.cue
        assert record.mention_span is None or text[slice(*record.mention_span)] == record.mention
