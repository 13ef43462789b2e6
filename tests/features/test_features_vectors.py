"""Word vectors: what smooths the weights of words in like company."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance.features import WordVectors
from stance.features.vectors import SMOOTHED_VIEWS
from stance.features.views import VIEWS
from stance.text import fold

SMALL = WordVectors(["thank", "praise"], np.array([[3, 4], [0, 0]], dtype=np.int8))


def test_a_block_of_dimensions_for_each_smoothed_view():
    features = [f"{view}:thank" for view in SMOOTHED_VIEWS]
    smoothing = SMALL.of_features(features, 2.0)
    want = np.zeros((len(features), 2 * len(SMOOTHED_VIEWS)))
    for at in range(len(features)):
        want[at, 2 * at : 2 * at + 2] = [1.2, 1.6]
    np.testing.assert_allclose(smoothing, want)


@pytest.mark.parametrize(
    "feature", ["passage:unknown", "passage:thank you", "characters:thank", "passage:praise", "passage:"]
)
def test_other_features_have_none(feature):
    assert not SMALL.of_features([feature], 1.0).any()


def test_without_strength_there_are_no_dimensions():
    assert SMALL.of_features(["passage:thank"], 0).shape == (1, 0)


def test_the_views_that_are_smoothed_exist():
    assert set(SMOOTHED_VIEWS) <= set(VIEWS)


@pytest.fixture(scope="module")
def shipped():
    return WordVectors.default()


def vector(words, word):
    return words.of_features([f"{SMOOTHED_VIEWS[0]}:{word}"], 1.0)[0]


@given(st.text())
def test_any_word_has_a_vector_of_length_one_or_none(text):
    length = np.linalg.norm(vector(WordVectors.default(), text))
    assert length == pytest.approx(1) or length == 0


def test_the_shipped_vectors_are_of_folded_words(shipped):
    words = list(shipped._row)
    assert len(words) > 1000 and len(set(words)) == len(words)
    assert words == [fold(word) for word in words]
    assert WordVectors.default() is shipped


@pytest.mark.parametrize(
    ("word", "near", "far"),
    [
        ("condemn", "deplore", "fisheries"),
        ("welcome", "commend", "missile"),
        ("illegal", "unlawful", "grateful"),
    ],
)
def test_words_in_like_company_are_near(shipped, word, near, far):
    here = vector(shipped, word)
    assert here @ vector(shipped, near) > here @ vector(shipped, far) + 0.1
