"""What the shipped registry finds, case by case (``cases.csv``), and what holds for any text."""

import csv
import json
import pickle
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance.errors import TargetError
from stance.targets import KINDS, Target, TargetMention, TargetRegistry, Term
from stance.text.words import fold, words

REGISTRY = TargetRegistry.default()
with (Path(__file__).parent / "cases.csv").open(encoding="utf-8", newline="") as file:
    CASES = list(csv.DictReader(file))

pieces = st.sampled_from(
    [
        "Israel",
        "U.S.",
        "US",
        "Iran",
        " ",
        "-",
        "'",
        "’",
        ".",
        "$",
        "Cuba",
        "embargo",
        "Latin",
        "American",
        "Bush",
    ]
)
texts = st.one_of(st.text(), st.lists(pieces).map("".join), st.lists(pieces).map(" ".join))
years = st.one_of(st.none(), st.integers(1900, 2100))


@pytest.mark.parametrize("case", CASES, ids=[f"{c['comment']}: {c['text'][:30]}" for c in CASES])
def test_case(case: dict[str, str]) -> None:
    year = int(case["year"]) if case["year"] else None
    found = REGISTRY.find(case["text"], case["lang"], year)
    shown = [f"{m.target}:{m.kind}:{case['text'][m.start : m.end]}" for m in found]
    assert "|".join(shown) == case["expected"]


@given(texts, years)
def test_any_text(text: str, year: int | None) -> None:
    found = REGISTRY.find(text, "en", year)
    assert found == REGISTRY.find(text, "en", year)
    assert found == sorted(found, key=lambda m: (m.start, -m.end, REGISTRY.codes.index(m.target)))
    for code in REGISTRY.codes:
        ends = 0
        for mention in (m for m in found if m.target == code):
            assert ends <= mention.start < mention.end <= len(text)
            assert mention.kind in KINDS
            ends = mention.end


@given(texts)
def test_a_mention_slices_back_to_its_alias(text: str) -> None:
    for mention in REGISTRY.find(text):
        written = [word.folded for word in words(text[mention.start : mention.end])]
        alias = [word.folded for word in words(mention.alias)]
        assert len(written) == len(alias)
        for word, beginning in zip(written, alias, strict=True):
            assert word.startswith(beginning)


@given(texts)
def test_a_fresh_registry_finds_the_same(text: str) -> None:
    # What a registry remembers of earlier texts must not change what it finds.
    assert TargetRegistry(REGISTRY.targets.values()).find(text) == REGISTRY.find(text)


def test_words_are_ordered_and_slice_back() -> None:
    text = "The U.S.-led plan, 美国 and Isra\u00adel’s US$ 5 are e.g. here. U.S"
    assert [(text[w.start : w.end], w.written, w.folded) for w in words(text)] == [
        ("The", "The", "the"),
        ("U.S.", "US", "us"),
        ("led", "led", "led"),
        ("plan", "plan", "plan"),
        ("美", "美", "美"),
        ("国", "国", "国"),
        ("and", "and", "and"),
        ("Isra\u00adel", "Isra\u00adel", "israel"),
        ("s", "s", "s"),
        ("US", "US", "us"),
        ("$", "$", "$"),
        ("5", "5", "5"),
        ("are", "are", "are"),
        ("e.g.", "eg", "eg"),
        ("here", "here", "here"),
        ("U.S", "US", "us"),
    ]


@given(st.text())
def test_words_do_not_overlap_and_leave_no_letter(text: str) -> None:
    at = 0
    for word in words(text):
        assert at <= word.start < word.end
        assert not any(c.isalnum() for c in text[at : word.start])
        at = word.end
    assert not any(c.isalnum() for c in text[at:])


@given(st.text())
def test_folding_leaves_no_case_and_no_marks(text: str) -> None:
    folded = fold(text)
    assert not any(c.isupper() and c.lower() != c for c in folded)
    assert text.isascii() or not any(unicodedata.category(c) == "Mn" for c in folded)


def test_a_decomposed_accent_stays_in_the_word() -> None:
    text = "Ira\u0301n agreed"
    assert [text[m.start : m.end] for m in REGISTRY.find(text)] == ["Ira\u0301n"]


def test_context_reaches_sixty_words_and_no_further() -> None:
    near = "embargo " + "word " * 59 + "Cuba"
    far = "embargo " + "word " * 60 + "Cuba"
    assert [m.alias for m in REGISTRY.find(near)] == ["embargo*"]
    assert REGISTRY.find(far) == []


def test_a_negative_term_hides_only_what_it_touches() -> None:
    text = "Latin American and American ministers met."
    assert REGISTRY.find(text) == [TargetMention("USA", 19, 27, "demonym", "American")]


def test_mentions_of_two_targets_may_overlap() -> None:
    registry = TargetRegistry(
        [
            Target("ONE", "One", None, {"en": (Term("name", "red river"),)}),
            Target("TWO", "Two", None, {"en": (Term("name", "river"),)}),
        ]
    )
    assert [m.target for m in registry.find("the red river")] == ["ONE", "TWO"]


def test_the_first_kind_is_reported_for_equal_words() -> None:
    terms = (Term("act", "river"), Term("name", "River"))
    registry = TargetRegistry([Target("ONE", "One", None, {"en": terms})])
    assert [m.kind for m in registry.find("a river")] == ["name"]


def test_no_text_of_the_shipped_file_hides_itself() -> None:
    # A term that a negative term covers whole would never be found.
    for target in REGISTRY.targets.values():
        for term in target.terms["en"]:
            if term.kind == "not":
                continue
            text = " ".join([term.text.replace("*", ""), *[c.replace("*", "") for c in term.context[:1]]])
            year = term.first or term.last
            assert any(m.target == target.code for m in REGISTRY.find(text, "en", year)), term


def test_codes_and_lookup() -> None:
    assert REGISTRY.codes == ("ISR", "IRN", "USA")
    assert REGISTRY["USA"].name == "United States"
    assert "ISR" in REGISTRY and "isr" not in REGISTRY
    with pytest.raises(TargetError, match="unknown target 'XYZ'; known are ISR, IRN, USA; declare it"):
        REGISTRY["XYZ"]


def test_only_some_targets() -> None:
    assert [m.target for m in REGISTRY.only(["IRN"]).find("Israel and Iran")] == ["IRN"]


def test_default_is_read_once() -> None:
    assert TargetRegistry.default() is TargetRegistry.default()


def test_names_nobody_declared() -> None:
    registry = TargetRegistry.for_names(["Taiwan", "US", "A* b", "?!"])
    text = "Taiwan told us that a b is US."
    assert [(m.target, text[m.start : m.end], m.kind) for m in registry.find(text)] == [
        ("Taiwan", "Taiwan", "name"),
        ("US", "US", "name"),
    ]
    assert [m.target for m in registry.find("A B")] == ["A* b"]
    assert registry.codes == ("Taiwan", "US", "A* b", "?!")


def test_with_names_keeps_what_is_declared() -> None:
    registry = REGISTRY.with_names(["ISR", "Taiwan"])
    assert registry.codes == ("ISR", "IRN", "USA", "Taiwan")
    assert [m.target for m in registry.find("Israeli and Taiwan", "de")] == ["ISR", "Taiwan"]


def test_plain_data_and_pickle_round_trip() -> None:
    data = json.loads(json.dumps(REGISTRY.to_dict()))
    assert TargetRegistry.from_dict(data).targets == REGISTRY.targets
    assert pickle.loads(pickle.dumps(REGISTRY)).targets == REGISTRY.targets


@pytest.mark.parametrize(
    "data", [{"ISR": {}}, {"ISR": None}, {"ISR": {"name": "x", "iso": None, "terms": {"en": [1]}}}]
)
def test_damaged_plain_data(data: dict[str, object]) -> None:
    with pytest.raises(TargetError, match="damaged registry of targets"):
        TargetRegistry.from_dict(data)
