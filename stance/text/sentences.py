"""Sentence ends by rule: punctuation, what follows it, and a short list of abbreviations."""

import re
from functools import cache
from importlib.resources import files

# Closing quotes and brackets belong to the sentence that they close.
_CLOSERS = "\"'’”»›)\\]}」』》"
_BOUNDARY = re.compile(
    rf"(?P<stop>[.!?…؟۔।]+)[{_CLOSERS}]*(?P<gap>\s+)"  # a stop, then white space
    rf"|(?P<full>[。！？]+)[{_CLOSERS}]*"  # full-width stops need no space
    r"|\n[^\S\n]*\n\s*"  # an empty line
)
_LAST_WORD = re.compile(r"[^\s(\[\"'“‘«]*$")
_ENUMERATION = re.compile(r"\s*\(?(?:\d{1,3}|[a-z]|[ivx]+)\Z", re.IGNORECASE)


@cache
def _abbreviations() -> tuple[frozenset[str], frozenset[str]]:
    """Abbreviations, and those that count only before a number."""
    lines = files("stance.text").joinpath("data/abbreviations.txt").read_text(encoding="utf-8").splitlines()
    entries = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    numbered = frozenset(entry.removesuffix(" 1") for entry in entries if entry.endswith(" 1"))
    return frozenset(entry for entry in entries if not entry.endswith(" 1")), numbered


def _ends(text: str, begin: int, match: re.Match[str]) -> bool:
    """Whether a full stop with white space behind it ends a sentence."""
    stop, after = match.group("stop"), match.end()
    if stop is None or after >= len(text):
        return True
    if text[after].islower():
        return False
    if stop != ".":
        return True
    at = match.start()
    if _ENUMERATION.match(text, begin, at) and text[begin:at].strip(" ("):
        return False
    word = _LAST_WORD.search(text, begin, at)
    last = word.group() if word else ""
    # An initial ("J. Smith"), a dotted short form ("U.S.", "e.g."), a listed abbreviation.
    if len(last) == 1 and last.isupper() and last.isascii():
        return False
    always, numbered = _abbreviations()
    return last.lower() not in always and not (last.lower() in numbered and text[after].isdigit())


def sentences(text: str) -> list[tuple[int, int]]:
    """Find the sentences of a text.

    Parameters
    ----------
    text : str
        Any text, with or without hard-wrapped lines. An empty line ends a sentence, a single line break does not.

    Returns
    -------
    list of (int, int)
        Code points of start and end, ``text[start:end]`` being the sentence without surrounding white space;
        in order, without overlap; white space between them is in none.
    """
    spans = []
    begin = 0
    for match in _BOUNDARY.finditer(text):
        if not _ends(text, begin, match):
            continue
        end = match.start("gap") if match.group("gap") is not None else match.end()
        spans.append(_strip(text, begin, end))
        begin = match.end()
    spans.append(_strip(text, begin, len(text)))
    return [(start, end) for start, end in spans if start < end]


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())
