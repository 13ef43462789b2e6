"""Reading the data files of the gazetteer: CSV with notes, and one TOML file of word lists."""

from __future__ import annotations

import csv
import tomllib
from pathlib import Path

from stance.errors import DataError

FOLDER = Path(__file__).with_name("data")


def read_table(path: Path, columns: tuple[str, ...]) -> list[tuple[int, list[str]]]:
    """Read a CSV file whose lines that start with ``#`` are notes.

    Parameters
    ----------
    path : Path
        The file.
    columns : tuple of str
        The header that the file must have.

    Returns
    -------
    list of (int, list of str)
        Line number and cells, as many as there are columns, stripped.

    Raises
    ------
    DataError
        If the file cannot be read, has another header, or a line with too many or too few cells.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as fault:
        raise DataError(f"{path}: cannot be read ({fault}); restore the file or save it as UTF-8") from None
    rows: list[tuple[int, list[str]]] = []
    header_seen = False
    for number, line in enumerate(lines, 1):
        if not line or line[0] == "#":
            continue
        # The csv module is only needed where a cell is quoted; splitting is five times faster.
        cells = next(csv.reader([line])) if '"' in line else line.split(",")
        if not header_seen:
            header_seen = True
            if tuple(cell.strip() for cell in cells) != columns:
                raise DataError(
                    f"{path}, line {number}: the header is {line!r}; it must be {','.join(columns)!r}"
                )
            continue
        if len(cells) != len(columns):
            raise DataError(
                f"{path}, line {number}: {len(cells)} cells in {line[:60]!r}, {len(columns)} are needed "
                f"({','.join(columns)}); put a cell that holds a comma in double quotes"
            )
        rows.append((number, cells))
    if not header_seen:
        raise DataError(f"{path}: no header line; it must be {','.join(columns)!r}")
    return rows


def read_words(path: Path, keys: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Read lists of words from a TOML file.

    Raises
    ------
    DataError
        If the file cannot be read, or a key is missing, unknown, or no list of texts.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise DataError(f"{path}: cannot be read ({fault}); mend the line that is named") from None
    for key in content:
        if key not in keys:
            raise DataError(f"{path}: unknown key {key!r}; the keys are {', '.join(keys)}")
    words: dict[str, tuple[str, ...]] = {}
    for key in keys:
        value = content.get(key)
        if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
            raise DataError(f'{path}: {key!r} is {value!r}; it must be a list of texts, {key} = ["..."]')
        words[key] = tuple(value)
    return words


def parts(cell: str) -> list[str]:
    """Split a cell at ``|``, leaving out what is empty."""
    return [part for part in cell.split("|") if part] if cell else []
