"""Candidates from nouns, adjectives and phrases: *Iran's claim that*, *is confident that*, *according to*."""

from stance.extraction.candidates import Candidate
from stance.extraction.content import content_end, quotes_in
from stance.extraction.document import Document
from stance.extraction.lexicon import (
    ADV,
    AUX,
    CONJ,
    DET,
    NEG,
    POSS,
    PREP,
    QUESTION,
    SUB,
    SUBJ,
    THAT,
    Cue,
)
from stance.extraction.sources import (
    Span,
    phrase_left,
    phrase_right,
    sentence_subject,
    subject_left,
    verb_group_start,
)

ACCORDING = Cue("according to", "phrase", "speech", "that", "phrase")
CLITICS = frozenset(("'s", "’s"))


def noun_candidate(doc: Document, at: int, cue: Cue, low: int, high: int, found: list[Candidate]) -> None:
    """Add the candidate of a noun of speech: *Iran's claim that*, *a statement by the ministry on*."""
    after = at + 1
    if after >= high:
        return
    source: Span | None = None
    begin = at
    # Owner to the left: Iran's declaration, its strong support.
    position = at - 1
    floor = max(low, at - 4)
    while position >= floor:
        if doc.low[position] in CLITICS:
            owner = phrase_left(doc, position - 1, low)
            if owner is not None:
                source = owner
            break
        if doc.bits[position] & POSS:
            source = (position, position + 1)
            break
        if not doc.words[position][0].isalnum() or doc.bits[position] & (DET | PREP | AUX | CONJ):
            break
        position -= 1
    if doc.low[after] in ("by", "from", "de", "del", "por") and source is None and doc.lexicon.lang == "en":
        owner = phrase_right(doc, after + 1, high)
        if owner is not None:
            source = owner
            after = owner[1]
            if after >= high:
                return
    if source is None:
        subject = _light_subject(doc, at, low)
        if subject is not None:
            source, begin = subject
    if doc.words[after] == ":":
        after += 1
    elif not (
        doc.bits[after] & (PREP | THAT | SUB) or doc.low[after] in ("to", "a") or doc.quote[after] >= 0
    ):
        return
    if after < high and doc.bits[after] & THAT:
        after += 1
    if after >= high:
        return
    end = content_end(doc, after, high, cue)
    if end > after:
        found.append(
            Candidate(
                cue,
                (at, at + 1),
                source,
                (after, end),
                "noun",
                group=begin,
                quotes=quotes_in(doc, after, end),
            )
        )


def _light_subject(doc: Document, at: int, low: int) -> tuple[Span, int] | None:
    """``X issued a statement``, ``X has no plan``: the subject of the verb that governs the noun."""
    position = at - 1
    floor = max(low, at - 5)
    while position >= floor and (
        doc.bits[position] & (DET | POSS | ADV | NEG) or doc.words[position][0].isalpha()
    ):
        if (
            doc.low[position].endswith("ed")
            or doc.cues[position] is not None
            or doc.low[position] in ("made", "gave", "has", "had", "have", "sent", "took", "dio", "hizo")
        ):
            group, _, _ = verb_group_start(doc, position, low)
            found = subject_left(doc, group, low) or sentence_subject(doc, group, low)
            return (found, group) if found is not None else None
        if doc.bits[position] & PREP:
            return None
        position -= 1
    return None


def adjective_candidate(
    doc: Document, at: int, cue: Cue, low: int, high: int, found: list[Candidate]
) -> None:
    """Add the candidate of an adjective of attitude: *is confident that*."""
    after = at + 1
    if after >= high or not (
        doc.bits[after] & (THAT | PREP | SUB | QUESTION) or doc.low[after] == "to" or doc.bits[after] & SUBJ
    ):
        return
    group, negated, auxiliary = verb_group_start(doc, at, low)
    if not auxiliary:
        return
    source = subject_left(doc, group, low)
    if doc.bits[after] & THAT:
        after += 1
    end = content_end(doc, after, high, cue)
    if end > after:
        found.append(
            Candidate(
                cue,
                (at, at + 1),
                source,
                (after, end),
                "adjective",
                negated=negated,
                group=group,
                quotes=quotes_in(doc, after, end),
            )
        )


def phrase_candidate(doc: Document, at: int, found: list[Candidate]) -> None:
    """Add the candidate of a phrase that starts at token `at`: *according to*, *in the words of*."""
    for phrase in doc.lexicon.according:
        stop = at + len(phrase)
        if tuple(doc.low[at:stop]) != phrase:
            continue
        low, high = doc.inner_bounds(at)
        source = _according_source(doc, stop, high)
        if source is None:
            return
        if at == low or (at - low == 1 and doc.bits[low] & CONJ) or (doc.bits[at - 1] & (CONJ | SUB | THAT)):
            begin = source[1]
            while begin < high and doc.words[begin] != "," and begin < source[1] + 14:
                begin += 1
            if begin >= high or doc.words[begin] != ",":
                return
            begin += 1
            end = content_end(doc, begin, high, ACCORDING)
            frame = "according-first"
        else:
            end = at
            while end > low and doc.words[end - 1] in (",", "—", "–", "--"):
                end -= 1
            begin = low
            while begin < end and (
                doc.bits[begin] & CONJ
                or not (doc.words[begin][0].isalnum() or doc.words[begin] in '“"‘«$@#[(')
            ):
                begin += 1
            frame = "according-last"
            if doc.words[at - 1] == "," and source[1] < high and doc.words[source[1]] == ",":
                frame = "according-middle"
        if end > begin:
            found.append(
                Candidate(
                    ACCORDING,
                    (at, stop),
                    source,
                    (begin, end),
                    frame,
                    group=at,
                    quotes=quotes_in(doc, begin, end),
                )
            )
        return


def _according_source(doc: Document, first: int, high: int) -> Span | None:
    source = phrase_right(doc, first, high)
    if source is not None:
        return source
    return (first, first + 1) if first < high else None
