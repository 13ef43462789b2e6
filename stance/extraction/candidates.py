"""Candidate attributions: who-cue-content triples that the grammar allows."""

from dataclasses import dataclass, field

from stance.extraction.document import Document
from stance.extraction.lexicon import Cue
from stance.extraction.sources import Span


@dataclass(slots=True)
class Candidate:
    """A triple that may be an attribution; spans are token numbers, the end exclusive.

    Attributes
    ----------
    cue : Cue
        The cue word, or a stand-in for a colon, a phrase or an embedded post.
    cue_span, source, content : (int, int)
        `source` is None where the text names nobody.
    frame : str
        How it was found: ``quote``, ``right``, ``left``, ``object``, ``noun``, ``according``, ``block``, ``post``.
    negated : bool
        Whether the cue is negated.
    group : int
        First token of the verb group.
    implicit : bool
        Whether the verb may stand without a subject: whoever spoke last goes on (Spanish).
    features : list of str
        What the weights are looked up by.
    score : float
        Probability that it is an attribution.
    """

    cue: Cue
    cue_span: Span
    source: Span | None
    content: Span
    frame: str
    negated: bool = False
    group: int = -1
    quotes: tuple[int, ...] = ()
    implicit: bool = False
    features: list[str] = field(default_factory=list)
    score: float = 0.0


def content_chars(doc: Document, candidate: Candidate) -> tuple[int, int]:
    """Code points of the content of a candidate: a bare quotation without its marks."""
    first, last = candidate.content
    if candidate.frame == "quote" and len(candidate.quotes) == 1:
        quote = doc.quotes[candidate.quotes[0]]
        return quote.inner_start, quote.inner_end
    return doc.start[first], doc.end[last - 1]
