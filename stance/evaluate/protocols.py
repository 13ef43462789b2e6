"""Predictions of labelled pairs by systems that did not see their documents."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from stance.errors import LabelError
from stance.evaluate.predictions import Predictions
from stance.evaluate.splits import Split, check_disjoint, document_folds
from stance.evaluate.systems import ModelSystem, System, Workload
from stance.model import StanceClassifier
from stance.train import TrainingData

Progress = Callable[[int], None]


def held_out(classifier: StanceClassifier, data: TrainingData) -> Predictions:
    """Predict labelled pairs with a trained model.

    Parameters
    ----------
    classifier : StanceClassifier
        Fitted.
    data : TrainingData

    Returns
    -------
    Predictions
    """
    pairs = classifier.read_pairs(data.frame)
    probabilities = classifier.probabilities(pairs, classifier.decide(pairs))
    rows = np.arange(len(data))
    return _predictions(classifier.classes_.tolist(), probabilities, data, rows)


def workload(
    data: TrainingData, parameters: Mapping[str, Any], extra: TrainingData | None = None
) -> Workload:
    """Make pairs of what is tested and, after them, of what is only trained on.

    Parameters
    ----------
    data : TrainingData
    parameters : mapping
        Of `StanceClassifier`.
    extra : TrainingData, optional
    """
    both = data if extra is None else TrainingData([*data.passages, *extra.passages])
    pairs = StanceClassifier(**parameters).read_pairs(both.frame)
    return Workload(pairs, both.labels, both.groups, parameters)


def predict_splits(
    system: System,
    work: Workload,
    data: TrainingData,
    splits: Sequence[Split],
    progress: Progress = lambda _: None,
) -> Predictions:
    """Predict the test rows of splits, each by a system trained on the split's own training rows.

    Parameters
    ----------
    system : System
    work : Workload
        Its first rows are the pairs of `data`; the others are trained on in every split, but for documents that
        the split tests.
    data : TrainingData
    splits : sequence of Split
        No row is tested twice.
    progress : callable
        Called with 1 after each split.

    Returns
    -------
    Predictions
        Of all tested rows, in the order of `data`.

    Raises
    ------
    LabelError
        If a split trains on what it tests, or leaves too little to train on.
    """
    classes = sorted(set(work.labels.tolist()))
    if "absent" not in classes:
        classes = sorted([*classes, "absent"])
    for label in ("critical", "neutral", "supportive"):
        if system.name == "lexicon" and label not in classes:
            classes = sorted([*classes, label])
    probabilities = np.zeros((len(data), len(classes)))
    tested = np.zeros(len(data), dtype=bool)
    for split in splits:
        train = without_twins(with_extra(split, work, len(data)), split, work)
        check_disjoint(work.groups[train].tolist(), work.groups[split.test].tolist())
        try:
            found = system.predict(train, split.test)
        except ValueError as error:
            raise LabelError(f"{split.name} cannot be trained: {error}") from error
        columns = [classes.index(label) for label in found.classes]
        probabilities[np.ix_(split.test, np.array(columns))] = found.probabilities
        tested[split.test] = True
        progress(1)
    used = [
        at
        for at, label in enumerate(classes)
        if label in set(work.labels.tolist()) or probabilities[:, at].any()
    ]
    rows = np.flatnonzero(tested)
    return _predictions([classes[at] for at in used], probabilities[np.ix_(rows, np.array(used))], data, rows)


def with_extra(split: Split, work: Workload, tested: int) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Return the training rows of a split with the rows that are only trained on."""
    if len(work.pairs) == tested:
        return split.train
    testing = set(work.groups[split.test].tolist())
    more = [row for row in range(tested, len(work.pairs)) if work.groups[row] not in testing]
    return np.concatenate([split.train, np.array(more, dtype=np.int64)])


def without_twins(
    train: np.ndarray[Any, np.dtype[np.int64]], split: Split, work: Workload
) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Leave out of training what stands word for word among the tested texts: a speech that two corpora hold."""
    tested = np.unique(work.text_of[split.test])
    return train[~np.isin(work.text_of[train], tested) | np.isin(train, split.test)]


def cross_validate(
    data: TrainingData,
    parameters: Mapping[str, Any],
    *,
    folds: int = 5,
    seed: int = 0,
    extra: TrainingData | None = None,
    progress: Progress = lambda _: None,
) -> Predictions:
    """Predict each pair by a model trained on the other folds; a document is never in two of them.

    Parameters
    ----------
    data : TrainingData
    parameters : mapping
        Of `StanceClassifier`.
    folds : int
        At least 2.
    seed : int
        Deals the documents to folds.
    extra : TrainingData, optional
        Trained on in every fold and never tested, but for documents that stand in the fold that is tested.
    progress : callable
        Called with 1 after each fold.

    Returns
    -------
    Predictions
        In the order of `data`.

    Raises
    ------
    LabelError
        If there are fewer documents than folds, or a fold leaves too little to train on.
    """
    splits = document_folds(data, folds, seed)
    work = workload(data, parameters, extra)
    return predict_splits(ModelSystem(work), work, data, splits, progress)


def _predictions(
    classes: list[str],
    probabilities: np.ndarray[Any, np.dtype[np.float64]],
    data: TrainingData,
    rows: np.ndarray[Any, np.dtype[np.int64]],
) -> Predictions:
    return Predictions(
        classes,
        probabilities,
        data.labels[rows],
        data.frame["target"].to_numpy(dtype=object)[rows],
        data.groups[rows],
        data.passage_of[rows],
        rows.astype(np.int64),
    )
