"""Results as a table for people."""

import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

import click

from stance.errors import UsageError

_HIDDEN = ("p_supportive", "p_critical", "p_neutral", "p_absent")
_WIDEST = 24


class TableWriter:
    """Prints rows as aligned columns: the probability of the label given, the evidence cut to the terminal.

    Parameters
    ----------
    target : str
        ``-``; a table is for the screen.
    columns : sequence of str
    force : bool
        Not used; as the other writers have it.

    Raises
    ------
    UsageError
        If the output is a file.
    """

    def __init__(self, target: str, columns: Sequence[str], *, force: bool = False) -> None:
        if target != "-":
            raise UsageError(
                f"{Path(target)}: a table is for the screen; write csv, tsv, jsonl or parquet to a file"
            )
        self._names = [name for name in columns if not name.endswith(_HIDDEN)]
        self._rows: list[list[str]] = []

    def __enter__(self) -> "TableWriter":
        return self

    def write(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Take rows; they are printed at the end, when the widths are known."""
        self._rows += [[self._cell(name, row) for name in self._names] for row in rows]

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            return
        table = [self._names, *self._rows]
        widths = [min(max(len(row[at]) for row in table), _WIDEST) for at in range(len(self._names))]
        room = shutil.get_terminal_size((120, 24)).columns
        for row in table:
            cells = [
                cell if at == len(row) - 1 else _cut(cell, widths[at]).ljust(widths[at])
                for at, cell in enumerate(row)
            ]
            click.echo(_cut("  ".join(cells).rstrip(), room))

    @staticmethod
    def _cell(name: str, row: Mapping[str, Any]) -> str:
        value = row.get(name)
        if value is None:
            return ""
        if name.endswith("evidence"):
            return _printable(f"[{value['start']}:{value['end']}] " + " ".join(value["text"].split()))
        if isinstance(value, float):
            return f"{value:+.2f}"
        return _printable(" ".join(str(value).split()))


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: max(width - 1, 0)] + "…"


def _printable(text: str) -> str:
    """Take out what could move the cursor or colour the screen."""
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)
