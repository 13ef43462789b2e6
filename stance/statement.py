"""The records that every room passes on."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Statement:
    """A text by one actor at one date.

    Attributes
    ----------
    id : str
        Unique within a run; the number of the row where the input names none.
    text : str
        What was said. The only field that cannot be empty.
    actor : str, optional
        ISO 3166-1 alpha-3 code, or the code of an organisation.
    date : str, optional
        As the input writes it; ISO 8601 preferred, of which the year is used.
    lang : str, optional
        ISO 639-1.
    source : str, optional
        Where it comes from, as the input writes it.
    exclude : tuple of (int, int)
        Spans of `text`, in code points, that are not the actor's words.
    """

    id: str
    text: str
    actor: str | None = None
    date: str | None = None
    lang: str | None = None
    source: str | None = None
    exclude: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that could not be used, kept so that nothing is lost.

    Attributes
    ----------
    file : str
        Name of the input, ``-`` for standard input.
    line : int
        Line on which the row begins, from 1; for Parquet the number of the row.
    column : str, optional
        Column at fault.
    value : str, optional
        What stands there, shortened to 200 characters.
    reason : str
        What is wrong and what to do about it.
    row : dict
        The row as far as it could be read.
    """

    file: str
    line: int
    reason: str
    column: str | None = None
    value: str | None = None
    row: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return file, line, column, value and reason on one line."""
        where = f"{self.file}, line {self.line}" + (f", column {self.column}" if self.column else "")
        value = f": {self.value!r}" if self.value is not None else ""
        return f"{where}{value}: {self.reason}"
