"""Whatever the text: no exception, spans inside the text, a stable order, the same answer twice."""

import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stance.errors import DataError
from stance.extraction import extract

LISTED = (Path(__file__).parent / "pieces.txt").read_text(encoding="utf-8").splitlines()
PIECES = [*LISTED, "\n", "\n\n", "\x00", "\ud800", "\u00a0"]
texts = st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join) | st.text(max_size=120)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    texts,
    st.sampled_from([None, "en", "es", "fr"]),
    st.sampled_from([None, "2024-10-25", "2024", "yesterday", ""]),
)
def test_any_text(text, lang, date):
    records = extract(text, date=date, lang=lang, all=True)
    assert records == extract(text, date=date, lang=lang, all=True)
    assert [record.id for record in records] == [f"s{number}" for number in range(1, len(records) + 1)]
    assert [(r.start, r.end) for r in records] == sorted((r.start, r.end) for r in records)
    for record in records:
        assert text[record.start : record.end] == record.text
        assert 0 <= record.start < record.end <= len(text)
        for first, last in (*record.quoted, *record.exclude):
            assert record.start <= first <= last <= record.end
        assert all(one[1] <= two[0] for one, two in zip(record.exclude, record.exclude[1:], strict=False))
        for span in (record.cue_span, record.mention_span):
            assert span is None or 0 <= span[0] <= span[1] <= len(text)
        assert record.kind in ("direct", "mixed", "indirect", "block")
        assert 0 <= record.confidence <= 1
        assert record.actor is not None or record.reason
        assert record.official or record.reason


@settings(max_examples=100, deadline=None)
@given(texts)
def test_official_records_are_among_all(text):
    key = [(r.start, r.end, r.actor, r.speaker, r.cue_span) for r in extract(text)]
    every = [(r.start, r.end, r.actor, r.speaker, r.cue_span) for r in extract(text, all=True) if r.official]
    assert key == every


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t ",
        "“",
        "”””“““",
        "''''''",
        "said",
        ":",
        "— (@x)",
        "\x00\x01\x02",
        "ا" * 500,
        "a" * 5000,
        "“" * 3000,
        "said " * 2000,
        "Iran said that " * 800,
        ", " * 3000,
        "(" * 2000,
        "A said, “B,” " * 300,
    ],
)
def test_odd_texts_give_a_list_in_time(text):
    begin = time.perf_counter()
    assert isinstance(extract(text, all=True), list)
    assert time.perf_counter() - begin < 10


def test_a_text_over_the_cap_is_refused_by_name():
    with pytest.raises(DataError, match=r"11 characters is longer than the cap of 10.*raise max_chars"):
        extract("x" * 11, max_chars=10)


def test_the_cap_can_be_raised():
    assert extract("word " * 10, max_chars=50) == []


def test_right_to_left_text_around_a_statement():
    text = "تحديث: Iran's Foreign Ministry said on Monday that the talks had failed. נמסר."
    (record,) = extract(text)
    assert record.actor == "IRN"
    assert record.text == "the talks had failed"


def test_an_unknown_state_is_kept_with_its_reason():
    (record,) = extract("The foreign minister said that the border would be closed.")
    assert record.official
    assert record.actor is None
    assert "no state" in record.reason


def test_ligatures_and_hard_spaces_do_not_shift_offsets():
    text = (
        "The of\ufb01cial Cuban Foreign Ministry condemned\u00a0“the \ufb01nancial war” of the United States."
    )
    (record,) = extract(text)
    assert text[record.start : record.end] == record.text
    assert "\ufb01nancial war" in record.text


def test_time_for_an_article():
    paragraph = (
        "Iran's Foreign Ministry said on Monday that the talks had failed. “We regret it,” the envoy said."
    )
    text = "\n\n".join([paragraph] * 45)  # about 800 words
    extract(text)
    begin = time.perf_counter()
    for _ in range(3):
        extract(text)
    assert (time.perf_counter() - begin) / 3 < 0.5  # 10 ms on a quiet machine
