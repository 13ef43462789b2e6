"""Words: what aliases and features are made of.

The rule is short, because a second program has to reproduce it exactly. Reading from the left, a word is the
first of these that fits at a place; whatever fits none of them (spaces, hyphens, apostrophes) parts words:

1. an abbreviation with dots: a letter, then one or more times a dot and a letter with no word character after
   it, then a last dot if there is one (``U.S.``, ``U.S.A``); it reads as its letters (``US``, ``USA``);
2. one Chinese or Japanese character (the ranges in ``_CJK``);
3. a run of word characters (Unicode letters, digits, the underscore), with the combining marks and soft
   hyphens inside or behind it (the ranges in ``_MARKS``);
4. a dollar sign, so that ``US$`` is two words.

So ``Israel's`` is ``Israel`` and ``s``, ``Israeli-Palestinian`` two words, ``U.S.-led`` is ``US`` and
``led``.
"""

import re
import unicodedata
from typing import NamedTuple

_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_MARKS = (
    "\u00ad\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
)
_WORD = re.compile(
    rf"[^\W\d_](?:\.[^\W\d_](?!\w))+\.?"
    rf"|[{_CJK}]"
    rf"|[^\W{_CJK}]+(?:[{_MARKS}]+[^\W{_CJK}]*)*"
    r"|\$"
)


class Word(NamedTuple):
    """A word of a text.

    Attributes
    ----------
    start, end : int
        Code points into the text; ``text[start:end]`` is the word with its dots.
    written : str
        The word as written, without dots.
    folded : str
        The word without case, accents and other marks (see `fold`).
    """

    start: int
    end: int
    written: str
    folded: str


def fold(word: str) -> str:
    """Take case, accents and other combining marks from a word.

    Parameters
    ----------
    word : str

    Returns
    -------
    str
        Unicode case folding, then compatibility decomposition (NFKD), then every nonspacing mark, soft hyphen
        and Arabic tatweel dropped, then case folding again: ``IRÁN`` and ``Iran`` both give ``iran``.
    """
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(
        c for c in decomposed if c not in "\u00ad\u0640" and unicodedata.category(c) != "Mn"
    ).casefold()


def words(text: str) -> list[Word]:
    """Part a text into words.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    list of Word
        In the order of the text, without overlap.
    """
    found = []
    for match in _WORD.finditer(text):
        written = match.group()
        if "." in written:
            written = written.replace(".", "")
        folded = written.lower() if written.isascii() else fold(written)
        found.append(Word(*match.span(), written, folded))
    return found
