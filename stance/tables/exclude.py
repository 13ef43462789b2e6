"""Spans of a text that are not the actor's words."""

import re
from typing import Any

from stance.tables.jsonl import load_json
from stance.tables.rows import WrittenNumber, plain, shorten

_EXAMPLE = "write a list of [start, end] such as [[0, 12], [40, 55]]"
_NUMBER = re.compile(r"[0-9]{1,18}\Z")


def parse_exclude(value: Any, length: int, origin: int = 0) -> tuple[tuple[int, int], ...]:
    """Read a list of spans.

    Parameters
    ----------
    value : object
        JSON text, or the list itself; None or empty text for no span.
    length : int
        Code points of the text.
    origin : int
        What the offsets call the first code point of the text: where it begins in the article that it was taken from.

    Returns
    -------
    tuple of (int, int)
        Counted from the beginning of the text.

    Raises
    ------
    ValueError
        If it is no list of spans, or one is empty or reaches beyond the text.
    """
    if value is None or value == "":
        return ()
    if isinstance(value, str) and not isinstance(value, WrittenNumber):
        try:
            value = load_json(value)
        except ValueError:
            raise ValueError(f"no valid JSON; {_EXAMPLE}") from None
        if value is None:
            return ()
    if not isinstance(value, list):
        raise ValueError(f"no list; {_EXAMPLE}")
    spans: list[tuple[int, int]] = []
    for number, item in enumerate(value, 1):
        ends = [_offset(end) for end in item] if isinstance(item, list) else []
        if len(ends) != 2 or ends[0] is None or ends[1] is None:
            shown = shorten(str(plain(item)))
            raise ValueError(f"span {number} is {shown}, no pair of whole numbers; {_EXAMPLE}")
        start, end = ends[0] - origin, ends[1] - origin
        if not 0 <= start < end <= length:
            raise ValueError(
                f"span {number} is [{ends[0]}, {ends[1]}], the text has {length:,} characters"
                + (f" and begins at {origin:,}" if origin else "")
                + "; a span must have 0 <= start < end <= length, counted in code points"
            )
        spans.append((start, end))
    return tuple(spans)


def _offset(value: Any) -> int | None:
    if isinstance(value, WrittenNumber):
        return int(value) if _NUMBER.match(value) else None
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None
