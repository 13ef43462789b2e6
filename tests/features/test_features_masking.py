"""Masking: a passage as one target sees it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance.features import mask
from stance.features.masking import OTHER, TARGET
from stance.targets import TargetMention, TargetRegistry
from stance.text import sentences, words

REGISTRY = TargetRegistry.default()


def seen(text, target):
    found = REGISTRY.find(text)
    return mask(text, [m for m in found if m.target == target], [m for m in found if m.target != target])


CASES = [
    ("We condemn Israel.", "ISR", "we condemn TARGET"),
    ("We condemn Israel.", "USA", "we condemn OTHER"),
    ("Israel's army and Iran's army", "IRN", "OTHER army and TARGET army"),
    ("The United States of America met Tehran", "USA", "the TARGET met OTHER"),
    ("the Israeli-Iranian war", "ISR", "the TARGET OTHER war"),
    ("We don't thank the U.S.", "USA", "we don not thank the TARGET"),
    ("Latin American states", "USA", "latin american states"),
    ("", "ISR", ""),
]


@pytest.mark.parametrize(("text", "target", "want"), CASES)
def test_mentions_become_marks(text, target, want):
    assert " ".join(seen(text, target).words) == want


def test_where_two_targets_are_named_by_one_word_ones_own_counts():
    own, other = TargetMention("A", 3, 8, "name", "x"), TargetMention("B", 0, 12, "name", "y")
    text = "in AA BB and CC at"
    assert mask(text, [own], [other]).words == ["OTHER", "TARGET", "OTHER", "cc", "at"]
    assert mask(text, [], [other]).words == ["OTHER", "cc", "at"]


def test_aliases_say_how_the_target_is_named():
    assert seen("Tel Aviv, the Zionist entity, Israel and Israel", "ISR").aliases == sorted(
        {"capital tel aviv", "epithet zionist entity", "name israel"}
    )


def test_sentences_are_numbered():
    passage = seen("We met. Israel spoke! They left.", "ISR")
    assert passage.sentence == [0, 0, 1, 1, 2, 2]
    assert passage.targets == [2]


spans = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 12)), max_size=4)


@given(st.text("ab s't.,! \n’-", max_size=60), spans, spans)
def test_any_spans_give_words_that_lead_back_to_the_text(text, own, others):
    def mentions(code, places):
        return [
            TargetMention(code, a, min(a + n, len(text)), "name", "x") for a, n in places if a < len(text)
        ]

    passage = mask(text, mentions("A", own), mentions("B", others))
    assert len(passage.words) == len(passage.sentence) == len(passage.spans)
    assert passage.targets == [at for at, word in enumerate(passage.words) if word == TARGET]
    assert passage.sentence == sorted(passage.sentence)
    assert all(number < max(1, len(sentences(text))) for number in passage.sentence)
    last = 0
    for word, (start, end) in zip(passage.words, passage.spans, strict=True):
        assert last <= start < end <= len(text)
        last = end
        if word not in (TARGET, OTHER):
            assert word in ("not", text[start:end].replace(".", "").casefold())
    covered = {at for a, n in own for at in range(a, a + n)}
    for word in words(text):
        place = next((at for at, span in enumerate(passage.spans) if span[0] <= word.start < span[1]), None)
        if word.folded != "s" and covered & set(range(word.start, word.end)):
            assert place is not None and passage.words[place] == TARGET
