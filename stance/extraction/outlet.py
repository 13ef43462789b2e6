"""The outlet's own words inside a statement: what must not be scored as the speaker's."""

import re
from functools import cache

from stance.extraction.lexicon import Lexicon, load_lexicon

Span = tuple[int, int]

_BRACKET = re.compile(r"\s?\[[^\[\]\n]{1,200}\]")
_OWN_BRACKET = re.compile(r"\[(?:\.\.\.|…)\]")


@cache
def _patterns(lang: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    lexicon: Lexicon = load_lexicon(lang)
    distancing = "|".join(re.escape(word) for word in sorted(lexicon.distancing, key=len, reverse=True))
    gloss = "|".join(re.escape(phrase) for phrase in lexicon.gloss)
    return (
        re.compile(rf"(?<![\w-])(?:{distancing})(?![\w-])\s?", re.IGNORECASE),
        re.compile(rf"(?:,[”\"’]|[,—–(])\s*(?:{gloss})\b", re.IGNORECASE),
    )


def _gloss_end(text: str, start: int, end: int) -> int:
    """Where a gloss that opens at `start` closes: at the next comma, dash or stop outside brackets."""
    opening = text[start]
    depth = 0
    for at in range(start + 1, end):
        char = text[at]
        if char == "(":
            depth += 1
        elif char == ")":
            if opening == "(" and depth == 0:
                return at + 1
            depth -= 1
        elif (
            depth <= 0
            and opening != "("
            and (char in ";—–" or (char == "," and not text[at + 1 : at + 2].isdigit()))
        ):
            return at + 1 if char == "," or char == opening else at
    return end


def outlet_words(text: str, start: int, end: int, quoted: list[Span], lang: str) -> list[Span]:
    """Find the outlet's words in ``text[start:end]``.

    Parameters
    ----------
    text : str
        The article.
    start, end : int
        Code points of the statement.
    quoted : list of (int, int)
        Spans inside quotation marks: only square brackets are the outlet's there.
    lang : str
        Language of the article.

    Returns
    -------
    list of (int, int)
        Ordered spans inside the statement, without overlap: insertions in square brackets everywhere; distancing
        words (*alleged*) and gloss clauses (*, apparently referring to ...,*) outside quotation marks.
    """
    found: list[Span] = []
    for match in _BRACKET.finditer(text, start, end):
        if not _OWN_BRACKET.search(match[0]):
            found.append(match.span())
    distancing, gloss = _patterns(lang)
    for match in distancing.finditer(text, start, end):
        if not _inside(match.start(), quoted):
            found.append(match.span())
    for match in gloss.finditer(text, start, end):
        if not _inside(match.end() - 1, quoted) and match.start() > start:
            stop = _gloss_end(text, match.start(), end)
            lead = 2 if match[0][1] in '”"’' else 1
            found.append(
                (match.start() + (lead if match[0][0] == "," and text[stop - 1] == "," else lead - 1), stop)
            )
    return merge(found, start, end)


def _inside(at: int, spans: list[Span]) -> bool:
    return any(first <= at < last for first, last in spans)


def merge(spans: list[Span], start: int, end: int) -> list[Span]:
    """Sort spans, join those that touch, and clip them to ``start..end``."""
    merged: list[Span] = []
    for first, last in sorted(spans):
        first, last = max(first, start), min(last, end)
        if first >= last:
            continue
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged
