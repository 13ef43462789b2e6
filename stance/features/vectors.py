"""Word vectors: words that stand in the same company have near vectors, and come to have near weights.

They are learned from the public speeches of the UN General Debate without their reserved part, and from no label
(``benchmarks/vectors.py`` makes the file): positive pointwise mutual information of words within four words of each
other, reduced by singular value decomposition [1]_.

.. [1] O. Levy, Y. Goldberg, I. Dagan, "Improving distributional similarity with lessons learned from word embeddings",
   TACL 2015.
"""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]

SMOOTHED_VIEWS = ("passage", "sentence")
"""Views whose single words are smoothed; further views did not help."""


class WordVectors:
    """Vectors of folded words.

    Parameters
    ----------
    words : sequence of str
    vectors : ndarray of int8, shape (n_words, n_dimensions)
        In steps of 1/127; each is brought to length 1.
    """

    def __init__(self, words: Sequence[str], vectors: npt.NDArray[np.int8]) -> None:
        scaled = vectors.astype(np.float64)
        self._vectors: FloatArray = scaled / np.maximum(np.linalg.norm(scaled, axis=1, keepdims=True), 1)
        self._row = {word: row for row, word in enumerate(words)}

    @classmethod
    def default(cls) -> "WordVectors":
        """Return the vectors that the package ships; the same object each time."""
        return _default()

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        return int(self._vectors.shape[1])

    def of_features(self, features: Sequence[str], strength: float) -> FloatArray:
        """Return the smoothing of features: a block of dimensions for each of `SMOOTHED_VIEWS`.

        Parameters
        ----------
        features : sequence of str
            Names such as ``passage:condemn``.
        strength : float
            Factor on the vectors; with 0 there are no dimensions at all.

        Returns
        -------
        ndarray of shape (n_features, n_dimensions)
            Rows of features that are no single word with a vector are zero.
        """
        if not strength:
            return np.zeros((len(features), 0))
        width = self.dimensions
        result = np.zeros((len(features), width * len(SMOOTHED_VIEWS)))
        for at, feature in enumerate(features):
            view, _, word = feature.partition(":")
            row = self._row.get(word)
            if row is not None and view in SMOOTHED_VIEWS:
                block = SMOOTHED_VIEWS.index(view) * width
                result[at, block : block + width] = strength * self._vectors[row]
        return result


@cache
def _default() -> WordVectors:
    with files("stance.features").joinpath("data/word_vectors.npz").open("rb") as stream:
        content = np.load(stream, allow_pickle=False)
        words = bytes(content["words"]).decode("utf-8").split("\n")
        return WordVectors(words, content["vectors"])
