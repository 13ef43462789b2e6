"""Pairing of quotation marks, paragraph by paragraph.

Curly, straight, angular and doubled single marks are read; an apostrophe is no quotation mark; a quotation
that runs over several paragraphs opens each of them and closes the last. Whatever the text holds, the result
is a list of quotations that lie inside their paragraphs: a mark without partner never raises.
"""

import re
from typing import NamedTuple

_MARKS = re.compile(r"[“”„‟«»‹›\"＂‘’‚‛]|''|``|'")
_OPENING = frozenset("“„‟«‹``")
_CLOSING = frozenset("”»›")
_STRAIGHT = frozenset(('"', "＂", "''"))
_SINGLE = frozenset("‘’‚‛'")
_BEFORE_OPENING = frozenset(" \t\n\r\f\v\u00a0\u2009\u202f([{—–-/…:;,.\"“«‘'>")
_AFTER_CLOSING = frozenset(' \t\n\r\f\v\u00a0\u2009\u202f)]}—–-/…:;,.!?"”»<')


class Quote(NamedTuple):
    """A quotation.

    Attributes
    ----------
    start, end : int
        Code points of the quotation with its marks.
    inner_start, inner_end : int
        Code points of what stands between the marks.
    closed : bool
        Whether a closing mark was found in the same paragraph.
    nested : bool
        Whether it stands inside another quotation.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    closed: bool
    nested: bool


class _Mark(NamedTuple):
    start: int
    end: int
    opens: bool
    closes: bool
    single: bool


def _marks(text: str, start: int, end: int) -> list[_Mark]:
    found = []
    for match in _MARKS.finditer(text, start, end):
        sign, at, after = match.group(), match.start(), match.end()
        left = text[at - 1] if at > start else " "
        right = text[after] if after < end else " "
        if sign in _SINGLE:
            if left.isalnum() and right.isalnum():
                continue  # an apostrophe inside a word
            opens = left in _BEFORE_OPENING and not right.isspace() and sign != "’"
            closes = right in _AFTER_CLOSING and not left.isspace() and sign not in "‘‚‛"
            if not opens and not closes:
                continue
            found.append(_Mark(at, after, opens, closes, True))
        elif sign in _STRAIGHT:
            opens = left in _BEFORE_OPENING and not right.isspace()
            closes = not left.isspace() and right in _AFTER_CLOSING
            if not opens and not closes:
                opens, closes = left.isspace(), not left.isspace()
            found.append(_Mark(at, after, opens, closes, False))
        else:
            opens = sign in _OPENING
            # Some outlets print the closing mark at both ends: believe the spaces, not the sign.
            if sign == "”" and left in " \t\n(—" and not right.isspace() and right not in ".,;:!?)":
                opens = True
            found.append(_Mark(at, after, opens, sign in _CLOSING, False))
    return found


def _paragraph_quotes(text: str, start: int, end: int) -> list[Quote]:
    quotes: list[Quote] = []
    marks = _marks(text, start, end)
    double = any(not mark.single for mark in marks)
    outer: _Mark | None = None
    inner: _Mark | None = None
    single: _Mark | None = None
    for position, mark in enumerate(marks):
        if mark.single:
            if double and outer is None:
                continue  # beside double marks, a single one outside them is an apostrophe
            if single is None:
                if mark.opens and _closes_later(marks, position):
                    single = mark
            elif mark.closes and _best_close(text, marks, position):
                quotes.append(_quote(single, mark, True, outer is not None))
                single = None
            continue
        if outer is None:
            if mark.opens:
                outer = mark
        elif mark.closes and not (mark.opens and inner is None and _doubled_later(marks, position)):
            if inner is not None and _another_close(marks, position):
                quotes.append(_quote(inner, mark, True, True))
                inner = None
            else:
                quotes.append(_quote(outer, mark, True, False))
                outer = inner = single = None
        elif mark.opens:
            if inner is None and _another_close(marks, position + 1):
                inner = mark
            else:
                # A second opening without two closings: the first was never closed.
                quotes.append(Quote(outer.start, mark.start, outer.end, mark.start, False, False))
                outer, inner, single = mark, None, None
    if outer is not None:
        quotes.append(Quote(outer.start, end, outer.end, end, False, False))
    quotes.sort()
    return quotes


def _quote(opening: _Mark, closing: _Mark, closed: bool, nested: bool) -> Quote:
    return Quote(opening.start, closing.end, opening.end, closing.start, closed, nested)


def _closes_later(marks: list[_Mark], position: int) -> bool:
    for mark in marks[position + 1 :]:
        if mark.single:
            if mark.closes:
                return True
        elif mark.closes and not mark.opens:
            return False
    return False


def _best_close(text: str, marks: list[_Mark], position: int) -> bool:
    """A mark after punctuation closes; one after a letter does so unless a better one follows (*regimes' ties*)."""
    if text[marks[position].start - 1] in ",.!?;:…":
        return True
    plural = text[marks[position].start - 1] == "s"
    for mark in marks[position + 1 :]:
        if not mark.single or mark.opens:
            return True
        if mark.closes and (plural or text[mark.start - 1] in ",.!?…"):
            return False
    return True


def _another_close(marks: list[_Mark], position: int) -> bool:
    """Whether two closings follow before the next opening balance runs out."""
    depth = 0
    for mark in marks[position + 1 :]:
        if mark.single:
            continue
        if mark.opens and not mark.closes:
            depth += 1
        elif mark.closes:
            if depth == 0:
                return True
            depth -= 1
    return False


def _doubled_later(marks: list[_Mark], position: int) -> bool:
    return False


def pair_quotes(text: str, paragraphs: list[tuple[int, int]]) -> list[Quote]:
    """Find the quotations of a text.

    Parameters
    ----------
    text : str
        Any text.
    paragraphs : list of (int, int)
        The paragraphs, in order; no quotation crosses their ends.

    Returns
    -------
    list of Quote
        Ordered by start; nested ones follow the one that holds them.
    """
    quotes: list[Quote] = []
    for start, end in paragraphs:
        quotes.extend(_paragraph_quotes(text, start, end))
    return quotes
