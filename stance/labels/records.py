"""Labelled passages, with or without their text."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

LABELS = ("supportive", "critical", "neutral", "absent", "self")
"""The labels of the annotation guide."""

SELF = "self"
"""The label where the actor is the target; such pairs are left out of training and evaluation."""


@dataclass(frozen=True, slots=True)
class LabelledPassage:
    """A passage with its labels.

    Attributes
    ----------
    id : str
    labels : mapping of str to str
        Label by target. A target that is not labelled is not in it.
    text : str, optional
        None for a standoff label that is not resolved.
    doc : str, optional
        Document that the passage stands in: passages of one document are never parted by folds.
    start, end : int, optional
        Code points in the flat text of the document.
    sha256 : str, optional
        Of the UTF-8 bytes of the passage.
    actor, date, lang, source : str, optional
        As in statements.
    passes : tuple of mapping
        What each annotation pass said, in order.
    file : str
        Label file.
    line : int
        Line in it, from 1.
    """

    id: str
    labels: Mapping[str, str]
    text: str | None = None
    doc: str | None = None
    start: int | None = None
    end: int | None = None
    sha256: str | None = None
    actor: str | None = None
    date: str | None = None
    lang: str | None = None
    source: str | None = None
    passes: tuple[Mapping[str, str], ...] = field(default_factory=tuple)
    file: str = ""
    line: int = 0

    @property
    def group(self) -> str:
        """The document; for a passage that stands alone the sha256 of its text."""
        if self.doc is not None:
            return self.doc
        return hashlib.sha256((self.text or self.id).encode("utf-8", errors="surrogatepass")).hexdigest()

    @property
    def year(self) -> int | None:
        """The year of the date, if it begins with one."""
        digits = (self.date or "")[:4]
        return int(digits) if len(digits) == 4 and digits.isdecimal() else None

    def with_text(self, text: str) -> "LabelledPassage":
        """Return the passage with its text."""
        return replace(self, text=text)
