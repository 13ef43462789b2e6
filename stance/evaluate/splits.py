"""Which pairs are trained on and which are tested: every protocol is a list of splits."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from stance.errors import LabelError
from stance.evaluate.attributes import UN_DEBATE, genre_of
from stance.model.linear import group_folds
from stance.train import TrainingData

IntArray = npt.NDArray[np.int64]

WINDOWS = 5
"""Windows of years that are tested one after the other."""

SHARES = (0.05, 0.1, 0.2, 0.4, 0.7, 1.0)
"""Shares of the training documents at which the learning curve is measured."""


class Split(NamedTuple):
    """Rows to train on and rows to test.

    Attributes
    ----------
    name : str
    train, test : ndarray of int
        Rows of the data; no document is in both.
    """

    name: str
    train: IntArray
    test: IntArray


def document_folds(data: TrainingData, folds: int, seed: int) -> list[Split]:
    """Deal documents to folds; each fold is tested by a model of the others.

    Raises
    ------
    LabelError
        If there are fewer documents than folds.
    """
    documents = len(set(data.groups.tolist()))
    if folds < 2 or documents < folds:
        raise LabelError(
            f"{folds} folds need at least 2 folds and as many documents, but the labels have {documents} document(s); "
            "give more labels or fewer folds"
        )
    return _of_folds(group_folds(data.groups, folds, seed), "fold")


def actor_folds(data: TrainingData, folds: int | None, seed: int) -> list[Split]:
    """Leave actors out: a passage is tested by a model that saw no passage of its actor.

    Parameters
    ----------
    data : TrainingData
    folds : int or None
        Actors are dealt to so many folds; None leaves out one actor at a time.
    seed : int

    Raises
    ------
    LabelError
        If fewer than two actors are named.
    """
    actors = per_pair(data, [passage.actor or "" for passage in data.passages])
    known = sorted({actor for actor in actors.tolist() if actor})
    if len(known) < 2:
        raise LabelError(
            f"leaving actors out needs passages of at least 2 actors, but the labels name {len(known)}; "
            "fill in the column actor, or use --protocol cv"
        )
    fold = group_folds(actors, len(set(actors.tolist())) if folds is None else folds, seed)
    return _of_folds(fold, "actors")


def year_windows(data: TrainingData, windows: int | None = None) -> list[Split]:
    """Go forward in time: train up to a year, test on the years after it.

    The first half of the passages, by year, is only trained on; the second half is cut into windows of about the
    same number of passages. Pairs without a year are left out.

    Raises
    ------
    LabelError
        If the passages span fewer than two years.
    """
    years = np.array([passage.year or 0 for passage in data.passages])[data.passage_of]
    known = years[years > 0]
    if len(np.unique(known)) < 2:
        raise LabelError("going forward in time needs passages of at least 2 years; fill in the column date")
    cuts = np.unique(
        np.quantile(known, np.linspace(0.5, 1.0, (windows or WINDOWS) + 1), method="inverted_cdf")
    )
    if len(cuts) < 2:
        cuts = np.array([np.unique(known)[-2], cuts[-1]])
    splits = []
    for start, stop in zip(cuts[:-1].tolist(), cuts[1:].tolist(), strict=True):
        train, test = (years > 0) & (years <= start), (years > start) & (years <= stop)
        # A document whose passages have several years stays with its first.
        test &= ~np.isin(data.groups.astype(str), np.unique(data.groups[train].astype(str)))
        span = f"{start + 1}" if start + 1 == stop else f"{start + 1}-{stop}"
        splits.append(Split(span, np.flatnonzero(train), np.flatnonzero(test)))
    return [split for split in splits if len(split.train) and len(split.test)]


def across_genres(data: TrainingData, training: str = UN_DEBATE) -> list[Split]:
    """Train on one genre, test on each of the others.

    Raises
    ------
    LabelError
        If the labels do not hold both.
    """
    genres = per_pair(data, [genre_of(passage) for passage in data.passages])
    train = genres == training
    others = sorted(set(genres[~train].tolist()))
    if not train.any() or not others:
        raise LabelError(
            f"training on {training!r} and testing on the rest needs passages of both, but the labels hold "
            f"{', '.join(sorted(set(genres.tolist())))}; give label files of other genres too"
        )
    rows = np.flatnonzero(train)
    return [Split(genre, rows, np.flatnonzero(genres == genre)) for genre in others]


def growing(split: Split, data: TrainingData, share: float, seed: int) -> Split:
    """Keep a share of the documents that a split trains on; a larger share holds the smaller ones."""
    documents = np.unique(data.groups[split.train].astype(str))
    order = np.random.default_rng(seed).permutation(len(documents))
    kept = set(documents[order[: max(1, round(share * len(documents)))]].tolist())
    rows = [row for row in split.train.tolist() if data.groups[row] in kept]
    return split._replace(train=np.array(rows, dtype=np.int64))


def check_disjoint(train: Sequence[str], test: Sequence[str]) -> None:
    """Refuse a split in which a document is both trained on and tested.

    Raises
    ------
    LabelError
        Naming the documents.
    """
    both = sorted(set(train) & set(test))
    if both:
        raise LabelError(f"{len(both)} document(s) are both trained on and tested, such as {both[0]}")


def per_pair(data: TrainingData, values: Sequence[str]) -> npt.NDArray[np.object_]:
    """Return a value of passages for each pair."""
    return np.asarray(np.array(values, dtype=object)[data.passage_of])


def _of_folds(fold: IntArray, name: str) -> list[Split]:
    return [
        Split(f"{name} {number + 1}", np.flatnonzero(fold != number), np.flatnonzero(fold == number))
        for number in np.unique(fold).tolist()
    ]
