"""Rows as bytes of each format."""

import io
import json
import math
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO, Literal

from stance.errors import DataError
from stance.tables.delimited import DELIMITERS
from stance.tables.formats import STANDARD_STREAM

ROW_GROUP = 4096
"""Rows that a Parquet writer holds before it writes them."""

DECIMALS = 6
"""Decimals to which numbers are rounded, in every format."""

# First characters that make a spreadsheet take a cell for a formula (OWASP, "CSV Injection").
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an output.

    Attributes
    ----------
    name : str
        Its name, and its key in the rows.
    type : {"text", "number", "integer", "json"}
        ``json`` is any JSON value: a real one in JSONL, its text elsewhere.
    """

    name: str
    type: Literal["text", "number", "integer", "json"] = "text"


class Writer(ABC):
    """Writes rows in one format.

    Attributes
    ----------
    count : int
        Rows written so far.
    has_failed : bool
        Whether the stream below refused to take more.
    """

    def __init__(self, name: str, columns: Sequence[Column], stream: BinaryIO) -> None:
        self.name = name
        self._stream = stream
        self.columns = tuple(columns)
        self.count = 0
        self.has_failed = False

    def begin(self) -> None:
        """Write what stands before the first row."""
        with self._faults_named():
            self._write_start()

    def write(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Write rows; a key that is missing is a missing value, one that is no column is left out.

        Numbers that are not finite count as missing.

        Raises
        ------
        DataError
            If a text holds half of a surrogate pair, which no file can hold.
        """
        for row in rows:
            self.count += 1
            cells = [_clean(column, row.get(column.name)) for column in self.columns]
            with self._faults_named():
                self._write_row(cells)

    def finish(self) -> None:
        """Write what is still held back."""
        with self._faults_named():
            self._write_end()
            self._stream.flush()

    def abandon(self) -> None:  # noqa: B027
        """Let go of what is still held back."""

    @abstractmethod
    def _write_row(self, cells: list[Any]) -> None: ...

    def _write_start(self) -> None:  # noqa: B027
        """Write what stands before the first row."""

    def _write_end(self) -> None:  # noqa: B027
        """Write what is still held back and what closes the file."""

    @contextmanager
    def _faults_named(self) -> Iterator[None]:
        try:
            yield
        except UnicodeEncodeError as fault:
            raise DataError(
                f"{self.name}, row {self.count}: {fault.object[fault.start]!r} is half of a surrogate pair and "
                "cannot be written; write the whole character"
            ) from None
        except OSError as fault:
            self.has_failed = True
            if isinstance(fault, BrokenPipeError):
                raise
            name = "standard output" if self.name == STANDARD_STREAM else self.name
            raise DataError(
                f"{name}: cannot be written ({fault.strerror}); make room or choose another place"
            ) from None


class _DelimitedWriter(Writer):
    def __init__(
        self, name: str, columns: Sequence[Column], stream: BinaryIO, delimiter: str, guard: bool
    ) -> None:
        super().__init__(name, columns, stream)
        self._delimiter = delimiter
        self._guard = guard

    def _write_start(self) -> None:
        self._line([column.name for column in self.columns])

    def _write_row(self, cells: list[Any]) -> None:
        self._line([self._cell(column, value) for column, value in zip(self.columns, cells, strict=True)])

    def _cell(self, column: Column, value: Any) -> str:
        if value is None:
            return ""
        if column.type == "text":
            return "'" + value if self._guard and value.startswith(_FORMULA) else str(value)
        return _json(value) if column.type == "json" else repr(value)

    def _line(self, cells: list[str]) -> None:
        # A line end of any kind needs quotes; the csv module of Python 3.11 leaves a lone \r without them.
        quoted = [
            '"' + cell.replace('"', '""') + '"'
            if '"' in cell or self._delimiter in cell or "\n" in cell or "\r" in cell
            else cell
            for cell in cells
        ]
        # A line without a character would be no row.
        line = self._delimiter.join(quoted) or '""'
        self._stream.write((line + "\n").encode("utf-8"))


class _JsonlWriter(Writer):
    def _write_row(self, cells: list[Any]) -> None:
        row = {column.name: value for column, value in zip(self.columns, cells, strict=True)}
        self._stream.write((_json(row) + "\n").encode("utf-8"))


class _ParquetWriter(Writer):
    def __init__(self, name: str, columns: Sequence[Column], stream: BinaryIO) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        super().__init__(name, columns, stream)
        types = {"text": pa.string(), "number": pa.float64(), "integer": pa.int64(), "json": pa.string()}
        self._schema = pa.schema([(column.name, types[column.type]) for column in columns])
        self._arrow = pa
        self._sink = _Sink(stream)
        self._writer = pq.ParquetWriter(self._sink, self._schema)
        self._held: list[list[Any]] = [[] for _ in columns]

    def _write_row(self, cells: list[Any]) -> None:
        for column, held, value in zip(self.columns, self._held, cells, strict=True):
            if value is not None and column.type == "json":
                value = _json(value)
            if isinstance(value, str):
                value.encode("utf-8")
            held.append(value)
        if self.count % ROW_GROUP == 0:
            self._write_group()

    def _write_group(self) -> None:
        self._writer.write_table(
            self._arrow.Table.from_pydict(
                dict(zip(self._schema.names, self._held, strict=True)), schema=self._schema
            )
        )
        for held in self._held:
            held.clear()

    def _write_start(self) -> None:
        """Write what stands before the first row."""

    def _write_end(self) -> None:
        if self.columns and self._held[0]:
            self._write_group()
        self._writer.close()

    def abandon(self) -> None:
        """Close without writing: else Arrow writes a footer, and a part of the table looks like a whole one."""
        self._sink.is_open = False
        self._writer.close()


class _Sink(io.RawIOBase):
    """A stream that Arrow can write to but not close."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.is_open = True

    def writable(self) -> bool:
        """Say that it can be written to."""
        return True

    def write(self, data: Any) -> int:
        """Pass the bytes on."""
        if self.is_open:
            self._stream.write(data)
        return len(data)


def make_writer(kind: str, name: str, columns: Sequence[Column], stream: BinaryIO, guard: bool) -> Writer:
    """Give the writer of a format; `guard` is of use to CSV and TSV only."""
    if kind == "jsonl":
        return _JsonlWriter(name, columns, stream)
    if kind == "parquet":
        return _ParquetWriter(name, columns, stream)
    return _DelimitedWriter(name, columns, stream, DELIMITERS[kind], guard)


def _clean(column: Column, value: Any) -> Any:
    if _is_missing(value):
        return None
    if column.type == "json":
        return value
    if column.type == "text":
        return str(value)
    if column.type == "integer":
        return int(value)
    number = float(value)
    # Adding zero turns -0.0 into 0.0.
    return round(number, DECIMALS) + 0.0 if math.isfinite(number) else None


def _is_missing(value: Any) -> bool:
    """Whether a value is None or one of the values that pandas marks gaps with."""
    if value is None or isinstance(value, str | list | dict | tuple):
        return value is None
    try:
        return bool(value != value)
    except TypeError:  # pandas.NA is neither equal to itself nor not
        return True


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
