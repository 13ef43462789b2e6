"""Scored statements, as ``stance score`` writes them."""

import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from stance.errors import DataError
from stance.model.pairs import year_of
from stance.statement import Refusal
from stance.tables import open_table

COLUMNS = ("actor", "target", "stance", "score")
OPTIONAL = ("id", "date", "evidence")

NOT_ADDRESSED = ("absent", "self")
"""Stances that say nothing of the actor's line toward the target."""


class Scored(NamedTuple):
    """A statement with its stance toward one target.

    Attributes
    ----------
    id, actor, target, stance : str
    score : float
        In [−1, 1].
    date : str or None
    evidence : str or None
        The words that carried the decision.
    """

    id: str
    actor: str
    target: str
    stance: str
    score: float
    date: str | None = None
    evidence: str | None = None

    @property
    def year(self) -> int | None:
        """The year of the date, if it begins with one."""
        return None if self.date is None else year_of(self.date)


def read_scored(path: str | Path) -> tuple[list[Scored], int]:
    """Read a tidy table of scores.

    Parameters
    ----------
    path : str or Path
        CSV, TSV, JSONL or Parquet, or ``-``: the output of ``stance score``.

    Returns
    -------
    scored : list of Scored
        Of targets that are addressed.
    nameless : int
        Rows that name no actor and are left out.

    Raises
    ------
    DataError
        If a column is missing or a score is no number in [−1, 1].
    """
    scored: list[Scored] = []
    nameless = 0
    with open_table(path) as table:
        if table.columns is not None:
            _check_columns(path, table.columns)
        rows = 0
        for row in table.rows(frozenset((*COLUMNS, *OPTIONAL))):
            rows += 1
            if isinstance(row, Refusal):
                raise DataError(str(row))
            if table.columns is None and rows == 1:
                _check_columns(path, list(row.cells))
            cell = {name: _text(row.cells.get(name)) for name in (*COLUMNS, "id", "date")}
            if cell["stance"] is None or cell["stance"] in NOT_ADDRESSED:
                continue
            if cell["actor"] is None or cell["target"] is None:
                nameless += 1
                continue
            score = _score(path, row.line, cell["score"])
            words = _evidence(row.cells.get("evidence"))
            scored.append(
                Scored(
                    cell["id"] or str(rows),
                    cell["actor"],
                    cell["target"],
                    cell["stance"],
                    score,
                    cell["date"],
                    words,
                )
            )
    if not scored:
        raise DataError(
            f"{path}: no row has an actor and a stance toward a target; give the actors in a column `actor` "
            "when scoring"
        )
    return scored, nameless


def _check_columns(path: str | Path, columns: Sequence[str]) -> None:
    missing = [name for name in COLUMNS if name not in columns]
    if missing:
        wide = any(name.endswith("_stance") for name in columns)
        remedy = "score again with --shape tidy" if wide else "expected what `stance score` writes"
        raise DataError(f"{path}: missing column {', '.join(missing)}; {remedy}")


def _score(path: str | Path, line: int, value: str | None) -> float:
    try:
        score = float(value or "")
    except ValueError:
        score = math.nan
    if not -1 <= score <= 1:
        raise DataError(
            f"{path}, line {line}, column score: {value!r} is no number from -1 to 1; score again"
        )
    return score


def _text(value: Any) -> str | None:
    return None if value is None or str(value) == "" else str(value)


def _evidence(value: Any) -> str | None:
    """Return the words of the evidence, which is an object or JSON of one."""
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            return value or None
    return str(value["text"]) if isinstance(value, dict) and value.get("text") else None
