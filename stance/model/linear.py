"""Linear weights by LinearSVC, on a shared copy of the features and a copy for each target."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from joblib import Parallel, delayed
from sklearn.svm import LinearSVC

from stance.features import CountTable, ViewVectorizer

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

SHARED = "*"
"""Names the weights that serve a target which the training pairs did not have."""


@dataclass(frozen=True)
class LinearFit:
    """Settings of a fit; see `stance.StanceClassifier`."""

    C: float
    own_weight: float
    costs: FloatArray
    seed: int
    classes: int
    targets: list[str]


class HeldOut(NamedTuple):
    """Decision values of rows by models that did not see their group."""

    rows: IntArray
    decisions: FloatArray


def smoothed(matrix: sp.csr_matrix, smoothing: FloatArray) -> sp.csr_matrix:
    """Put beside the features their projection on word vectors; see `fit_linear`."""
    return (
        sp.hstack([matrix, sp.csr_matrix(matrix @ smoothing)], format="csr") if smoothing.shape[1] else matrix
    )


def with_copies(matrix: sp.csr_matrix, targets: npt.NDArray[np.object_], fit: LinearFit) -> sp.csr_matrix:
    """Put beside the shared columns a copy for each target that is zero in the rows of the others."""
    if not fit.own_weight or len(fit.targets) < 2:
        return matrix
    scale = np.sqrt(fit.own_weight)
    copies = [sp.diags((targets == target) * scale) @ matrix for target in fit.targets]
    return sp.csr_matrix(sp.hstack([matrix, *copies], format="csr"))


def fit_linear(
    fit: LinearFit,
    matrix: sp.csr_matrix,
    targets: npt.NDArray[np.object_],
    codes: IntArray,
    smoothing: FloatArray,
) -> tuple[dict[str, FloatArray], FloatArray]:
    """Learn weights: for each target those of the shared and of its own copy together.

    Parameters
    ----------
    fit : LinearFit
    matrix : csr_matrix of shape (n_rows, n_features)
    targets : ndarray of shape (n_rows,)
    codes : ndarray of shape (n_rows,)
    smoothing : ndarray of shape (n_features, n_dimensions)
        A vector for each feature. The SVM also sees the rows projected on them, so that words with near vectors
        come to have near weights; as the projection is linear, its weights fold back into those of the features, and
        nothing of it is left in the model.

    Returns
    -------
    weights : dict of str to ndarray of shape (n_features, n_classes)
        By target; ``"*"`` for any other target.
    intercept : ndarray of shape (n_classes,)
        A class that is not among `codes` has −1, the value of a class that is never right.
    """
    present = np.unique(codes)
    svm = LinearSVC(
        C=fit.C,
        class_weight={code: fit.costs[code] for code in present},
        random_state=fit.seed,
        tol=1e-3,
        max_iter=5000,
    )
    svm.fit(with_copies(smoothed(matrix, smoothing), targets, fit), codes)
    coef, bias = svm.coef_, svm.intercept_
    if len(present) == 2:
        coef, bias = np.vstack([-coef, coef]), np.concatenate([-bias, bias])
    features, width = matrix.shape[1], matrix.shape[1] + smoothing.shape[1]
    full = np.zeros((coef.shape[1], fit.classes))
    full[:, present] = coef.T
    intercept = np.full(fit.classes, -1.0)
    intercept[present] = bias
    # Weights are stored in single precision; rounding here keeps a loaded model equal to the fitted one.
    shared = full[:features] + smoothing @ full[features:width]
    weights = {SHARED: _single(shared)}
    for number, target in enumerate(fit.targets, start=1):
        copy = full[width * number : width * (number + 1)] * np.sqrt(fit.own_weight)
        if not len(copy):
            weights[target] = weights[SHARED]
            continue
        weights[target] = _single(shared + copy[:features] + smoothing @ copy[features:])
    return weights, _single(intercept)


def _single(values: FloatArray) -> FloatArray:
    return values.astype(np.float32).astype(np.float64)


def group_folds(groups: npt.NDArray[np.object_], folds: int, seed: int) -> IntArray:
    """Deal groups to folds at random; the rows of a group share a fold.

    Parameters
    ----------
    groups : ndarray of shape (n_rows,)
    folds : int
        At least 2; there are never more folds than groups.
    seed : int

    Returns
    -------
    ndarray of shape (n_rows,)
        Number of the fold of each row, from 0.
    """
    _, first, code = np.unique(groups.astype(str), return_index=True, return_inverse=True)
    shuffled = np.random.default_rng(seed).permutation(len(first))
    return np.asarray(shuffled[code] % min(folds, len(first)), dtype=np.int64)


def out_of_fold(
    fit: LinearFit,
    vectorizer: ViewVectorizer,
    table: CountTable,
    targets: npt.NDArray[np.object_],
    codes: IntArray,
    groups: npt.NDArray[np.object_],
    smoothing: FloatArray,
    folds: int,
    n_jobs: int | None,
) -> HeldOut:
    """Decide each row by weights learned without its group.

    Columns and idf are those of all rows (they hold no labels). With a single group there is nothing to hold out:
    the rows are then decided by their own model.
    """
    matrix = vectorizer.transform_counts(table)
    fold = group_folds(groups, folds, fit.seed)
    numbers = [number for number in np.unique(fold) if len(np.unique(codes[fold != number])) > 1]
    if len(np.unique(fold)) < 2 or not numbers:
        weights, intercept = fit_linear(fit, matrix, targets, codes, smoothing)
        return HeldOut(np.arange(len(codes)), _decide(matrix, targets, weights, intercept))

    def one(number: int) -> HeldOut:
        train, test = np.flatnonzero(fold != number), np.flatnonzero(fold == number)
        weights, intercept = fit_linear(fit, matrix[train], targets[train], codes[train], smoothing)
        return HeldOut(test, _decide(matrix[test], targets[test], weights, intercept))

    parts = Parallel(n_jobs=n_jobs)(delayed(one)(number) for number in numbers)
    return HeldOut(np.concatenate([p.rows for p in parts]), np.vstack([p.decisions for p in parts]))


def _decide(
    matrix: sp.csr_matrix,
    targets: npt.NDArray[np.object_],
    weights: dict[str, FloatArray],
    intercept: FloatArray,
) -> FloatArray:
    values = np.tile(intercept, (matrix.shape[0], 1))
    for target in set(targets.tolist()):
        rows = np.flatnonzero(targets == target)
        values[rows] += matrix[rows] @ weights[target]
    return values
