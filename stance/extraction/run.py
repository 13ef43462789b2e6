"""Extracting from files: what ``stance extract`` and ``stance score --extract`` do."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from stance.extraction.api import extract
from stance.extraction.articles import read_article, read_article_bytes
from stance.extraction.records import Attribution
from stance.statement import Statement
from stance.tables import Column, open_writer

_INTEGERS = ("start", "end")
_NUMBERS = ("confidence",)
_JSON = ("quoted", "exclude", "cue_span", "mention_span", "official", "negated")

COLUMNS = [
    Column(
        name,
        "integer"
        if name in _INTEGERS
        else "number"
        if name in _NUMBERS
        else "json"
        if name in _JSON
        else "text",
    )
    for name in Attribution.__slots__
]
"""Columns of the output, in the order of `Attribution`."""


def attributions(
    articles: Iterable[Path], *, all: bool = False, date: str | None = None, lang: str | None = None
) -> Iterator[tuple[Path, Attribution]]:
    """Extract from articles, one after the other.

    Parameters
    ----------
    articles : iterable of Path
        Files; ``-`` for standard input.
    all, date, lang
        See `stance.extract`.

    Yields
    ------
    (Path, Attribution)

    Raises
    ------
    DataError
        If a file cannot be read.
    """
    for path in articles:
        text = read_article_bytes(sys.stdin.buffer.read()) if str(path) == "-" else read_article(path)
        for record in extract(text, date, lang, all=all):
            yield path, record


def extract_files(
    articles: Sequence[Path],
    output: str = "-",
    *,
    form: str | None = None,
    all: bool = False,
    date: str | None = None,
    lang: str | None = None,
    force: bool = False,
) -> None:
    """Extract from articles and write a row a statement; see `attributions`.

    Parameters
    ----------
    articles : sequence of Path
    output : str
        File, or ``-``.
    form : {"jsonl", "csv"}, optional
        Default: the suffix of the output tells, JSONL on standard output.
    all, date, lang
        See `stance.extract`.
    force : bool
        Whether to replace a file that exists.
    """
    with open_writer(
        output, COLUMNS, format=form or ("jsonl" if output == "-" else None), force=force
    ) as writer:
        for path, record in attributions(articles, all=all, date=date, lang=lang):
            writer.write([{**record.to_dict(), "id": _name(path, record, articles)}])


def statements(
    articles: Sequence[Path], *, date: str | None = None, lang: str | None = None
) -> Iterator[Statement]:
    """Give the official statements of articles as statements to score; see `attributions`."""
    for path, record in attributions(articles, date=date, lang=lang):
        yield Statement(
            id=_name(path, record, articles),
            text=record.text,
            actor=record.actor,
            date=record.date,
            lang=record.lang,
            source=str(path),
            exclude=tuple((start - record.start, end - record.start) for start, end in record.exclude),
        )


def _name(path: Path, record: Attribution, articles: Sequence[Path]) -> str:
    """Return an id that is unique among the articles of a run: two files may have the same name."""
    same = sum(other.name == path.name for other in articles)
    return f"{path.name if same == 1 else path}#{record.id}"
