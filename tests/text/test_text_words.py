"""Words and their folding: the rule that aliases and features rest on."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance.text import Word, fold, words

CASES = {
    "Israel's Government": ["Israel", "s", "Government"],
    "Israeli-Palestinian": ["Israeli", "Palestinian"],
    "the U.S.-led coalition": ["the", "US", "led", "coalition"],
    "the U.S.A. and the U.K": ["the", "USA", "and", "the", "UK"],
    "US$5": ["US", "$", "5"],
    "don’t": ["don", "t"],
    "Stop.Now": ["Stop", "Now"],
    "a.m. x.yz": ["am", "x", "yz"],
    "伊朗人": ["伊", "朗", "人"],
    "イラン": ["イ", "ラ", "ン"],
    "Ira\u0301n": ["Ira\u0301n"],
    "na\u00adtion": ["na\u00adtion"],
    "snake_case 3rd": ["snake_case", "3rd"],
    "": [],
    " — ": [],
    "…“”": [],
}


@pytest.mark.parametrize("text", CASES)
def test_words_as_written(text):
    assert [word.written for word in words(text)] == CASES[text]


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("IRÁN", "iran"),
        ("Iran", "iran"),
        ("Ira\u0301n", "iran"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("na\u00adtion", "nation"),
        ("إِيران", "ايران"),
        ("ﬁre", "fire"),
        ("Israël", "israel"),
        ("İran", "iran"),
        ("ΣΊΣΥΦΟΣ", "σισυφοσ"),
    ],
)
def test_fold_takes_case_and_marks(word, folded):
    assert fold(word) == folded


@given(st.text())
def test_fold_leaves_no_mark_and_no_capital(text):
    folded = fold(text)
    assert not any(unicodedata.category(c) == "Mn" for c in folded)
    assert folded == folded.casefold()


@given(st.text())
def test_fold_is_the_same_for_composed_and_decomposed_text(text):
    assert fold(unicodedata.normalize("NFC", text)) == fold(unicodedata.normalize("NFD", text))


@given(st.text())
def test_words_are_ordered_and_slice_back(text):
    at = 0
    for word in words(text):
        assert isinstance(word, Word)
        assert at <= word.start < word.end <= len(text)
        written = text[word.start : word.end]
        assert word.written == (written.replace(".", "") if "." in written else written)
        assert word.folded == fold(word.written)
        at = word.end


@given(st.text())
def test_every_letter_and_digit_is_in_a_word(text):
    inside = {at for word in words(text) for at in range(word.start, word.end)}
    for at, char in enumerate(text):
        assert at in inside or not char.isalnum()


@given(st.lists(st.text(alphabet="abcdeIRAN", min_size=1)))
def test_words_with_spaces_between_come_apart_at_the_spaces(parts):
    assert [word.written for word in words(" ".join(parts))] == parts
