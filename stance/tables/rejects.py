"""The rows that could not be used, in a file beside the results."""

import json
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from stance.files import replace_file
from stance.statement import Refusal
from stance.tables.rows import find_surrogate
from stance.tables.writers import check_file


class RejectsFile:
    """Refusals as JSON lines: ``file, line, column, value, reason, row``.

    The file is made when the first refusal comes, and takes its name when the block ends without an error. With
    `force`, a file of an earlier run goes away if this one refuses nothing.

    Parameters
    ----------
    path : Path
        The file.
    force : bool
        Whether a file that exists is replaced.

    Attributes
    ----------
    count : int
        Refusals so far.

    Raises
    ------
    UsageError
        At once, if the file exists and `force` is off, or cannot be written.
    """

    def __init__(self, path: Path, force: bool = False) -> None:
        check_file(path, force=force)
        self.path = path
        self.count = 0
        self._force = force
        self._stack = ExitStack()
        self._stream: IO[str] | None = None

    def __enter__(self) -> Self:
        """Begin; no file yet."""
        return self

    def add(self, refusal: Refusal) -> None:
        """Write a refusal down."""
        if self._stream is None:
            new = self._stack.enter_context(replace_file(self.path, force=self._force))
            self._stream = self._stack.enter_context(new.open("w", encoding="utf-8", newline="\n"))
        record = {
            "file": refusal.file,
            "line": refusal.line,
            "column": refusal.column,
            "value": refusal.value,
            "reason": refusal.reason,
            "row": refusal.row,
        }
        text = json.dumps(record, ensure_ascii=False, default=str)
        if find_surrogate(text) is not None:
            # No UTF-8 file can hold half a pair: such a row stands in escapes.
            text = json.dumps(record, default=str)
        self._stream.write(text + "\n")
        self.count += 1

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Give the file its name, or leave nothing if the block failed."""
        self._stack.__exit__(kind, error, trace)
        if kind is None and not self.count and self._force:
            self.path.unlink(missing_ok=True)
