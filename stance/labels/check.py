"""The check of label files: everything that is wrong, at once."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from stance.errors import LabelError
from stance.labels.read import listed, read_labels
from stance.labels.records import SELF, LabelledPassage
from stance.targets import TargetRegistry
from stance.text import words

SHINGLE = 4
"""Words in a shingle."""

SIMILAR = 0.5
"""Two texts are near-duplicates if their sets of shingles have at least this Jaccard similarity."""


def check_labels(paths: Sequence[str | Path], registry: TargetRegistry | None = None) -> list[str]:
    """Check label files.

    Parameters
    ----------
    paths : sequence of str or Path
    registry : TargetRegistry, optional

    Returns
    -------
    list of str
        What there is, in a few lines.

    Raises
    ------
    LabelError
        With all faults: those that `stance.labels.read_labels` names, ``self`` where the actor is not the target or
        the other way round, texts that stand twice or nearly so.
    """
    passages = read_labels(paths, registry)
    faults = [*_self_faults(passages, registry or TargetRegistry.default()), *_duplicate_faults(passages)]
    if faults:
        raise LabelError(listed(faults))
    counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for passage in passages:
        for target, label in passage.labels.items():
            counts[target][label] += 1
    standoff = sum(passage.text is None for passage in passages)
    lines = [f"{len(passages):,} passages, {standoff:,} of them standoff; no fault"]
    for target, by_label in counts.items():
        lines.append(
            f"{target}: " + ", ".join(f"{label} {count:,}" for label, count in sorted(by_label.items()))
        )
    return lines


def _self_faults(passages: Iterable[LabelledPassage], registry: TargetRegistry) -> list[str]:
    faults = []
    for passage in passages:
        for target, label in passage.labels.items():
            is_target = passage.actor in (target, registry[target].iso)
            if passage.actor is not None and (label == SELF) != is_target:
                faults.append(
                    f"{passage.file}, line {passage.line}, column {target}: {label!r}: the label is 'self' just where "
                    f"the actor (here {passage.actor}) is the target; mend the label or the actor"
                )
    return faults


def _duplicate_faults(passages: Iterable[LabelledPassage]) -> list[str]:
    return [
        f"{second.file}, line {second.line}, column text: nearly the same as {first.file}, line {first.line} "
        f"(similarity {similarity:.2f}); remove one"
        for first, second, similarity in near_duplicates([p for p in passages if p.text is not None])
    ]


def near_duplicates(
    passages: Sequence[LabelledPassage], similar: float = SIMILAR
) -> list[tuple[LabelledPassage, LabelledPassage, float]]:
    """Find texts that are the same or nearly so.

    Parameters
    ----------
    passages : sequence of LabelledPassage
        With texts.
    similar : float
        Least Jaccard similarity of the sets of word shingles (Broder 1997); in (0, 1].

    Returns
    -------
    list of (LabelledPassage, LabelledPassage, float)
        The earlier and the later passage and their similarity, ordered by the later.
    """
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    sizes: list[int] = []
    found = []
    for number, passage in enumerate(passages):
        shingles = _shingles(passage.text or "")
        shared: dict[int, int] = defaultdict(int)
        for shingle in shingles:
            for other in holders[shingle]:
                shared[other] += 1
            holders[shingle].append(number)
        sizes.append(len(shingles))
        for other, count in shared.items():
            similarity = count / (len(shingles) + sizes[other] - count)
            if similarity >= similar:
                found.append((passages[other], passage, similarity))
    return found


def _shingles(text: str) -> set[tuple[str, ...]]:
    folded = [word.folded for word in words(text)]
    if len(folded) <= SHINGLE:
        return {tuple(folded)}
    return {tuple(folded[at : at + SHINGLE]) for at in range(len(folded) - SHINGLE + 1)}
