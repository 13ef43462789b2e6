"""Scoring the passages of statements, with the words behind each decision."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from stance.features import mask
from stance.model import StanceClassifier
from stance.model.explain import Span, evidence
from stance.model.pairs import year_of
from stance.statement import Statement
from stance.text import passages

FloatArray = npt.NDArray[np.float64]


class PassageScore(NamedTuple):
    """A passage of a statement, seen from one target.

    Attributes
    ----------
    number : int
        Place in the statement, from 1.
    target : str
    start, end : int
        Code points into the statement.
    probabilities : ndarray of shape (n_classes,)
    evidence : Span or None
        Offsets into the statement; None where the target is not mentioned.
    """

    number: int
    target: str
    start: int
    end: int
    probabilities: FloatArray
    evidence: Span | None


class Kept(NamedTuple):
    """A text without its excluded spans, and the way back.

    Attributes
    ----------
    text : str
    starts, origins : list of int
        From position ``starts[i]`` of `text` on, the offsets are those of ``origins[i]`` in the original.
    """

    text: str
    starts: list[int]
    origins: list[int]

    def original(self, at: int, *, end: bool = False) -> int:
        """Return the offset in the original of an offset in `text`; of an exclusive end if `end`."""
        place = int(np.searchsorted(self.starts, at - 1 if end else at, side="right")) - 1
        return self.origins[place] + at - self.starts[place]


def without(text: str, exclude: Sequence[tuple[int, int]]) -> Kept:
    """Leave out spans of a text; a space stands where words would run together."""
    kept: list[str] = []
    starts: list[int] = []
    origins: list[int] = []
    length, at = 0, 0
    for start, end in [*sorted(exclude), (len(text), len(text))]:
        if start > at or not starts:
            piece = text[at:start]
            # The space takes the place of the first excluded character, so that offsets still lead back.
            if start < len(text):
                piece += " "
            kept.append(piece)
            starts.append(length)
            origins.append(at)
            length += len(piece)
        at = max(at, end)
    return Kept("".join(kept), starts, origins)


def score_passages(
    classifier: StanceClassifier, statements: Sequence[Statement], targets: Sequence[str]
) -> list[list[PassageScore]]:
    """Score every passage of statements toward targets.

    Parameters
    ----------
    classifier : StanceClassifier
    statements : sequence of Statement
    targets : sequence of str

    Returns
    -------
    list of list of PassageScore
        For each statement its passages in order, for each passage the targets in order. A passage that mentions
        a target nowhere costs only the search for it.
    """
    registry, vectorizer = classifier.registry_, classifier.vectorizer_
    results: list[list[PassageScore]] = [[] for _ in statements]
    jobs = []
    for at, statement in enumerate(statements):
        kept = without(statement.text, statement.exclude)
        spans = passages(kept.text) or [(0, len(kept.text))]
        year = year_of(statement.date)
        for number, (start, end) in enumerate(spans, start=1):
            text = kept.text[start:end]
            mentions = registry.find(text, statement.lang, year)
            outer = kept.original(start), kept.original(end, end=True)
            for target in targets:
                own = [m for m in mentions if m.target == target]
                if not own and classifier.unmentioned_ is not None:
                    results[at].append(PassageScore(number, target, *outer, classifier.unmentioned_, None))
                    continue
                passage = mask(text, own, [m for m in mentions if m.target != target])
                features = vectorizer.extract(passage)
                jobs.append((at, len(results[at]), kept, start, text, passage, features))
                results[at].append(PassageScore(number, target, *outer, np.zeros(0), None))
    if not jobs:
        return results
    matrix = vectorizer.transform_features(job[-1] for job in jobs)
    of_jobs = np.array([results[at][place].target for at, place, *_ in jobs], dtype=object)
    probabilities = classifier.calibration_(classifier.linear(matrix, of_jobs))
    for row, (at, place, kept, start, text, passage, features) in enumerate(jobs):
        score = results[at][place]
        best = int(probabilities[row].argmax())
        span = evidence(classifier, text, passage, features, matrix[row], score.target, best)
        if span is not None:
            first, last = kept.original(start + span.start), kept.original(start + span.end, end=True)
            span = Span(first, last, statements[at].text[first:last], span.weight)
        results[at][place] = score._replace(probabilities=probabilities[row], evidence=span)
    return results
