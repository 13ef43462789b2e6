"""Tokens of a text with exact offsets, and the folding that matching uses."""

from __future__ import annotations

import re
import unicodedata

# Dotted abbreviations are one token ("U.S.", "EE.UU."), everything else is a run of letters, digits, marks
# and underscores, so that a handle such as @name_of_office stays whole.
_TOKEN = re.compile(r"(?:[^\W\d_a-zà-ÿ]{1,2}\.){2,}|[^\W_][\w\u0300-\u036f]*")
# Letters that carry no separate accent in Unicode.
_LETTERS = str.maketrans(
    {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ß": "ss", "ð": "d", "þ": "th"}
)
_SOFT = " \t\n\r\u00a0\u202f\u2009-‐‑–'’‘ʼ`´\u200e\u200f"
_QUOTES = '"“”«»„‟'


def fold(token: str) -> str:
    """Lower-case a token and take off its accents and inner dots.

    Parameters
    ----------
    token : str
        One token as written.

    Returns
    -------
    str
        The folded token; its length may differ, offsets always refer to the token as written.
    """
    if "." in token:
        token = token.replace(".", "")
    if token.isascii():
        return token.lower()
    decomposed = unicodedata.normalize("NFD", token.lower().translate(_LETTERS))
    return "".join(mark for mark in decomposed if not unicodedata.combining(mark))


class TokenList:
    """A text cut into tokens.

    Parameters
    ----------
    text : str
        Any text.

    Attributes
    ----------
    starts, ends : list of int
        Code point offsets of each token.
    raw, folded : list of str
        Each token as written, and folded.
    """

    __slots__ = ("ends", "folded", "raw", "starts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.raw: list[str] = []
        self.folded: list[str] = []
        for match in _TOKEN.finditer(text):
            token = match.group()
            self.starts.append(match.start())
            self.ends.append(match.end())
            self.raw.append(token)
            self.folded.append(token.lower() if token.isascii() and "." not in token else fold(token))

    def __len__(self) -> int:
        return len(self.raw)

    def gap(self, index: int) -> str:
        """Return what stands between token ``index`` and the one after it."""
        return self.text[self.ends[index] : self.starts[index + 1]]

    def phrase_gap(self, index: int) -> bool:
        """Whether one phrase may run on from token ``index`` to the next: "St. Lucia", "Díaz-Canel"."""
        gap = self.gap(index)
        if gap == " ":
            return True
        if len(gap) > 4 or gap.count("\n") > 1:
            return False
        rest = gap.strip(_SOFT)
        if not rest:
            return True
        return rest in "&+/()" or (rest == "." and len(self.raw[index]) <= 4)

    def soft_gap(self, index: int) -> bool:
        """Whether only white space, hyphen, apostrophe or quote marks part token ``index`` from the next."""
        gap = self.gap(index)
        if gap == " ":
            return True
        return len(gap) <= 6 and gap.count("\n") <= 1 and not gap.strip(_SOFT + _QUOTES)

    def space_gap(self, index: int) -> bool:
        """Whether only white space parts token ``index`` from the next, within a paragraph."""
        gap = self.gap(index)
        return gap == " " or (not gap.strip() and 0 < len(gap) <= 4 and gap.count("\n") <= 1)

    def comma_gap(self, index: int) -> bool:
        """Whether a comma or dash, and no more, parts token ``index`` from the next."""
        gap = self.gap(index)
        return gap == ", " or (len(gap) <= 4 and gap.strip() in {",", "—", "–"})

    def possessive(self, index: int) -> bool:
        """Whether token ``index`` is the ``s`` of a possessive."""
        return (
            self.folded[index] == "s" and index > 0 and self.gap(index - 1) in {"'", "’", "‘", "ʼ", "´", "`"}
        )

    def capital(self, index: int) -> bool:
        """Whether the token begins with a capital letter."""
        return self.raw[index][0].isupper()

    def opens_sentence(self, index: int) -> bool:
        """Whether the token is the first of the text, a paragraph or a sentence."""
        if index == 0:
            return True
        gap = self.gap(index - 1)
        return "\n\n" in gap or any(mark in gap for mark in '.!?:“"«…')
