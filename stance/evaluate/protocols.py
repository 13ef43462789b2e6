"""Which pairs a model is tested on: folds grouped by document, or a set that it was not trained on."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from stance.errors import LabelError
from stance.evaluate.predictions import Predictions
from stance.model import StanceClassifier
from stance.model.linear import group_folds
from stance.train import TrainingData


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
    return _predictions(classifier.classes_.tolist(), probabilities, data)


def cross_validate(
    data: TrainingData,
    parameters: Mapping[str, Any],
    *,
    folds: int = 5,
    seed: int = 0,
    extra: TrainingData | None = None,
    progress: Callable[[int], None] = lambda _: None,
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
    documents = len(set(data.groups.tolist()))
    if folds < 2 or documents < folds:
        raise LabelError(
            f"{folds} folds need at least 2 folds and as many documents, but there are {documents}"
        )
    both = data if extra is None else TrainingData([*data.passages, *extra.passages])
    tested = len(data)
    fold = group_folds(data.groups, folds, seed)
    of_document = dict(zip(data.groups.tolist(), fold.tolist(), strict=True))
    every = np.array([of_document.get(group, -1) for group in both.groups.tolist()])
    template = StanceClassifier(**parameters)
    pairs = template.read_pairs(both.frame)
    table = template.count(pairs, both.labels)
    classes = sorted(set(both.labels.tolist()))
    probabilities = np.zeros((tested, len(classes)))
    for number in range(folds):
        train, test = np.flatnonzero(every != number), np.flatnonzero(fold == number)
        check_disjoint(both.groups[train].tolist(), both.groups[test].tolist())
        classifier = StanceClassifier(**parameters)
        try:
            classifier.fit_counts(
                pairs.take(train), table.take(train), both.labels[train], both.groups[train]
            )
        except ValueError as error:
            raise LabelError(f"fold {number + 1} cannot be trained: {error}") from error
        of_test = pairs.take(test)
        found = classifier.probabilities(of_test, classifier.decide(of_test, table.take(test)))
        columns = [classes.index(label) for label in classifier.classes_.tolist()]
        probabilities[np.ix_(test, columns)] = found
        progress(1)
    return _predictions(classes, probabilities, data)


def check_disjoint(train: list[str], test: list[str]) -> None:
    """Refuse folds in which a document is both trained on and tested.

    Raises
    ------
    LabelError
        Naming the documents.
    """
    both = sorted(set(train) & set(test))
    if both:
        raise LabelError(f"{len(both)} document(s) are both trained on and tested, such as {both[0]}")


def _predictions(
    classes: list[str], probabilities: np.ndarray[Any, np.dtype[np.float64]], data: TrainingData
) -> Predictions:
    targets = data.frame["target"].to_numpy(dtype=object)
    return Predictions(classes, probabilities, data.labels, targets, data.groups, data.passage_of)
