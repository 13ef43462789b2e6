"""From label files to a bundle."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from stance.corpora import Corpora
from stance.errors import LabelError
from stance.labels import file_hashes, read_labels, resolve
from stance.model import StanceClassifier, bundle
from stance.targets import TargetRegistry
from stance.train.data import TrainingData

DEFAULT_PARAMETERS: dict[str, Any] = {"max_features": 150_000}
"""What the shipped model sets other than the classifier's own defaults."""


def train(
    paths: Sequence[str | Path],
    output: Path,
    *,
    targets: Iterable[Path] = (),
    parameters: Mapping[str, Any] | None = None,
    seed: int = 0,
    n_jobs: int | None = None,
    force: bool = False,
    corpora: Corpora | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> StanceClassifier:
    """Train a classifier on label files and write its bundle.

    Parameters
    ----------
    paths : sequence of str or Path
        Label files or folders of them.
    output : Path
        Folder of the bundle.
    targets : iterable of Path
        Targets files of the user.
    parameters : mapping, optional
        Of `StanceClassifier`, over `DEFAULT_PARAMETERS`.
    seed : int
        The same labels and seed give the same bundle, byte for byte.
    n_jobs : int, optional
        Processes.
    force : bool
        Whether to replace a bundle that exists.
    corpora : Corpora, optional
        Where standoff labels find their texts; default those of this machine.
    tell : callable
        Called with lines of progress.

    Returns
    -------
    StanceClassifier

    Raises
    ------
    LabelError
        If a label file has faults, or what can be resolved does not suffice to train.
    UsageError
        If the output exists or cannot be written; found before the work.
    """
    bundle.check_folder(output, force=force)
    registry = TargetRegistry.load(*targets)
    resolved = resolve(read_labels(paths, registry), corpora)
    if (summary := resolved.summary()) is not None:
        tell(summary)
    data = TrainingData(resolved.passages)
    tell(
        f"training on {len(data):,} pairs of {len(data.passages):,} passages, {len(data.documents()):,} documents"
    )
    classifier = StanceClassifier(
        **{
            **DEFAULT_PARAMETERS,
            **(parameters or {}),
            "targets": registry,
            "random_state": seed,
            "n_jobs": n_jobs,
        }
    )
    try:
        classifier.fit(data.frame, data.labels, data.groups)
    except ValueError as error:
        raise LabelError(f"cannot train on these labels: {error}") from error
    languages = sorted({passage.lang for passage in data.passages if passage.lang is not None})
    bundle.save(
        classifier,
        output,
        seen=data.documents(),
        labels=file_hashes(paths),
        languages=languages,
        scores=classifier.out_of_fold_,
        force=force,
    )
    tell(f"wrote {output}: {len(classifier.vectorizer_.features):,} features")
    return classifier
