"""A passage seen from one target: its mentions replaced by marks, so that weights carry over between targets."""

from collections.abc import Sequence
from typing import NamedTuple

from stance.targets import TargetMention
from stance.text import sentences, words

TARGET = "TARGET"
"""Stands where the target is mentioned. Capitals cannot collide with words, which are folded."""

OTHER = "OTHER"
"""Stands where another target is mentioned."""


class MaskedPassage(NamedTuple):
    """The words of a passage as one target sees them.

    Attributes
    ----------
    words : list of str
        Folded words, with `TARGET` or `OTHER` once for each mention.
    sentence : list of int
        For each word the number of its sentence, from 0.
    targets : list of int
        Positions of `TARGET` in `words`.
    spans : list of (int, int)
        For each word its code points in the text.
    aliases : list of str
        How the target is mentioned: kind and folded alias of each mention, without regard to order.
    """

    words: list[str]
    sentence: list[int]
    targets: list[int]
    spans: list[tuple[int, int]]
    aliases: list[str]


def mask(text: str, own: Sequence[TargetMention], others: Sequence[TargetMention] = ()) -> MaskedPassage:
    """See a passage from one target.

    Parameters
    ----------
    text : str
        The passage.
    own : sequence of TargetMention
        Mentions of the target, as code points into `text`.
    others : sequence of TargetMention
        Mentions of other targets. Where both cover a word the target's own counts.

    Returns
    -------
    MaskedPassage
    """
    bounds = sentences(text)
    covers = sorted(
        [(m.start, m.end, TARGET) for m in own] + [(m.start, m.end, OTHER) for m in others],
        key=lambda cover: (cover[0], cover[2] == OTHER),
    )
    seen: list[str] = []
    sentence: list[int] = []
    targets: list[int] = []
    spans: list[tuple[int, int]] = []
    number, passed, last = 0, 0, None
    for start, end, _, word in words(text):
        if word == "s":  # of "Israel's"
            continue
        if word == "t":  # of "don't", whose first half is read as a word of its own
            word = "not"
        while number < len(bounds) - 1 and start >= bounds[number][1]:
            number += 1
        while passed < len(covers) and covers[passed][1] <= start:
            passed += 1
        cover = _cover(covers, passed, start, end)
        if cover is not None:
            if cover is last:
                spans[-1] = (spans[-1][0], end)
                continue
            last, word = cover, cover[2]
            if word == TARGET:
                targets.append(len(seen))
        seen.append(word)
        sentence.append(number)
        spans.append((start, end))
    aliases = sorted({" ".join(f"{m.kind} {m.alias}".lower().split()) for m in own})
    return MaskedPassage(seen, sentence, targets, spans, aliases)


def _cover(
    covers: list[tuple[int, int, str]], first: int, start: int, end: int
) -> tuple[int, int, str] | None:
    """Return the mention that covers a word; where several do, the target's own."""
    found = None
    for cover in covers[first:]:
        if cover[0] >= end:
            break
        if start < cover[1]:
            if cover[2] == TARGET:
                return cover
            found = found or cover
    return found
