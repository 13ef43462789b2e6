"""Reading article files, and writing records as rows."""

import codecs
import json
import re
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from stance.errors import DataError
from stance.extraction.records import Attribution

MAX_BYTES = 16_000_000
CSV_COLUMNS = Attribution.__slots__

_TAGS = re.compile(rb"<(?:!doctype\s+html|html|head|body|article|div|p)\b", re.IGNORECASE)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_EMPTY = "{name}: the file holds no text; give an article as plain text or HTML"
_BINARY = "{name}: not a text file (byte {at} is 0); give an article as plain text or HTML"
_ENCODING = "{name}: byte {at} (0x{value:02x}) is not UTF-8; convert the file: iconv -f WINDOWS-1252 -t UTF-8"
_TOO_LARGE = "{name}: {count:,} bytes, more than the cap of {cap:,}; cut it into articles, or raise max_bytes"
_NO_HTML = "{name}: reading HTML needs trafilatura: pip install 'stance[html]', or give plain text"
_NO_TEXT = "{name}: no article text found in the HTML; save the text of the article as a plain text file"


def read_article(path: str | Path, *, max_bytes: int = MAX_BYTES) -> str:
    """Read an article file.

    Parameters
    ----------
    path : str or Path
        Plain text in UTF-8 (or UTF-16 or UTF-32 with a byte order mark), or HTML.
    max_bytes : int, default 16,000,000
        Larger files are refused before they are read.

    Returns
    -------
    str
        The text, line ends as they are; a byte order mark is dropped.

    Raises
    ------
    DataError
        No such file; too large, empty, binary, another encoding; HTML without text or without trafilatura.
    """
    path = Path(path)
    try:
        size = path.stat().st_size
        if size > max_bytes:
            raise DataError(_TOO_LARGE.format(name=path, count=size, cap=max_bytes))
        data = path.read_bytes()
    except OSError as error:
        raise DataError(f"{path}: {error.strerror or error}; give the path of an article file") from error
    return read_article_bytes(data, str(path), max_bytes=max_bytes)


def read_article_bytes(data: bytes, name: str = "-", *, max_bytes: int = MAX_BYTES) -> str:
    """Read an article from bytes, as `read_article` does from a file; `name` stands in error texts."""
    if len(data) > max_bytes:
        raise DataError(_TOO_LARGE.format(name=name, count=len(data), cap=max_bytes))
    text = _decode(data, name)
    if not text.strip():
        raise DataError(_EMPTY.format(name=name))
    if _is_html(data, name):
        return _html_text(text, name)
    return text


def _decode(data: bytes, name: str) -> str:
    encoding = next((encoding for mark, encoding in _BOMS if data.startswith(mark)), "utf-8")
    if encoding == "utf-8" and b"\x00" in data:
        raise DataError(_BINARY.format(name=name, at=data.index(b"\x00")))
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise DataError(_ENCODING.format(name=name, at=error.start, value=data[error.start])) from error


def _is_html(data: bytes, name: str) -> bool:
    return (
        name.lower().endswith((".html", ".htm", ".xhtml")) or _TAGS.search(data[:2000].lstrip()) is not None
    )


def _html_text(text: str, name: str) -> str:
    if find_spec("trafilatura") is None:
        raise DataError(_NO_HTML.format(name=name))
    found = import_module("trafilatura").extract(text, include_comments=False, include_tables=False)
    if not found or not found.strip():
        raise DataError(_NO_TEXT.format(name=name))
    return str(found)


def csv_row(record: Attribution) -> dict[str, Any]:
    """A record as a row of `CSV_COLUMNS`: spans as JSON, None as an empty cell."""
    row = {}
    for column, value in record.to_dict().items():
        row[column] = "" if value is None else json.dumps(value) if isinstance(value, list | bool) else value
    return row
