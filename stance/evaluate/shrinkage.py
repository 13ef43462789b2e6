"""Means of small samples, drawn toward the mean of the group that they belong to (empirical Bayes)."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.stats import norm

FloatArray = npt.NDArray[np.float64]

PRIOR_VARIANCE = 0.25
"""Variance of a single score where too few are known to estimate it: that of scores spread over half of [−1, 1]."""

Z = 1.959963984540054
"""Half width of a 95% interval in standard deviations."""


class Shrunken(NamedTuple):
    """Means after shrinkage.

    Attributes
    ----------
    estimate, deviation : ndarray of shape (n_cells,)
        Posterior mean and standard deviation.
    weight : ndarray of shape (n_cells,)
        How much of the estimate is the cell's own mean; in [0, 1].
    within, between : float
        Variance of scores in a cell, and of the true means of cells about the mean of their group.
    """

    estimate: FloatArray
    deviation: FloatArray
    weight: FloatArray
    within: float
    between: float

    def interval(self, at: int) -> tuple[float, float]:
        """Return the 95% interval of a cell, inside [−1, 1]."""
        half = Z * float(self.deviation[at])
        middle = float(self.estimate[at])
        return max(-1.0, middle - half), min(1.0, middle + half)


def shrink(
    means: FloatArray,
    counts: FloatArray,
    squares: FloatArray,
    centres: FloatArray,
    fitted: int,
) -> Shrunken:
    """Shrink means toward centres: the normal model of Fay and Herriot (1979), variances by moments.

    Parameters
    ----------
    means, counts : ndarray of shape (n_cells,)
        Mean and number of the scores of each cell; at least one score a cell.
    squares : ndarray of shape (n_cells,)
        Sum of squared distances of the scores of a cell from their mean.
    centres : ndarray of shape (n_cells,)
        What each mean is drawn toward.
    fitted : int
        How many different centres were computed from the means.

    Returns
    -------
    Shrunken
        Where the cells do not allow to estimate how far true means lie apart, each keeps its own mean.
    """
    freedom = float((counts - 1).sum())
    # A weight of two imaginary scores keeps the variance of a handful of equal scores above 0.
    within = float((squares.sum() + 2 * PRIOR_VARIANCE) / (freedom + 2))
    cells = len(means)
    if cells - fitted < 1:
        return Shrunken(means, np.sqrt(within / counts), np.ones(cells), within, np.inf)
    spread = float((counts * (means - centres) ** 2).sum())
    effective = float(counts.sum() - (counts**2).sum() / counts.sum())
    between = (spread - (cells - fitted) * within) / max(effective, 1.0)
    between = max(between, within / float(counts.max()) / 4, 1e-4)
    weight = between / (between + within / counts)
    estimate = weight * means + (1 - weight) * centres
    return Shrunken(estimate, np.sqrt(weight * within / counts), weight, within, between)


def probability_of_change(before: tuple[float, float], after: tuple[float, float]) -> float:
    """Return the probability that a mean really moved in the direction in which its estimate did.

    Parameters
    ----------
    before, after : (float, float)
        Estimate and standard deviation, taken as independent normal variables.

    Returns
    -------
    float
        In [0.5, 1].
    """
    spread = float(np.hypot(before[1], after[1]))
    return 1.0 if spread == 0 else float(norm.cdf(abs(after[0] - before[0]) / spread))
