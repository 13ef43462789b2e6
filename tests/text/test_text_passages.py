"""Sentences and passages: where they end, and that their offsets lead back to the text."""

from itertools import pairwise

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from stance.text import PASSAGE_WORDS, passages, sentences, words

pieces = st.sampled_from(
    ["Mr.", "U.S.", "No. 5", "the", "Peace", "peace.", "end!", "?", "...", "…", "(a)", "1.", "J.", "\n", "\n\n",
     " ", "  ", "\t", "“so", "so.”", "e.g.", "。", "我们", "؟", "—", ";", ",", "\u00ad", "\u2028", "don't", "US$",
     "\r\n", "x" * 30]
)  # fmt: skip
texts = st.one_of(
    st.text(),
    st.lists(pieces).map("".join),
    st.lists(pieces, max_size=60).map(" ".join),
    st.lists(st.sampled_from(["peace", "war", "war;", "talks.", "Talks"]), max_size=80).map(" ".join),
)

CASES = {
    "two": ("We met. They left.", ["We met.", "They left."]),
    "a title": ("Mr. Smith met Dr. Jones. They left.", ["Mr. Smith met Dr. Jones.", "They left."]),
    "an initial": ("J. Smith spoke. He left.", ["J. Smith spoke.", "He left."]),
    "a short form with dots": ("The U.S. Government spoke.", ["The U.S. Government spoke."]),
    "a number": ("See resolution No. 242. It stands.", ["See resolution No. 242.", "It stands."]),
    "a number after no, at the price of a rare slip": ("They said no. 5 of us left.", ["They said no. 5 of us left."]),
    "lower case goes on": ("At 5 p.m. they met ... and left.", ["At 5 p.m. they met ... and left."]),
    "marks": ("Why? Because! So… Yes.", ["Why?", "Because!", "So…", "Yes."]),
    "a closing quote": ("“We met.” They left.", ["“We met.”", "They left."]),
    "a bracket": ("We met (at last.) They left.", ["We met (at last.)", "They left."]),
    "an empty line": ("A heading\n\nWe met", ["A heading", "We met"]),
    "a wrapped line": ("We met\nin May. They\nleft.", ["We met\nin May.", "They\nleft."]),
    "an enumeration": ("1. We met. 2. They left.", ["1. We met.", "2. They left."]),
    "Chinese": ("我们谴责。他们离开。", ["我们谴责。", "他们离开。"]),
    "Arabic": ("لماذا؟ لأننا هنا.", ["لماذا؟", "لأننا هنا."]),
    "Hindi": ("हम मिले। वे गए।", ["हम मिले।", "वे गए।"]),
    "nothing": ("", []),
    "white space": (" \n\t ", []),
    "outer space": ("  We met.  ", ["We met."]),
    "no end": ("We met", ["We met"]),
    "dots inside": ("Part 3.5 of www.x.org is out. Read it.", ["Part 3.5 of www.x.org is out.", "Read it."]),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_sentences_end_where_a_reader_ends_them(case):
    text, want = CASES[case]
    assert [text[start:end] for start, end in sentences(text)] == want


@given(texts)
def test_sentences_are_ordered_stripped_and_hold_all_that_is_no_space(text):
    at = 0
    for start, end in sentences(text):
        assert at <= start < end <= len(text)
        assert not text[at:start].strip()
        assert text[start:end] == text[start:end].strip()
        at = end
    assert not text[at:].strip()


@given(texts)
def test_no_sentence_ends_inside_a_word(text):
    starts = {start for start, _ in sentences(text)} | {end for _, end in sentences(text)}
    for word in words(text):
        assert not any(word.start < at < word.end for at in starts)


@given(texts, st.integers(1, 40))
@example("a b c d e. f g.", 3)
def test_passages_hold_every_word_once_and_are_never_too_long(text, most):
    spans = passages(text, most)
    at, seen = 0, []
    for start, end in spans:
        assert at <= start < end <= len(text)
        inside = [(word.start, word.end) for word in words(text) if start <= word.start < end]
        assert 1 <= len(inside) <= most
        assert all(stop <= end for _, stop in inside)
        seen += inside
        at = end
    assert seen == [(word.start, word.end) for word in words(text)]


@given(texts, st.integers(1, 40))
def test_passages_end_at_sentence_ends_unless_a_sentence_is_too_long(text, most):
    spans = passages(text, most)
    ends = {end for _, end in sentences(text)}
    starts = {start for start, _ in sentences(text)}
    for (_, end), (start, _) in pairwise(spans):
        if end in ends and start in starts:
            continue
        inside = [s for s in sentences(text) if s[0] <= start <= s[1] or s[0] <= end <= s[1]]
        assert any(len(words(text[a:b])) > most or not words(text[a:b]) for a, b in inside)


@given(texts)
def test_a_short_text_is_one_passage(text):
    count = len(words(text))
    assume(0 < count <= PASSAGE_WORDS)
    assert len(passages(text)) == 1


def test_a_text_without_words_has_no_passage():
    assert passages("... !? \n") == []


def test_sentences_are_taken_together_as_long_as_they_fit():
    text = "One two three. Four five. Six seven eight nine. Ten."
    assert [text[a:b] for a, b in passages(text, 5)] == [
        "One two three. Four five.",
        "Six seven eight nine. Ten.",
    ]


def test_a_short_rest_takes_a_sentence_from_the_passage_before_it():
    text = "One two three. Four five six. Seven eight nine. Ten."
    assert [text[a:b] for a, b in passages(text, 9)] == [
        "One two three. Four five six.",
        "Seven eight nine. Ten.",
    ]


def test_a_long_sentence_is_cut_at_a_clause_mark():
    text = "We came early and sat down; then the others came, late as ever, and we all began to talk."
    assert [text[a:b] for a, b in passages(text, 10)] == [
        "We came early and sat down; then the others came,",
        "late as ever, and we all began to talk.",
    ]


def test_a_long_sentence_without_marks_is_cut_at_the_limit():
    text = " ".join(["word"] * 25)
    assert [len(words(text[a:b])) for a, b in passages(text, 10)] == [10, 10, 5]


@pytest.mark.parametrize("most", [0, -1])
def test_a_passage_holds_at_least_a_word(most):
    with pytest.raises(ValueError, match=f"max_words={most}; a passage holds at least 1 word"):
        passages("We met.", most)


def test_a_megabyte_is_cut_in_a_moment():
    text = "We met them on the hill and talked until the rain came. " * 20_000
    spans = passages(text)
    assert len(spans) > 1000
    assert all(text[a:b].endswith(".") for a, b in spans)
