"""From scored statements to actors: each actor's stance toward each target, over time."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from stance.actors import Gazetteer
from stance.errors import DataError
from stance.evaluate.result import header, now
from stance.evaluate.scored import Scored, read_scored
from stance.evaluate.shrinkage import Shrunken, probability_of_change, shrink

FloatArray = npt.NDArray[np.float64]

GROUP_ACTORS = 5
"""A region is a group of its own if so many of its actors speak of the target; else all actors are the group."""

EVERYONE = "all actors"

LINE_STATEMENTS = 3
"""An actor has a line to depart from if it made at least this many statements on the target."""

PERIODS: dict[str, Callable[[int], str]] = {
    "year": lambda year: f"{year}",
    "decade": lambda year: f"{year // 10 * 10}s",
}
"""What ``--by`` can name, and the period of a year."""


@dataclass(frozen=True)
class ActorStances:
    """Stances of actors.

    Attributes
    ----------
    actors : list of dict
        A row an actor and target: ``actor, name, group, target, n, supportive, critical, neutral, mean, estimate, low,
        high, weight, departure``.
    periods : list of dict
        A row an actor, target and period: ``actor, target, period, n, mean, estimate, low, high, change,
        p_change``; empty without `by`.
    by : str or None
    statements, nameless, undated : int
        Rows used; left out for want of an actor, and of a date (from the periods).
    source : dict of str to str
        sha256 of the input by its name.
    date : str
    """

    actors: list[dict[str, Any]]
    periods: list[dict[str, Any]]
    by: str | None
    statements: int
    nameless: int
    undated: int
    source: dict[str, str]
    date: str

    def to_dict(self) -> dict[str, Any]:
        """Return plain data: what reports are made from."""
        return {
            **header("actors", self.date, 0),
            "by": self.by,
            "source": self.source,
            "statements": self.statements,
            "nameless": self.nameless,
            "undated": self.undated,
            "targets": list(dict.fromkeys(row["target"] for row in self.actors)),
            "actors": self.actors,
            "periods": self.periods,
        }


def actor_stances(
    scored: Sequence[Scored],
    *,
    by: str | None = None,
    nameless: int = 0,
    source: Mapping[str, str] | None = None,
) -> ActorStances:
    """Bring scored statements together by actor.

    An actor's estimate is the mean of its scores, drawn toward the mean of its group as far as the sample is small; a
    period's is drawn toward the actor's own. The group is the actor's region, or all actors where few of the region
    speak of the target.

    Parameters
    ----------
    scored : sequence of Scored
    by : {"year", "decade"}, optional
    nameless : int
    source : mapping, optional

    Returns
    -------
    ActorStances

    Raises
    ------
    DataError
        If periods are asked for and no statement is dated.
    """
    if by is not None and by not in PERIODS:
        raise DataError(f"period {by!r}; known are {', '.join(PERIODS)}")
    if by is not None and all(item.year is None for item in scored):
        raise DataError(
            "no statement has a date that begins with a year; leave out --by, or give dates when scoring"
        )
    actors: list[dict[str, Any]] = []
    periods: list[dict[str, Any]] = []
    for target in sorted({item.target for item in scored}):
        of_target = [item for item in scored if item.target == target]
        rows = _of_actors(target, of_target)
        actors += rows
        if by is not None:
            periods += _of_periods(target, of_target, {row["actor"]: row for row in rows}, PERIODS[by])
    return ActorStances(
        actors=actors,
        periods=periods,
        by=by,
        statements=len(scored),
        nameless=nameless,
        undated=sum(item.year is None for item in scored),
        source=dict(source or {}),
        date=now(),
    )


def stances_of_file(
    path: str, *, by: str | None = None, tell: Callable[[str], None] = lambda _: None
) -> ActorStances:
    """Bring the scored statements of a file together; see `stance.evaluate.scored.read_scored`."""
    scored, nameless = read_scored(path)
    if nameless:
        tell(f"{nameless:,} row(s) name no actor and are left out")
    file = Path(path)
    source = {file.name: sha256(file.read_bytes()).hexdigest()} if file.is_file() else {}
    return actor_stances(scored, by=by, nameless=nameless, source=source)


def _of_actors(target: str, scored: Sequence[Scored]) -> list[dict[str, Any]]:
    said: dict[str, list[Scored]] = defaultdict(list)
    for item in scored:
        said[item.actor].append(item)
    names = sorted(said)
    groups = group_of(names)
    means, counts, squares = _moments([[item.score for item in said[name]] for name in names])
    centres, fitted = group_centres(means, counts, groups)
    found = shrink(means, counts, squares, centres, fitted)
    gazetteer = Gazetteer.default()
    rows = []
    for at, name in enumerate(names):
        stances = [item.stance for item in said[name]]
        rows.append(
            {
                "actor": name,
                "name": gazetteer.actor(name).name if name in gazetteer else name,
                "group": groups[at],
                "target": target,
                "n": len(stances),
                **{label: stances.count(label) for label in ("supportive", "critical", "neutral")},
                "mean": float(means[at]),
                **_estimate(found, at),
                "weight": float(found.weight[at]),
                "departure": departure(said[name]),
            }
        )
    return rows


def _of_periods(
    target: str, scored: Sequence[Scored], actors: Mapping[str, dict[str, Any]], period: Callable[[int], str]
) -> list[dict[str, Any]]:
    said: dict[tuple[str, str], list[float]] = defaultdict(list)
    for item in scored:
        if item.year is not None:
            said[item.actor, period(item.year)].append(item.score)
    cells = sorted(said)
    if not cells:
        return []
    means, counts, squares = _moments([said[cell] for cell in cells])
    centres = np.array([actors[actor]["estimate"] for actor, _ in cells])
    found = shrink(means, counts, squares, centres, len({actor for actor, _ in cells}))
    rows: list[dict[str, Any]] = []
    for at, (actor, name) in enumerate(cells):
        row: dict[str, Any] = {
            "actor": actor,
            "target": target,
            "period": name,
            "n": int(counts[at]),
            "mean": float(means[at]),
            **_estimate(found, at),
            "change": None,
            "p_change": None,
        }
        if at and cells[at - 1][0] == actor:
            row["change"] = row["estimate"] - rows[-1]["estimate"]
            before, after = (
                (float(found.estimate[cell]), float(found.deviation[cell])) for cell in (at - 1, at)
            )
            row["p_change"] = probability_of_change(before, after)
        rows.append(row)
    return rows


def departure(said: Sequence[Scored]) -> dict[str, Any] | None:
    """Return the statement that departs most from the mean of the actor's others; None without a line."""
    if len(said) < LINE_STATEMENTS:
        return None
    scores = np.array([item.score for item in said])
    others = (scores.sum() - scores) / (len(scores) - 1)
    at = int(np.abs(scores - others).argmax())
    item = said[at]
    return {
        "id": item.id,
        "date": item.date,
        "stance": item.stance,
        "score": item.score,
        "line": float(others[at]),
        "evidence": item.evidence,
    }


def group_of(actors: Sequence[str]) -> list[str]:
    """Return the group of each actor: its region if `GROUP_ACTORS` of the actors are in it."""
    gazetteer = Gazetteer.default()
    regions = [gazetteer.region(actor) or EVERYONE for actor in actors]
    return [region if regions.count(region) >= GROUP_ACTORS else EVERYONE for region in regions]


def group_centres(means: FloatArray, counts: FloatArray, groups: Sequence[str]) -> tuple[FloatArray, int]:
    """Return the mean of each actor's group, and how many groups there are.

    An actor counts by the root of its statements, so that no single one is its group.
    """
    weight = np.sqrt(counts)
    centres = np.empty(len(means))
    names = np.array(groups, dtype=object)
    for name in set(groups):
        inside = np.ones(len(means), dtype=bool) if name == EVERYONE else names == name
        centres[names == name] = np.average(means[inside], weights=weight[inside])
    return centres, len(set(groups))


def _moments(cells: Sequence[Sequence[float]]) -> tuple[FloatArray, FloatArray, FloatArray]:
    means = np.array([np.mean(cell) for cell in cells])
    counts = np.array([float(len(cell)) for cell in cells])
    squares = np.array(
        [float(((np.array(cell) - mean) ** 2).sum()) for cell, mean in zip(cells, means, strict=True)]
    )
    return means, counts, squares


def _estimate(found: Shrunken, at: int) -> dict[str, float]:
    low, high = found.interval(at)
    return {"estimate": float(found.estimate[at]), "low": low, "high": high}
