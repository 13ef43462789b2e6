"""Lookup of actors and holders, and the small parts underneath."""

import datetime as dt

import pytest

from stance.actors import Gazetteer, Holder
from stance.actors.holders import best, iso, status
from stance.actors.inflect import english, french, portuguese, spanish
from stance.actors.tokens import TokenList, fold
from stance.errors import DataError, UsageError

GAZETTEER = Gazetteer.default()
TERM = Holder("IRN", "A Person", "president", "government", "2013-08-03", "2021-08")


def test_default_is_read_once() -> None:
    assert Gazetteer.default() is GAZETTEER


def test_actor_by_code() -> None:
    iran = GAZETTEER.actor("IRN")
    assert (iran.code, iran.name, iran.kind, iran.region, iran.group) == (
        "IRN",
        "Iran",
        "state",
        "Middle East",
        "APG",
    )
    assert "Irán" in iran.names and "iraní" in iran.demonyms and "Teherán" in iran.capitals
    assert "Kremlin" in GAZETTEER.actor("RUS").seats
    assert "IRN" in GAZETTEER and "ZZZ" not in GAZETTEER
    assert sum(actor.kind == "state" for actor in GAZETTEER.actors()) == 193


def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(DataError, match="actor 'ZZZ' is not in the gazetteer"):
        GAZETTEER.actor("ZZZ")


@pytest.mark.parametrize(
    ("code", "region", "group"),
    [
        ("VEN", "Latin America and Caribbean", "GRULAC"),
        ("DZA", "North Africa", "AG"),
        ("UNO", None, None),
        ("ZZZ", None, None),
        ("PSE", "Middle East", None),
    ],
)
def test_region_and_group(code: str, region: str | None, group: str | None) -> None:
    assert GAZETTEER.region(code) == region
    assert GAZETTEER.group(code) == group


def test_holders_by_full_name_spelling_and_surname() -> None:
    by_name = GAZETTEER.holders("Abbas Araghchi")
    assert by_name == GAZETTEER.holders("abbas araqchí") == GAZETTEER.holders("ARAGHCHI")
    assert by_name[0].office == "foreign minister"
    assert {term.actor for term in by_name} == {"IRN"}
    assert GAZETTEER.holders("Nobody Atall") == []


def test_holders_on_a_date() -> None:
    (term,) = GAZETTEER.holders("Netanyahu", "2016-01-01")[:1]
    assert term.name == "Benjamin Netanyahu"
    assert {t.office for t in GAZETTEER.holders("Nicolás Maduro", "2008-01-01")} == {"foreign minister"}
    assert GAZETTEER.holders("Nicolás Maduro", dt.date(2026, 6, 1)) == []


def test_holder_of_an_office_nobody_is_known_for() -> None:
    assert GAZETTEER.holder_of("TUV", "president", "2020-01-01") is None
    assert GAZETTEER.holder_of("IRN", "no such office", "2020-01-01") is None


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2013-08-02", "future"),
        ("2013-08-03", "current"),
        ("2013-08", "current"),
        ("2013", "current"),
        ("2012", "future"),
        (dt.date(2021, 8, 31), "current"),
        ("2021-09-01", "former"),
        ("2022", "former"),
        (None, "former"),
    ],
)
def test_status_at_the_precision_of_the_dates(date, expected: str) -> None:
    assert status(TERM, date) == expected
    assert GAZETTEER.status(TERM, date) == expected


def test_an_open_term_is_current_without_a_date() -> None:
    assert status(TERM._replace(end=""), None) == "current"


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        (None, None),
        ("", None),
        ("2020", "2020"),
        ("2020-02", "2020-02"),
        ("2020-02-29T10:00:00", "2020-02-29"),
    ],
)
def test_iso(date: str | None, expected: str | None) -> None:
    assert iso(date) == expected


@pytest.mark.parametrize("date", ["yesterday", "2020-13", "2020-02-30", "20-02-2020", "202"])
def test_iso_refuses_other_forms(date: str) -> None:
    with pytest.raises(UsageError, match="is not of the form YYYY-MM-DD, YYYY-MM or YYYY"):
        iso(date)


def test_best_term() -> None:
    early = TERM._replace(office="foreign minister", start="2006", end="2013")
    late = TERM._replace(start="2013", end="2020")
    assert best([late, early], "2010") is early
    assert best([early, late], "2025") is late
    assert best([early, late], "1999") is early
    assert best([early, late._replace(end="2015")], None) is early


def test_fold() -> None:
    assert fold("Élysée") == "elysee"
    assert fold("EE.UU.") == "eeuu"
    assert fold("Yıldırım") == "yildirim"
    assert fold("Støre") == "store"


def test_tokens_slice_back_and_keep_dotted_names_whole() -> None:
    text = "The U.S. and Díaz-Canel’s  friends…"
    tokens = TokenList(text)
    assert [text[s:e] for s, e in zip(tokens.starts, tokens.ends, strict=True)] == tokens.raw
    assert tokens.folded == ["the", "us", "and", "diaz", "canel", "s", "friends"]
    assert tokens.possessive(5) and not tokens.possessive(0)


def test_demonyms_are_inflected_by_rule() -> None:
    assert english("Iranian") == ["Iranian", "Iranians"]
    assert english("Chinese") == ["Chinese"]
    assert spanish("cubano") == ["cubano", "cubana", "cubanos", "cubanas"]
    assert spanish("iraní") == ["iraní", "iranís", "iraníes"]
    assert spanish("belga") == ["belga", "belgas"]
    assert [fold(form) for form in spanish("francés")] == ["frances", "francesa", "franceses", "francesas"]
    assert french("iranien") == ["iranien", "iranienne", "iraniens", "iraniennes"]
    assert french("turc") == ["turc", "turque", "turcs", "turques"]
    assert portuguese("alemão") == ["alemão", "alemã", "alemães", "alemãs"]
