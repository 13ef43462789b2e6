"""Intervals by resampling documents: passages of one speech are not independent of each other."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from stance.evaluate.confusion import from_confusion
from stance.evaluate.predictions import Predictions

FloatArray = npt.NDArray[np.float64]
Interval = tuple[float, float]

RESAMPLES = 10_000
"""Resamples behind an interval."""

LEVEL = 0.95
"""Coverage of an interval."""

_CHUNK = 500


class DocumentBootstrap:
    """Resamples of documents, drawn once and used for every measure, so that differences are paired.

    A resample draws as many documents as there are, with replacement; a document that is drawn twice counts twice
    (Efron, Tibshirani 1993; the cluster bootstrap of Field, Welsh 2007).

    Parameters
    ----------
    groups : ndarray of shape (n_pairs,)
        The document of each pair.
    resamples : int
    seed : int
    """

    def __init__(self, groups: npt.NDArray[np.object_], *, resamples: int = RESAMPLES, seed: int = 0) -> None:
        self.names, self.document = np.unique(groups.astype(str), return_inverse=True)
        self.resamples, self.seed = resamples, seed

    def totals(self, per_document: sp.csr_matrix) -> npt.NDArray[np.float32]:
        """Return the sums over the documents of each resample.

        Parameters
        ----------
        per_document : sparse matrix of shape (n_documents, n_columns)
            In the order of `names`.

        Returns
        -------
        ndarray of shape (n_columns, n_resamples)
        """
        rng = np.random.default_rng(self.seed)
        count = len(self.names)
        columns = sp.csr_matrix(per_document.T, dtype=np.float32)
        sums = np.empty((columns.shape[0], self.resamples), dtype=np.float32)
        for first in range(0, self.resamples, _CHUNK):
            size = min(_CHUNK, self.resamples - first)
            drawn = rng.integers(0, count, size=(size, count), dtype=np.int32)
            drawn += (np.arange(size, dtype=np.int32) * count)[:, None]
            times = np.bincount(drawn.ravel(), minlength=size * count).reshape(size, count)
            sums[:, first : first + size] = columns @ np.ascontiguousarray(times.T, dtype=np.float32)
        return sums

    def of_pairs(
        self, members: Sequence[npt.NDArray[np.bool_]], columns: npt.NDArray[np.int64], width: int
    ) -> sp.csr_matrix:
        """Count pairs by document, group and column.

        Parameters
        ----------
        members : sequence of ndarray of bool, shape (n_pairs,)
            The pairs of each group.
        columns : ndarray of int, shape (n_pairs,)
            In which of `width` columns a pair counts.
        width : int

        Returns
        -------
        sparse matrix of shape (n_documents, len(members) * width)
        """
        rows, places = [], []
        for number, member in enumerate(members):
            chosen = np.flatnonzero(member)
            rows.append(self.document[chosen])
            places.append(number * width + columns[chosen])
        row, place = np.concatenate(rows), np.concatenate(places)
        shape = (len(self.names), len(members) * width)
        return sp.csr_matrix((np.ones(len(row)), (row, place)), shape=shape)

    def mean(self, values: FloatArray) -> FloatArray:
        """Return the mean over pairs of a value in each resample, shape (n_resamples,)."""
        sums = np.bincount(self.document, weights=values, minlength=len(self.names))
        sizes = np.bincount(self.document, minlength=len(self.names))
        totals = self.totals(sp.csr_matrix(np.stack([sums, sizes], axis=1)))
        return np.asarray(totals[0] / totals[1])


def resampled(
    bootstrap: DocumentBootstrap,
    predictions: Predictions,
    names: Sequence[str],
    groups: Mapping[str, npt.NDArray[np.bool_]],
    averaged: Sequence[str] | None = None,
) -> dict[str, dict[str, FloatArray]]:
    """Compute the measures of groups of pairs in every resample.

    Parameters
    ----------
    bootstrap : DocumentBootstrap
        Of the same pairs.
    predictions : Predictions
    names : sequence of str
        The labels; every gold and predicted label is among them.
    groups : mapping of str to ndarray of bool, shape (n_pairs,)
    averaged : sequence of str, optional
        The labels of the macro-F1; default all.

    Returns
    -------
    dict of str to dict of str to ndarray of shape (n_resamples,)
        For each group the measures of `from_confusion`.
    """
    width = len(names)
    gold, predicted = codes(predictions.gold, names), codes(predictions.labels, names)
    table = bootstrap.of_pairs(list(groups.values()), gold * width + predicted, width * width)
    sums = bootstrap.totals(table).reshape(len(groups), width, width, -1)
    return {
        group: from_confusion(np.moveaxis(sums[number], -1, 0), names, averaged)
        for number, group in enumerate(groups)
    }


def interval(values: FloatArray, level: float = LEVEL) -> Interval | None:
    """Return the percentile interval of resampled values; None where fewer than half of them are known."""
    known = np.sort(values[~np.isnan(values)])
    if len(known) * 2 < len(values) or not len(known):
        return None
    low, high = np.quantile(known, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


def codes(labels: npt.NDArray[np.object_], names: Sequence[str]) -> npt.NDArray[np.int64]:
    """Return the place of each label in `names`."""
    place = {name: at for at, name in enumerate(names)}
    return np.array([place[label] for label in labels.tolist()], dtype=np.int64)
