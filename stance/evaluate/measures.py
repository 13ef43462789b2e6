"""Measures of predictions: F1 by class, macro-F1, F_avg, confusion, calibration."""

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.metrics import confusion_matrix, matthews_corrcoef, precision_recall_fscore_support

from stance.evaluate.predictions import FloatArray, Predictions

LABELS = ("supportive", "critical", "neutral", "absent")
"""The four classes of the macro-F1."""

POLAR = ("supportive", "critical")
"""The classes whose F1 is averaged in F_avg (SemEval-2016 Task 6)."""

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

    def to_dict(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return asdict(self)


def measure(predictions: Predictions) -> Measures:
    """Measure predictions.

    Parameters
    ----------
    predictions : Predictions
        At least one pair.

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
    gold, predicted = predictions.gold.astype(str), predictions.labels.astype(str)
    others = sorted((set(gold) | set(predictions.classes)) - set(LABELS))
    names = [label for label in LABELS if label in set(gold) | set(predictions.classes)] + others
    precision, recall, f1, support = precision_recall_fscore_support(
        gold, predicted, labels=names, zero_division=0.0
    )
    classes = []
    for at, label in enumerate(names):
        count, given = int(support[at]), int((predicted == label).sum())
        classes.append(
            ClassMeasures(
                label,
                count,
                given,
                float(precision[at]) if given else None,
                float(recall[at]) if count else None,
                float(f1[at]) if count or given else None,
            )
        )
    scored = [entry.f1 for entry in classes if entry.f1 is not None]
    polar = [entry.f1 for entry in classes if entry.label in POLAR and entry.f1 is not None]
    return Measures(
        n=len(predictions),
        documents=len(set(predictions.groups.tolist())),
        accuracy=float((gold == predicted).mean()),
        mcc=float(matthews_corrcoef(gold, predicted)),
        macro_f1=float(np.mean(scored)),
        f_avg=float(np.mean(polar)) if polar else None,
        ece=calibration_error(predictions.probabilities, gold == predicted),
        brier=brier(predictions),
        classes=classes,
        confusion=confusion_matrix(gold, predicted, labels=names).tolist(),
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


def brier(predictions: Predictions) -> float:
    """Return the mean over pairs of the squared distance of probabilities and gold, summed over classes; in [0, 2]."""
    truth = predictions.gold[:, None] == np.array(predictions.classes, dtype=object)[None, :]
    # A gold label that the model does not know can get no probability at all.
    unknown = ~truth.any(axis=1)
    return float((((predictions.probabilities - truth) ** 2).sum(axis=1) + unknown).mean())
