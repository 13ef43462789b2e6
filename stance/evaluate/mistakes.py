"""The errors worth reading: those that the model was most sure of, with the words that led there."""

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np

from stance.model import StanceClassifier
from stance.model.explain import explain
from stance.model.pairs import Pairs

SHOWN = 24
"""Mistakes that a report shows."""

MARKED_WORDS = 12
"""Words of a passage that are marked, the strongest."""


class Mistake(NamedTuple):
    """A pair that the model got wrong.

    Attributes
    ----------
    row : int
        Of the data that were evaluated.
    target, gold, predicted : str
    confidence : float
    text : str
    marks : list of (int, int)
        Code points of the words that led to the label.
    """

    row: int
    target: str
    gold: str
    predicted: str
    confidence: float
    text: str
    marks: list[tuple[int, int]]


def confident_mistakes(
    classifier: StanceClassifier,
    pairs: Pairs,
    rows: np.ndarray[Any, np.dtype[np.int64]],
    gold: np.ndarray[Any, np.dtype[np.object_]],
    probabilities: np.ndarray[Any, np.dtype[np.float64]],
    most: int = SHOWN,
) -> list[Mistake]:
    """Return the mistakes with the highest probability, of pairs that name their target.

    Parameters
    ----------
    classifier : StanceClassifier
        That gave the probabilities.
    pairs : Pairs
    rows : ndarray of int, shape (n_pairs,)
        Numbers to give to the pairs.
    gold : ndarray of str, shape (n_pairs,)
    probabilities : ndarray of shape (n_pairs, n_classes)
        In the order of the classifier's classes.
    most : int
    """
    labels = classifier.classes_[probabilities.argmax(axis=1)]
    wrong = np.flatnonzero((labels != gold) & pairs.mentioned)
    order = wrong[np.argsort(-probabilities[wrong].max(axis=1), kind="stable")][:most]
    found = []
    for at in order.tolist():
        told = explain(classifier, pairs.texts[at], pairs.targets[at], pairs.mentions[at])
        strong = sorted(told.words, key=lambda word: -word.weight)[:MARKED_WORDS]
        marks = sorted((word.start, word.end) for word in strong if word.weight > 0)
        found.append(
            Mistake(
                int(rows[at]),
                pairs.targets[at],
                str(gold[at]),
                str(labels[at]),
                float(probabilities[at].max()),
                pairs.texts[at],
                marks,
            )
        )
    return found


def strongest(mistakes: Iterable[Mistake], most: int = SHOWN) -> list[Mistake]:
    """Return the most confident of mistakes from several splits."""
    return sorted(mistakes, key=lambda mistake: (-mistake.confidence, mistake.row))[:most]
