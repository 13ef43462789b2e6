"""Why a decision came out as it did: every feature's contribution, and the words that carried it."""

from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from scipy.special import softmax

from stance.features import Feature, MaskedPassage, mask
from stance.model.classifier import StanceClassifier
from stance.model.linear import SHARED
from stance.targets import TargetMention

FloatArray = npt.NDArray[np.float64]


class Contribution(NamedTuple):
    """What one feature adds to the decision values.

    Attributes
    ----------
    feature : str
        View and content.
    value : float
        Weight of the feature in the row (TF-IDF).
    by_class : tuple of float
        Contribution to the decision value of each class.
    """

    feature: str
    value: float
    by_class: tuple[float, ...]


class Span(NamedTuple):
    """A run of words with what it adds to the decision for one class.

    Attributes
    ----------
    start, end : int
        Code points into the text.
    text : str
    weight : float
        Sum of the contributions of its words to the class, less their mean over the other classes.
    """

    start: int
    end: int
    text: str
    weight: float


@dataclass(frozen=True)
class Explanation:
    """The decision for one text and target, taken apart.

    Attributes
    ----------
    text, target : str
    classes : tuple of str
    probabilities, decisions, intercept : tuple of float
        By class. For each class ``decisions = intercept + sum of contributions``. The decision values are those of
        `StanceClassifier.decision_function` before it takes a difference, so ``probabilities = softmax(decisions)``.
    stance : str
        The most probable class.
    contributions : list of Contribution
        The strongest for `stance` against the other classes first; empty where the target is not mentioned.
    words : list of Span
        Every word with its weight for `stance`, in the order of the text.
    evidence : Span or None
        The run of words that carried the decision.
    """

    text: str
    target: str
    classes: tuple[str, ...]
    probabilities: tuple[float, ...]
    decisions: tuple[float, ...]
    intercept: tuple[float, ...]
    stance: str
    contributions: list[Contribution]
    words: list[Span]
    evidence: Span | None


MAX_EVIDENCE_WORDS = 25
"""Evidence is at most this long; the tail of a long run adds little."""


def explain(
    classifier: StanceClassifier, text: str, target: str, mentions: list[TargetMention]
) -> Explanation:
    """Explain the decision for one passage.

    Parameters
    ----------
    classifier : StanceClassifier
        Fitted.
    text : str
        One passage.
    target : str
        Code of the target.
    mentions : list of TargetMention
        The mentions of all targets in the text.

    Returns
    -------
    Explanation
        The contributions and the intercept sum to the decision values within 1e-9.
    """
    own = [m for m in mentions if m.target == target]
    classes = tuple(classifier.classes_.tolist())
    if not own and classifier.unmentioned_ is not None:
        unmentioned = classifier.unmentioned_
        logs = tuple(np.log(unmentioned).tolist())
        stance = classes[int(unmentioned.argmax())]
        return Explanation(
            text, target, classes, tuple(unmentioned.tolist()), logs, logs, stance, [], [], None
        )
    passage = mask(text, own, [m for m in mentions if m.target != target])
    features = classifier.vectorizer_.extract(passage)
    row = classifier.vectorizer_.transform_features([features])
    parts = parts_of(classifier, row, target)
    intercept = classifier.calibration_.logits(classifier.intercept_)
    decisions = intercept + parts.sum(axis=0)
    probabilities = softmax(decisions)
    best = int(probabilities.argmax())
    names = classifier.vectorizer_.features
    lead = lead_of(parts, best)
    order = np.argsort(-np.abs(lead), kind="stable")
    contributions = [
        Contribution(names[row.indices[at]], float(row.data[at]), tuple(parts[at].tolist())) for at in order
    ]
    carried = word_weights(passage, features, dict(zip((names[i] for i in row.indices), lead, strict=True)))
    words = [
        Span(start, end, text[start:end], float(weight))
        for (start, end), weight in zip(passage.spans, carried, strict=True)
    ]
    return Explanation(
        text,
        target,
        classes,
        tuple(probabilities.tolist()),
        tuple(decisions.tolist()),
        tuple(intercept.tolist()),
        classes[best],
        contributions,
        words,
        strongest(text, passage, carried),
    )


def evidence(
    classifier: StanceClassifier,
    text: str,
    passage: MaskedPassage,
    features: list[Feature],
    row: sp.csr_matrix,
    target: str,
    best: int,
) -> Span | None:
    """Return the run of words that carried the decision for class number `best`; see `explain`.

    Parameters
    ----------
    classifier : StanceClassifier
    text : str
        The passage.
    passage, features, row
        What mask, vectorizer and transformation made of it.
    target : str
    best : int
    """
    lead = lead_of(parts_of(classifier, row, target), best)
    names = classifier.vectorizer_.features
    return strongest(
        text,
        passage,
        word_weights(passage, features, dict(zip((names[i] for i in row.indices), lead, strict=True))),
    )


def parts_of(classifier: StanceClassifier, row: sp.csr_matrix, target: str) -> FloatArray:
    """Return what each feature of a row adds to the decision values, shape (n_features_in_row, n_classes).

    The calibration is linear in front of its softmax, so that it can be multiplied into the weights.
    """
    weights = classifier.weights_[target if target in classifier.targets_ else SHARED]
    return np.asarray(row.data[:, None] * (weights[row.indices] @ classifier.calibration_.slope))


def lead_of(parts: FloatArray, best: int) -> FloatArray:
    """Return what each feature adds to a class beyond what it adds to the others on average."""
    others = (parts.sum(axis=1) - parts[:, best]) / max(parts.shape[1] - 1, 1)
    return np.asarray(parts[:, best] - others)


def word_weights(passage: MaskedPassage, features: list[Feature], lead: dict[str, float]) -> FloatArray:
    """Share out the contribution of each feature among the words that it was made of.

    A feature that stands in the passage several times is shared among its places; one that stands nowhere in
    particular (the number of mentions, say) is left out.
    """
    places = Counter([name for name, _, _ in features])
    # What begins at a word is added there and taken away behind its last word; the running sum is then each word's.
    steps = [0.0] * (len(passage.words) + 1)
    for name, first, last in features:
        value = lead.get(name)
        if value is not None and last >= first:
            share = value / (places[name] * (last - first + 1))
            steps[first] += share
            steps[last + 1] -= share
    return np.cumsum(steps[:-1])


def strongest(text: str, passage: MaskedPassage, weights: FloatArray) -> Span | None:
    """Return the run of words inside one sentence with the largest sum, at most `MAX_EVIDENCE_WORDS` long.

    Each word costs a little (half of the mean strength of a word), so that the run ends where the words no longer say
    anything (Kadane's maximum subarray on what is left).
    """
    if not len(weights):
        return None
    cost = np.abs(weights).mean() / 2
    best, found = 0.0, None
    for first in range(len(weights)):
        total = 0.0
        for last in range(first, min(first + MAX_EVIDENCE_WORDS, len(weights))):
            if passage.sentence[last] != passage.sentence[first]:
                break
            total += weights[last] - cost
            if total > best:
                best, found = total, (first, last)
    if found is None:
        found = (int(weights.argmax()),) * 2
    start, end = passage.spans[found[0]][0], passage.spans[found[1]][1]
    return Span(start, end, text[start:end], float(weights[found[0] : found[1] + 1].sum()))
