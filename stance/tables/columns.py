"""The columns of a table: a sound header, and which of them holds what."""

import difflib
from collections.abc import Iterable, Mapping, Sequence

from stance.errors import DataError, StanceError, UsageError
from stance.tables.rows import display_name

FIELDS = ("id", "text", "actor", "date", "lang", "source", "exclude")
"""What a statement can have, by the names that its columns have unless the user says otherwise."""

# Names under which the texts of a table are often found, the likeliest first.
_TEXT_NAMES = (
    "statement",
    "content",
    "body",
    "statement_text",
    "full_text",
    "fulltext",
    "speech",
    "passage",
    "message",
    "quote",
    "quotation",
    "post",
    "tweet",
    "paragraph",
    "transcript",
    "sentence",
    "article",
)


def check_header(name: str, line: int | None, names: Sequence[str]) -> tuple[str, ...]:
    """Check the names of the columns, and name those that have none by their place.

    Parameters
    ----------
    name : str
        The file.
    line : int, optional
        Line of the header.
    names : sequence of str
        The names.

    Raises
    ------
    DataError
        If two columns have the same name, or a name holds NUL characters.
    """
    where = display_name(name) + (f", line {line}" if line is not None else "")
    first: dict[str, int] = {}
    columns: list[str] = []
    for number, column in enumerate(names, 1):
        if "\0" in column:
            raise DataError(
                f"{where}, column {number}: the name {column[:60]!r} holds NUL characters; the file is likely "
                "UTF-16 (--encoding utf-16-le or utf-16-be), or it is damaged"
            )
        if column in first:
            raise DataError(
                f"{where}: columns {first[column]} and {number} are both named {column!r}; rename one of them"
            )
        if column:
            first[column] = number
    for number, column in enumerate(names, 1):
        unnamed = f"(column {number})"
        columns.append(column or (unnamed if unnamed not in first else f"({unnamed})"))
    return tuple(columns)


def check_mapping(mapping: Mapping[str, str] | None) -> dict[str, str]:
    """Return the column of each field.

    Raises
    ------
    UsageError
        If the mapping names a field that statements do not have.
    """
    chosen = dict(mapping or {})
    for field in chosen:
        if field not in FIELDS:
            raise UsageError(
                f"there is no field {field!r} to map a column to; the fields are {', '.join(FIELDS)}"
            )
    return {field: chosen.get(field, field) for field in FIELDS}


def find_missing(
    name: str, available: Iterable[str], mapping: Mapping[str, str] | None, *, scope: str = ""
) -> StanceError | None:
    """Say what is missing if the columns do not serve.

    Parameters
    ----------
    name : str
        The file.
    available : iterable of str
        The columns that there are.
    mapping : mapping, optional
        Field to column, as the user wrote it.
    scope : str
        Where the columns were looked for, if not in the whole table.

    Returns
    -------
    StanceError or None
        The error to raise: a column that was asked for does not exist, or there is none that holds the text.
    """
    columns = list(dict.fromkeys(available))
    where = display_name(name) + scope
    listed = "the columns are " + ", ".join(repr(column) for column in columns[:30])
    if len(columns) > 30:
        listed += f" and {len(columns) - 30} more"
    for field, column in (mapping or {}).items():
        if column not in columns:
            close = difflib.get_close_matches(column, columns, n=1)
            hint = f" (did you mean {close[0]!r}?)" if close else ""
            return UsageError(
                f"{where}: there is no column {column!r}{hint}; {listed}; choose one with --{field}-column NAME"
            )
    if "text" in columns or "text" in (mapping or {}):
        return None
    if len(columns) == 1:
        for delimiter, remedy in ((";", "save it with commas"), ("\t", "read it with --format tsv")):
            if delimiter in columns[0]:
                return DataError(
                    f"{where}: there is no column 'text'; {listed}: the file seems to be delimited by "
                    f"{delimiter!r}; {remedy}"
                )
    likely = likely_text(columns)
    hint = f"--text-column {_quoted(likely)}" if likely is not None else "--text-column NAME"
    return DataError(
        f"{where}: there is no column 'text'; {listed}; name the one that holds the text with {hint}"
    )


def likely_text(columns: Iterable[str]) -> str | None:
    """Return the column that most likely holds the text, None if no name speaks for it."""
    plain = {column.strip().casefold().replace(" ", "_").replace("-", "_"): column for column in columns}
    for name in ("text", *_TEXT_NAMES):
        if name in plain:
            return plain[name]
    for name, column in plain.items():
        if any(part in ("text", "statement", "content", "body") for part in name.split("_")):
            return column
    return None


def _quoted(column: str) -> str:
    return column if column.isidentifier() else repr(column)
