"""Probabilities from decision values: multinomial logistic regression on held-out decisions."""

import numpy as np
import numpy.typing as npt
from scipy.special import softmax
from sklearn.linear_model import LogisticRegression

FloatArray = npt.NDArray[np.float64]


class Calibration:
    """Maps decision values to probabilities: ``softmax(decisions @ slope + offset)``.

    This is matrix scaling [1]_, the multinomial form of Platt's method.

    Parameters
    ----------
    slope : ndarray of shape (n_classes, n_classes)
    offset : ndarray of shape (n_classes,)

    References
    ----------
    .. [1] C. Guo, G. Pleiss, Y. Sun, K. Weinberger, "On calibration of modern neural networks", ICML 2017.
    """

    def __init__(self, slope: FloatArray, offset: FloatArray) -> None:
        self.slope = slope
        self.offset = offset

    @classmethod
    def fit(cls, decisions: FloatArray, codes: npt.NDArray[np.int64], classes: int) -> "Calibration":
        """Learn the map from decisions of rows that their model had not seen.

        Parameters
        ----------
        decisions : ndarray of shape (n_rows, n_classes)
        codes : ndarray of shape (n_rows,)
            The true classes, by number.
        classes : int
        """
        slope, offset = np.zeros((classes, classes)), np.full(classes, -20.0)
        present = np.unique(codes)
        if len(present) < 2:
            offset[present] = 0.0
            return cls(slope, offset)
        model = LogisticRegression(C=10.0, max_iter=2000, tol=1e-8).fit(decisions, codes)
        coef, bias = model.coef_, model.intercept_
        if len(present) == 2:
            coef, bias = np.vstack([-coef, coef]) / 2, np.concatenate([-bias, bias]) / 2
        slope[:, present] = coef.T
        offset[present] = bias
        # Rounded so that the last bits of the solver do not differ between machines.
        return cls(np.round(slope, 6), np.round(offset, 6))

    def __call__(self, decisions: FloatArray) -> FloatArray:
        """Return probabilities of shape (n_rows, n_classes), each row adding up to 1."""
        return np.asarray(softmax(self.logits(decisions), axis=1), dtype=np.float64)

    def logits(self, decisions: FloatArray) -> FloatArray:
        """Return the logarithms of the probabilities, but for a constant in each row."""
        return np.asarray(decisions @ self.slope + self.offset, dtype=np.float64)
