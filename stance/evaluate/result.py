"""The result of an evaluation: measures with all that is needed to read and repeat them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

from stance.evaluate.measures import Measures, measure
from stance.evaluate.predictions import Predictions

SCHEMA = 1
"""Version of the form of `Evaluation.to_dict`."""


@dataclass(frozen=True)
class Evaluation:
    """Measures pooled over targets and for each target.

    Attributes
    ----------
    protocol : str
        How the predictions were made, in words.
    pooled : Measures
    targets : dict of str to Measures
    passages : int
        Labelled passages behind the pairs.
    left_out : int
        Labels without a text.
    labels : dict of str to str
        sha256 of each label file.
    model : dict
        Bundle and its hash, or the parameters that were trained with.
    seed : int
    date : str
        ISO 8601, UTC.
    """

    protocol: str
    pooled: Measures
    targets: dict[str, Measures]
    passages: int
    left_out: int
    labels: dict[str, str]
    model: dict[str, Any]
    seed: int
    date: str

    def to_dict(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "schema": SCHEMA,
            "protocol": self.protocol,
            "date": self.date,
            "stance": version("stance"),
            "packages": {name: version(name) for name in ("numpy", "scipy", "scikit-learn")},
            "seed": self.seed,
            "model": self.model,
            "labels": self.labels,
            "passages": self.passages,
            "left_out": self.left_out,
            "pooled": self.pooled.to_dict(),
            "targets": {target: measures.to_dict() for target, measures in self.targets.items()},
        }


def evaluate(
    predictions: Predictions,
    *,
    protocol: str,
    left_out: int = 0,
    labels: Mapping[str, str] | None = None,
    model: Mapping[str, Any] | None = None,
    seed: int = 0,
) -> Evaluation:
    """Measure predictions, pooled and by target.

    Parameters
    ----------
    predictions : Predictions
    protocol : str
    left_out : int
    labels, model : mapping, optional
    seed : int

    Returns
    -------
    Evaluation
    """
    return Evaluation(
        protocol=protocol,
        pooled=measure(predictions),
        targets={
            target: measure(predictions.take(predictions.targets == target))
            for target in dict.fromkeys(predictions.targets.tolist())
        },
        passages=len(set(predictions.passage_of.tolist())),
        left_out=left_out,
        labels=dict(labels or {}),
        model=dict(model or {}),
        seed=seed,
        date=datetime.now(UTC).isoformat(timespec="seconds"),
    )
