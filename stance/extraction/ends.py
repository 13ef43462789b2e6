"""Where a reported content ends: every place in the sentence that could end it is weighed."""

import math

from stance.extraction.candidates import Candidate
from stance.extraction.document import Document
from stance.extraction.lexicon import BOUND, CONJ, DAY, DET, PREP, REL, SUB, SUBJ, Cue
from stance.extraction.weighing import bucket, shape, word_class

_PUNCTUATION = frozenset((",", ";", ":", "—", "–", "--", "(", ")"))
_FINAL = frozenset((".", "!", "?", "…", "..."))
_PARTICLES = frozenset(("al", "el", "bin", "ben", "de", "del", "da", "la", "van", "von"))
MAX_BOUNDARIES = 24


def boundaries(doc: Document, begin: int, high: int, cue: Cue) -> list[int]:
    """Tokens before which a content that starts at `begin` may end, in order; the sentence's end is the last."""
    found: list[int] = []
    inside = doc.quote[begin - 1] if begin > 0 else -1
    end = high
    while end > begin + 1 and doc.words[end - 1] in _FINAL and doc.quote[end - 1] == inside:
        end -= 1
    at = begin
    while at < end and len(found) < MAX_BOUNDARIES:
        number = doc.quote[at]
        if number >= 0 and number != inside:
            at = doc.quote_tokens[number][1]
            if at < end:
                found.append(at)
            continue
        if at > begin and number >= 0 and doc.quotes[number].end == doc.end[at]:
            found.append(at)  # the quotation around the cue closes
        elif at > begin:
            word, bits = doc.words[at], doc.bits[at]
            if word == "," and _apposition(doc, at, end):
                at += 1
                continue
            if word == "," and (_next_attribution(doc, at + 1, end) or _told_where(doc, at + 1, end)):
                end = at
                break
            if bits & CONJ and at > begin and _second_verb(doc, begin, at + 1, end):
                end = at
                break
            if cue.frame == "object" and at > begin + 1 and _told_where(doc, at, end):
                end = at
                break
            if (
                word in _PUNCTUATION
                or (
                    bits & (CONJ | BOUND | SUB | REL | DAY | PREP)
                    and not (bits & DET and not bits & (SUB | REL))
                )
            ) and (not found or found[-1] != at):
                found.append(at)
        at += 1
    found.append(end)
    return found


def boundary_features(doc: Document, candidate: Candidate, at: int, final: int) -> list[str]:
    """Features of one possible end of a content."""
    cue = candidate.cue
    begin = candidate.content[0]
    token, following = shape(doc, at), shape(doc, at + 1)
    if at >= final:
        token = "<end>"
    kind = word_class(doc, at + 1)
    before = word_class(doc, at - 1)
    length = bucket(at - begin)
    frame = cue.frame
    quoted = doc.quote[at - 1] >= 0 and doc.quote[at - 1] != doc.quote[begin - 1]
    opened = any(doc.quote[k] >= 0 for k in (begin, begin + 1, begin + 2) if k < at)
    cue_after = next(
        (str(step) for step in range(1, 7) if at + step < final and _finite(doc, at + step)), "no"
    )
    left = bucket(final - at)
    return [
        f"b:{token}|{frame}",
        f"bn:{token}|{following}",
        f"bk:{token}|{kind}|{frame}",
        f"bl:{token}|{cue.lemma}",
        f"bz:{token}|{length}|{frame}",
        f"br:{token}|{left}",
        f"bq:{quoted}|{opened}|{token}",
        f"bc:{token}|{cue_after}|{frame}",
        f"bp:{before}|{token}|{frame}",
        f"bt:{candidate.frame}|{cue.group}|{token}",
        f"bw:{shape(doc, at - 1)}|{token}",
        f"bz2:{length}|{left}|{cue.group}",
        f"ba:{_aside(doc, at, final)}|{token}|{frame}",
        f"bo:{word_class(doc, begin)}|{token}|{cue.group}",
        f"bi:{shape(doc, at - 2)}|{token}" if quoted else f"bs:{shape(doc, at + 1)}|{shape(doc, at + 2)}",
    ]


def _next_attribution(doc: Document, at: int, final: int) -> bool:
    """``, and he warned that``, ``, while the palace welcomed``: the outlet goes on to another attribution."""
    if at + 1 >= final or not (doc.bits[at] & CONJ or doc.low[at] in ("while", "mientras")):
        return False
    for step in range(at + 1, min(final, at + 8)):
        cue, bits = doc.cues[step], doc.bits[step]
        if (
            cue is not None
            and cue.form == "past"
            and cue.group in ("say", "tell", "judge")
            and not doc.is_capital(step)
        ):
            return (
                step > at + 1
                and (doc.bits[at + 1] & SUBJ or doc.is_capital(at + 1) or bool(doc.bits[at + 1] & DET)) > 0
            )
        if not doc.words[step][0].isalnum() or (
            bits & (PREP | SUB | REL) and not bits & SUBJ and doc.low[step] not in ("of", "de")
        ):
            return False
    return False


def _second_verb(doc: Document, begin: int, at: int, final: int) -> bool:
    """``and urged ...``: the outlet's second verb for the same speaker."""
    if at + 1 >= final:
        return False
    cue = doc.cues[at]
    if cue is None or cue.form != "past" or cue.group != "judge" or doc.is_capital(at):
        return False
    # "had phoned him and urged": the second participle of what is reported.
    return not any(word in ("had", "has", "have", "ha", "había") for word in doc.low[begin:at])


def _told_where(doc: Document, at: int, final: int) -> bool:
    """``, in a statement that ...``: the outlet tells where it was said."""
    if at + 2 >= final or doc.low[at] not in ("in", "en", "during", "durante"):
        return False
    return bool(doc.bits[at + 1] & DET) and any(
        doc.low[step] in doc.lexicon.occasions for step in range(at + 2, min(final, at + 4))
    )


def _apposition(doc: Document, at: int, final: int) -> bool:
    """Whether a comma opens a name in apposition (*the vice president, Name Surname, ...*): no content ends there."""
    if (
        at + 1 >= final
        or not doc.is_capital(at + 1)
        or doc.bits[at + 1]
        or not doc.words[at - 1][0].islower()
    ):
        return False
    for step in range(at + 1, min(final, at + 7)):
        if doc.words[step] == ",":
            return step > at + 1
        if not doc.is_capital(step) and doc.low[step] not in _PARTICLES:
            return False
    return False


def _aside(doc: Document, at: int, final: int) -> str:
    """Whether a comma opens an aside that another closes, and how it starts."""
    if doc.words[at if at < len(doc) else -1] != "," or at >= final:
        return "no"
    close = next((step for step in range(at + 1, min(final, at + 14)) if doc.words[step] == ","), None)
    return f"{word_class(doc, at + 1)}{'closed' if close is not None else 'open'}"


def _finite(doc: Document, at: int) -> bool:
    cue = doc.cues[at]
    return (
        cue is not None
        and cue.form in ("past", "s", "ing")
        and cue.group in ("say", "tell", "judge")
        and not doc.bits[at] & SUBJ
    )


def choose_end(doc: Document, candidate: Candidate, high: int, weights: dict[str, float]) -> None:
    """Move the end of a candidate's content to the boundary with the greatest expected overlap.

    The weights give every boundary a probability; the one is taken whose content shares most, on the average
    over these probabilities, with the contents that end at the others (intersection over union).
    """
    begin = candidate.content[0]
    places = boundaries(doc, begin, high, candidate.cue)
    if len(places) == 1:
        candidate.content = (begin, max(places[0], begin + 1))
        return
    get = weights.get
    totals = []
    for at in places:
        total = 0.0
        for feature in boundary_features(doc, candidate, at, places[-1]):
            total += get(feature, 0.0)
        totals.append(total)
    top = max(totals)
    chances = [math.exp(total - top) for total in totals]
    origin = doc.start[begin]
    lengths = [doc.end[at - 1] - origin for at in places]
    best, best_value = places[-1], -1.0
    for at, length in zip(places, lengths, strict=True):
        value = 0.0
        for chance, other in zip(chances, lengths, strict=True):
            if chance > 0.02:
                value += chance * (length / other if length < other else other / length)
        if value >= best_value:
            best, best_value = at, value
    candidate.content = (begin, max(best, begin + 1))
