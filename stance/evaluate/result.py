"""The result of an evaluation: measures with all that is needed to read and repeat them."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

import numpy as np

from stance.evaluate.attributes import DIMENSIONS
from stance.evaluate.bootstrap import RESAMPLES, DocumentBootstrap
from stance.evaluate.breakdown import Groups, break_down, measured
from stance.evaluate.confidence import reliability, risk_coverage
from stance.evaluate.confusion import STANCES
from stance.evaluate.measures import Measures
from stance.evaluate.mistakes import Mistake
from stance.evaluate.predictions import Predictions

SCHEMA = 2
"""Version of the form of results.json; ``data/results.schema.json`` describes it."""

POOLED = "all"
"""Names the group of all pairs among the targets."""


@dataclass(frozen=True)
class SystemResult:
    """Measures of the model or of a baseline.

    Attributes
    ----------
    name, title : str
    every : dict of str to Measures
        Of all pairs: ``all`` and each target.
    named : dict of str to Measures
        Of the pairs in which the passage names or implies the target, where there is something to decide; their
        macro-F1 is the mean of supportive, critical and neutral.
    """

    name: str
    title: str
    every: dict[str, Measures]
    named: dict[str, Measures]


@dataclass(frozen=True)
class Evaluation:
    """Measures of a model and of baselines on the same pairs.

    Attributes
    ----------
    protocol : str
        How the predictions were made, in words.
    pooled : Measures
        Of the model, all pairs.
    targets : dict of str to Measures
        Of the model, by target.
    systems : list of SystemResult
        The model first.
    passages : int
        Labelled passages behind the pairs.
    left_out : int
        Labels without a text.
    labels : dict of str to str
        sha256 of each label file.
    model : dict
        Bundle and its hash, or the parameters that were trained with.
    seed, resamples : int
    date : str
        ISO 8601, UTC.
    name : str
        Of the protocol, as the command line has it.
    breakdowns : dict
        See `stance.evaluate.breakdown`.
    curves : dict
        ``reliability``, ``risk_coverage``; of pairs that name the target.
    points : list of dict
        Of the learning curve, else empty.
    mistakes : list of dict
    """

    protocol: str
    pooled: Measures
    targets: dict[str, Measures]
    systems: list[SystemResult]
    passages: int
    left_out: int
    labels: dict[str, str]
    model: dict[str, Any]
    seed: int
    resamples: int
    date: str
    name: str = "held-out"
    breakdowns: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    curves: dict[str, Any] = field(default_factory=dict)
    points: list[dict[str, Any]] = field(default_factory=list)
    mistakes: list[dict[str, Any]] = field(default_factory=list)

    def to_dict(self) -> dict[str, Any]:
        """Return plain data: what reports are made from."""
        return {
            **header("evaluation", self.date, self.seed),
            "protocol": {"name": self.name, "description": self.protocol},
            "resamples": self.resamples,
            "model": self.model,
            "labels": self.labels,
            "passages": self.passages,
            "pairs": self.pooled.n,
            "documents": self.pooled.documents,
            "left_out": self.left_out,
            "systems": [asdict(system) for system in self.systems],
            "dimensions": {name: DIMENSIONS.get(name, name) for name in self.breakdowns},
            "breakdowns": self.breakdowns,
            "curves": self.curves,
            "points": self.points,
            "mistakes": self.mistakes,
        }


def header(kind: str, date: str, seed: int) -> dict[str, Any]:
    """Return what every results.json begins with."""
    packages = ("numpy", "scipy", "scikit-learn", "pandas")
    return {
        "schema": SCHEMA,
        "kind": kind,
        "date": date,
        "stance": version("stance"),
        "packages": {name: version(name) for name in packages},
        "seed": seed,
    }


def now() -> str:
    """Return the date and time, ISO 8601, UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def evaluate(
    predictions: Predictions,
    *,
    protocol: str,
    name: str = "held-out",
    baselines: Mapping[str, tuple[str, Predictions]] | None = None,
    attributes: Groups | None = None,
    points: Sequence[dict[str, Any]] = (),
    mistakes: Sequence[Mistake] = (),
    identities: Sequence[dict[str, Any]] = (),
    left_out: int = 0,
    labels: Mapping[str, str] | None = None,
    model: Mapping[str, Any] | None = None,
    seed: int = 0,
    resamples: int = RESAMPLES,
) -> Evaluation:
    """Measure predictions, pooled and by target, beside those of baselines.

    Parameters
    ----------
    predictions : Predictions
        Of the model.
    protocol, name : str
    baselines : mapping of str to (str, Predictions), optional
        By name: title and predictions of the same pairs.
    attributes : mapping of str to ndarray of str, shape (n_pairs,), optional
        Groups to break down by.
    points : sequence of dict
        Of the learning curve.
    mistakes : sequence of Mistake
    identities : sequence of dict
        For each row of the data what identifies it: ``id, doc, actor, date``.
    left_out : int
    labels, model : mapping, optional
    seed, resamples : int
        0 resamples: no intervals and no breakdowns.

    Returns
    -------
    Evaluation
    """
    bootstrap = DocumentBootstrap(predictions.groups, resamples=resamples, seed=seed) if resamples else None
    groups = {POOLED: np.ones(len(predictions), dtype=bool)}
    for target in dict.fromkeys(predictions.targets.tolist()):
        groups[target] = np.asarray(predictions.targets == target, dtype=bool)
    named = np.ones(len(predictions), dtype=bool)
    if attributes is not None and (attributes["mention"] != "not named").any():
        named = np.asarray(attributes["mention"] != "not named", dtype=bool)
    inside_of = {group: member & named for group, member in groups.items()}
    systems = []
    for key, (title, given) in {"model": ("the model", predictions), **(baselines or {})}.items():
        systems.append(
            SystemResult(
                key,
                title,
                measured(given, groups, bootstrap),
                measured(given, inside_of, bootstrap, STANCES),
            )
        )
    breakdowns: dict[str, list[dict[str, Any]]] = {}
    if attributes is not None and bootstrap is not None:
        inside = predictions.take(named)
        of_named = DocumentBootstrap(inside.groups, resamples=resamples, seed=seed)
        values = {dimension: of[named] for dimension, of in attributes.items()}
        breakdowns = break_down(inside, values, of_named, list(values))
    inside = predictions.take(named)
    return Evaluation(
        protocol=protocol,
        name=name,
        pooled=systems[0].every[POOLED],
        targets={group: of for group, of in systems[0].every.items() if group != POOLED},
        systems=systems,
        passages=len(set(predictions.passage_of.tolist())),
        left_out=left_out,
        labels=dict(labels or {}),
        model=dict(model or {}),
        seed=seed,
        resamples=resamples,
        date=now(),
        breakdowns=breakdowns,
        curves={"reliability": reliability(inside), "risk_coverage": risk_coverage(inside)},
        points=list(points),
        mistakes=[
            {**(identities[mistake.row] if identities else {}), **mistake._asdict()} for mistake in mistakes
        ],
    )
