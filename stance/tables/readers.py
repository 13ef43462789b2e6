"""Statements from tabular files."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

from stance.errors import DataError
from stance.statement import Refusal, Statement
from stance.tables.build import PLACE, StatementBuilder
from stance.tables.columns import check_mapping, find_missing
from stance.tables.delimited import open_delimited
from stance.tables.formats import guess_format, sniff_format
from stance.tables.jsonl import open_jsonl
from stance.tables.rows import Row, Table, display_name
from stance.tables.source import check_encoding, check_text, open_source

MAX_CHARS = 1_000_000
"""Characters that a text can have unless the user allows more."""

ROW_SLACK = 16_000_000
"""Characters that a row can have beyond the longest text before it is taken for a quote that is not closed."""

# JSON lines name their columns one by one: so far the reader looks before it says that a column is not there.
_LOOK_ROWS = 1000
_LOOK_CHARS = 4_000_000


@contextmanager
def open_table(
    source: str | Path, *, format: str | None = None, encoding: str = "utf-8", max_chars: int = MAX_CHARS
) -> Iterator[Table]:
    """Open a table in any of the formats, whatever its columns mean.

    Parameters
    ----------
    source : str or Path
        The file, or ``-`` for standard input.
    format : str, optional
        ``csv``, ``tsv``, ``jsonl`` or ``parquet``; by the suffix if left out. For standard input JSONL if the
        first character is ``{``, else CSV.
    encoding : str
        Encoding of CSV, TSV and JSONL; a byte order mark is left out.
    max_chars : int
        Characters of the longest text; a row may have `ROW_SLACK` more.

    Raises
    ------
    UsageError
        If there is no such file, format or encoding.
    DataError
        If the file cannot be read as a table. Faults further down are raised while the rows are read.
    """
    check_encoding(encoding)
    kind = guess_format(source, format)
    limit = max_chars + ROW_SLACK
    with open_source(source) as opened:
        if kind == "parquet":
            # Imported here: it costs a fifth of a second that the other formats do not need.
            from stance.tables.parquet import open_parquet

            with open_parquet(opened) as table:
                yield table
            return
        check_text(opened)
        kind = kind or sniff_format(opened.peek())
        if kind == "jsonl":
            yield open_jsonl(opened, encoding, limit)
        else:
            yield open_delimited(opened, kind, encoding, limit)


def read_statements(
    source: str | Path,
    *,
    columns: Mapping[str, str] | None = None,
    format: str | None = None,
    encoding: str = "utf-8",
    max_chars: int = MAX_CHARS,
) -> Iterator[Statement | Refusal]:
    """Read statements one by one; a row that cannot be used gives a refusal and the next one follows.

    All cells are taken as text as they are: ``NA``, ``null``, ``007`` and leading spaces are kept. The file is
    opened, and its columns are checked, before this function returns.

    Parameters
    ----------
    source : str or Path
        The file, or ``-`` for standard input.
    columns : mapping of str to str, optional
        Field (``id, text, actor, date, lang, source, exclude``) to the column that holds it, where it has another
        name than the field.
    format, encoding, max_chars
        See `open_table`; a text of more than `max_chars` characters is refused.

    Returns
    -------
    iterator of Statement or Refusal
        In the order of the file. A row without an id has its number among the rows, from 1, as id.

    Raises
    ------
    UsageError
        If there is no such file, format, encoding, field or mapped column.
    DataError
        If the file cannot be read as a table or has no column of texts. Bytes that are not in the encoding, an
        unclosed quote and damage are raised where the reading meets them, after the rows before them.
    """
    statements = _read(source, columns, format, encoding, max_chars)
    # Started here so that faults of the file come at once and not when the first row is asked for.
    next(statements)
    return statements  # type: ignore[return-value]


def _read(
    source: str | Path, mapping: Mapping[str, str] | None, format: str | None, encoding: str, max_chars: int
) -> Iterator[Statement | Refusal | None]:
    column_of = check_mapping(mapping)
    with open_table(source, format=format, encoding=encoding, max_chars=max_chars) as table:
        rows: Iterable[Row | Refusal] = table.rows(frozenset([*column_of.values(), *PLACE]))
        if table.columns is None:
            rows = _look_ahead(table, rows, mapping)
        elif missing := find_missing(table.name, table.columns, mapping):
            raise missing
        if kind := table.not_text.get(column_of["text"]):
            raise DataError(
                f"{display_name(table.name)}, column {column_of['text']}: holds values of type {kind}, not text; "
                "write it as text, or choose another column with --text-column NAME"
            )
        yield None
        has_ids = table.columns is None or column_of["id"] in table.columns
        build = StatementBuilder(table.name, column_of, max_chars, has_ids=has_ids)
        for number, row in enumerate(rows, 1):
            yield row if isinstance(row, Refusal) else build(row, number)


def _look_ahead(
    table: Table, rows: Iterable[Row | Refusal], mapping: Mapping[str, str] | None
) -> Iterable[Row | Refusal]:
    """Read rows until all columns that must be there were seen; give all the rows."""
    rows = iter(rows)
    read: list[Row | Refusal] = []
    seen: dict[str, None] = {}
    chars = 0
    needed = {check_mapping(mapping)["text"], *(mapping or {}).values()}
    for row in rows:
        read.append(row)
        if isinstance(row, Row):
            seen.update(dict.fromkeys(row.cells))
            chars += sum(len(value) for value in row.cells.values() if isinstance(value, str))
        if needed <= seen.keys():
            return chain(read, rows)
        if len(read) >= _LOOK_ROWS or chars >= _LOOK_CHARS:
            break
    scope = f", first {len(read):,} rows" if len(read) >= _LOOK_ROWS or chars >= _LOOK_CHARS else ""
    if seen and (missing := find_missing(table.name, seen, mapping, scope=scope)):
        raise missing
    return chain(read, rows)
