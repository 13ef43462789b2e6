"""Dates, layout, the outlet's words, selection, language, coreference."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance.extraction import extract
from stance.extraction.candidates import Candidate
from stance.extraction.dates import DateReader, parse_date
from stance.extraction.document import paragraphs
from stance.extraction.entities import Registry, Speaker
from stance.extraction.language import guess_language
from stance.extraction.layout import read_layout
from stance.extraction.lexicon import Cue
from stance.extraction.outlet import merge, outlet_words
from stance.extraction.selection import overlap, select

EN, ES = DateReader.of("en"), DateReader.of("es")
FRIDAY = date(2024, 10, 25)


@pytest.mark.parametrize(
    ("reader", "text", "expected"),
    [
        (EN, "on Thursday", "2024-10-24"),
        (EN, "on Friday", "2024-10-25"),
        (EN, "on Saturday", "2024-10-19"),
        (EN, "yesterday", "2024-10-24"),
        (EN, "in March", "2024-03"),
        (EN, "in December", "2023-12"),
        (EN, "in June 2023", "2023-06"),
        (EN, "on March 3, 2024", "2024-03-03"),
        (EN, "on 3 March 2024", "2024-03-03"),
        (EN, "on Nov. 3", "2023-11-03"),
        (EN, "2023-06-01", "2023-06-01"),
        (ES, "este jueves", "2024-10-24"),
        (ES, "el sábado pasado", "2024-10-19"),
        (ES, "ayer", "2024-10-24"),
        (ES, "el 3 de marzo de 2024", "2024-03-03"),
        (ES, "en junio de 2023", "2023-06"),
        (EN, "on February 31, 2024", None),
        (EN, "may say nothing", None),
    ],
)
def test_dates_are_counted_back(reader, text, expected):
    found = reader.resolve(text, 0, len(text), 0, FRIDAY)
    assert (found.value if found else None) == expected


def test_a_weekday_needs_an_anchor():
    assert EN.resolve("on Thursday", 0, 11, 0, None) is None


def test_basis_tells_the_words():
    assert EN.resolve("on Thursday", 0, 11, 0, FRIDAY).basis == "“Thursday” before 2024-10-25"


@pytest.mark.parametrize(
    ("value", "expected"),
    [("2024-10-25", FRIDAY), ("2024", date(2024, 1, 1)), ("soon", None), ("2024-13-01", None), (None, None)],
)
def test_parse_date(value, expected):
    assert parse_date(value) == expected


PAGE = """Tuesday, May 4th | 2 Iyar

March 8, 2019 3:27 pm

Envoys Meet in the Port

Peru's Foreign Ministry said on Thursday that the port was open.

Related coverage

May 2, 2021 4:13 pm

Mayor Says Bridge Is Safe

The mayor said that the bridge was safe and that...

Chile's Foreign Ministry said that ships were welcome in the port, whatever their flag and their cargo might be.

Share this Story: Share On Facebook

Ann Lee is a writer who covers ports. You can follow her on Twitter here.
"""


def test_page_furniture_and_teasers_are_left_out():
    layout = read_layout(PAGE, paragraphs(PAGE), EN)
    kept = [PAGE[start:end] for start, end in layout.paragraphs]
    assert layout.published == date(2019, 3, 8)
    assert not any("bridge" in line.lower() or "Share" in line or "Ann Lee" in line for line in kept)
    assert sum("port" in line for line in kept) == 2
    assert [PAGE[slice(*layout.paragraphs[number])] for number in sorted(layout.headlines)][
        -1
    ] == "Envoys Meet in the Port"


def test_the_date_of_the_article_not_of_the_page():
    records = extract(PAGE)
    assert [(r.actor, r.date) for r in records] == [("PER", "2019-03-07"), ("CHL", "2019-03-08")]
    assert records[1].date_basis == "printed on the article: “March 8, 2019”"


def test_a_given_date_comes_first():
    assert extract(PAGE, date="2019-03-20")[0].date == "2019-03-14"


def test_every_paragraph_is_in_one_part():
    spans = paragraphs(PAGE)
    layout = read_layout(PAGE, spans, EN)
    assert sorted([*layout.paragraphs, *layout.furniture]) == spans


@pytest.mark.parametrize(
    "line",
    ["LIMA, March 4 (Cable) — Ships left.", "LIMA — Ships left.", "LIMA, 4 de marzo (Cable).- Salen barcos."],
)
def test_datelines_are_furniture(line):
    layout = read_layout(line, paragraphs(line), EN)
    ((start, _),) = layout.paragraphs
    assert line[start] == "S"


def excluded(text: str, lang: str = "en", quoted: list[tuple[int, int]] | None = None) -> list[str]:
    return [text[start:end] for start, end in outlet_words(text, 0, len(text), quoted or [], lang)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("for its alleged “crime” there", ["alleged "]),
        ("the so-called axis", ["so-called "]),
        ("the plan [of Peru] failed", [" [of Peru]"]),
        (
            "the plan, apparently referring to the port (the old one), failed",
            [" apparently referring to the port (the old one),"],
        ),
        ("the plan failed, without providing evidence", [", without providing evidence"]),
        ("the plan (an apparent reference to Peru) failed", ["(an apparent reference to Peru)"]),
        ("the plan [...] failed", []),
        ("the plan failed", []),
    ],
)
def test_the_outlets_words(text, expected):
    assert excluded(text) == expected


def test_the_outlets_words_in_spanish():
    assert excluded("la supuesta agresión, en clara alusión a Perú, fracasó", "es") == [
        "supuesta ",
        " en clara alusión a Perú,",
    ]


def test_quoted_words_are_the_speakers():
    text = "“the alleged crime”"
    assert excluded(text, quoted=[(1, 18)]) == []


def test_scored_text_is_without_them():
    (record,) = extract("Iran thanked Peru for its supposed “solidarity [with Iran] in need.”")
    assert record.scored_text() == "Peru for its “solidarity in need.”"
    assert record.to_dict()["exclude"] == [list(span) for span in record.exclude]


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), max_size=8))
def test_merged_spans_are_ordered_and_apart(spans):
    merged = merge(spans, 5, 40)
    assert all(5 <= first < last <= 40 for first, last in merged)
    assert all(one[1] < two[0] for one, two in pairwise(merged))


def candidate(content, score, cue=(0, 1), frame="right", **more):
    return Candidate(
        Cue("say", "say", "speech", "that", "past"), cue, (0, 1), content, frame, score=score, **more
    )


def test_selection_keeps_the_better_of_two_for_the_same_words():
    worse, better, other = (
        candidate((5, 15), 0.7, (4, 5)),
        candidate((6, 15), 0.9, (3, 4)),
        candidate((20, 30), 0.8, (19, 20)),
    )
    assert select([worse, better, other]) == [better, other]


def test_selection_lowers_the_floor_for_words_in_quotation_marks():
    assert select([candidate((5, 15), 0.5, quotes=(0,))], official=False)
    assert not select([candidate((5, 15), 0.5)], official=False)


def test_parts_of_one_quotation_stand_together():
    first, second = (
        candidate((1, 5), 0.9, (6, 7), "quote", quotes=(0,)),
        candidate((8, 12), 0.1, (6, 7), "quote", quotes=(1,)),
    )
    assert select([first, second]) == [first, second]
    assert second.score == 0.9


def test_overlap():
    assert overlap([(0, 10)], [(5, 15)]) == pytest.approx(1 / 3)
    assert overlap([(0, 5)], [(5, 9)]) == 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The port is open to all of the ships.", "en"),
        ("El puerto está abierto a todos los barcos de la región.", "es"),
        ("", "en"),
    ],
)
def test_language(text, expected):
    assert guess_language(text) == expected


def test_registry_finds_persons_by_surname_and_office():
    registry = Registry()
    full = Speaker("PER", "Ana María Ruiz", "foreign minister", "government", True)
    registry.introduce(full, 10)
    registry.spoke(Speaker("CHL", "Foreign Ministry of Chile", "foreign ministry", "government", False), 20)
    assert registry.by_name("Ruiz") == full
    assert registry.by_name("Gómez") is None
    assert registry.by_office("foreign minister", "PER", 30) == full
    assert registry.by_office("foreign minister", "CHL", 30) is None
    assert registry.last_person() is None
    assert registry.last_institution("CHL").actor == "CHL"
    assert registry.last_actors(2) == ["CHL"]
