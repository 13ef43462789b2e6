"""From two bundles and label files to a comparison: what ``stance compare`` does."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from stance.errors import LabelError, UsageError
from stance.evaluate.bootstrap import RESAMPLES
from stance.evaluate.comparison import Comparison, Gate, compare
from stance.evaluate.predictions import Predictions
from stance.evaluate.protocols import held_out
from stance.evaluate.run import describe_bundle, identities
from stance.labels import file_hashes, read_labels, resolve
from stance.model import bundle
from stance.train import TrainingData


def compare_bundles(
    a: Path,
    b: Path,
    labels: Sequence[Path],
    *,
    gate: Gate | None = None,
    seed: int = 0,
    resamples: int = RESAMPLES,
    progress: Callable[[int], None] = lambda _: None,
    tell: Callable[[str], None] = lambda _: None,
) -> Comparison:
    """Compare two bundles on labelled passages of documents that neither was trained on.

    Parameters
    ----------
    a, b : Path
        Bundles.
    labels : sequence of Path
    gate : Gate, optional
    seed, resamples : int
    progress : callable
        Called with 1 after each bundle.
    tell : callable

    Returns
    -------
    Comparison

    Raises
    ------
    LabelError
        If no passage is left.
    UsageError
        If the bundles are trained for different targets, so that there is nothing to compare.
    """
    loaded: list[tuple[Any, dict[str, Any]]] = [bundle.load(path) for path in (a, b)]
    registry = loaded[1][0].registry_
    common = [code for code in loaded[0][0].targets_ if code in loaded[1][0].targets_]
    if not common:
        raise UsageError(f"{a} and {b} have no target in common")
    resolved = resolve(read_labels(labels, registry))
    if (summary := resolved.summary()) is not None:
        tell(summary)
    seen = {document for path in (a, b) for document in bundle.documents(path)}
    passages = [passage for passage in resolved.passages if passage.group not in seen]
    if len(passages) < len(resolved.passages):
        tell(
            f"{len(resolved.passages) - len(passages):,} of {len(resolved.passages):,} passages stand "
            "in documents that "
            "one of the models was trained on and are left out"
        )
    if not passages:
        raise LabelError(
            "no passage is left that neither model was trained on; keep some documents out of training to compare on"
        )
    data = TrainingData(passages)
    predictions: list[Predictions] = []
    for classifier, _ in loaded:
        predictions.append(held_out(classifier, data))
        progress(1)
    return compare(
        *predictions,
        gate=gate,
        of_a=describe_bundle(a, loaded[0][1]),
        of_b=describe_bundle(b, loaded[1][1]),
        identities=identities(data),
        labels=file_hashes(labels),
        seed=seed,
        resamples=resamples,
    )
