"""Tables in Parquet files."""

import datetime
import decimal
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, cast

import pyarrow as pa
import pyarrow.parquet as pq

from stance.errors import DataError
from stance.statement import Refusal
from stance.tables.columns import check_header
from stance.tables.rows import Row, Table, Unreadable, WrittenNumber, display_name, shorten
from stance.tables.source import Source

BATCH_ROWS = 256

# Arrow's own faults, those of the stream below it, and what damaged lengths and names bring about.
_FAULTS = (pa.ArrowException, OSError, ValueError, ArithmeticError, LookupError, TypeError)


@contextmanager
def open_parquet(source: Source) -> Iterator[Table]:
    """Open a Parquet file; standard input is put into a temporary file first.

    Raises
    ------
    DataError
        If the file is empty, is no Parquet file, is damaged (here or while the rows are read), or names a
        column twice.
    """
    shown = display_name(source.name)
    with tempfile.TemporaryFile() as copy:
        stream = source.stream
        if not stream.seekable() or source.head:
            for chunk in source.chunks():
                copy.write(chunk)
            copy.seek(0)
            stream = cast(BinaryIO, copy)
        if not stream.read(1):
            raise DataError(f"{shown}: is empty; it must be a Parquet file")
        stream.seek(0)
        try:
            file = pq.ParquetFile(stream, buffer_size=1 << 20)
            schema = file.schema_arrow
            names = list(schema.names)
        except _FAULTS as fault:
            raise _damaged(shown, fault) from None
        columns = check_header(source.name, None, names)
        not_text = {
            column: str(kind)
            for column, kind in zip(columns, schema.types, strict=True)
            if not _can_be_text(kind)
        }

        def rows(wanted: Collection[str]) -> Iterator[Row | Refusal]:
            number = 0
            batches = file.iter_batches(batch_size=BATCH_ROWS)
            while True:
                try:
                    batch = next(batches, None)
                except _FAULTS as fault:
                    raise _damaged(shown, fault, number + 1) from None
                if batch is None:
                    return
                yield from _rows(batch, columns, wanted, number)
                number += batch.num_rows

        with file:
            yield Table(source.name, columns, rows, not_text)


def _damaged(shown: str, fault: BaseException, row: int | None = None) -> DataError:
    where = f", at or after row {row}" if row is not None else ""
    reason = shorten(str(fault).splitlines()[0] if str(fault) else type(fault).__name__).rstrip(".")
    return DataError(
        f"{shown}{where}: cannot be read as Parquet ({reason}); the file is cut off, damaged, or of another "
        "format (--format): fetch or write it again"
    )


def _can_be_text(kind: Any) -> bool:
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    # Views came to Arrow late: older versions have no test for them.
    names = ("string", "large_string", "string_view", "binary", "large_binary", "binary_view", "null")
    tests = (getattr(pa.types, f"is_{name}", None) for name in names)
    return any(test(kind) for test in tests if test is not None)


def _rows(batch: Any, columns: tuple[str, ...], wanted: Collection[str], before: int) -> Iterator[Row]:
    read = {column: _values(batch.column(i)) for i, column in enumerate(columns) if column in wanted}
    rest = [(i, column) for i, column in enumerate(columns) if column not in wanted]

    for index in range(batch.num_rows):

        def others(index: int = index) -> dict[str, Any]:
            return {column: _scalar(batch.column(i)[index]) for i, column in rest}

        cells = {column: values[index] for column, values in read.items()}
        yield Row(before + index + 1, cells, others if rest else None)


def _values(array: Any) -> list[Any]:
    try:
        values = array.to_pylist()
    except _FAULTS:
        # One bad value must not take the others of its batch with it.
        return [_scalar(scalar) for scalar in array]
    return [_as_written(value) for value in values]


def _scalar(scalar: Any) -> Any:
    try:
        return _as_written(scalar.as_py())
    except UnicodeDecodeError as fault:
        return _not_utf8(fault)
    except _FAULTS:
        try:
            text = str(scalar.cast(pa.string()).as_py())
        except _FAULTS as fault:
            text = f"<{fault}>"
        if text.startswith("<"):  # Arrow too says in brackets why there is no text
            return Unreadable(
                str(scalar.type), f"cannot be turned into text ({shorten(text)}); mend the value"
            )
        return text


def _as_written(value: Any) -> Any:
    """Turn numbers and dates into their text."""
    if value is None or isinstance(value, str | bool | list | dict):
        return value
    if isinstance(value, bytes):
        try:
            return value.decode("utf-8")
        except UnicodeDecodeError as fault:
            return _not_utf8(fault)
    if isinstance(value, float) and value != value:
        return None
    if isinstance(value, int | float):
        return WrittenNumber(repr(value))
    if isinstance(value, decimal.Decimal):
        return WrittenNumber(value)
    if isinstance(value, datetime.datetime):
        # A column of dates becomes one of time stamps on its way through pandas.
        is_date = (
            value.tzinfo is None and value.time() == datetime.time() and not getattr(value, "nanosecond", 0)
        )
        return value.date().isoformat() if is_date else value.isoformat()
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return str(value)


def _not_utf8(fault: UnicodeDecodeError) -> Unreadable:
    return Unreadable(
        shorten(repr(fault.object)),
        f"byte 0x{fault.object[fault.start]:02x} at offset {fault.start} of the value is not utf-8; mend the value",
    )
