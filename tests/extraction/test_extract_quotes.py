from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance.extraction.document import paragraphs
from stance.extraction.quotes import pair_quotes

CASES = [
    ("curly", "He said “we agree” and left.", ["we agree"]),
    ("straight", 'He said "we agree" and left.', ["we agree"]),
    ("angular", "Dijo «estamos de acuerdo» y se fue.", ["estamos de acuerdo"]),
    ("doubled singles", "He said ''we agree'' and left.", ["we agree"]),
    ("british singles", "'We agree,' he said, 'at last.'", ["We agree,", "at last."]),
    ("two in a row", "“A first,” he said. “A second.”", ["A first,", "A second."]),
    ("apostrophe is no quote", "Iran’s and the ministers' plan isn't new.", []),
    ("possessive plural inside singles", "He called 'the regimes' ties' weak.", ["the regimes' ties"]),
    ("nested", "“He told us ‘never again’ twice,” she said.", ["He told us ‘never again’ twice,"]),
    (
        "doubles nested in doubles",
        "“They say “peace” and mean war,” he said.",
        ["They say “peace” and mean war,"],
    ),
    ("closing mark at both ends", "The ”axis” was named.", ["axis"]),
    (
        "unclosed runs to the end of its paragraph",
        "“We will not yield.\n\n“Never.”",
        ["We will not yield.", "Never."],
    ),
    (
        "second opening without closing",
        "He said “one thing. Then “another” came.",
        ["one thing. Then ", "another"],
    ),
    ("a lone closing mark", "a lone” mark", []),
    ("inches", 'a 5" pipe', []),
]


@pytest.mark.parametrize(("label", "text", "expected"), CASES, ids=[case[0] for case in CASES])
def test_pairs(label, text, expected):
    quotes = [quote for quote in pair_quotes(text, paragraphs(text)) if not quote.nested]
    assert [text[quote.inner_start : quote.inner_end] for quote in quotes] == expected


def test_nested_quotation_is_marked():
    text = "“He told us ‘never again’ twice,” she said."
    outer, inner = pair_quotes(text, paragraphs(text))
    assert (outer.nested, inner.nested) == (False, True)
    assert text[inner.inner_start : inner.inner_end] == "never again"


def test_unclosed_is_marked():
    text = "“We will not yield."
    (quote,) = pair_quotes(text, paragraphs(text))
    assert not quote.closed
    assert (quote.start, quote.end) == (0, len(text))


@given(st.text(alphabet="“”\"'‘’«»ab ,.\n()[]", max_size=60))
def test_any_marks_give_spans_inside_their_paragraphs(text):
    spans = paragraphs(text)
    for quote in pair_quotes(text, spans):
        assert quote.start < quote.inner_start <= quote.inner_end <= quote.end
        assert any(start <= quote.start and quote.end <= end for start, end in spans)


@given(st.text(alphabet="“”\"'‘’«»ab ,.\n", max_size=60))
def test_outermost_quotations_do_not_overlap(text):
    quotes = [quote for quote in pair_quotes(text, paragraphs(text)) if not quote.nested]
    assert all(one.end <= two.start for one, two in pairwise(quotes))
