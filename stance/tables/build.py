"""From the rows of a table to statements."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from stance.statement import Refusal, Statement
from stance.tables.exclude import parse_exclude
from stance.tables.rows import Row, Unreadable, WrittenNumber, find_surrogate, plain, shorten

PLACE = ("start", "end")
"""Columns with the place of a text in its article. They count only if they fit the length of the text."""


class _Fault(Exception):
    def __init__(self, field: str, value: object, reason: str) -> None:
        self.field = field
        self.value = value
        self.reason = reason


class StatementBuilder:
    """Makes statements of rows, and remembers the ids that were used.

    Parameters
    ----------
    name : str
        The file.
    column_of : mapping
        The column of each field.
    max_chars : int
        Characters that a text can have.
    has_ids : bool
        Whether a row can have an id of its own. Numbers of rows cannot come twice and are not remembered.
    """

    def __init__(self, name: str, column_of: Mapping[str, str], max_chars: int, *, has_ids: bool) -> None:
        self._name = name
        self._column_of = column_of
        self._max_chars = max_chars
        self._has_ids = has_ids
        self._line_of_id: dict[str | bytes, int] = {}

    def __call__(self, row: Row, number: int) -> Statement | Refusal:
        """Make a statement of a row, or say why there is none."""
        try:
            for column, value in row.cells.items():
                _check_characters(column, value)
            text = self._text(row)
            spans = parse_exclude(
                row.cells.get(self._column_of["exclude"]), len(text), _origin(row, len(text))
            )
        except _Fault as fault:
            return self._refuse(row, fault)
        except ValueError as fault:
            column = self._column_of["exclude"]
            return self._refuse(row, _Fault(column, row.cells[column], str(fault)))
        try:
            fields = {field: self._optional(row, field) for field in ("actor", "date", "lang", "source")}
            id_ = self._id(row, number)
        except _Fault as fault:
            return self._refuse(row, fault)
        return Statement(id=id_, text=text, exclude=spans, **fields)

    def _refuse(self, row: Row, fault: _Fault) -> Refusal:
        value = None if fault.value is None else shorten(_shown(fault.value))
        return Refusal(self._name, row.line, fault.reason, fault.field, value, row.whole())

    def _text(self, row: Row) -> str:
        column = self._column_of["text"]
        if column not in row.cells:
            keys = ", ".join(repr(key) for key in row.cells) or "none"
            raise _Fault(
                column, None, f"the row has no {column!r}, its keys are: {shorten(keys)}; add the text"
            )
        text = row.cells[column]
        if text is None or text == "":
            raise _Fault(column, "", "the text is empty; fill it in or remove the row")
        if not isinstance(text, str) or isinstance(text, WrittenNumber):
            raise _Fault(column, text, f"the text is {_kind(text)}, not text; put it in quotes")
        if text.isspace():
            raise _Fault(column, text, "the text is only white space; fill it in or remove the row")
        if len(text) > self._max_chars:
            reason = (
                f"the text has {len(text):,} characters, more than the {self._max_chars:,} that are allowed; "
                f"cut it, or allow more with --max-chars {len(text)}"
            )
            raise _Fault(column, text, reason)
        return text

    def _optional(self, row: Row, field: str) -> str | None:
        column = self._column_of[field]
        value = row.cells.get(column)
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            raise _Fault(
                column, value, f"the {field} is {_kind(value)}, not text; write it as text or leave it out"
            )
        return str(value)

    def _id(self, row: Row, number: int) -> str:
        id_ = self._optional(row, "id")
        if id_ is None:
            id_ = str(number)
        if not self._has_ids:
            return id_
        # Long ids are remembered by their digest, so that memory grows by a fixed amount a row.
        key = id_ if len(id_) <= 40 else hashlib.blake2b(id_.encode(), digest_size=16).digest()
        first = self._line_of_id.setdefault(key, row.line)
        if first != row.line:
            reason = f"the id {shorten(id_)!r} was used on line {first} already; give each row its own id"
            raise _Fault(self._column_of["id"], id_, reason)
        return id_


def _check_characters(column: str, value: Any) -> None:
    if isinstance(value, Unreadable):
        raise _Fault(column, value.value, value.reason)
    if not isinstance(value, str):
        return
    place = value.find("\0")
    if place >= 0:
        around = value[max(0, place - 20) : place + 20]
        raise _Fault(column, around, f"a NUL byte stands at character {place + 1} of the cell; remove it")
    lone = find_surrogate(value)
    if lone is not None:
        code = f"\\u{ord(value[lone]):04x}"
        around = value[max(0, lone - 20) : lone + 20]
        reason = (
            f"half of a surrogate pair, {code}, stands at character {lone + 1} of the cell; "
            "write the whole character"
        )
        raise _Fault(column, around, reason)


def _kind(value: Any) -> str:
    if isinstance(value, WrittenNumber):
        return "a number"
    return {bool: "a truth value", list: "a list", dict: "an object"}.get(type(value), type(value).__name__)


def _shown(value: Any) -> str:
    return str(value) if isinstance(value, str) else json.dumps(plain(value), ensure_ascii=False, default=str)


def _origin(row: Row, length: int) -> int:
    """Return where the text begins in its article, if the row tells: `stance extract` counts from there."""
    start, end = (str(row.cells.get(name, "")) for name in PLACE)
    if start.isdecimal() and end.isdecimal() and int(end) - int(start) == length:
        return int(start)
    return 0
