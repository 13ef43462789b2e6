"""Predictions beside the gold labels: what every measure is computed from."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Predictions:
    """Predicted probabilities of labelled pairs.

    Attributes
    ----------
    classes : list of str
        The labels of the columns of `probabilities`.
    probabilities : ndarray of shape (n_pairs, n_classes)
    gold : ndarray of str, shape (n_pairs,)
    targets : ndarray of str, shape (n_pairs,)
    groups : ndarray of str, shape (n_pairs,)
        The document of each pair.
    passage_of : ndarray of int, shape (n_pairs,)
        Number of the passage in the data that were evaluated.
    row_of : ndarray of int, shape (n_pairs,)
        Number of the pair in the data that were evaluated.
    """

    classes: list[str]
    probabilities: FloatArray
    gold: npt.NDArray[np.object_]
    targets: npt.NDArray[np.object_]
    groups: npt.NDArray[np.object_]
    passage_of: npt.NDArray[np.int64]
    row_of: npt.NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.gold)

    @property
    def labels(self) -> npt.NDArray[np.object_]:
        """The most probable label of each pair."""
        return np.asarray(np.array(self.classes, dtype=object)[self.probabilities.argmax(axis=1)])

    @property
    def right(self) -> npt.NDArray[np.bool_]:
        """Whether the most probable label is the gold one."""
        return np.asarray(self.gold == self.labels, dtype=bool)

    @property
    def confidence(self) -> FloatArray:
        """The probability of the most probable label."""
        return np.asarray(self.probabilities.max(axis=1), dtype=np.float64)

    def take(self, rows: npt.NDArray[np.int64] | npt.NDArray[np.bool_]) -> "Predictions":
        """Return some of the pairs."""
        return Predictions(
            self.classes,
            self.probabilities[rows],
            self.gold[rows],
            self.targets[rows],
            self.groups[rows],
            self.passage_of[rows],
            self.row_of[rows],
        )
