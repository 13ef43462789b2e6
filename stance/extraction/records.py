"""What `extract` gives: attributed statements."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Attribution:
    """A statement in an article with who made it. Spans are code points into the article as given.

    Attributes
    ----------
    id : str
        Number of the statement in its article, in the order of the text: ``s1``, ``s2``, ...
    actor : str or None
        Code of the state or organisation that is spoken for; None with a `reason` where it is not known.
    speaker : str or None
        Person or institution, as full as article and gazetteer tell.
    office : str or None
        Office of the person, or what the institution is.
    actor_type : str
        ``government``, ``legislature``, ``military``, ``state_media``, ``party``,
        ``international organisation``, ``former official``, ``analyst``, ``other``, ...
    official : bool
        Whether it is an official statement; without ``all`` only these are given.
    date : str or None
        When it was said: ISO 8601, possibly only a month or a year.
    date_basis : str or None
        What the date was read from.
    kind : str
        ``direct`` (a quotation), ``mixed`` (reported with words in quotation marks), ``indirect`` (reported),
        ``block`` (set off without quotation marks, or an embedded post).
    start, end : int
        The statement; ``article[start:end] == text``.
    text : str
        The statement as it stands in the article.
    quoted : tuple of (int, int)
        Stretches inside quotation marks, the marks left out; empty for a statement that is one quotation.
    exclude : tuple of (int, int)
        The outlet's words inside the statement, to be cut before it is scored.
    cue : str or None
        The word that ties statement to speaker; None for an embedded post.
    cue_span : (int, int) or None
        Where it stands.
    mention : str or None
        The words that name the speaker beside the cue ("he", "the ministry").
    mention_span : (int, int) or None
        Where they stand.
    negated : bool
        Whether the cue is negated ("did not say").
    via : str or None
        Who passes the statement on ("according to state media").
    confidence : float
        0 to 1.
    reason : str or None
        Why `actor` is None or the statement is not official.
    lang : str
        Language of the article.
    """

    id: str
    actor: str | None
    speaker: str | None
    office: str | None
    actor_type: str
    official: bool
    date: str | None
    date_basis: str | None
    kind: str
    start: int
    end: int
    text: str
    quoted: tuple[Span, ...]
    exclude: tuple[Span, ...]
    cue: str | None
    cue_span: Span | None
    mention: str | None
    mention_span: Span | None
    negated: bool
    via: str | None
    confidence: float
    reason: str | None
    lang: str

    def to_dict(self) -> dict[str, Any]:
        """The record as plain JSON types, in the order of the attributes."""
        return {name: _plain(getattr(self, name)) for name in self.__slots__}

    def scored_text(self) -> str:
        """The statement without the outlet's words: what may be scored."""
        pieces = []
        at = self.start
        for first, last in self.exclude:
            pieces.append(self.text[at - self.start : first - self.start])
            at = last
        pieces.append(self.text[at - self.start :])
        return " ".join("".join(pieces).split())


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value
