"""Scoring a file: from rows in to rows out, with nothing lost on the way."""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import chain, count
from pathlib import Path
from typing import Any

from stance.score.model import StanceModel, load
from stance.score.rows import Kind, columns, row_of
from stance.score.show import TableWriter
from stance.statement import Refusal, Statement
from stance.tables import Column, RejectsFile, open_writer, read_statements

REFUSED = 3
"""Exit code when rows were refused."""

SHOWN = 5
"""Refused rows that are named on stderr."""


@dataclass(frozen=True)
class Outcome:
    """How a run ended.

    Attributes
    ----------
    exit_code : int
        0, or 3 if rows were refused.
    messages : list of str
        What to tell the user.
    """

    exit_code: int
    messages: list[str]


@dataclass(frozen=True)
class ScoreRun:
    """A run of ``stance score``; the attributes are its options.

    Raises
    ------
    StanceError
        If input, model or output cannot be used; the output is found out before the work.
    """

    source: str
    extract: bool = False
    output: str = "-"
    input_format: str | None = None
    output_format: str | None = None
    shape: str = "tidy"
    passages: bool = False
    targets: Sequence[str] = ()
    model: Path | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    encoding: str = "utf-8"
    max_chars: int = 1_000_000
    guard: bool = True
    force: bool = False

    def __call__(self, advance: Callable[[int], None] = lambda _: None) -> Outcome:
        """Score every row and write the result.

        Parameters
        ----------
        advance : callable
            Called with the number of statements done since the call before.

        Returns
        -------
        Outcome
        """
        with ExitStack() as stack:
            rejects = stack.enter_context(RejectsFile(self._rejects_path(), force=self.force))
            # Opened before the model is loaded, so that a fault of the input comes at once.
            rows = self._rows()
            model = load(self.model)
            targets = list(dict.fromkeys(self.targets or model.targets))
            named = columns(model.classes, targets, shape=self.shape, passages=self.passages)
            writer = stack.enter_context(self._writer(named))
            languages = _Languages(model)
            refused: list[str] = []
            statements = languages.watch(_accepted(rows, rejects, refused))
            for result in model.score_statements(statements, targets):
                writer.write(row_of(result, model.classes, shape=self.shape, passages=self.passages))
                advance(1)
        messages = languages.messages()
        if rejects.count:
            messages += refused
            messages.append(f"{rejects.count} row(s) refused; see {rejects.path}")
        return Outcome(REFUSED if rejects.count else 0, messages)

    def _rows(self) -> Iterator[Statement | Refusal]:
        if self.extract:
            # Imported here: scoring a table does without the gazetteer.
            from stance.extraction.run import statements

            return statements([Path(self.source)])
        return read_statements(
            self.source,
            columns=self.columns,
            format=self.input_format,
            encoding=self.encoding,
            max_chars=self.max_chars,
        )

    def _rejects_path(self) -> Path:
        """Return where refused rows go: beside the output, else to a new file in the working folder."""
        if self.output != "-":
            return Path(f"{self.output}.rejects.jsonl")
        names = (f"stance.rejects{tail}.jsonl" for tail in chain([""], (f"-{n}" for n in count(2))))
        return next(path for name in names if not (path := Path(name)).exists())

    def _writer(self, named: list[tuple[str, Kind]]) -> Any:
        form = self.output_format
        if form == "table" or (form is None and self.output == "-" and sys.stdout.isatty()):
            return TableWriter(self.output, [name for name, _ in named], force=self.force)
        typed = [Column(name, kind) for name, kind in named]
        return open_writer(self.output, typed, format=form, force=self.force, guard=self.guard)


def _accepted(
    rows: Iterable[Statement | Refusal], rejects: RejectsFile, refused: list[str]
) -> Iterator[Statement]:
    """Pass statements on, put refusals aside; the first few are also named in `refused`."""
    for row in rows:
        if isinstance(row, Statement):
            yield row
            continue
        rejects.add(row)
        if len(refused) < SHOWN:
            refused.append(str(row))


class _Languages:
    """Counts statements in languages that the model has not seen."""

    def __init__(self, model: StanceModel) -> None:
        self._known = set(model.manifest.get("languages", []))
        self._unknown: dict[str, int] = {}

    def watch(self, statements: Iterator[Statement]) -> Iterator[Statement]:
        """Pass statements on."""
        for statement in statements:
            lang = (statement.lang or "").lower()[:2]
            if lang and self._known and lang not in self._known:
                self._unknown[lang] = self._unknown.get(lang, 0) + 1
            yield statement

    def messages(self) -> list[str]:
        """Return a warning for each language."""
        return [
            f"warning: {count} statement(s) in {lang!r}, but the model was trained on "
            f"{', '.join(sorted(self._known))}: do not rely on their stance"
            for lang, count in sorted(self._unknown.items())
        ]
