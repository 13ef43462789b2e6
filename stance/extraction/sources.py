"""Who speaks: noun phrases to the left and right of a cue, without a tagger.

A phrase is read word by word from the cue outwards and ends at a word of a closed class that cannot stand in
it. Spans are pairs of token numbers, the end exclusive.
"""

from stance.extraction.document import Document
from stance.extraction.lexicon import (
    ADV,
    AUX,
    CONJ,
    DAY,
    DET,
    MONTH,
    NEG,
    NPPREP,
    OBJ,
    PERSONAL,
    POSS,
    PREP,
    REL,
    SUB,
    SUBJ,
)

Span = tuple[int, int]

_STOPPERS = AUX | REL | SUB
_DASHES = frozenset(("—", "–", "--", "-"))
_CLITICS = frozenset(("'s", "’s"))
_CLAUSE = frozenset((",", ";", ":", "—", "–", "--", "(", ")", "[", "]"))
_OWN = frozenset(("“", "”", '"', "‘", "’", "'", "«", "»"))
_ATTRIBUTING = frozenset(("according", "según"))
_TIES = frozenset(("of", "for", "de", "del", "para"))
MAX_PHRASE = 28


def verb_group_start(doc: Document, cue: int, low: int) -> tuple[int, bool, bool]:
    """Where the verb group of a cue begins.

    Returns
    -------
    start : int
        First token of the group.
    negated : bool
        Whether a negation stands in it.
    auxiliary : bool
        Whether an auxiliary stands in it.
    """
    at = cue
    negated = auxiliary = False
    while at > low:
        before = at - 1
        bits, word = doc.bits[before], doc.low[before]
        if word in _CLITICS and not (before > low and auxiliary_after(doc, at)):
            break
        if bits & NEG:
            negated = True
            at = before
        elif bits & AUX:
            auxiliary = True
            at = before
        elif (
            (bits & ADV and not bits & (SUBJ | DET | POSS))
            or (word.endswith("ly") and len(word) > 4)
            or word.endswith("mente")
        ):
            at = before
        elif bits & (DAY | MONTH) or word.isdigit():
            # "on Thursday said": the day belongs to the verb.
            step = before
            if step > low and doc.bits[step - 1] & (MONTH | DAY):
                step -= 1
            if step > low and doc.bits[step - 1] & PREP:
                step -= 1
                at = step
            elif bits & DAY:
                at = before
            else:
                break
        else:
            break
    return at, negated, auxiliary


def auxiliary_after(doc: Document, at: int) -> bool:
    """Whether an 's before this token is *is/has*, not a possessive: a participle or adverb follows."""
    word = doc.low[at]
    return word.endswith(("ed", "ing")) or word in ("been", "not", "also")


def phrase_left(doc: Document, last: int, low: int) -> Span | None:
    """Noun phrase that ends with the token `last`, or None."""
    if last < low:
        return None
    bits = doc.bits[last]
    if bits & SUBJ and not bits & REL:
        return last, last + 1
    if doc.words[last][-1] in ",;:!?" or (bits & (AUX | PREP | CONJ) and not doc.is_capital(last)):
        return None
    at = last
    floor = max(low, last - MAX_PHRASE)
    words, low_words, all_bits = doc.words, doc.low, doc.bits
    pending: int | None = None  # start of the phrase after a coordination
    while at > floor:
        before = at - 1
        word, bits = low_words[before], all_bits[before]
        if word in _CLITICS:
            at = before
            continue
        if words[before] in _CLAUSE or (words[before] in ".?!…" and not _abbreviated(doc, before)):
            break
        if words[before] in _OWN:
            number = doc.quote[before]
            if number < 0:
                break
            first, stop = doc.quote_tokens[number]
            if stop - first > 6 or first < low:
                break
            at = first
            continue
        if bits & (SUBJ | REL) and not bits & DET:
            break
        if bits & _STOPPERS and not bits & PREP and not doc.is_capital(before):
            break
        cue = doc.cues[before]
        if (
            cue is not None
            and cue.form in ("past", "s", "ing")
            and not doc.is_capital(before)
            and not _adjectival(doc, before)
        ):
            break
        if bits & CONJ:
            if before <= floor or not _nominal(doc, before - 1):
                break
            if not (doc.is_capital(before - 1) and _capital_start(doc, at)):
                pending = at if pending is None else pending
            at = before
            continue
        if bits & (DET | POSS):
            at = before
            if not (at > floor and all_bits[at - 1] & NPPREP and at - 1 > floor and _nominal(doc, at - 2)):
                if at > floor and all_bits[at - 1] & CONJ:
                    continue
                break
            continue
        if bits & PREP:
            if not bits & NPPREP or before <= floor or not _nominal(doc, before - 1):
                break
            at = before
            continue
        if bits & OBJ and not bits & DET:
            break
        at = before
    if pending is not None and not _boundary_before(doc, at, low):
        at = pending
    while at < last and (all_bits[at] & CONJ or (all_bits[at] & PREP and not doc.is_capital(at))):
        at += 1
    return at, last + 1


def _abbreviated(doc: Document, at: int) -> bool:
    return doc.sentence_end[at] > at + 1


def _capital_start(doc: Document, at: int) -> bool:
    if doc.bits[at] & DET and at + 1 < len(doc):
        at += 1
    return doc.is_capital(at)


def _nominal(doc: Document, at: int) -> bool:
    if not (doc.words[at][-1].isalnum() or doc.words[at] in (")", "”", "’", ".") or doc.low[at] in _CLITICS):
        return False
    bits = doc.bits[at]
    return doc.is_capital(at) or not bits & (AUX | PREP | CONJ | SUB | SUBJ | ADV | DET)


def _adjectival(doc: Document, at: int) -> bool:
    """A participle inside a phrase (*the alleged plan*, *claimed repairs*) has a determiner before it."""
    return at > 0 and bool(doc.bits[at - 1] & (DET | POSS)) and at + 1 < len(doc)


def _boundary_before(doc: Document, at: int, low: int) -> bool:
    if at <= low:
        return True
    return doc.words[at - 1] in _CLAUSE or bool(doc.bits[at - 1] & (SUB | CONJ)) or doc.words[at - 1] in _OWN


def subject_left(doc: Document, group: int, low: int) -> Span | None:
    """Subject of a finite verb whose group starts at `group`: the phrase before it, over appositions and relatives."""
    last = group - 1
    if (
        last > low
        and doc.words[last] in _OWN
        and doc.quote[last] >= 0
        and doc.quotes[doc.quote[last]].start == doc.start[last]
    ):
        last -= 1
    if last < low:
        return None
    word, bits = doc.words[last], doc.bits[last]
    if bits & REL and not (bits & DET and last - 1 < low):
        antecedent = last - 1
        if antecedent >= low and doc.words[antecedent] == ",":
            antecedent -= 1
        found = phrase_left(doc, antecedent, low)
        if found is not None:
            return found
        return last, last + 1
    if word in (",", ")", "]") or word in _DASHES:
        return _over_apposition(doc, last, low)
    if word in _OWN and doc.quote[last] >= 0 and doc.quotes[doc.quote[last]].end == doc.end[last]:
        first, stop = doc.quote_tokens[doc.quote[last]]
        return (first, stop) if stop - first <= 6 else None
    return phrase_left(doc, last, low)


def _over_apposition(doc: Document, last: int, low: int) -> Span | None:
    word = doc.words[last]
    if word in (")", "]"):
        at = last - 1
        opening = "(" if word == ")" else "["
        while at > low and doc.words[at] != opening:
            at -= 1
        found = phrase_left(doc, at - 1, low) if at > low else None
        return (found[0], last + 1) if found else None
    if word in _DASHES:
        at = last - 1
        while at > low and doc.words[at] != word:
            at -= 1
        found = phrase_left(doc, at - 1, low) if at > low else None
        return (found[0], last) if found else None
    begin = low
    commas = [at for at in range(low, last) if doc.words[at] == "," and doc.quote[at] < 0]
    for comma in commas:
        found = phrase_left(doc, comma - 1, begin)
        if found is not None and (found[0] == begin or _boundary_before(doc, found[0], begin)):
            lead = doc.bits[found[0]]
            adverbial = lead & (PREP | SUB | ADV) and not lead & (DET | SUBJ) and doc.low[found[0]] != "one"
            between_verb = any(
                doc.bits[at] & AUX or (doc.cues[at] is not None and doc.cues[at].form in ("past", "s"))  # type: ignore[union-attr]
                for at in range(found[0], comma)
                if not doc.is_capital(at) and doc.low[at] not in _CLITICS
            )
            first_bits = doc.bits[comma + 1]
            next_subject = first_bits & SUBJ and not first_bits & REL
            if (
                not adverbial
                and not between_verb
                and not next_subject
                and doc.low[found[0]] not in ("earlier",)
            ):
                return found[0], last
        begin = comma + 1
    return None


def sentence_subject(doc: Document, at: int, low: int) -> Span | None:
    """First phrase of a sentence that can be its subject, for participles and infinitives."""
    begin = low
    while begin < at:
        word, bits = doc.words[begin], doc.bits[begin]
        if bits & SUBJ and not bits & REL:
            return begin, begin + 1
        if doc.low[begin] in _ATTRIBUTING:
            comma = next((step for step in range(begin, at) if doc.words[step] == ","), None)
            if comma is None:
                return None
            begin = comma + 1
            continue
        skip = bits & (PREP | SUB | ADV | CONJ) and not bits & DET
        if (
            skip
            or doc.low[begin].endswith("ing")
            or not word[0].isalnum()
            or (word.lower().endswith("ly") and len(word) > 4)
        ):
            comma = begin
            if bits & CONJ or not word[0].isalnum():
                begin += 1
                continue
            while comma < at and (doc.words[comma] != "," or doc.quote[comma] >= 0):
                comma += 1
            if comma >= at:
                return phrase_right(doc, begin + 1, at) if skip else None
            begin = comma + 1
            continue
        return phrase_right(doc, begin, at)
    return None


def phrase_right(doc: Document, first: int, high: int, *, tight: bool = False) -> Span | None:
    """Noun phrase that starts with the token `first`, or None; a tight one takes no adjunct of place."""
    if first >= high:
        return None
    bits = doc.bits[first]
    if bits & SUBJ and not bits & REL:
        return first, first + 1
    at = first
    stop = min(high, first + MAX_PHRASE)
    while at < stop:
        word, bits = doc.words[at], doc.bits[at]
        if doc.low[at] in _CLITICS:
            if at + 1 < stop and auxiliary_after(doc, at + 1):
                break
            at += 1
            continue
        if word in _OWN and doc.quote[at] >= 0:
            begin, end = doc.quote_tokens[doc.quote[at]]
            if begin != at or end - begin > 6 or end > stop:
                break
            at = end
            continue
        if word == "(" and at > first:
            close = at
            while close < stop and doc.words[close] != ")":
                close += 1
            if close - at > 8 or close >= stop:
                break
            at = close + 1
            continue
        if not word[0].isalnum():
            if word == "." and _abbreviated(doc, at) and doc.end[at - 1] == doc.start[at]:
                at += 1
                continue
            break
        capital = doc.is_capital(at)
        if at > first and not capital:
            if (
                bits & DET
                and doc.words[at - 1][0].isalnum()
                and not doc.bits[at - 1] & (PREP | CONJ | DET | POSS)
            ):
                break  # "told reporters the port": another phrase begins
            if bits & (AUX | SUBJ | DAY) or (bits & SUB and not bits & PREP):
                break
            if bits & ADV and not bits & (DET | CONJ):
                break
            if bits & PREP:
                if (
                    not bits & NPPREP
                    or (tight and doc.low[at] not in _TIES)
                    or not _starts_phrase(doc, at + 1, stop)
                ):
                    break
            elif bits & CONJ:
                if not (
                    at + 1 < stop
                    and (doc.is_capital(at + 1) or (doc.bits[at + 1] & DET and _nominal(doc, at - 1)))
                ):
                    break
            else:
                cue = doc.cues[at]
                if cue is not None and cue.form in ("past", "s", "ing") and not _adjectival(doc, at):
                    break
                if _verbal(doc, at):
                    break
        elif bits & DAY and at > first:
            break
        at += 1
    while at > first and doc.bits[at - 1] & (PREP | CONJ) and not doc.is_capital(at - 1):
        at -= 1
    return (first, at) if at > first else None


def _starts_phrase(doc: Document, at: int, stop: int) -> bool:
    return at < stop and bool(doc.words[at][0].isalnum()) and not doc.bits[at] & (AUX | SUB | DAY | MONTH)


def _verbal(doc: Document, at: int) -> bool:
    """A word in -ed with no determiner right before it is taken for a verb."""
    word = doc.low[at]
    return word.endswith("ed") and len(word) > 4 and not doc.bits[at - 1] & (DET | POSS)


def is_personal(doc: Document, span: Span) -> bool:
    """Whether a source is a personal pronoun."""
    return span[1] - span[0] == 1 and bool(doc.bits[span[0]] & PERSONAL)
