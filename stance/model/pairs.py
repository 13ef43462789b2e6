"""Pairs of a text and a target, with the mentions of all targets in the text."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from stance.features import MaskedPassage, mask
from stance.targets import TargetMention, TargetRegistry


class Pairs:
    """What the classifier sees of a frame.

    Parameters
    ----------
    texts, targets : sequence of str, of length n_pairs
    mentions : sequence of list of TargetMention, of length n_pairs
        The mentions of every target in the text.
    registry : TargetRegistry
        Where the mentions were found.

    Attributes
    ----------
    mentioned : ndarray of bool, shape (n_pairs,)
        Whether the pair's own target is mentioned.
    """

    def __init__(
        self,
        texts: Sequence[str],
        targets: Sequence[str],
        mentions: Sequence[list[TargetMention]],
        registry: TargetRegistry,
    ) -> None:
        self.texts = list(texts)
        self.targets = list(targets)
        self.mentions = list(mentions)
        self.registry = registry
        self.mentioned: npt.NDArray[np.bool_] = np.array(
            [
                any(m.target == target for m in found)
                for target, found in zip(self.targets, self.mentions, strict=True)
            ],
            dtype=bool,
        )

    def __len__(self) -> int:
        return len(self.texts)

    @classmethod
    def from_frame(
        cls, frame: pd.DataFrame, registry: TargetRegistry, everywhere: Collection[str] | None = None
    ) -> "Pairs":
        """Read pairs from a frame with the columns ``text`` and ``target``.

        Parameters
        ----------
        frame : DataFrame
            Optional columns: ``mentions`` (lists of ``[start, end]``; without it, or where it is missing, the registry
            is searched), ``lang`` (ISO 639-1), ``year``.
        registry : TargetRegistry
        everywhere : collection of str, optional
            Targets that are looked for in every row, default all of the registry; the others only in their own rows.

        Raises
        ------
        ValueError
            If it is no frame, a column is missing, a text is no text, a target is missing, or a mention is no span
            of its text.
        """
        if not isinstance(frame, pd.DataFrame):
            raise ValueError(
                f"expected a DataFrame with the columns 'text' and 'target', got {type(frame).__name__}"
            )
        missing = [name for name in ("text", "target") if name not in frame.columns]
        if missing:
            raise ValueError(
                f"missing column {', '.join(map(repr, missing))}; there are {list(frame.columns)}"
            )
        if not len(frame):
            raise ValueError("found 0 pairs; at least 1 is needed")
        texts, targets = frame["text"].tolist(), frame["target"].tolist()
        for at, (text, target) in enumerate(zip(texts, targets, strict=True)):
            if not isinstance(text, str):
                raise ValueError(f"column 'text', row {at}: expected a string, got {text!r}")
            if is_missing(target):
                raise ValueError(f"column 'target', row {at}: the target is missing")
        targets = [str(target) for target in targets]
        langs = frame["lang"].tolist() if "lang" in frame else [None] * len(frame)
        years = [year_of(year) for year in frame["year"]] if "year" in frame else [None] * len(frame)
        given = frame["mentions"].tolist() if "mentions" in frame else [None] * len(frame)
        found: dict[tuple[str, str | None, int | None], list[TargetMention]] = {}
        mentions = []
        for at, (text, target, lang, year, spans) in enumerate(
            zip(texts, targets, langs, years, given, strict=True)
        ):
            key = (text, lang if isinstance(lang, str) else None, year)
            if key not in found:
                found[key] = registry.find(*key)
            seen = [
                m for m in found[key] if everywhere is None or m.target == target or m.target in everywhere
            ]
            mentions.append(seen if is_missing(spans) else _given(at, text, target, spans, seen))
        return cls(texts, targets, mentions, registry)

    def passages(self) -> Iterator[MaskedPassage]:
        """Yield each pair as its target sees it."""
        return map(self._passage, range(len(self)))

    def mentioning(self) -> Iterator[MaskedPassage | None]:
        """Yield each pair as its target sees it, None where the target is not mentioned."""
        return (self._passage(row) if self.mentioned[row] else None for row in range(len(self)))

    def _passage(self, row: int) -> MaskedPassage:
        target, mentions = self.targets[row], self.mentions[row]
        own = [m for m in mentions if m.target == target]
        return mask(self.texts[row], own, [m for m in mentions if m.target != target])

    def take(self, rows: npt.NDArray[Any]) -> "Pairs":
        """Return some of the pairs."""
        return Pairs(
            [self.texts[row] for row in rows],
            [self.targets[row] for row in rows],
            [self.mentions[row] for row in rows],
            self.registry,
        )


def _given(at: int, text: str, target: str, spans: Any, found: list[TargetMention]) -> list[TargetMention]:
    """Return the mentions that the caller gave, beside those found of other targets."""
    own = []
    try:
        given = [(int(start), int(end)) for start, end in spans]
    except (TypeError, ValueError):
        raise ValueError(
            f"column 'mentions', row {at}: expected a list of [start, end], got {spans!r}"
        ) from None
    for start, end in given:
        if not 0 <= start < end <= len(text):
            raise ValueError(
                f"column 'mentions', row {at}: [{start}, {end}] is no span of a text of {len(text)} code points"
            )
        own.append(TargetMention(target, start, end, "name", text[start:end]))
    return own + [m for m in found if m.target != target]


def year_of(value: Any) -> int | None:
    """Read a year from what stands in a table: a number, a date, a text that begins with a year."""
    digits = str(value)[:4]
    return int(digits) if digits.isdecimal() and len(digits) == 4 else None


def is_missing(value: Any) -> bool:
    """Say whether a cell of a table is empty: None, NaN, NA, NaT."""
    return value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and value != value)
