"""Measures that follow from a confusion, for one confusion or for an array of them."""

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]

LABELS = ("supportive", "critical", "neutral", "absent")
"""The four classes of the macro-F1, in the order of every table."""

POLAR = ("supportive", "critical")
"""The classes whose F1 is averaged in F_avg (SemEval-2016 Task 6)."""


def label_order(labels: Iterable[str]) -> list[str]:
    """Return different labels in the order of tables: the four classes first, others by name."""
    found = set(labels)
    return [label for label in LABELS if label in found] + sorted(found - set(LABELS))


STANCES = ("supportive", "critical", "neutral")
"""The classes of the macro-F1 of pairs that refer to the target, where hardly any is absent."""


def from_confusion(
    confusion: npt.NDArray[np.number], names: Sequence[str], averaged: Sequence[str] | None = None
) -> dict[str, FloatArray]:
    """Compute measures of confusions.

    Parameters
    ----------
    confusion : ndarray of shape (..., n_classes, n_classes)
        Counts (or sums of weights); rows are gold, columns predicted.
    names : sequence of str, of length n_classes
        The labels.
    averaged : sequence of str, optional
        The labels of the macro-F1; default all.

    Returns
    -------
    dict of str to ndarray of shape (...)
        ``accuracy``, ``mcc`` (Matthews correlation, for several classes after Gorodkin 2004; 0 where gold or
        prediction is constant), ``macro_f1`` (mean F1 of the classes that are gold or predicted), ``f_avg`` (of
        supportive and critical alone), and for each label ``precision:L``, ``recall:L``, ``f1:L``. NaN where a
        measure is not defined: precision of a label never predicted, recall of one never gold, F1 of one neither.
    """
    counts = np.asarray(confusion, dtype=np.float64)
    right = np.diagonal(counts, axis1=-2, axis2=-1)
    gold, predicted = counts.sum(axis=-1), counts.sum(axis=-2)
    total = gold.sum(axis=-1)
    f1 = _ratio(2 * right, gold + predicted)
    polar = [at for at, name in enumerate(names) if name in POLAR]
    macro = [at for at, name in enumerate(names) if averaged is None or name in averaged]
    spread = (total**2 - (predicted**2).sum(axis=-1)) * (total**2 - (gold**2).sum(axis=-1))
    covariance = right.sum(axis=-1) * total - (gold * predicted).sum(axis=-1)
    # Sums of weights are whole numbers here, so a constant column has a spread of exactly 0.
    mcc = np.where(spread > 0, _ratio(covariance, np.sqrt(np.maximum(spread, 0))), 0.0)
    measures = {
        "accuracy": _ratio(right.sum(axis=-1), total),
        "mcc": mcc,
        "macro_f1": _mean_known(f1[..., macro]),
        "f_avg": _mean_known(f1[..., polar]),
    }
    precision, recall = _ratio(right, predicted), _ratio(right, gold)
    for at, name in enumerate(names):
        measures[f"precision:{name}"] = precision[..., at]
        measures[f"recall:{name}"] = recall[..., at]
        measures[f"f1:{name}"] = f1[..., at]
    return measures


def _ratio(above: FloatArray, below: FloatArray) -> FloatArray:
    """Divide; NaN where the divisor is 0."""
    out = np.full(np.broadcast(above, below).shape, np.nan)
    return np.asarray(np.divide(above, below, out=out, where=below > 0))


def _mean_known(values: FloatArray) -> FloatArray:
    """Return the mean over the last axis of what is not NaN; NaN where nothing is."""
    known = ~np.isnan(values)
    return _ratio(np.where(known, values, 0.0).sum(axis=-1), known.sum(axis=-1).astype(np.float64))
