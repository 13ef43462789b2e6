"""The classifier: one row a (passage, target) pair, a shared copy of every feature and one for each target."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import scipy.sparse as sp
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.metrics import f1_score
from sklearn.utils import assert_all_finite
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import check_is_fitted, column_or_1d

from stance.features import DEFAULT_WEIGHTS, CountTable, Lexicon, ViewVectorizer, WordVectors
from stance.model.calibration import Calibration
from stance.model.linear import SHARED, LinearFit, fit_linear, out_of_fold
from stance.model.pairs import Pairs
from stance.targets import TargetRegistry

FloatArray = npt.NDArray[np.float64]

ABSENT = "absent"
"""The label of a pair whose target is not addressed."""


class StanceClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Stance of texts toward targets: TF-IDF views of the masked text and a linear model.

    Each pair of a text and a target is a row. The target's mentions are replaced by a mark, so that what is learned
    of one target serves the others; a copy of every feature for each target holds what is particular to it
    [1]_. Who speaks is never a feature. Probabilities are calibrated on decision values of models that did not
    see the group of the row.

    Parameters
    ----------
    views : mapping of str to float, optional
        Views of the features and their weights; default `stance.features.DEFAULT_WEIGHTS`.
    C : float, default=0.5
        Inverse strength of regularisation of the linear SVM; above 0.
    own_weight : float, default=1.0
        Weight of the copy per target against the shared copy; 0 for shared weights only.
    smoothing : float, default=1.5
        How strongly the weights of words with near word vectors are drawn together; 0 for not at all. English only.
    min_df : int, default=2
        A feature must stand in at least this many training rows.
    max_features : int, optional
        Keep this many features, those with the largest weights, and fit again on them; all by default.
    class_weight : mapping of label to float, or "balanced", optional
        Cost of an error by label. It shapes the weights; how often a label is predicted follows the training pairs all
        the same, because the probabilities are calibrated on them.
    calibration_folds : int, default=5
        Folds, by group, for the calibration; at least 2.
    absent_label : str, default="absent"
        Where this is among the labels, a pair without a mention gets it without running the model.
    targets : TargetRegistry, optional
        Where to find mentions; default the registry of the package. A target that is not in it is found by its name.
    random_state : int, default=0
        Seed of the folds and of the solver: the same data and seed give the same model, bit for bit.
    n_jobs : int, optional
        Processes for the folds, as in joblib.

    Attributes
    ----------
    classes_ : ndarray of shape (n_classes,)
        The labels, sorted.
    targets_ : list of str
        Targets that have weights of their own.
    weights_ : dict of str to ndarray of shape (n_features, n_classes)
        Weights for each target of `targets_`, and for any other target under ``"*"``.
    intercept_ : ndarray of shape (n_classes,)
    vectorizer_ : ViewVectorizer
    calibration_ : Calibration
    out_of_fold_ : dict
        How the models of the calibration did on the training pairs that they had not seen and in which the target is
        mentioned: ``pairs, accuracy, macro_f1``.
    unmentioned_ : ndarray of shape (n_classes,), or None
        Probabilities of a pair without a mention, from how often the training pairs without one were addressed all
        the same; None if the labels have no `absent_label`.
    registry_ : TargetRegistry

    References
    ----------
    .. [1] H. Daumé III, "Frustratingly easy domain adaptation", ACL 2007.

    Examples
    --------
    >>> import pandas as pd
    >>> pairs = pd.DataFrame(
    ...     {"text": ["We praise Ruritania.", "We condemn Ruritania."] * 5, "target": ["Ruritania"] * 10}
    ... )
    >>> model = StanceClassifier(calibration_folds=2).fit(pairs, ["for", "against"] * 5)
    >>> str(model.predict(pd.DataFrame({"text": ["They condemn Utopia."], "target": ["Utopia"]}))[0])
    'against'
    """

    def __init__(
        self,
        views: Mapping[str, float] | None = None,
        C: float = 0.5,
        own_weight: float = 1.0,
        smoothing: float = 1.5,
        min_df: int = 2,
        max_features: int | None = None,
        class_weight: Mapping[str, float] | str | None = None,
        calibration_folds: int = 5,
        absent_label: str = ABSENT,
        targets: TargetRegistry | None = None,
        random_state: int = 0,
        n_jobs: int | None = None,
    ) -> None:
        self.views = views
        self.C = C
        self.own_weight = own_weight
        self.smoothing = smoothing
        self.min_df = min_df
        self.max_features = max_features
        self.class_weight = class_weight
        self.calibration_folds = calibration_folds
        self.absent_label = absent_label
        self.targets = targets
        self.random_state = random_state
        self.n_jobs = n_jobs

    def __sklearn_tags__(self) -> Any:
        """Say to scikit-learn that the input is text in a table, not numbers."""
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.two_d_array = False
        return tags

    def fit(
        self, X: pd.DataFrame, y: Iterable[str], groups: Iterable[Any] | None = None
    ) -> "StanceClassifier":
        """Train on pairs.

        Parameters
        ----------
        X : DataFrame of shape (n_pairs, ...)
            Columns ``text`` and ``target``; optionally ``mentions`` (for each pair a list of ``[start, end]`` code
            points of the target in the text), ``lang`` and ``year``. Other columns are not looked at.
        y : iterable of str, of length n_pairs
            Labels; at least two different ones.
        groups : iterable, of length n_pairs, optional
            Pairs of one group (one speech, say) are never parted by the calibration; default the texts.

        Returns
        -------
        StanceClassifier

        Raises
        ------
        ValueError
            If columns are missing, lengths differ, or there are fewer than two labels.
        """
        labels = _labels(y)
        pairs = Pairs.from_frame(X, _with_targets_of(X, self.targets or TargetRegistry.default()))
        return self.fit_counts(pairs, self.count(pairs, labels), labels, groups)

    def read_pairs(self, X: pd.DataFrame) -> Pairs:
        """Find the mentions of pairs; see `fit` for `X`.

        Once the classifier is fitted, a target that the training did not know is looked for in its own rows only:
        what is found in a row does not depend on the rows beside it.
        """
        fitted: TargetRegistry | None = getattr(self, "registry_", None)
        registry = fitted or self.targets or TargetRegistry.default()
        everywhere = None if fitted is None else frozenset(fitted.codes)
        return Pairs.from_frame(X, _with_targets_of(X, registry), everywhere)

    def count(self, pairs: Pairs, y: npt.NDArray[Any]) -> CountTable:
        """Count the features of pairs once, for several calls of `fit_counts`.

        Pairs whose target is not mentioned have none if `absent_label` is among the labels `y`.
        """
        skip = self.absent_label in set(y.tolist())
        return self._vectorizer().count(pairs.mentioning() if skip else pairs.passages())

    def fit_counts(
        self, pairs: Pairs, table: CountTable, y: Iterable[str], groups: Iterable[Any] | None = None
    ) -> "StanceClassifier":
        """Train on pairs whose features are counted already (`read_pairs`, `count`); else as `fit`."""
        labels = _labels(y)
        if len(labels) != len(pairs):
            raise ValueError(f"{len(pairs)} pairs but {len(labels)} labels")
        group = np.asarray(pairs.texts if groups is None else list(groups), dtype=object)
        if len(group) != len(pairs):
            raise ValueError(f"{len(pairs)} pairs but {len(group)} groups")
        self.classes_, codes = np.unique(labels, return_inverse=True)
        if len(self.classes_) < 2:
            raise ValueError(
                f"a classifier needs at least 2 classes, but there is 1 class only: {self.classes_.tolist()}"
            )
        self.registry_ = pairs.registry
        rows = self._rows_to_learn(pairs, codes)
        table, codes, group = table.take(rows), codes[rows], group[rows]
        targets = np.asarray(pairs.targets, dtype=object)[rows]
        known = set(targets.tolist())
        self.targets_ = [code for code in self.registry_.codes if code in known]
        fit = LinearFit(
            C=self.C,
            own_weight=self.own_weight,
            costs=self._costs(codes),
            seed=self.random_state,
            classes=len(self.classes_),
            targets=self.targets_,
        )
        self.vectorizer_ = self._vectorizer().fit(table)
        if not self.vectorizer_.features:
            raise ValueError(
                f"no feature stands in {self.min_df} of the pairs; give more pairs, or a smaller min_df"
            )
        vectors = WordVectors.default()
        smoothing = vectors.of_features(self.vectorizer_.features, self.smoothing)
        held_out = out_of_fold(
            fit,
            self.vectorizer_,
            table,
            targets,
            codes,
            group,
            smoothing,
            self.calibration_folds,
            self.n_jobs,
        )
        truth = codes[held_out.rows]
        self.calibration_ = Calibration.fit(held_out.decisions, truth, len(self.classes_))
        guessed = self.calibration_(held_out.decisions).argmax(axis=1)
        self.out_of_fold_ = {
            "pairs": len(truth),
            "accuracy": round(float((guessed == truth).mean()), 4),
            "macro_f1": round(float(f1_score(truth, guessed, average="macro", zero_division=0.0)), 4),
        }
        matrix = self.vectorizer_.transform_counts(table)
        weights, self.intercept_ = fit_linear(fit, matrix, targets, codes, smoothing)
        if self.max_features is not None and self.max_features < matrix.shape[1]:
            strength = np.max([np.abs(w).max(axis=1) for w in weights.values()], axis=0)
            columns = np.sort(np.argsort(-strength, kind="stable")[: self.max_features])
            self.vectorizer_ = self.vectorizer_.keep(columns)
            matrix = self.vectorizer_.transform_counts(table)
            weights, self.intercept_ = fit_linear(fit, matrix, targets, codes, smoothing[columns])
        self.weights_ = weights
        return self

    def decision_function(self, X: pd.DataFrame) -> FloatArray:
        """Return decision values.

        Parameters
        ----------
        X : DataFrame
            See `fit`.

        Returns
        -------
        ndarray of shape (n_pairs, n_classes), or (n_pairs,) with two classes
            Logarithms of the calibrated probabilities, but for a constant in each row: the class with the largest is
            the one that is predicted. With two classes their difference, above 0 for the second.
        """
        check_is_fitted(self)
        pairs = self.read_pairs(X)
        values = self.calibration_.logits(self.decide(pairs))
        if self.unmentioned_ is not None:
            values[~pairs.mentioned] = np.log(self.unmentioned_)
        return values[:, 1] - values[:, 0] if len(self.classes_) == 2 else values

    def decide(self, pairs: Pairs, table: CountTable | None = None) -> FloatArray:
        """Return values of shape (n_pairs, n_classes) before calibration, for pairs whose mentions are known."""
        matrix = (
            self.vectorizer_.transform(pairs.passages())
            if table is None
            else self.vectorizer_.transform_counts(table)
        )
        return self.linear(matrix, np.asarray(pairs.targets, dtype=object))

    def linear(self, matrix: sp.csr_matrix, targets: npt.NDArray[np.object_]) -> FloatArray:
        """Return values of feature rows before calibration, each with the weights of its target."""
        values = np.tile(self.intercept_, (matrix.shape[0], 1)).astype(np.float64)
        known = np.isin(targets, self.targets_)
        for target in [*self.targets_, SHARED]:
            rows = np.flatnonzero(~known if target == SHARED else targets == target)
            if len(rows):
                values[rows] += matrix[rows] @ self.weights_[target]
        return values

    def predict_proba(self, X: pd.DataFrame) -> FloatArray:
        """Return calibrated probabilities, shape (n_pairs, n_classes), in the order of `classes_`; see `fit`."""
        check_is_fitted(self)
        pairs = self.read_pairs(X)
        return self.probabilities(pairs, self.decide(pairs))

    def probabilities(self, pairs: Pairs, decisions: FloatArray) -> FloatArray:
        """Calibrate what `decide` returned for pairs."""
        result = self.calibration_(decisions)
        if self.unmentioned_ is not None:
            result[~pairs.mentioned] = self.unmentioned_
        return result

    def predict(self, X: pd.DataFrame) -> npt.NDArray[Any]:
        """Return the most probable label of each pair; see `fit`."""
        best = self.predict_proba(X).argmax(axis=1)
        return np.asarray(self.classes_[best])

    def _rows_to_learn(self, pairs: Pairs, codes: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """Return the rows that the linear model learns, and set `unmentioned_` from the others."""
        self.unmentioned_: FloatArray | None = None
        if self.absent_label not in self.classes_:
            return np.arange(len(pairs))
        outside = codes[~pairs.mentioned]
        # One imaginary pair keeps every probability above 0 (Laplace).
        counts = np.bincount(outside, minlength=len(self.classes_)) + 1 / len(self.classes_)
        counts[list(self.classes_).index(self.absent_label)] += 1
        rows = np.flatnonzero(pairs.mentioned)
        if len(np.unique(codes[rows])) < 2:
            raise ValueError(
                "the pairs in which the target is mentioned have fewer than 2 different labels; "
                "add labelled pairs, or aliases of the targets"
            )
        self.unmentioned_ = counts / counts.sum()
        return rows

    def _costs(self, codes: npt.NDArray[np.int64]) -> FloatArray:
        """Return the cost of an error for each class."""
        if self.class_weight == "balanced":
            counts = np.maximum(np.bincount(codes, minlength=len(self.classes_)), 1)
            return np.asarray(len(codes) / (len(self.classes_) * counts), dtype=np.float64)
        given = self.class_weight or {}
        if isinstance(given, str):
            raise ValueError(f"class_weight={given!r}; use a mapping, 'balanced' or None")
        return np.array([float(given.get(label, 1.0)) for label in self.classes_])

    def _vectorizer(self) -> ViewVectorizer:
        weights = DEFAULT_WEIGHTS if self.views is None else self.views
        return ViewVectorizer(weights, Lexicon.default(), self.min_df)


def _with_targets_of(X: pd.DataFrame, registry: TargetRegistry) -> TargetRegistry:
    """Return the registry with those targets of a frame that it does not know; itself if it knows all."""
    names = X["target"] if isinstance(X, pd.DataFrame) and "target" in X else ()
    unknown = dict.fromkeys(name for name in map(str, names) if name not in registry)
    return registry.with_names(unknown) if unknown else registry


def _labels(y: Iterable[Any]) -> npt.NDArray[Any]:
    """Return labels as an array of shape (n_pairs,); ValueError if they are no labels of classes."""
    if y is None:
        raise ValueError("StanceClassifier requires y to be passed, but the target y is None")
    labels = column_or_1d(np.asarray(y if hasattr(y, "__array__") else list(y)), warn=True)
    missing = np.flatnonzero(pd.isna(labels))
    if len(missing):
        raise ValueError(f"y, row {missing[0]}: the label is missing; label the pair or leave it out")
    if labels.dtype.kind == "f":
        assert_all_finite(labels, input_name="y")
    check_classification_targets(labels)
    return np.asarray(labels)
