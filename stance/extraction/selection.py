"""Which candidates are kept: likely enough, and not two for the same words."""

from collections.abc import Iterable

from stance.extraction.candidates import Candidate

Span = tuple[int, int]
# Least probabilities of a record, chosen out of fold on PolNeAR train. Words in quotation marks are rarely
# anything else, nor is an official beside a verb of speech.
LIKELY = 0.61
LIKELY_QUOTED = 0.45
LIKELY_OFFICIAL = {"speech": 0.38, "judgement": 0.26}
NESTED = 0.92  # what is passed on may be nearly all of what passes it on
SAME = 0.3  # two contents that overlap by more (intersection over union) are one statement


def _passes_on(inner: Candidate, outer: Candidate) -> bool:
    """Whether one attribution stands whole in the content of another: *according to X, Y said ...*."""
    if inner.source is None or inner.score < 0.35 or inner.source == outer.source:
        return False
    if not outer.frame.startswith("according") and not (
        inner.frame == "noun" and outer.cue.frame == "object"
    ):
        return False
    first, last = outer.content
    return first <= inner.source[0] and inner.cue_span[1] <= last and not first <= outer.cue_span[0] < last


def overlap(first: Iterable[Span], second: Iterable[Span]) -> float:
    """Intersection over union of two sets of spans, in tokens or characters."""
    one, two = list(first), list(second)
    shared = sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in one for b in two)
    if not shared:
        return 0.0
    return shared / (sum(b - a for a, b in one) + sum(b - a for a, b in two) - shared)


def is_likely(candidate: Candidate) -> bool:
    """Whether a candidate is likely enough to be a record whoever speaks."""
    return candidate.score >= (LIKELY_QUOTED if candidate.quotes else LIKELY)


def select(candidates: list[Candidate], *, official: bool = True) -> list[Candidate]:
    """Keep the best of overlapping candidates.

    Parameters
    ----------
    candidates : list of Candidate
        With their scores; the parts of an interrupted quotation share cue and source.
    official : bool, default True
        Also keep the less likely that have a source and a cue of speech or judgement: those whose speaker turns
        out to be official may become records.

    Returns
    -------
    list of Candidate
        In the order of the text.
    """
    parts: dict[tuple[Span, bool], list[Candidate]] = {}
    for number, candidate in enumerate(candidates):
        key = (candidate.cue_span, True) if candidate.frame == "quote" else ((number, -1), False)
        parts.setdefault(key, []).append(candidate)
    groups = sorted(parts.values(), key=lambda group: (-group[0].score, group[0].cue_span, group[0].content))
    kept: list[list[Candidate]] = []
    for group in groups:
        first = group[0]
        if not is_likely(first) and not (official and _may_be_official(first)):
            continue
        if any(_collides(group, other) for other in kept):
            continue
        for part in group[1:]:
            part.score = first.score  # the parts of one quotation stand or fall together
        kept.append(group)
    return sorted((candidate for group in kept for candidate in group), key=lambda c: (c.content, c.cue_span))


def _may_be_official(candidate: Candidate) -> bool:
    floor = LIKELY_OFFICIAL.get(candidate.cue.cue_class)
    if floor is None or candidate.score < floor:
        return False
    return candidate.source is not None or candidate.implicit


def _collides(group: list[Candidate], other: list[Candidate]) -> bool:
    if other[0].content[0] >= group[-1].content[1] or group[0].content[0] >= other[-1].content[1]:
        return False
    shared = overlap([c.content for c in group], [c.content for c in other])
    nested = _passes_on(group[0], other[0]) or _passes_on(other[0], group[0])
    return shared > (NESTED if nested else SAME)
