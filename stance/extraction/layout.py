"""The page around an article: its furniture, its embedded posts, and the date printed on it."""

import re
import tomllib
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from stance.extraction.dates import DateReader

Span = tuple[int, int]

_POST = re.compile(
    r"(?P<picture>\s*(?:pic\.twitter\.com/\w+|https?://t\.co/\w+)\s*)*\s*(?:—|–|--|-)\s*"
    r"(?P<name>[^()\n@]{2,70}?)\s*\((?P<handle>@\w{1,30})\)\s*(?P<date>[^\n]{0,40})"
)
_LINK = re.compile(r"\s*(?:pic\.twitter\.com/\w+|https?://\S+)\s*$")
_DATELINE = re.compile(
    r"(?P<place>[^\W\d_a-z][\w.'’ /-]{1,30})(?:,[\w.'’ ]{2,24}){0,3}\s*"
    r"(?P<agency>\([^()\n]{2,40}\))?\s*(?:\.\s?[-–—]|[—–]|--?)\s+(?=\S)"
)
_TAG = re.compile(r"<[^<>]{1,200}>")
_STUB = re.compile(
    r"(?:view this post on instagram|ver esta publicación en instagram|a post shared by|una publicación compartida)",
    re.IGNORECASE,
)
_SENTENCE_END = tuple(".!?…”\"»:;)'’")
_HEAD = 700


class Post(NamedTuple):
    """An embedded post: its words, the name and handle that sign it, its date."""

    start: int
    end: int
    name_start: int
    name_end: int
    handle: str
    date: date | None
    line_end: int


@dataclass(slots=True)
class Layout:
    """Parts of a page.

    Attributes
    ----------
    paragraphs : list of (int, int)
        Paragraphs of the article, without furniture and embedded posts.
    headlines : set of int
        Numbers of those paragraphs that are headings.
    posts : list of Post
        Embedded posts.
    furniture : list of (int, int)
        What was left out.
    published : date or None
        The date printed at the head of the article.
    """

    paragraphs: list[Span] = field(default_factory=list)
    headlines: set[int] = field(default_factory=set)
    posts: list[Post] = field(default_factory=list)
    furniture: list[Span] = field(default_factory=list)
    published: date | None = None
    published_basis: str = ""


@cache
def _phrases() -> dict[str, tuple[str, ...]]:
    data: dict[str, Any] = tomllib.loads(
        files("stance.extraction").joinpath("data/layout.toml").read_text(encoding="utf-8")
    )
    return {key: tuple(value) for key, value in data.items()}


def read_layout(text: str, spans: list[Span], dates: DateReader) -> Layout:
    """Sort the paragraphs of a page.

    Parameters
    ----------
    text : str
        The page.
    spans : list of (int, int)
        Its paragraphs.
    dates : DateReader
        Reads dates in the language of the page.

    Returns
    -------
    Layout
        Every paragraph is in exactly one of its parts.
    """
    phrases = _phrases()
    layout = Layout()
    related = False
    for number, (start, end) in enumerate(spans):
        line = text[start:end]
        low = line.lower()
        if _is_related(low, phrases):
            related = True
            layout.furniture.append((start, end))
            continue
        if related:
            if _is_teaser(line, low, dates):
                layout.furniture.append((start, end))
                continue
            related = False
        posts = _posts(text, start, end, dates)
        if posts:
            layout.posts.extend(posts)
            if start < posts[0].start:
                layout.paragraphs.append((start, posts[0].start))
            tail = posts[-1].line_end
            if text[tail:end].strip():
                layout.paragraphs.append((tail + len(text[tail:end]) - len(text[tail:end].lstrip()), end))
            continue
        if _is_furniture(line, low, phrases) or (
            number >= len(spans) // 2 and _is_biography(line, low, phrases)
        ):
            layout.furniture.append((start, end))
            continue
        if layout.published is None and start < _HEAD:
            _read_published(text, start, end, dates, layout)
        if len(line) < 60 and _is_date_line(line, dates):
            layout.furniture.append((start, end))
            continue
        if len(layout.paragraphs) < 4:
            dateline = _DATELINE.match(line)
            if dateline is not None and (
                dateline["place"].isupper()
                or dateline["agency"]
                or any(char.isdigit() for char in dateline[0])
            ):
                layout.furniture.append((start, start + dateline.end()))
                start += dateline.end()
                line = text[start:end]
        if is_headline(line):
            layout.headlines.add(len(layout.paragraphs))
        layout.paragraphs.append((start, end))
    return layout


def is_headline(line: str) -> bool:
    """A short line without a stop at its end."""
    return len(line) < 160 and not line.endswith(_SENTENCE_END) and "\n" not in line


def _is_related(low: str, phrases: dict[str, tuple[str, ...]]) -> bool:
    if len(low) > 60:
        return False
    bare = low.rstrip(" :")
    return any(
        bare == phrase.rstrip(":")
        or (
            low.startswith(phrase)
            and (phrase.endswith(":") or (len(low) < len(phrase) + 12 and " " in phrase))
        )
        for phrase in phrases["related"]
    )


def _is_teaser(line: str, low: str, dates: DateReader) -> bool:
    if line.endswith(("...", "…")):
        return True
    if len(line) < 60 and dates.full_dates(line):
        return True
    return is_headline(line)


def _is_furniture(line: str, low: str, phrases: dict[str, tuple[str, ...]]) -> bool:
    if len(line) < 400 and any(phrase in low for phrase in phrases["furniture_anywhere"]):
        return True
    if len(line) < 160 and low.startswith(phrases["furniture"]):
        return True
    letters = sum(char.isalpha() for char in line[:80])
    return letters < 3 or bool(_STUB.match(line))


def _is_biography(line: str, low: str, phrases: dict[str, tuple[str, ...]]) -> bool:
    if len(line) > 260 or any(mark in line for mark in '“”"'):
        return False
    match = re.match(r"[^.,]{3,60}?\s(?:is|es)\s(?:an?|the|un|una|el|la)\s", line)
    return (
        match is not None
        and any(re.search(rf"\b{word}\b", low[match.end() :][:80]) for word in phrases["biography"])
        and (
            "follow" in low
            or "twitter" in low
            or "covers" in low
            or "based in" in low
            or "síg" in low
            or "escribe" in low
            or "documents" in low
            or "writes" in low
        )
    )


def _is_date_line(line: str, dates: DateReader) -> bool:
    found = dates.full_dates(line)
    if not found:
        return False
    start, end, _ = found[0]
    return len(line) - (end - start) < 30 and not line.endswith(".")


def _read_published(text: str, start: int, end: int, dates: DateReader, layout: Layout) -> None:
    """A full date in a short line of the head, or at the very start of the first paragraph (a dateline)."""
    short = end - start < 120
    found = dates.full_dates(text, start, end if short else min(end, start + 60))
    if found and (short or found[0][0] - start < 45):
        begin, stop, value = found[0]
        layout.published = value
        layout.published_basis = f"printed on the article: “{text[begin:stop]}”"


def _posts(text: str, start: int, end: int, dates: DateReader) -> list[Post]:
    found: list[Post] = []
    begin = start
    for match in _POST.finditer(text, start, end):
        words_end = match.start()
        while True:
            piece = _LINK.search(text, begin, words_end)
            if piece is None or piece.start() < begin:
                break
            words_end = piece.start()
        words = text[begin:words_end]
        stripped = words.strip()
        tag = _TAG.match(stripped)
        if tag is not None:
            words = words[words.index(stripped) + tag.end() :]
            begin = words_end - len(words)
            stripped = words.strip()
        first = begin + len(words) - len(words.lstrip())
        signed = dates.full_dates(text, match.start("date"), match.end("date"))
        line_end = signed[0][1] if signed else match.end("handle") + 1
        if not signed and stripped and text[line_end:end].strip() and "twitter" not in match[0]:
            continue  # a name with a handle in running text
        if len(stripped) > 1 and not _STUB.search(stripped):
            found.append(
                Post(
                    first,
                    first + len(stripped),
                    match.start("name"),
                    match.end("name"),
                    match["handle"],
                    signed[0][2] if signed else None,
                    line_end,
                )
            )
        begin = line_end
    return found
