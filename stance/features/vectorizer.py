"""From masked passages to TF-IDF rows: each view has a length of its own, the whole row has length 1."""

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from stance.features.lexicon import Lexicon
from stance.features.masking import MaskedPassage
from stance.features.views import VIEWS, Feature

FloatArray = npt.NDArray[np.float64]


class CountTable:
    """How often each feature stands in each passage: extracted once, used by every fold.

    Attributes
    ----------
    names : list of str
        Features, one a column, in the order in which they turned up.
    counts : csr_matrix of shape (n_passages, n_names)
    """

    def __init__(self, names: list[str], counts: sp.csr_matrix) -> None:
        self.names = names
        self.counts = counts

    def take(self, rows: npt.NDArray[np.int64]) -> "CountTable":
        """Return the table of some rows; the columns stay."""
        return CountTable(self.names, self.counts[rows])


class ViewVectorizer:
    """TF-IDF over several views of a passage.

    Within a view a count c weighs ``(1 + ln c) * idf``, and the view is brought to the length of its weight.
    The whole row is divided by the length that a row with every view has.

    Parameters
    ----------
    weights : mapping of str to float
        The views to use (names in `VIEWS`) and the length of each; above 0.
    lexicon : Lexicon
        For the views that count concepts.
    min_df : int, default=2
        A feature is kept if it stands in at least this many rows.

    Raises
    ------
    ValueError
        If a view is unknown or none is left.

    Attributes
    ----------
    features : list of str
        Names of the columns, sorted within each view.
    idf : ndarray of shape (n_features,)
        ``ln((1 + rows) / (1 + df)) + 1`` (as in scikit-learn with smoothing).
    """

    def __init__(self, weights: Mapping[str, float], lexicon: Lexicon, min_df: int = 2) -> None:
        unknown = [view for view in weights if view not in VIEWS]
        if unknown:
            raise ValueError(f"unknown view {unknown[0]!r}; known are {', '.join(VIEWS)}")
        self.weights = {view: float(weights[view]) for view in VIEWS if weights.get(view, 0) > 0}
        if not self.weights:
            raise ValueError(f"no view has a weight above 0; give some of {', '.join(VIEWS)}")
        self.lexicon = lexicon
        self.min_df = min_df
        self.features: list[str] = []
        self.idf: FloatArray = np.zeros(0)
        self._column: dict[str, int] = {}
        self._view_of: npt.NDArray[np.int64] = np.zeros(0, dtype=np.int64)

    def extract(self, passage: MaskedPassage) -> list[Feature]:
        """Return the features of a passage in all views, with the words that each came from."""
        return [feature for view in self.weights for feature in VIEWS[view](passage, self.lexicon)]

    def count(self, passages: Iterable[MaskedPassage | None]) -> CountTable:
        """Count the features of passages, known or not; of None there are none."""
        column: dict[str, int] = {}
        extracted = ([] if passage is None else self.extract(passage) for passage in passages)
        counts = self._counts(extracted, lambda name: column.setdefault(name, len(column)), 0)
        return CountTable(list(column), counts)

    def fit(self, table: CountTable) -> "ViewVectorizer":
        """Learn which features there are and how rare each is."""
        rows = table.counts.shape[0]
        df = np.bincount(table.counts.indices, minlength=len(table.names))
        order = {view: place for place, view in enumerate(self.weights)}
        kept = [
            (order[name.partition(":")[0]], name, df[at])
            for at, name in enumerate(table.names)
            if df[at] >= self.min_df
        ]
        kept.sort()
        frequency = np.array([count for _, _, count in kept], dtype=np.float64)
        return self.restore(
            [name for _, name, _ in kept], (np.log((1 + rows) / (1 + frequency)) + 1).astype(np.float32)
        )

    def restore(self, features: Sequence[str], idf: FloatArray) -> "ViewVectorizer":
        """Take over columns that were learned before."""
        order = {view: place for place, view in enumerate(self.weights)}
        self.features = list(features)
        self.idf = np.asarray(idf, dtype=np.float64)
        self._column = {name: column for column, name in enumerate(self.features)}
        self._view_of = np.array([order[name.partition(":")[0]] for name in self.features], dtype=np.int64)
        return self

    def keep(self, columns: npt.NDArray[np.int64]) -> "ViewVectorizer":
        """Return a vectorizer with some of the columns; the lengths of rows are then those of what is kept."""
        kept = ViewVectorizer(self.weights, self.lexicon, self.min_df)
        return kept.restore([self.features[column] for column in columns], self.idf[columns])

    def transform(self, passages: Iterable[MaskedPassage]) -> sp.csr_matrix:
        """Return the rows of passages: a sparse matrix of shape (n_passages, n_features)."""
        return self.transform_features(self.extract(passage) for passage in passages)

    def transform_features(self, extracted: Iterable[list[Feature]]) -> sp.csr_matrix:
        """Return the rows of passages whose features are extracted already."""
        return self._weigh(self._counts(extracted, self._column.get, len(self.features)))

    def transform_counts(self, table: CountTable) -> sp.csr_matrix:
        """Return the rows of passages whose features are counted already."""
        column = np.array([self._column.get(name, -1) for name in table.names], dtype=np.int64)
        counts = table.counts.tocoo()
        at = column[counts.col]
        known = at >= 0
        return self._weigh(
            sp.csr_matrix(
                (counts.data[known], (counts.row[known], at[known])),
                shape=(counts.shape[0], len(self.features)),
            )
        )

    def _counts(
        self, extracted: Iterable[list[Feature]], column: Callable[[str], int | None], width: int
    ) -> sp.csr_matrix:
        indptr, indices, data = [0], array("i"), array("d")
        for features in extracted:
            for name, count in Counter([feature[0] for feature in features]).items():
                at = column(name)
                if at is not None:
                    indices.append(at)
                    data.append(count)
            indptr.append(len(indices))
        width = max(width, max(indices, default=-1) + 1)
        return sp.csr_matrix(
            (np.array(data, dtype=np.float64), np.array(indices, dtype=np.int32), np.array(indptr)),
            shape=(len(indptr) - 1, width),
        )

    def _weigh(self, matrix: sp.csr_matrix) -> sp.csr_matrix:
        """Turn counts into weights and bring each view of each row to its length."""
        matrix.sort_indices()
        matrix.data = (1 + np.log(matrix.data)) * self.idf[matrix.indices]
        lengths = np.array(list(self.weights.values()))
        row = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
        block = row * len(lengths) + self._view_of[matrix.indices]
        squares = np.bincount(block, weights=matrix.data**2, minlength=matrix.shape[0] * len(lengths))
        full = np.sqrt((lengths**2).sum())
        matrix.data *= (lengths / full)[self._view_of[matrix.indices]] / np.sqrt(squares[block])
        return matrix
