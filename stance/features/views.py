"""The views of a masked passage: each turns it into features, strings with the words they came from.

A feature is written ``view:content``, so that every weight of a model can be read. Which views help was measured
on held-out speeches (``benchmarks/NOTES.md``).
"""

from collections.abc import Callable, Iterable, Sequence

from stance.features.lexicon import NEGATION, Lexicon
from stance.features.masking import OTHER, TARGET, MaskedPassage

WINDOW = 6
"""Words on each side of a mention that belong to its window."""

NEAR = 3
"""Words at most this far from a mention are also counted with their distance."""

NEGATION_REACH = 3
"""A negation turns round the concepts of this many words after it."""

_MARKS = frozenset({TARGET, OTHER})
_DISTANCES = ((2, "0"), (5, "1"), (10, "2"))
_SUFFIXES = [
    "ization",
    "isation",
    "ations",
    "ation",
    "ments",
    "ment",
    "ings",
    "ing",
    "ness",
    "ities",
    "ity",
    "ions",
    "ion",
    "ies",
    "ied",
    "ers",
    "er",
    "ed",
    "es",
    "ly",
    "s",
    "e",
]


Feature = tuple[str, int, int]
"""Name of a feature (view and content, such as ``window:condemn the TARGET``) and the first and last word of the
passage that it was made of, the last inclusive; (0, -1) if of none in particular. A plain tuple, for speed."""

View = Callable[[MaskedPassage, Lexicon], list[Feature]]


def ngrams(view: str, words: Sequence[str], at: Sequence[int], shortest: int, longest: int) -> list[Feature]:
    """Return the n-grams of words that stand one after the other.

    Parameters
    ----------
    view : str
        Prefix of the features.
    words : sequence of str
    at : sequence of int
        Position of each word in the passage.
    shortest, longest : int
        Words in an n-gram, at least 1.
    """
    count, prefix = len(words), f"{view}:"
    features = [(prefix + words[i], at[i], at[i]) for i in range(count)] if shortest == 1 else []
    for n in range(max(shortest, 2), longest + 1):
        features += [
            (prefix + " ".join(words[i : i + n]), at[i], at[i + n - 1]) for i in range(count - n + 1)
        ]
    return features


def stem(word: str) -> str:
    """Take the commonest English ending from a word of at least five letters; marks stay."""
    if word in _MARKS:
        return word
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 4:
            return word[: -len(suffix)]
    return word


def _sentences(passage: MaskedPassage, with_target: bool) -> Iterable[range]:
    """Yield the positions of each sentence that names the target, or of each that does not."""
    named = {passage.sentence[at] for at in passage.targets}
    first = 0
    for last in range(1, len(passage.words) + 1):
        if last == len(passage.words) or passage.sentence[last] != passage.sentence[first]:
            if (passage.sentence[first] in named) == with_target:
                yield range(first, last)
            first = last


def passage_view(passage: MaskedPassage, lexicon: Lexicon) -> list[Feature]:
    """Words 1-3 of the whole passage."""
    return ngrams("passage", passage.words, range(len(passage.words)), 1, 3)


def sentence_view(passage: MaskedPassage, lexicon: Lexicon) -> list[Feature]:
    """Words 1-3 of the sentences that name the target."""
    return [
        feature
        for span in _sentences(passage, True)
        for feature in ngrams("sentence", passage.words[span.start : span.stop], span, 1, 3)
    ]


def rest_view(passage: MaskedPassage, lexicon: Lexicon) -> list[Feature]:
    """Words 1-2 of the sentences that do not name the target."""
    return [
        feature
        for span in _sentences(passage, False)
        for feature in ngrams("rest", passage.words[span.start : span.stop], span, 1, 2)
    ]


def stem_view(passage: MaskedPassage, lexicon: Lexicon) -> list[Feature]:
    """Words 1-2 of every sentence without their endings."""
    stems = [stem(word) for word in passage.words]
    return [
        feature
        for named in (True, False)
        for span in _sentences(passage, named)
        for feature in ngrams("stem", stems[span.start : span.stop], span, 1, 2)
    ]


def window_view(passage: MaskedPassage, lexicon: Lexicon) -> list[Feature]:
    """Words 1-4 around each mention of the target."""
    features: list[Feature] = []
    for at in passage.targets:
        span = range(max(0, at - WINDOW), min(len(passage.words), at + WINDOW + 1))
        features += ngrams("window", passage.words[span.start : span.stop], span, 1, 4)
    return features


def side_view(passage: MaskedPassage, lexicon: Lexicon) -> list[Feature]:
    """Single words left (<) and right (>) of each mention in its sentence, the near ones with their distance."""
    features: list[Feature] = []
    for at in passage.targets:
        for other in range(max(0, at - WINDOW), min(len(passage.words), at + WINDOW + 1)):
            if other == at or passage.sentence[other] != passage.sentence[at]:
                continue
            word = passage.words[other]
            features.append((f"side:{'<' if other < at else '>'} {word}", other, other))
            if abs(other - at) <= NEAR:
                features.append((f"side:{other - at:+d} {word}", other, other))
    return features


def character_view(passage: MaskedPassage, lexicon: Lexicon) -> list[Feature]:
    """Characters 2-5 inside the words of the sentences that name the target; a space marks a word's edge."""
    features: list[Feature] = []
    for span in _sentences(passage, True):
        for at in span:
            if passage.words[at] in _MARKS:
                continue
            padded = f" {passage.words[at]} "
            features += [
                (f"characters:{padded[i : i + n]}", at, at)
                for n in range(2, 6)
                for i in range(len(padded) - n + 1)
            ]
    return features


def concept_view(passage: MaskedPassage, lexicon: Lexicon) -> list[Feature]:
    """Concepts of the stance lexicon: alone, in the target's sentence, by side, distance and negation."""
    concepts = [lexicon.concept(word) for word in passage.words]
    by_sentence: dict[int, list[int]] = {}
    for at in passage.targets:
        by_sentence.setdefault(passage.sentence[at], []).append(at)
    features: list[Feature] = []
    for at, concept in enumerate(concepts):
        if concept is None:
            continue
        before = concepts[max(0, at - NEGATION_REACH) : at]
        name = f"!{concept}" if NEGATION in before else concept
        features.append((f"concepts:{name}", at, at))
        mentions = by_sentence.get(passage.sentence[at])
        if mentions is None:
            features.append((f"concepts:rest {name}", at, at))
            continue
        nearest = min(mentions, key=lambda mention: abs(mention - at))
        side = "<" if at < nearest else ">"
        distance = next((tag for most, tag in _DISTANCES if abs(at - nearest) <= most), "3")
        features.append((f"concepts:near {name}", at, at))
        features.append((f"concepts:{side} {name}", at, at))
        features.append((f"concepts:{side}{distance} {name}", at, at))
    return features


def order_view(passage: MaskedPassage, lexicon: Lexicon) -> list[Feature]:
    """Concepts and marks of the target's sentences in their order, 2-4 of them, whatever stands between."""
    features: list[Feature] = []
    for span in _sentences(passage, True):
        chain, at = [], []
        for position in span:
            word = passage.words[position]
            entry = word if word in _MARKS else lexicon.concept(word)
            if entry is not None:
                chain.append(entry)
                at.append(position)
        features += ngrams("order", chain, at, 2, 4)
    return features


def mention_view(passage: MaskedPassage, lexicon: Lexicon) -> list[Feature]:
    """How the target is named, how often, and beside how many others."""
    sentences = set(passage.sentence)
    named = {passage.sentence[at] for at in passage.targets}
    counts = {
        "mentions": min(len(passage.targets), 4),
        "others": min(passage.words.count(OTHER), 3),
        "sentences": min(len(sentences), 4),
        "naming": min(len(named), 4),
    }
    return [(f"mention:{name} {count}", 0, -1) for name, count in counts.items()] + [
        (f"mention:{alias}", 0, -1) for alias in passage.aliases
    ]


VIEWS: dict[str, View] = {
    "passage": passage_view,
    "sentence": sentence_view,
    "rest": rest_view,
    "stem": stem_view,
    "window": window_view,
    "side": side_view,
    "characters": character_view,
    "concepts": concept_view,
    "order": order_view,
    "mention": mention_view,
}
"""The views by name, in the order of the columns."""

DEFAULT_WEIGHTS: dict[str, float] = {
    "passage": 1.0,
    "sentence": 1.0,
    "rest": 0.55,
    "stem": 1.0,
    "window": 1.0,
    "side": 1.0,
    "characters": 1.0,
    "concepts": 1.2,
    "order": 0.7,
    "mention": 1.0,
}
"""How much each view counts: the norm of its part of a row before the whole row is brought to length 1."""
