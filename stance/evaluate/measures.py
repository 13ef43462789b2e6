"""Measures of predictions: F1 by class, macro-F1, F_avg, confusion, calibration."""

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from stance.evaluate.bootstrap import Interval, codes, interval
from stance.evaluate.confusion import LABELS, POLAR, from_confusion, label_order
from stance.evaluate.predictions import FloatArray, Predictions

__all__ = ["BINS", "LABELS", "POLAR", "ClassMeasures", "Measures", "brier", "calibration_error", "measure"]

BINS = 15
"""Bins of the calibration error."""


@dataclass(frozen=True)
class ClassMeasures:
    """Measures of one class; `n` counts its gold pairs. F1 is None where the class is neither gold nor predicted."""

    label: str
    n: int
    predicted: int
    precision: float | None
    recall: float | None
    f1: float | None


@dataclass(frozen=True)
class Measures:
    """Measures of a set of pairs.

    Attributes
    ----------
    n : int
        Pairs.
    documents : int
    accuracy, mcc : float
        Share of pairs that are right; Matthews correlation coefficient.
    macro_f1 : float
        Mean F1 of the classes that are gold or predicted.
    f_avg : float or None
        Mean F1 of supportive and critical; None where neither is gold or predicted.
    ece, brier : float
        Expected calibration error of the most probable label in `BINS` bins of equal width; Brier score (the sum of
        squares over the classes).
    classes : list of ClassMeasures
    confusion : list of list of int
        Rows are gold, columns predicted, in the order of `classes`.
    intervals : dict of str to (float, float)
        95% intervals by measure: ``macro_f1``, ``f1:critical``, ...; empty where none were computed.
    """

    n: int
    documents: int
    accuracy: float
    mcc: float
    macro_f1: float
    f_avg: float | None
    ece: float
    brier: float
    classes: list[ClassMeasures]
    confusion: list[list[int]]
    intervals: dict[str, Interval] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return asdict(self)

    def with_intervals(self, values: dict[str, FloatArray]) -> "Measures":
        """Return the measures with the intervals of their resampled values."""
        found = {name: span for name, of in values.items() if (span := interval(of)) is not None}
        return replace(self, intervals=found)

    def value(self, name: str) -> float | None:
        """Return a measure by the name that `intervals` uses."""
        kind, _, label = name.partition(":")
        if not label:
            found: float | None = getattr(self, name)
            return found
        return next((getattr(entry, kind) for entry in self.classes if entry.label == label), None)


def measure(predictions: Predictions, averaged: Sequence[str] | None = None) -> Measures:
    """Measure predictions.

    Parameters
    ----------
    predictions : Predictions
        At least one pair.
    averaged : sequence of str, optional
        The labels of the macro-F1; default all.

    Returns
    -------
    Measures

    Raises
    ------
    ValueError
        If there is no pair.
    """
    if not len(predictions):
        raise ValueError("no pairs to measure")
    names = label_order([*predictions.gold.tolist(), *predictions.classes])
    width = len(names)
    cells = codes(predictions.gold, names) * width + codes(predictions.labels, names)
    confusion = np.bincount(cells, minlength=width * width).reshape(width, width)
    found = from_confusion(confusion, names, averaged)
    values = {name: _known(float(value)) for name, value in found.items()}
    classes = [
        ClassMeasures(
            label,
            int(confusion[at].sum()),
            int(confusion[:, at].sum()),
            values[f"precision:{label}"],
            values[f"recall:{label}"],
            values[f"f1:{label}"],
        )
        for at, label in enumerate(names)
    ]
    return Measures(
        n=len(predictions),
        documents=len(set(predictions.groups.tolist())),
        accuracy=values["accuracy"] or 0.0,
        mcc=values["mcc"] or 0.0,
        macro_f1=values["macro_f1"] or 0.0,
        f_avg=values["f_avg"],
        ece=calibration_error(predictions.probabilities, predictions.right),
        brier=float(brier(predictions).mean()),
        classes=classes,
        confusion=confusion.tolist(),
    )


def calibration_error(probabilities: FloatArray, right: npt.NDArray[np.bool_], bins: int = BINS) -> float:
    """Return the expected calibration error of the most probable label.

    Parameters
    ----------
    probabilities : ndarray of shape (n_pairs, n_classes)
    right : ndarray of bool, shape (n_pairs,)
        Whether the most probable label is the gold one.
    bins : int
        Of equal width over [0, 1].

    Returns
    -------
    float
        Mean distance of confidence and accuracy over the bins, weighted by pairs; in [0, 1]. (Naeini, Cooper,
        Hauskrecht, AAAI 2015.)
    """
    confidence = probabilities.max(axis=1)
    number = np.minimum((confidence * bins).astype(np.int64), bins - 1)
    total = np.bincount(number, minlength=bins)
    gap = np.bincount(number, weights=right, minlength=bins) - np.bincount(
        number, weights=confidence, minlength=bins
    )
    return float(np.abs(gap).sum() / total.sum())


def brier(predictions: Predictions) -> FloatArray:
    """Return for each pair the squared distance of probabilities and gold, summed over classes; in [0, 2]."""
    truth = predictions.gold[:, None] == np.array(predictions.classes, dtype=object)[None, :]
    # A gold label that the model does not know can get no probability at all.
    unknown = ~truth.any(axis=1)
    return np.asarray(((predictions.probabilities - truth) ** 2).sum(axis=1) + unknown, dtype=np.float64)


def _known(value: float) -> float | None:
    return None if math.isnan(value) else value
