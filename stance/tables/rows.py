"""Rows as the readers give them, before anything is known of what they mean."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from stance.statement import Refusal

VALUE_CHARS = 200
"""How much of a value is shown."""

EXTRA = "(extra)"
"""Key in the row of a refusal for the fields that no column of the header names."""

LINE = "(line)"
"""Key in the row of a refusal for a line that could not be taken apart."""

_SURROGATE = re.compile("[\ud800-\udfff]")
_INTEGER = re.compile(r"-?[0-9]{1,4000}\Z")


class WrittenNumber(str):
    """A number as the file writes it: ``1.10`` stays ``1.10``, and a number of any length is kept."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A cell that the file holds but that cannot be turned into text.

    Attributes
    ----------
    value : str
        What stands there, as far as it can be shown.
    reason : str
        What is wrong and what to do about it.
    """

    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table.

    Attributes
    ----------
    line : int
        Line on which the row begins, from 1; for Parquet the number of the row.
    cells : dict
        Column name to value: text; None where there is no value (JSON and Parquet only: a cell of CSV or TSV
        that is empty is empty text); for JSON and Parquet also `WrittenNumber`, truth values, lists, objects
        and `Unreadable`.
    others : callable, optional
        Gives the columns that were not asked for.
    """

    line: int
    cells: dict[str, Any]
    others: Callable[[], dict[str, Any]] | None = None

    def whole(self) -> dict[str, Any]:
        """Return every column of the row with plain values, for a refusal."""
        cells = self.cells | self.others() if self.others else self.cells
        return {column: plain(value) for column, value in cells.items()}


@dataclass(frozen=True, slots=True)
class Table:
    """An open table.

    Attributes
    ----------
    name : str
        Name of the file, ``-`` for standard input.
    columns : tuple of str or None
        The columns; None for JSONL, where every line names its own.
    rows : callable
        Takes the columns that are wanted (others need not be read), gives the rows in order, once.
    not_text : mapping
        Columns that by their type can hold no text, with the name of the type.
    """

    name: str
    columns: tuple[str, ...] | None
    rows: Callable[[Collection[str]], Iterator[Row | Refusal]]
    not_text: Mapping[str, str] = field(default_factory=dict)


def shorten(value: object) -> str:
    """Give a value as text of at most `VALUE_CHARS` characters."""
    text = value if isinstance(value, str) else str(value)
    return text if len(text) <= VALUE_CHARS else text[: VALUE_CHARS - 1] + "…"


def find_surrogate(text: str) -> int | None:
    """Return the place of the first half of a surrogate pair, None if there is none."""
    if text.isascii():
        return None
    found = _SURROGATE.search(text)
    return found.start() if found else None


def plain(value: Any) -> Any:
    """Turn a cell into what JSON can hold."""
    if isinstance(value, WrittenNumber):
        if _INTEGER.match(value):
            return int(value)
        try:
            number = float(value)
        except ValueError:
            return str(value)
        return number if abs(number) < float("inf") else str(value)
    if isinstance(value, Unreadable):
        return value.value
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value


def display_name(name: str) -> str:
    """Give the name of an input as an error says it."""
    return "standard input" if name == "-" else name
