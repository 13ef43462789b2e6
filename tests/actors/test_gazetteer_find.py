"""Mentions in texts: cases as data, status by date, and properties that hold for any text."""

import tomllib
import unicodedata
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stance.actors import ActorMention, Gazetteer
from stance.errors import UsageError

CASES = tomllib.loads(Path(__file__).with_name("find_cases.toml").read_text(encoding="utf-8"))["case"]
GAZETTEER = Gazetteer.default()
KINDS = {"name", "demonym", "capital", "seat", "institution", "title", "holder"}
SNIPPETS = [
    "Iran", "'s ", "Iranian ", "Foreign Minister ", "president of ", "the ", "Maduro", "Abbas Araghchi", ", ",
    ". ", "said ", "former ", "Kremlin ", "spokesman for ", "U.S.", "EE. UU.", "Ministry of Foreign Affairs ",
    "embassy ", "in ", "to ", "“", "”", "canciller ", "de ", "iraní ", "régimen ", "portavoz ", "Khan ",
    "King ", "deputy ", "\n\n", "\u00a0", "'", "é", "\u0301", "Georgia ", "Ana ", "Quiroga ",
    "Calling Trump, ", "Middle East ", "then-", "Ayatollah ", "general ", "@name_x ", "administration ",
    "Trump ",
]  # fmt: skip


def shown(text: str, mention: ActorMention) -> str:
    detail = mention.office if mention.kind in ("title", "holder") else mention.actor_type
    return " | ".join((text[mention.start : mention.end], mention.actor or "-", mention.kind, detail or "-"))


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_cases(case: dict) -> None:
    found = GAZETTEER.find(case["text"], case["lang"], case.get("date"))
    assert [shown(case["text"], mention) for mention in found] == case["mentions"]


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_decomposed_accents_change_nothing_but_offsets(case: dict) -> None:
    text = unicodedata.normalize("NFD", case["text"])
    found = GAZETTEER.find(text, case["lang"], case.get("date"))
    composed = [unicodedata.normalize("NFC", shown(text, mention)) for mention in found]
    assert composed == [unicodedata.normalize("NFC", line) for line in case["mentions"]]


@pytest.mark.parametrize(
    ("date", "status", "actor_type"),
    [
        ("2019-05-05", "current", "government"),
        ("2021-08-25", "current", "government"),
        ("2023-05", "former", "former official"),
        (None, None, "government"),
    ],
)
def test_a_bare_name_is_judged_by_the_list(date: str | None, status: str | None, actor_type: str) -> None:
    (mention,) = GAZETTEER.find("Mohammad Javad Zarif wrote this.", "en", date)
    assert (mention.actor, mention.office) == ("IRN", "foreign minister")
    assert (mention.status, mention.actor_type, mention.basis) == (status, actor_type, "list")


def test_a_name_before_the_office_is_no_official() -> None:
    (mention,) = GAZETTEER.find("Masoud Pezeshkian, a surgeon, wrote this.", "en", "2010")
    assert (mention.status, mention.actor_type) == ("future", "other")


def test_the_title_in_the_text_comes_before_the_list() -> None:
    text = "Iranian Deputy Foreign Minister Abbas Araghchi spoke."
    (mention,) = GAZETTEER.find(text, "en", "2015-07-14")
    assert (mention.office, mention.basis, mention.status) == ("deputy foreign minister", "both", "current")


def test_a_former_official_is_one_by_the_word_or_by_the_date() -> None:
    by_word = GAZETTEER.find("Former Israeli Prime Minister Yair Lapid spoke.", "en")[0]
    by_date = GAZETTEER.find("Israeli Prime Minister Yair Lapid spoke.", "en", "2024-01-01")[0]
    in_office = GAZETTEER.find("Israeli Prime Minister Yair Lapid spoke.", "en", "2022-08-01")[0]
    assert by_word.actor_type == by_date.actor_type == "former official"
    assert in_office.actor_type == "government"


def test_then_president_was_no_former_official() -> None:
    (mention,) = GAZETTEER.find("then-President Barack Obama signed it.", "en", "2025-01-30")
    assert (mention.status, mention.actor_type) == ("current", "government")


def test_two_holders_of_one_name_are_told_apart_by_the_date() -> None:
    text = "Khamenei received them."
    assert GAZETTEER.find(text, "en", "2019-01-01")[0].name == "Ali Khamenei"
    assert GAZETTEER.find(text, "en", "2026-06-01")[0].name == "Mojtaba Khamenei"


def test_the_king_of_the_state_in_the_text() -> None:
    jordan = GAZETTEER.find("In Amman, King Abdullah spoke.", "en", "2010-01-01")
    riyadh = GAZETTEER.find("In Riyadh, King Abdullah spoke.", "en", "2010-01-01")
    assert (jordan[-1].actor, riyadh[-1].actor) == ("JOR", "SAU")


def test_all_capitals_do_not_turn_us_into_a_state() -> None:
    assert GAZETTEER.find("LET US PRAY. WHO CARES?", "en") == []
    assert [m.actor for m in GAZETTEER.find("IRAN ANSWERS ISRAEL", "en")] == ["IRN", "ISR"]


def test_unknown_and_regional_languages_are_read_too() -> None:
    assert GAZETTEER.find("Tehran said", "xx")[0].actor == "IRN"
    assert GAZETTEER.find("el canciller iraní", "es-VE")[0].actor == "IRN"
    assert GAZETTEER.find("Tehran said", "")[0].actor == "IRN"


def test_a_date_in_another_form_is_refused_with_the_remedy() -> None:
    with pytest.raises(
        UsageError, match=r"date '5/6/2020' is not of the form YYYY-MM-DD, YYYY-MM or YYYY: write it so"
    ):
        GAZETTEER.find("Tehran said", "en", "5/6/2020")


def check(text: str, lang: str) -> None:
    found = GAZETTEER.find(text, lang)
    last = 0
    for mention in found:
        assert last <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end].strip()
        assert mention.kind in KINDS
        assert mention.actor is None or mention.actor in GAZETTEER
        assert (mention.office is not None) == (mention.kind in ("title", "holder"))
        assert mention.name
        last = mention.end
    assert GAZETTEER.find(text, lang) == found


@given(st.text(max_size=300), st.sampled_from(["en", "es", "fr", "pt", "ru"]))
def test_any_text_gives_sorted_mentions_that_slice_back(text: str, lang: str) -> None:
    check(text, lang)


@settings(max_examples=400, deadline=None)
@given(
    st.lists(st.sampled_from(SNIPPETS), max_size=40).map("".join), st.sampled_from(["en", "es", "fr", "pt"])
)
def test_any_mixture_of_names_gives_sorted_mentions_that_slice_back(text: str, lang: str) -> None:
    check(text, lang)


def test_an_article_takes_a_few_milliseconds() -> None:
    paragraph = (
        "Iranian Foreign Minister Abbas Araghchi told the state news agency on Tuesday that Tehran would "
        "answer any move by Israel, while the White House and the Kremlin stayed silent. Venezuela's Foreign "
        "Ministry praised the president of Cuba, Miguel Díaz-Canel, and Araghchi thanked both governments "
        "for their words in a letter to the Security Council. "
    )
    article = "\n\n".join([paragraph] * 12)
    GAZETTEER.find(article)
    best = min(_seconds(article) for _ in range(5))
    assert len(article.split()) > 600
    assert best < 0.02  # measured near 0.002; the rest is room for a busy machine


def _seconds(article: str) -> float:
    start = perf_counter()
    GAZETTEER.find(article)
    return perf_counter() - start
