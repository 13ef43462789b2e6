"""From label files to a written evaluation: what ``stance evaluate`` does."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

from stance.errors import LabelError, UsageError
from stance.evaluate.protocols import cross_validate, held_out
from stance.evaluate.result import Evaluation, evaluate
from stance.files import check_output, replace_folder
from stance.labels import LabelledPassage, file_hashes, read_labels, resolve
from stance.model import bundle
from stance.score import default_bundle
from stance.targets import TargetRegistry
from stance.train import DEFAULT_PARAMETERS, TrainingData


class EvaluateRun:
    """An evaluation of label files.

    Parameters
    ----------
    labels : sequence of Path
        What is tested on.
    also : sequence of Path
        With folds: what is trained on besides, in every fold.
    model : Path, optional
        Without folds: the bundle; default the shipped one.
    folds : int, optional
        Cross-validate in so many folds.
    targets : sequence of Path
        Targets files of the user.
    seed, jobs : int
    tell : callable
        Called with lines of progress.

    Raises
    ------
    UsageError
        If options do not go together.
    """

    def __init__(
        self,
        labels: Sequence[Path],
        *,
        also: Sequence[Path] = (),
        model: Path | None = None,
        folds: int | None = None,
        targets: Sequence[Path] = (),
        seed: int = 0,
        jobs: int = 1,
        tell: Callable[[str], None] = lambda _: None,
    ) -> None:
        if folds is not None and model is not None:
            raise UsageError("--cv trains its own models; leave out --model")
        if folds is None and also:
            raise UsageError("--also names labels to train on in the folds; it needs --cv")
        self.labels, self.also, self.model, self.folds = list(labels), list(also), model, folds
        self.targets, self.seed, self.jobs, self.tell = list(targets), seed, jobs, tell

    def __call__(self, progress: Callable[[int], None] = lambda _: None) -> Evaluation:
        """Predict and measure.

        Returns
        -------
        Evaluation
        """
        return self._held_out(progress) if self.folds is None else self._cross_validated(progress)

    def check_output(self, folder: Path, *, force: bool) -> None:
        """Find out before the work whether the folder can be written; see `stance.files.check_output`."""
        check_output(folder, force=force)

    def write(self, evaluation: Evaluation, page: str, folder: Path, *, force: bool) -> None:
        """Write results.json and report.md to a folder that appears whole or not at all."""
        with replace_folder(folder, force=force) as new:
            data = json.dumps(evaluation.to_dict(), ensure_ascii=False, indent=1)
            (new / "results.json").write_text(data + "\n", encoding="utf-8")
            (new / "report.md").write_text(page, encoding="utf-8")

    def _read(self, paths: Sequence[Path], registry: TargetRegistry) -> tuple[list[LabelledPassage], int]:
        resolved = resolve(read_labels(paths, registry))
        if (summary := resolved.summary()) is not None:
            self.tell(summary)
        return resolved.passages, len(resolved.missing)

    def _cross_validated(self, progress: Callable[[int], None]) -> Evaluation:
        assert self.folds is not None
        registry = TargetRegistry.load(*self.targets)
        passages, left_out = self._read(self.labels, registry)
        extra = TrainingData(self._read(self.also, registry)[0]) if self.also else None
        parameters = {**DEFAULT_PARAMETERS, "random_state": self.seed, "n_jobs": self.jobs}
        predictions = cross_validate(
            TrainingData(passages),
            {**parameters, "targets": registry},
            folds=self.folds,
            seed=self.seed,
            extra=extra,
            progress=progress,
        )
        return evaluate(
            predictions,
            protocol=f"{self.folds}-fold cross-validation, folds grouped by document"
            + (f"; {len(extra.passages):,} other passages trained on in every fold" if extra else ""),
            left_out=left_out,
            labels=file_hashes([*self.labels, *self.also]),
            model={"parameters": parameters},
            seed=self.seed,
        )

    def _held_out(self, progress: Callable[[int], None]) -> Evaluation:
        folder = default_bundle() if self.model is None else self.model
        classifier, manifest = bundle.load(folder)
        seen = set(bundle.documents(folder))
        read, left_out = self._read(self.labels, classifier.registry_)
        passages = [passage for passage in read if passage.group not in seen]
        if len(passages) < len(read):
            self.tell(
                f"{len(read) - len(passages):,} of {len(read):,} passages stand in documents that the model was trained on "
                "and are left out; --cv tests on them by models that did not see them"
            )
        if not passages:
            raise LabelError(
                "no passage is left that the model was not trained on; use --cv to test in folds"
            )
        predictions = held_out(classifier, TrainingData(passages))
        progress(1)
        return evaluate(
            predictions,
            protocol="the model as it is, on passages of documents that it was not trained on",
            left_out=left_out,
            labels=file_hashes(self.labels),
            model={
                "bundle": folder.name,
                "files": {name: entry["sha256"] for name, entry in manifest["files"].items()},
            },
            seed=self.seed,
        )
