"""The data files: their schema, their facts, and the errors that a faulty user file gives."""

import shutil
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path

import pytest

from stance.actors import Gazetteer
from stance.actors.holders import status
from stance.actors.load import LANGUAGES, Knowledge
from stance.actors.tables import FOLDER, parts, read_table
from stance.errors import DataError

KNOWLEDGE = Knowledge()
TERMS = [term for person in KNOWLEDGE.people.values() for term in person.terms]
KINDS = {"state", "observer", "other state", "organisation", "party", "armed group"}
TYPES = {
    "government", "legislature", "military", "judiciary", "state_media", "party", "religious", "central bank",
    "international organisation", "armed group", "other", "analyst",
}  # fmt: skip
REGIONS = {
    "Middle East", "North Africa", "Sub-Saharan Africa", "Latin America and Caribbean", "North America",
    "Western Europe", "Eastern Europe", "Caucasus and Central Asia", "South Asia", "East Asia",
    "Southeast Asia", "Oceania",
}  # fmt: skip
MOST_QUOTED = [
    "IRN", "ISR", "USA", "VEN", "CUB", "BOL", "NIC", "COL", "BRA", "MEX", "ARG", "CHL", "PER", "ECU",
    "TUR", "RUS", "CHN", "ZAF", "IND", "PAK", "SAU", "ARE", "QAT", "KWT", "BHR", "OMN", "YEM", "IRQ",
    "SYR", "LBN", "JOR", "EGY", "DZA", "MAR", "TUN", "LBY", "SDN", "MRT", "SOM", "DJI", "PSE", "FRA",
    "DEU", "ITA", "ESP", "GBR", "CAN", "AUS", "JPN", "KOR", "PRK", "IDN", "MYS", "UKR", "BLR", "IRL",
    "NOR", "NGA", "KEN", "ETH", "POL", "SWE", "NLD", "BEL", "AUT", "GRC", "CYP", "ARM", "AZE", "GEO",
    "KAZ", "VAT",
]  # fmt: skip


def test_all_members_of_the_united_nations_are_there() -> None:
    counts = Counter(actor.kind for actor in KNOWLEDGE.actors.values())
    assert counts["state"] == 193
    assert set(counts) == KINDS
    assert {
        "PSE",
        "VAT",
        "XKX",
        "TWN",
        "EUU",
        "UNO",
        "LAS",
        "OIC",
        "GCC",
        "AFU",
        "ALBA",
        "NAM_",
        "BRICS",
        "G7",
        "NATO",
    } <= set(KNOWLEDGE.actors)


def test_every_state_has_names_a_region_and_a_group() -> None:
    for actor in KNOWLEDGE.actors.values():
        assert actor.region is None or actor.region in REGIONS, actor.code
        if actor.kind == "state":
            assert actor.group in {"AG", "APG", "EEG", "GRULAC", "WEOG"}, actor.code
            assert actor.region, actor.code
            assert len(actor.code) == 3 and actor.code.isupper(), actor.code


def test_every_actor_is_found_by_its_names_in_its_language() -> None:
    gazetteer = Gazetteer.default()
    columns = (
        "code",
        "kind",
        "region",
        "group",
        "en",
        "demonym_en",
        "capital_en",
        "es",
        "demonym_es",
        "capital_es",
    )
    missed = []
    for _, row in read_table(FOLDER / "actors.csv", columns):
        for lang, names in (("en", row[4]), ("es", row[7])):
            for name in parts(names):
                found = gazetteer.find(f"yesterday {name} spoke", lang)
                if [mention.actor for mention in found] != [row[0]]:
                    missed.append((row[0], lang, name))
    # These need a reason in the text; ambiguous.csv says which.
    assert {name for _, _, name in missed} <= {
        "Georgia",
        "Mauricio",
        "AU",
        "UA",
        "NAM",
        "PA",
        "SDF",
        "ELN",
        "RSA",
        "SCO",
    }


def test_codes_and_types_are_known() -> None:
    for office in KNOWLEDGE.offices.values():
        assert office.type in TYPES, office.name
    for lang in LANGUAGES:
        for form, entry, _ in KNOWLEDGE._forms[lang]:
            assert form == form.strip() and form, form
            if entry.role in "IGT":
                assert entry.type in TYPES, form
            if entry.role in "AI":
                assert entry.code in KNOWLEDGE.actors, form


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_name_stands_for_two_actors(lang: str) -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for form, entry, _ in KNOWLEDGE._forms[lang]:
        if entry.role in "AI":
            owners[form.lower()].add(entry.code)
    assert {form: codes for form, codes in owners.items() if len(codes) > 1} == {}


def test_holders_are_many() -> None:
    states = {term.actor for term in TERMS if KNOWLEDGE.actors[term.actor].kind != "organisation"}
    assert len(states) >= 130
    assert len(TERMS) >= 1100
    assert [code for code in MOST_QUOTED if code not in states] == []


@pytest.mark.parametrize("term", TERMS, ids=lambda t: f"{t.actor}-{t.office}-{t.start}")
def test_terms_have_dates_in_order(term) -> None:
    assert term.start[:4].isdigit() and term.start <= "2026-12-31"
    assert not term.end or (term.start[: len(term.end)] <= term.end and term.end >= "2000")


def test_one_holder_at_a_time() -> None:
    held = defaultdict(list)
    for term in TERMS:
        if KNOWLEDGE.offices[term.office].single:
            held[term.actor, term.office].append(term)
    overlaps = []
    for terms in held.values():
        for before, after in pairwise(sorted(terms, key=lambda t: t.start)):
            length = min(len(before.end), len(after.start))
            if not before.end or before.end[:length] > after.start[:length]:
                overlaps.append((before, after))
    assert overlaps == []


@pytest.mark.parametrize(
    ("actor", "office", "date", "name"),
    [
        ("IRN", "president", "2001-09-11", "Mohammad Khatami"),
        ("IRN", "foreign minister", "2015-07-14", "Mohammad Javad Zarif"),
        ("ISR", "prime minister", "2014-07-20", "Benjamin Netanyahu"),
        ("USA", "foreign minister", "2018-05-08", "Mike Pompeo"),
        ("VEN", "president", "2009-01-10", "Hugo Chávez"),
        ("BOL", "president", "2024-01-01", "Luis Arce"),
        ("BRA", "president", "2023-10-08", "Luiz Inácio Lula da Silva"),
        ("TUR", "foreign minister", "2023-10-08", "Hakan Fidan"),
        ("UNO", "secretary-general", "2010-05-31", "Ban Ki-moon"),
        ("NIC", "president", "2018-05-08", "Daniel Ortega"),
        ("ZAF", "foreign minister", "2023-12-29", "Naledi Pandor"),
        ("SAU", "king", "2012-01-01", "Abdullah bin Abdulaziz"),
    ],
)
def test_who_held_an_office(actor: str, office: str, date: str, name: str) -> None:
    holder = Gazetteer.default().holder_of(actor, office, date)
    assert holder is not None
    assert holder.name == name
    assert status(holder, date) == "current"


def test_short_names_without_introduction_mean_one_state() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    names: dict[str, set[str]] = defaultdict(set)
    for (actor, name), forms in KNOWLEDGE.alone.items():
        for form in forms:
            owners[form].add(actor)
            names[form].add(name)
    # One person in two offices may serve two actors; two persons may not.
    assert {form for form, actors in owners.items() if len(actors) > 1 and len(names[form]) > 1} <= {
        "albanese"
    }


def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "data"))


@pytest.mark.parametrize(
    ("file", "line", "text"),
    [
        (
            "holders.csv",
            "QQQ,president,2001,,A Person,,,",
            "actor 'QQQ' is not in actors.csv; add it there or mend the code",
        ),
        (
            "holders.csv",
            "IRN,boss,2001,,A Person,,,",
            "office 'boss' is not in offices.csv; add it there or mend",
        ),
        (
            "holders.csv",
            "IRN,president,2005,2001,A Person,,,",
            "from '2005' to '2001'; give a name and dates in order",
        ),
        ("holders.csv", "IRN,president,2005,2001", "4 cells in 'IRN,president,2005,2001', 8 are needed"),
        ("actors.csv", "IRN,state,Middle East,APG,Iran,,,Irán,,", "code 'IRN' stands twice; keep one line"),
        ("actors.csv", "QQQ,state,Middle East,APG,,,,,,", "QQQ has no English name; give one in column en"),
        ("titles.csv", "xx,president,free,,,boss", "language 'xx'; use one of en, es, fr, pt"),
        ("titles.csv", "en,president,often,,,boss", "use 'often'; use one of free, joined, owned, named"),
        ("titles.csv", "en,president,free,,IRN=boss,boss", "office 'boss' is not in offices.csv"),
        ("institutions.csv", "IRN,house,X,government,X", "kind 'house'; use seat or institution"),
        ("generic.csv", "en,x,government,no,named,x", "use 'named'; use free or joined"),
        (
            "offices.csv",
            "president,president,government,yes,no",
            "office 'president' stands twice; keep one line",
        ),
        ("names_other.csv", "QQQ,fr,x,,", "code 'QQQ' is not in actors.csv; add it there"),
        ("names_other.csv", "IRN,xx,x,,", "language 'xx'; use one of en, es, fr, pt"),
        ("ambiguous.csv", "Foo,QQQ,,,no", "actor 'QQQ' is not in actors.csv"),
        ("negatives.csv", "xx,Foo", "language 'xx'; use one of en, es, fr, pt"),
    ],
)
def test_a_faulty_line_is_named_with_its_remedy(tmp_path: Path, file: str, line: str, text: str) -> None:
    folder = copy(tmp_path)
    content = (folder / file).read_text(encoding="utf-8").rstrip("\n")
    (folder / file).write_text(f"{content}\n{line}\n", encoding="utf-8")
    number = content.count("\n") + 2
    with pytest.raises(DataError) as caught:
        Gazetteer(folder)
    assert f"{folder / file}, line {number}: " in str(caught.value)
    assert text in str(caught.value)


def test_a_missing_file_a_wrong_header_and_an_empty_file_are_named(tmp_path: Path) -> None:
    folder = copy(tmp_path)
    (folder / "holders.csv").write_text("actor,office\n", encoding="utf-8")
    with pytest.raises(
        DataError, match=r"holders\.csv, line 1: the header is 'actor,office'; it must be 'actor,office,from"
    ):
        Gazetteer(folder)
    (folder / "holders.csv").write_text("# nothing\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"holders\.csv: no header line; it must be"):
        Gazetteer(folder)
    (folder / "holders.csv").unlink()
    with pytest.raises(
        DataError, match=r"holders\.csv: cannot be read .* restore the file or save it as UTF-8"
    ):
        Gazetteer(folder)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("former = [", "cannot be read"),
        ("colour = []", "unknown key 'colour'; the keys are former, then"),
        ('former = "ex"', "'former' is 'ex'; it must be a list of texts"),
    ],
)
def test_faulty_word_lists_are_named(tmp_path: Path, content: str, text: str) -> None:
    folder = copy(tmp_path)
    (folder / "modifiers.toml").write_text(content, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        Gazetteer(folder)
    assert str(folder / "modifiers.toml") in str(caught.value)
    assert text in str(caught.value)


def test_a_cell_in_quotes_may_hold_a_comma(tmp_path: Path) -> None:
    folder = copy(tmp_path)
    path = folder / "institutions.csv"
    line = 'GBR,institution,Office,government,"Foreign, Commonwealth & Development Office"\n'
    path.write_text(path.read_text(encoding="utf-8") + line, encoding="utf-8")
    assert Gazetteer(folder).actor("GBR").name == "United Kingdom"
