"""Measures of groups of pairs: by target, actor, region, decade, genre, language, length, mention."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from stance.evaluate.attributes import DIMENSIONS
from stance.evaluate.bootstrap import DocumentBootstrap, interval, resampled
from stance.evaluate.confusion import STANCES, label_order
from stance.evaluate.measures import Measures, measure
from stance.evaluate.predictions import Predictions

SMALL_PAIRS, SMALL_DOCUMENTS = 50, 10
"""A group with fewer pairs or documents is marked as small: its figures are hardly more than anecdotes."""

Groups = Mapping[str, npt.NDArray[np.object_]]


def measured(
    predictions: Predictions,
    groups: Mapping[str, npt.NDArray[np.bool_]],
    bootstrap: DocumentBootstrap | None,
    averaged: Sequence[str] | None = None,
) -> dict[str, Measures]:
    """Measure groups of pairs, with intervals if there is a bootstrap.

    Parameters
    ----------
    predictions : Predictions
    groups : mapping of str to ndarray of bool, shape (n_pairs,)
        Empty ones are left out.
    bootstrap : DocumentBootstrap, optional
        Of the same pairs.
    averaged : sequence of str, optional
        The labels of the macro-F1; default all.

    Returns
    -------
    dict of str to Measures
    """
    kept = {name: member for name, member in groups.items() if member.any()}
    found = {name: measure(predictions.take(member), averaged) for name, member in kept.items()}
    if bootstrap is None or not kept:
        return found
    names = label_order([*predictions.gold.tolist(), *predictions.classes])
    values = resampled(bootstrap, predictions, names, kept, averaged)
    return {name: of.with_intervals(values[name]) for name, of in found.items()}


def break_down(
    predictions: Predictions,
    attributes: Groups,
    bootstrap: DocumentBootstrap,
    dimensions: Sequence[str] = tuple(DIMENSIONS),
) -> dict[str, list[dict[str, Any]]]:
    """Measure the groups of each dimension.

    Parameters
    ----------
    predictions : Predictions
    attributes : mapping of str to ndarray of str, shape (n_pairs,)
    bootstrap : DocumentBootstrap
        Of the same pairs.
    dimensions : sequence of str

    Returns
    -------
    dict of str to list of dict
        By dimension, the groups in order of their names (macro-F1 without
        ``absent``): ``group, n, documents, small, accuracy, macro_f1, f_avg,
        f1:<label>, intervals``.
    """
    members: dict[tuple[str, str], npt.NDArray[np.bool_]] = {}
    for dimension in dimensions:
        values = attributes[dimension]
        for group in sorted(set(values.tolist())):
            members[dimension, group] = np.asarray(values == group, dtype=bool)
    names = label_order([*predictions.gold.tolist(), *predictions.classes])
    keyed = {f"{dimension}\t{group}": member for (dimension, group), member in members.items()}
    values_of = resampled(bootstrap, predictions, names, keyed, STANCES)
    table: dict[str, list[dict[str, Any]]] = {dimension: [] for dimension in dimensions}
    wanted = ("accuracy", "macro_f1", "f_avg", *(f"f1:{name}" for name in names))
    for (dimension, group), member in members.items():
        found = measure(predictions.take(member), STANCES)
        resampled_values = values_of[f"{dimension}\t{group}"]
        spans = {name: interval(resampled_values[name]) for name in wanted}
        table[dimension].append(
            {
                "group": group,
                "n": found.n,
                "documents": found.documents,
                "small": found.n < SMALL_PAIRS or found.documents < SMALL_DOCUMENTS,
                **{name: found.value(name) for name in wanted},
                "intervals": {name: span for name, span in spans.items() if span is not None},
            }
        )
    return table
