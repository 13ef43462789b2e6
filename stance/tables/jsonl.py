"""Tables with one JSON object a line."""

import json
from collections.abc import Collection, Iterator
from itertools import chain
from typing import Any

from stance.errors import DataError
from stance.statement import Refusal
from stance.tables.rows import LINE, Row, Table, WrittenNumber, display_name, plain, shorten
from stance.tables.source import Line, Source, read_lines

_KINDS = {list: "a list", bool: "a truth value", type(None): "null", str: "text", WrittenNumber: "a number"}

# Far beyond any record; what is read can be written again without reaching Python's own limit.
_MAX_DEPTH = 100


class _TwiceNamed(ValueError):
    def __init__(self, key: str) -> None:
        self.key = key


def open_jsonl(source: Source, encoding: str, limit: int) -> Table:
    """Open a table of JSON lines; lines of white space are passed over.

    Parameters
    ----------
    source : Source
        The input.
    encoding : str
        Encoding of the text.
    limit : int
        Characters that a line can have.

    Raises
    ------
    DataError
        If the input is empty, or its bytes are not in the encoding (here or while the rows are read).
    """
    lines = (line for line in read_lines(source, encoding, limit) if line.text.strip() or not line.is_whole)
    first = next(lines, None)
    if first is None:
        raise DataError(f"{display_name(source.name)}: is empty; it must have a JSON object on each line")

    def rows(wanted: Collection[str]) -> Iterator[Row | Refusal]:
        for line in chain([first], lines):
            yield _row(source.name, line)

    return Table(source.name, None, rows)


def load_json(text: str) -> Any:
    """Read JSON, keeping numbers as they are written.

    Raises
    ------
    ValueError
        If it is no JSON, an object names a key twice, or it is nested too deeply.
    """
    try:
        value = json.loads(
            text,
            parse_int=WrittenNumber,
            parse_float=WrittenNumber,
            parse_constant=_no_constant,
            object_pairs_hook=_object,
        )
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if text.count("[") + text.count("{") > _MAX_DEPTH and _is_deep(value):
        raise ValueError("nested too deeply")
    return value


def _is_deep(value: Any) -> bool:
    level = [value]
    for _ in range(_MAX_DEPTH):
        level = [
            inner
            for item in level
            if isinstance(item, dict | list)
            for inner in (item.values() if isinstance(item, dict) else item)
        ]
        if not level:
            return False
    return True


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise _TwiceNamed(key)
            seen.add(key)
    return made


def _row(name: str, line: Line) -> Row | Refusal:
    text = line.text.strip()

    def refuse(reason: str, column: str | None = None, row: dict[str, Any] | None = None) -> Refusal:
        return Refusal(name, line.number, reason, column, shorten(text), row or {LINE: text})

    if not line.is_whole:
        text = shorten(text)
        return refuse(f"the line has {line.size:,} characters; cut the statement, or raise --max-chars")
    try:
        value = load_json(text)
    except _TwiceNamed as twice:
        return refuse(f"the key {twice.key!r} stands twice in one object; remove one", twice.key)
    except json.JSONDecodeError as fault:
        # Counted in the line as the file has it, so that an editor finds the place.
        place = fault.pos + 1 + len(line.text) - len(line.text.lstrip())
        return refuse(f"no valid JSON: {fault.msg} at character {place}; mend the line")
    except ValueError as fault:
        return refuse(f"no valid JSON: {fault}; mend the line")
    if not isinstance(value, dict):
        reason = (
            f'{_KINDS[type(value)]}, not an object; each line must be an object such as {{"text": "..."}}'
        )
        return refuse(reason, None, {LINE: plain(value)})
    return Row(line.number, value)
