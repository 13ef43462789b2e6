"""A trained model, ready to score statements: what `stance.load` returns."""

from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from stance.model import StanceClassifier, bundle
from stance.model.explain import Explanation, explain
from stance.model.pairs import is_missing, year_of
from stance.score.passages import score_passages
from stance.score.rows import StatementScore, columns, row_of, summarise
from stance.statement import Statement
from stance.tables.exclude import parse_exclude

CHUNK = 256
"""Statements scored together: enough to share the overhead, few enough to keep memory small."""


class StanceModel:
    """A trained classifier with its targets.

    Parameters
    ----------
    classifier : StanceClassifier
        Fitted.
    manifest : dict, optional
        Of the bundle it was loaded from.
    """

    def __init__(self, classifier: StanceClassifier, manifest: dict[str, Any] | None = None) -> None:
        self.classifier = classifier
        self.manifest = manifest or {}

    @property
    def targets(self) -> list[str]:
        """Codes of the targets that the model was trained for."""
        return list(self.classifier.targets_)

    @property
    def classes(self) -> list[str]:
        """The labels, sorted."""
        return [str(label) for label in self.classifier.classes_]

    def score(
        self,
        frame: pd.DataFrame,
        targets: Sequence[str] | None = None,
        *,
        shape: str = "tidy",
        passages: bool = False,
    ) -> pd.DataFrame:
        """Score statements.

        Parameters
        ----------
        frame : DataFrame
            A column ``text``; optionally ``id, actor, date, lang, exclude`` (`exclude`: spans of the text to leave
            out). Without ``id`` the index serves.
        targets : sequence of str, optional
            Default: those of the model.
        shape : {"tidy", "wide"}
            A row a statement and target, or a row a statement.
        passages : bool
            Give the passages behind each statement instead, a row a passage and target.

        Returns
        -------
        DataFrame
            Columns ``id, actor, date, target, stance, score, p_<label>..., evidence``; ``score`` is p_supportive −
            p_critical, in [−1, 1]; ``evidence`` a dict of ``start, end, text``, code points into the statement.
            Where the actor is the target, ``stance`` is ``self`` and the numbers are missing.

        Raises
        ------
        ValueError
            If there is no column ``text``, a text is no text, or `exclude` holds no spans of it.
        UsageError
            If `shape` is unknown, or passages are asked for in a wide table.
        TargetError
            If nothing declares a target.
        """
        wanted = list(dict.fromkeys(targets or self.targets))
        named = columns(self.classes, wanted, shape=shape, passages=passages)
        statements = list(_statements(frame))
        rows = [
            row
            for result in self.score_statements(statements, wanted)
            for row in row_of(result, self.classes, shape=shape, passages=passages)
        ]
        return pd.DataFrame(rows, columns=[column for column, _ in named])

    def score_statements(
        self, statements: Iterable[Statement], targets: Sequence[str] | None = None
    ) -> Iterator[StatementScore]:
        """Score statements one after the other, in order, holding few of them at a time.

        Parameters
        ----------
        statements : iterable of Statement
        targets : sequence of str, optional
            Default: those of the model.

        Yields
        ------
        StatementScore
        """
        wanted = list(dict.fromkeys(targets or self.targets))
        for target in wanted:
            _ = self.classifier.registry_[target]
        chunk: list[Statement] = []
        for statement in statements:
            chunk.append(statement)
            if len(chunk) == CHUNK:
                yield from self._score_chunk(chunk, wanted)
                chunk = []
        if chunk:
            yield from self._score_chunk(chunk, wanted)

    def _score_chunk(self, chunk: list[Statement], targets: list[str]) -> Iterator[StatementScore]:
        scores = score_passages(self.classifier, chunk, targets)
        for statement, of_statement in zip(chunk, scores, strict=True):
            yield StatementScore(
                statement,
                {
                    code: summarise(statement, self.classifier.registry_[code], of_statement, self.classes)
                    for code in targets
                },
            )

    def explain(
        self, text: str, target: str, *, lang: str | None = None, date: str | None = None
    ) -> Explanation:
        """Take the decision for one passage apart.

        Parameters
        ----------
        text : str
            One passage; a long statement is taken as one.
        target : str
            Code of a target.
        lang, date : str, optional
            As in statements.

        Returns
        -------
        Explanation

        Raises
        ------
        TargetError
            If nothing declares the target.
        """
        registry = self.classifier.registry_
        _ = registry[target]
        return explain(self.classifier, text, target, registry.find(text, lang, year_of(date)))


def load(folder: str | Path | None = None) -> StanceModel:
    """Load a trained model.

    Parameters
    ----------
    folder : str or Path, optional
        A bundle; default the one that the package ships.

    Returns
    -------
    StanceModel

    Raises
    ------
    BundleError
        If the bundle is missing, incomplete, changed, or of another version.
    """
    return StanceModel(*bundle.load(default_bundle() if folder is None else folder))


def default_bundle() -> Path:
    """Return the folder of the model that the package ships: in the wheel beside the code, else in the checkout."""
    package = Path(str(files("stance")))
    shipped = package / "models" / "default"
    return shipped if shipped.is_dir() else package.parent / "models" / "default"


def _statements(frame: pd.DataFrame) -> Iterator[Statement]:
    """Read statements from a frame, missing values as None."""
    if not isinstance(frame, pd.DataFrame) or "text" not in frame.columns:
        have = list(frame.columns) if isinstance(frame, pd.DataFrame) else type(frame).__name__
        raise ValueError(f"expected a DataFrame with a column 'text', got {have}")
    names = [name for name in ("id", "actor", "date", "lang", "source", "exclude") if name in frame.columns]
    for index, text, *values in zip(
        frame.index, frame["text"], *(frame[name] for name in names), strict=True
    ):
        if not isinstance(text, str):
            raise ValueError(f"column 'text', row {index!r}: expected a string, got {text!r}")
        given = dict(zip(names, values, strict=True))
        spans = given.pop("exclude", None)
        fields = {name: None if is_missing(value) else str(value) for name, value in given.items()}
        identity = fields.pop("id", None)
        if spans is not None and not is_missing(spans) and not isinstance(spans, str):
            spans = np.asarray([*map(list, spans)]).tolist() if np.iterable(spans) else [spans]
        try:
            exclude = () if is_missing(spans) else parse_exclude(spans, len(text))
        except ValueError as error:
            raise ValueError(f"column 'exclude', row {index!r}: {error}") from None
        yield Statement(identity if identity is not None else str(index), text, exclude=exclude, **fields)
