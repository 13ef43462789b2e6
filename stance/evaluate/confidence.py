"""What the stated probabilities are worth: the reliability curve, and what remains when the doubtful go to a person."""

from typing import Any

import numpy as np

from stance.evaluate.predictions import Predictions

RELIABILITY_BINS = 10
"""Bins of the reliability curve, of equal width over [0, 1]."""

COVERAGES = tuple(range(5, 101, 5))
"""Shares of the pairs, in percent, at which the risk is given."""


def reliability(predictions: Predictions, bins: int = RELIABILITY_BINS) -> list[dict[str, Any]]:
    """Return how often the most probable label is right, by its probability.

    Parameters
    ----------
    predictions : Predictions
    bins : int

    Returns
    -------
    list of dict
        For each bin that holds a pair ``low, high, n, confidence`` (mean), ``accuracy`` and ``interval`` (95%,
        Wilson 1927).
    """
    confidence, right = predictions.confidence, predictions.right
    number = np.minimum((confidence * bins).astype(np.int64), bins - 1)
    curve = []
    for at in np.unique(number).tolist():
        inside = number == at
        n, share = int(inside.sum()), float(right[inside].mean())
        curve.append(
            {
                "low": at / bins,
                "high": (at + 1) / bins,
                "n": n,
                "confidence": float(confidence[inside].mean()),
                "accuracy": share,
                "interval": wilson(share, n),
            }
        )
    return curve


def risk_coverage(predictions: Predictions) -> dict[str, Any]:
    """Return the share of errors among the pairs that the model decides, the least confident left to a person.

    Parameters
    ----------
    predictions : Predictions

    Returns
    -------
    dict
        ``points``: for each of `COVERAGES` ``coverage, n, risk, threshold`` (the least probability that is kept);
        ``area``: mean risk over all coverages (AURC; Geifman, El-Yaniv 2017), lower is better.
    """
    confidence = predictions.confidence
    order = np.argsort(-confidence, kind="stable")
    wrong = np.cumsum(~predictions.right[order])
    kept = np.arange(1, len(order) + 1)
    points = []
    for percent in COVERAGES:
        n = max(1, round(len(order) * percent / 100))
        points.append(
            {
                "coverage": percent / 100,
                "n": n,
                "risk": float(wrong[n - 1] / n),
                "threshold": float(confidence[order[n - 1]]),
            }
        )
    return {"points": points, "area": float((wrong / kept).mean())}


def wilson(share: float, n: int, z: float = 1.959963984540054) -> tuple[float, float]:
    """Return the 95% score interval of a share of `n` independent cases (Wilson 1927)."""
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * float(np.sqrt(share * (1 - share) / n + z * z / (4 * n * n))) / (1 + z * z / n)
    return max(0.0, centre - half), min(1.0, centre + half)
