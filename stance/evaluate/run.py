"""From label files to an evaluation: what ``stance evaluate`` does."""

from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from stance.errors import LabelError, UsageError
from stance.evaluate.attributes import attributes
from stance.evaluate.bootstrap import RESAMPLES
from stance.evaluate.ceiling import Agreement, agreement
from stance.evaluate.mistakes import Mistake, confident_mistakes, strongest
from stance.evaluate.predictions import Predictions
from stance.evaluate.protocols import held_out, predict_splits, workload
from stance.evaluate.result import Evaluation, evaluate
from stance.evaluate.splits import (
    SHARES,
    Split,
    across_genres,
    actor_folds,
    document_folds,
    growing,
    year_windows,
)
from stance.evaluate.systems import ModelSystem, System, Workload, baselines
from stance.evaluate.validity import Validity, validate
from stance.labels import LabelledPassage, file_hashes, read_labels, resolve
from stance.model import bundle
from stance.score import default_bundle
from stance.targets import TargetRegistry
from stance.train import DEFAULT_PARAMETERS, TrainingData

PROTOCOLS = {
    "held-out": "the model as it is, on passages of documents that it was not trained on",
    "cv": "{folds}-fold cross-validation, folds grouped by document",
    "actor": "actors left out: every passage is tested by a model that saw no passage of its actor ({splits} groups)",
    "time": "forward in time: trained on all passages up to a year, tested on those of the years after it ({names})",
    "genre": "across kinds of text: trained on the UN General Debate, tested on {names}",
    "curve": "learning curve: {folds} folds grouped by document, trained on growing shares of the documents",
    "ceiling": "agreement of the annotation passes",
    "votes": "stance of states, from all their passages, against their votes in the UN General Assembly",
}
"""What ``--protocol`` can name, in words."""

Outcome = Evaluation | Agreement | Validity


class EvaluateRun:
    """An evaluation of label files.

    Parameters
    ----------
    labels : sequence of Path
        What is tested on.
    also : sequence of Path
        With protocols that train: what is trained on besides, in every split.
    model : Path, optional
        For ``held-out``: the bundle; default the shipped one.
    protocol : str, optional
        One of `PROTOCOLS`; default ``cv`` if `folds` is given, else ``held-out``.
    folds : int, optional
        Default 5, for ``actor`` 10; 0 leaves out one actor at a time.
    votes : Path, optional
        For ``votes``: the roll calls.
    targets : sequence of Path
        Targets files of the user.
    seed, jobs, resamples : int
    baseline : bool
        Whether to train the baselines too.
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
        protocol: str | None = None,
        folds: int | None = None,
        votes: Path | None = None,
        targets: Sequence[Path] = (),
        seed: int = 0,
        jobs: int = 1,
        resamples: int = RESAMPLES,
        baseline: bool = True,
        tell: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.protocol = protocol or ("held-out" if folds is None else "cv")
        if self.protocol not in PROTOCOLS:
            raise UsageError(f"protocol {self.protocol!r}; known are {', '.join(PROTOCOLS)}")
        trains = self.protocol not in ("held-out", "ceiling")
        if trains and model is not None:
            raise UsageError(f"--protocol {self.protocol} trains its own models; leave out --model")
        if not trains and also:
            raise UsageError(
                "--also names labels to train on in the folds; it needs --cv or another protocol that trains"
            )
        if folds is not None and self.protocol in ("held-out", "ceiling", "time", "genre"):
            raise UsageError(f"--protocol {self.protocol} has no folds; leave out --cv and --folds")
        if folds == 0 and self.protocol != "actor":
            raise UsageError("--folds 0 leaves out one actor at a time; it needs --protocol actor")
        if (votes is not None) != (self.protocol == "votes"):
            raise UsageError(
                "--protocol votes needs --votes FILE, the roll calls, and no other protocol takes it"
            )
        self.labels, self.also, self.model, self.votes = list(labels), list(also), model, votes
        self.folds = folds if folds is not None else 10 if self.protocol == "actor" else 5
        self.targets, self.seed, self.jobs, self.tell = list(targets), seed, jobs, tell
        self.resamples, self.baseline = resamples, baseline

    def __call__(self, progress: Callable[[int], None] = lambda _: None) -> Outcome:
        """Predict and measure.

        Returns
        -------
        Evaluation, Agreement or Validity
        """
        if self.protocol == "held-out":
            return self._held_out(progress)
        registry = TargetRegistry.load(*self.targets)
        if self.protocol == "ceiling":
            passages = read_labels(self.labels, registry)
            progress(1)
            return agreement(
                passages, labels=file_hashes(self.labels), seed=self.seed, resamples=self.resamples
            )
        passages, left_out = self._read(self.labels, registry)
        extra = self._read(self.also, registry)[0] if self.also else []
        parameters = {
            **DEFAULT_PARAMETERS,
            "random_state": self.seed,
            "n_jobs": self.jobs,
            "targets": registry,
        }
        hashes = file_hashes([*self.labels, *self.also])
        if self.protocol == "votes":
            assert self.votes is not None
            return validate(
                TrainingData([*passages, *extra]),
                parameters,
                self.votes,
                folds=self.folds,
                seed=self.seed,
                resamples=self.resamples,
                labels=hashes,
                progress=progress,
                tell=self.tell,
            )
        return self._trained(passages, extra, parameters, left_out, hashes, progress)

    def steps(self) -> int | None:
        """Return how often `progress` will be called, None if that shows only later."""
        if self.protocol in ("held-out", "ceiling"):
            return 1
        if self.protocol in ("cv", "votes"):
            return self.folds
        if self.protocol == "curve":
            return self.folds * len(SHARES)
        return self.folds if self.protocol == "actor" and self.folds else None

    def _read(self, paths: Sequence[Path], registry: TargetRegistry) -> tuple[list[LabelledPassage], int]:
        resolved = resolve(read_labels(paths, registry))
        if (summary := resolved.summary()) is not None:
            self.tell(summary)
        return resolved.passages, len(resolved.missing)

    def _splits(self, data: TrainingData) -> list[Split]:
        if self.protocol == "actor":
            return actor_folds(data, self.folds or None, self.seed)
        if self.protocol == "time":
            return year_windows(data)
        if self.protocol == "genre":
            return across_genres(data)
        return document_folds(data, self.folds, self.seed)

    def _trained(
        self,
        passages: list[LabelledPassage],
        extra: list[LabelledPassage],
        parameters: dict[str, Any],
        left_out: int,
        hashes: dict[str, str],
        progress: Callable[[int], None],
    ) -> Evaluation:
        data = TrainingData(passages)
        splits = self._splits(data)
        work = workload(data, parameters, TrainingData(extra) if extra else None)
        found: list[Mistake] = []
        model = _Watched(work, found)
        points: list[dict[str, Any]] = []
        if self.protocol == "curve":
            points = self._curve(data, work, splits, progress)
        predictions = predict_splits(model, work, data, splits, _quiet if points else progress)
        others: dict[str, tuple[str, Predictions]] = {}
        if self.baseline:
            for system in baselines(work):
                self.tell(f"baseline: {system.title}")
                others[system.name] = (system.title, predict_splits(system, work, data, splits))
        groups = {
            name: of[predictions.row_of]
            for name, of in attributes(data, work.pairs.take(np.arange(len(data)))).items()
        }
        if self.protocol in ("time", "genre"):
            of_row = {row: split.name for split in splits for row in split.test.tolist()}
            groups = {
                "split": np.array([of_row[row] for row in predictions.row_of.tolist()], dtype=object),
                **groups,
            }
        words = PROTOCOLS[self.protocol].format(
            folds=self.folds, splits=len(splits), names=", ".join(split.name for split in splits)
        )
        if extra:
            words += f"; {len(extra):,} other passages trained on in every split"
        public = {name: value for name, value in parameters.items() if name not in ("targets", "n_jobs")}
        return evaluate(
            predictions,
            protocol=words,
            name=self.protocol,
            baselines=others,
            attributes=groups,
            points=points,
            mistakes=strongest(found),
            identities=identities(data),
            left_out=left_out,
            labels=hashes,
            model={"parameters": public},
            seed=self.seed,
            resamples=self.resamples,
        )

    def _curve(
        self, data: TrainingData, work: Workload, splits: list[Split], progress: Callable[[int], None]
    ) -> list[dict[str, Any]]:
        """Measure the model and the target-blind baseline at growing shares of the training documents."""
        systems: list[System] = [ModelSystem(work), *(baselines(work)[-1:] if self.baseline else [])]
        points = []
        for share in SHARES:
            kept = [growing(split, data, share, self.seed) for split in splits]
            documents = np.mean([len(set(data.groups[split.train].tolist())) for split in kept])
            for system in systems:
                step = progress if system.name == "model" else _quiet
                predictions = predict_splits(system, work, data, kept, step)
                result = evaluate(
                    predictions, protocol="", seed=self.seed, resamples=min(self.resamples, 2000)
                )
                points.append(
                    {
                        "system": system.name,
                        "share": share,
                        "documents": round(float(documents)),
                        "macro_f1": result.pooled.macro_f1,
                        "f_avg": result.pooled.f_avg,
                        "intervals": {
                            name: result.pooled.intervals[name]
                            for name in ("macro_f1", "f_avg")
                            if name in result.pooled.intervals
                        },
                    }
                )
        return points

    def _held_out(self, progress: Callable[[int], None]) -> Evaluation:
        folder = default_bundle() if self.model is None else self.model
        classifier, manifest = bundle.load(folder)
        seen = set(bundle.documents(folder))
        read, left_out = self._read(self.labels, classifier.registry_)
        passages = [passage for passage in read if passage.group not in seen]
        if len(passages) < len(read):
            self.tell(
                f"{len(read) - len(passages):,} of {len(read):,} passages stand in documents that the model was "
                "trained on and are left out; --cv tests on them by models that did not see them"
            )
        if not passages:
            raise LabelError(
                "no passage is left that the model was not trained on; use --cv to test in folds"
            )
        data = TrainingData(passages)
        predictions = held_out(classifier, data)
        pairs = classifier.read_pairs(data.frame)
        mistakes = confident_mistakes(
            classifier, pairs, np.arange(len(data)), data.labels, predictions.probabilities
        )
        progress(1)
        return evaluate(
            predictions,
            protocol=PROTOCOLS["held-out"],
            attributes=attributes(data, pairs),
            mistakes=mistakes,
            identities=identities(data),
            left_out=left_out,
            labels=file_hashes(self.labels),
            model=describe_bundle(folder, manifest),
            seed=self.seed,
            resamples=self.resamples,
        )


class _Watched(ModelSystem):
    """The model, with its most confident mistakes of each split kept."""

    def __init__(self, work: Workload, found: list[Mistake]) -> None:
        super().__init__(work)
        self.found = found

    def predict(self, train: Any, test: Any) -> Any:
        """Train, predict, and note what went wrong."""
        classifier = self.work.fit(train)
        pairs = self.work.pairs.take(test)
        probabilities = classifier.probabilities(pairs, classifier.decide(pairs, self.work.table.take(test)))
        self.found += confident_mistakes(classifier, pairs, test, self.work.labels[test], probabilities)
        return self.answer(classifier, probabilities)


def identities(data: TrainingData) -> list[dict[str, Any]]:
    """Return for each pair what identifies its passage."""
    return [
        {"id": passage.id, "doc": passage.doc, "actor": passage.actor, "date": passage.date}
        for passage in (data.passages[number] for number in data.passage_of.tolist())
    ]


def describe_bundle(folder: Path, manifest: dict[str, Any]) -> dict[str, Any]:
    """Return the name of a bundle, the sha256 of its manifest and those of its files."""
    return {
        "bundle": folder.name,
        "sha256": sha256((folder / "manifest.json").read_bytes()).hexdigest(),
        "files": {name: entry["sha256"] for name, entry in manifest["files"].items()},
        "languages": manifest.get("languages", []),
        "n_features": manifest.get("n_features"),
        "n_documents": manifest.get("n_documents"),
    }


def _quiet(_: int) -> None:
    return None
