"""Bytes of a file or of standard input, and the lines of text in them."""

import codecs
import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from stance.errors import DataError, UsageError
from stance.tables.formats import STANDARD_STREAM
from stance.tables.rows import display_name

CHUNK_BYTES = 1 << 16

# Codecs of Python that are no encodings of a file.
_NOT_OF_FILES = {"idna", "punycode", "raw-unicode-escape", "unicode-escape", "undefined"}

# How files begin that are no text.
_MAGIC = (
    (b"PAR1\x15", "a Parquet file; read it with --format parquet"),
    (b"PK\x03\x04", "an Excel workbook or a ZIP archive; save it as CSV, or unpack it, first"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook; save it as CSV first"),
    (b"\x1f\x8b", "a gzip archive; unpack it first"),
)
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


class Source:
    """An input, read once from its start."""

    def __init__(self, name: str, stream: BinaryIO) -> None:
        self.name = name
        self.stream = stream
        self.head = b""

    def peek(self) -> bytes:
        """Return the first bytes, as many as are needed to see something that is not white space."""
        while len(self.head) < CHUNK_BYTES and not self.head.strip(b"\xef\xbb\xbf\xfe\xff\x00 \t\r\n"):
            more = self._read()
            if not more:
                break
            self.head += more
        return self.head

    def chunks(self) -> Iterator[bytes]:
        """Give all the bytes, a piece at a time."""
        if self.head:
            yield self.head
        while piece := self._read():
            yield piece

    def _read(self) -> bytes:
        # read1 returns what is there: a row that comes through a pipe is not held back for the next one.
        read = getattr(self.stream, "read1", self.stream.read)
        try:
            return bytes(read(CHUNK_BYTES))
        except OSError as error:
            raise DataError(f"{display_name(self.name)}: cannot be read ({error.strerror})") from None


@contextmanager
def open_source(source: str | Path) -> Iterator[Source]:
    """Open a file, or standard input for ``-``.

    Raises
    ------
    UsageError
        If there is no such file, or it is a folder.
    DataError
        If it cannot be opened.
    """
    if str(source) == STANDARD_STREAM:
        if sys.stdin is None:
            raise UsageError("standard input is closed; name a file, or pipe the rows in")
        yield Source(STANDARD_STREAM, sys.stdin.buffer)
        return
    path = Path(source)
    try:
        stream = path.open("rb")
    except FileNotFoundError:
        raise UsageError(f"{path}: there is no such file; check the name and the folder") from None
    except IsADirectoryError:
        raise UsageError(f"{path}: is a folder; name a file in it") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise DataError(f"{path}: cannot be opened ({reason}); check its name and its permissions") from None
    with stream:
        yield Source(str(path), stream)


def check_encoding(encoding: str) -> None:
    """Find out whether there is such an encoding.

    Raises
    ------
    UsageError
        If there is none of that name, or it is none of text in files.
    """
    try:
        name = codecs.lookup(encoding).name
        "a".encode(encoding)
    except (LookupError, ValueError):
        name = "undefined"
    if name in _NOT_OF_FILES:
        raise UsageError(
            f"--encoding {encoding!r}: there is no such encoding of text; examples are utf-8, utf-16, cp1252, latin-1"
        )


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file.

    Attributes
    ----------
    number : int
        From 1.
    text : str
        With its line end; only the beginning of a line that is longer than was allowed.
    size : int
        Characters of the whole line, its end included.
    """

    number: int
    text: str
    size: int

    @property
    def is_whole(self) -> bool:
        """Whether `text` is all of it."""
        return self.size == len(self.text)


def check_text(source: Source) -> None:
    """Find out whether an input is text, by its first bytes.

    Raises
    ------
    DataError
        If it begins as files of other kinds do.
    """
    head = source.peek()
    for magic, what in _MAGIC:
        if head.startswith(magic):
            raise DataError(f"{display_name(source.name)}: looks like {what}")


class _BadByte(Exception):
    def __init__(self, offset: int, value: str) -> None:
        self.offset = offset
        self.value = value


def read_lines(source: Source, encoding: str, limit: int) -> Iterator[Line]:
    r"""Give the lines of an input; ``\n``, ``\r\n`` and ``\r`` end a line, nothing else does.

    Parameters
    ----------
    source : Source
        The input.
    encoding : str
        Its encoding; a byte order mark at the start is left out.
    limit : int
        Characters of a line that are kept.

    Raises
    ------
    DataError
        At the first bytes that are not in the encoding, with their place in the file.
    """
    number = 1
    parts: list[str] = []
    kept = size = 0
    held = ""  # a carriage return at the end of a piece: what comes next says whether the line ends with it
    pieces = _decode(source, encoding)
    try:
        for piece in pieces:
            text = held + piece
            held = ""
            if text.endswith("\r"):
                text, held = text[:-1], "\r"
            for part in io.StringIO(text, newline=""):
                size += len(part)
                if kept < limit:
                    parts.append(part[: limit - kept])
                    kept += len(parts[-1])
                if part[-1] in "\r\n":
                    yield Line(number, "".join(parts), size)
                    number += 1
                    parts.clear()
                    kept = size = 0
    except _BadByte as bad:
        remedy = "name the encoding of the file with --encoding (cp1252 for many older files)"
        if source.head.startswith(_UTF16_MARKS):
            remedy = "the file looks like UTF-16; read it with --encoding utf-16"
        raise DataError(
            f"{display_name(source.name)}, line {number + len(held)}, byte offset {bad.offset}: {bad.value} is not "
            f"{encoding}; {remedy}"
        ) from None
    if size or held:
        parts.append(held)
        yield Line(number, "".join(parts), size + len(held))


def _decode(source: Source, encoding: str) -> Iterator[str]:
    """Give the text, a piece at a time; what precedes a fault is given before `_BadByte` is raised."""
    decoder = codecs.getincrementaldecoder(encoding)()
    fed = 0
    mark = "\ufeff"
    chunks = source.chunks()
    final = False
    while not final:
        chunk = next(chunks, b"")
        final = not chunk
        state = decoder.getstate()
        try:
            text = decoder.decode(chunk, final)
        except UnicodeDecodeError as error:
            # The codec was given what it had kept and the new bytes: both end where the input so far ends.
            offset = fed + len(chunk) - len(error.object) + error.start
            decoder.setstate(state)
            with suppress(UnicodeError):
                yield decoder.decode(chunk[: max(0, offset - fed)]).removeprefix(mark)
            value = " ".join(f"0x{byte:02x}" for byte in error.object[error.start : error.end][:4])
            raise _BadByte(offset, value) from None
        except UnicodeError:
            raise _BadByte(fed, "what begins here") from None
        fed += len(chunk)
        yield text.removeprefix(mark)
        if text:
            mark = ""
