"""Tables to files, whole or not at all, and to standard output."""

import io
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, cast

from stance.errors import UsageError
from stance.files import check_output, replace_file
from stance.tables.formats import STANDARD_STREAM, guess_format
from stance.tables.output import Column, Writer, make_writer


def open_writer(
    target: str | Path,
    columns: Sequence[Column],
    *,
    format: str | None = None,
    force: bool = False,
    guard: bool = True,
) -> AbstractContextManager[Writer]:
    """Open a table to write.

    A file appears when the block ends, whole; if the block raises, there is nothing (or still the old file).

    Parameters
    ----------
    target : str or Path
        The file, or ``-`` for standard output.
    columns : sequence of Column
        Its columns, in order.
    format : str, optional
        ``csv``, ``tsv``, ``jsonl`` or ``parquet``; by the suffix if left out, CSV for standard output.
    force : bool
        Whether a file that exists is replaced.
    guard : bool
        Whether a text cell of CSV or TSV that a spreadsheet would take for a formula gets a ``'`` in front.

    Returns
    -------
    context manager of Writer
        A closed pipe behind standard output raises BrokenPipeError, after standard output was pointed at
        nothing, so that a program that ends on it ends without a word.

    Raises
    ------
    UsageError
        Before any work: unknown format, a file that exists, a place that cannot be written to, binary data for
        a terminal.
    """
    kind = guess_format(target, format, option="--output-format") or "csv"
    if str(target) == STANDARD_STREAM:
        if sys.stdout is None:
            raise UsageError("standard output is closed; name a file with -o")
        if kind == "parquet" and sys.stdout.isatty():
            raise UsageError("--output-format parquet: a terminal cannot show it; name a file with -o")
        return _to_stdout(kind, columns, guard)
    path = Path(target)
    check_file(path, force=force)
    return _to_file(path, kind, columns, force, guard)


def check_file(path: Path, *, force: bool) -> None:
    """Find out before any work whether a file can be written.

    Raises
    ------
    UsageError
        If it exists and `force` is off, is a folder or a device, or its folder cannot be written to.
    """
    if "\0" in str(path):
        raise UsageError(f"{str(path)!r}: no file can have this name; choose another")
    try:
        if path.exists() and not path.is_file():
            what = "a folder" if path.is_dir() else "no ordinary file"
            raise UsageError(f"{path}: is {what}; name a file, or - for standard output")
        check_output(path, force=force)
    except OSError as error:
        raise UsageError(
            f"{path}: cannot be written ({error.strerror}); choose another name or folder"
        ) from None


@contextmanager
def _to_file(path: Path, kind: str, columns: Sequence[Column], force: bool, guard: bool) -> Iterator[Writer]:
    with (
        replace_file(path, force=force) as new,
        new.open("wb") as stream,
        _finished(make_writer(kind, str(path), columns, stream, guard)) as writer,
    ):
        yield writer


@contextmanager
def _to_stdout(kind: str, columns: Sequence[Column], guard: bool) -> Iterator[Writer]:
    sys.stdout.flush()
    writer = make_writer(kind, STANDARD_STREAM, columns, cast(BinaryIO, sys.stdout.buffer), guard)
    try:
        with _finished(writer):
            yield writer
    finally:
        # Only then: rows that still wait in the buffer when the block fails for another reason are shown.
        if writer.has_failed:
            _silence_stdout()


@contextmanager
def _finished(writer: Writer) -> Iterator[Writer]:
    try:
        writer.begin()
        yield writer
        writer.finish()
    except BaseException:
        writer.abandon()
        raise


def _silence_stdout() -> None:
    """Let what Python still flushes at its end go nowhere (Python documentation, note on SIGPIPE)."""
    with suppress(OSError, ValueError, io.UnsupportedOperation):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
