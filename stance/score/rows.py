"""Results as rows of a table: the columns that other programs rely on."""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from stance.errors import UsageError
from stance.score.aggregate import aggregate
from stance.score.passages import FloatArray, PassageScore
from stance.statement import Statement
from stance.targets import Target

Kind = Literal["text", "number", "integer", "json"]
"""What a column holds."""

SELF = "self"
"""The stance where the actor is the target; it is never predicted."""

SUPPORTIVE, CRITICAL = "supportive", "critical"

_ORDER = ("supportive", "critical", "neutral", "absent")
_DIGITS = 6


@dataclass(frozen=True)
class TargetScore:
    """The stance of a statement toward one target.

    Attributes
    ----------
    target : str
    stance : str
        The most probable label, or ``self``.
    probabilities : ndarray of shape (n_classes,), or None
        None where the actor is the target.
    evidence : dict or None
        ``start, end, text`` of the strongest span, code points into the statement.
    passages : list of PassageScore
    """

    target: str
    stance: str
    probabilities: FloatArray | None
    evidence: dict[str, Any] | None
    passages: list[PassageScore]


@dataclass(frozen=True)
class StatementScore:
    """A statement with its stance toward each target."""

    statement: Statement
    targets: dict[str, TargetScore]


def summarise(
    statement: Statement, target: Target, scores: list[PassageScore], classes: list[str]
) -> TargetScore:
    """Bring the passages of a statement together for one target; the rule stands in `stance.score.aggregate`."""
    own = [score for score in scores if score.target == target.code]
    own_codes = {code.upper() for code in (target.code, target.iso) if code is not None}
    if statement.actor is not None and statement.actor.strip().upper() in own_codes:
        return TargetScore(target.code, SELF, None, None, [])
    probabilities = aggregate(np.array([score.probabilities for score in own]), classes)
    best = int(probabilities.argmax())
    told = [
        score for score in own if score.evidence is not None and int(score.probabilities.argmax()) == best
    ]
    strongest = max(told, key=lambda score: float(score.probabilities[best]), default=None)
    return TargetScore(target.code, classes[best], probabilities, _evidence(strongest), own)


def columns(classes: list[str], targets: list[str], *, shape: str, passages: bool) -> list[tuple[str, Kind]]:
    """Return name and type (``text``, ``number``, ``integer``, ``json``) of the columns of a result.

    Raises
    ------
    UsageError
        If `shape` is neither ``tidy`` nor ``wide``, or passages are asked for in a wide table.
    """
    if shape not in ("tidy", "wide"):
        raise UsageError(
            f"shape {shape!r}; use tidy (a row a statement and target) or wide (a row a statement)"
        )
    if passages and shape == "wide":
        raise UsageError("passages have a row each and a target; leave out the wide shape")
    numbers: list[tuple[str, Kind]] = [
        (name, "number") for name in ("score", *(f"p_{label}" for label in _ordered(classes)))
    ]
    head: list[tuple[str, Kind]] = [("id", "text"), ("actor", "text"), ("date", "text")]
    if shape == "tidy":
        where: list[tuple[str, Kind]] = (
            [("passage", "integer"), ("start", "integer"), ("end", "integer")] if passages else []
        )
        return [*head, ("target", "text"), *where, ("stance", "text"), *numbers, ("evidence", "json")]
    for target in targets:
        head.append((f"{target}_stance", "text"))
        head += [(f"{target}_{name}", kind) for name, kind in numbers]
        head.append((f"{target}_evidence", "json"))
    return head


def row_of(result: StatementScore, classes: list[str], *, shape: str, passages: bool) -> list[dict[str, Any]]:
    """Return the rows of a statement; see `columns`."""
    statement = result.statement
    head = {"id": statement.id, "actor": statement.actor, "date": statement.date}
    if shape == "wide":
        row = dict(head)
        for target, score in result.targets.items():
            cells = _cells(score.stance, score.probabilities, score.evidence, classes)
            row.update({f"{target}_{name}": value for name, value in cells.items()})
        return [row]
    if not passages:
        return [
            {**head, "target": target, **_cells(score.stance, score.probabilities, score.evidence, classes)}
            for target, score in result.targets.items()
        ]
    return [
        {
            **head,
            "target": target,
            "passage": passage.number,
            "start": passage.start,
            "end": passage.end,
            **_cells(
                classes[int(passage.probabilities.argmax())],
                passage.probabilities,
                _evidence(passage),
                classes,
            ),
        }
        for target, score in result.targets.items()
        for passage in score.passages
    ]


def _evidence(passage: PassageScore | None) -> dict[str, Any] | None:
    if passage is None or passage.evidence is None:
        return None
    return {"start": passage.evidence.start, "end": passage.evidence.end, "text": passage.evidence.text}


def _cells(
    stance: str, probabilities: FloatArray | None, evidence: dict[str, Any] | None, classes: list[str]
) -> dict[str, Any]:
    by_class: dict[str, float | None] = dict.fromkeys(classes)
    if probabilities is not None:
        by_class = {label: round(float(p), _DIGITS) for label, p in zip(classes, probabilities, strict=True)}
    supportive, critical = by_class.get(SUPPORTIVE), by_class.get(CRITICAL)
    score = None if supportive is None or critical is None else round(supportive - critical, _DIGITS)
    numbers = {f"p_{label}": by_class[label] for label in _ordered(classes)}
    return {"stance": stance, "score": score, **numbers, "evidence": evidence}


def _ordered(classes: list[str]) -> list[str]:
    """Return the labels in the order of the columns: the known ones first."""
    return [label for label in _ORDER if label in classes] + [
        label for label in classes if label not in _ORDER
    ]
