"""Where the content of reported speech starts and ends, by rule."""

from stance.extraction.document import Document
from stance.extraction.lexicon import (
    ADV,
    AUX,
    BOUND,
    CONJ,
    DAY,
    DET,
    MONTH,
    OBJ,
    POSS,
    PREP,
    QUESTION,
    REL,
    SUB,
    SUBJ,
    THAT,
    Cue,
)
from stance.extraction.sources import (
    phrase_right,
)

_END = frozenset((".", "!", "?", "…", "...", ";", ":"))
DASHES = frozenset(("—", "–", "--"))


def _adjunct_end(doc: Document, at: int, high: int, frame: str) -> int:
    """Skip a time or place adjunct after a cue: *said on Thursday*, *said in a statement that*."""
    start = at
    later = at
    while later < min(high, at + 5) and doc.low[later] in doc.lexicon.time_words:
        later += 1
    if at < later < high and doc.bits[later] & THAT:
        return later  # "warned last week that"
    while at < high and (
        doc.bits[at] & (DAY | MONTH)
        or doc.words[at].isdigit()
        or (doc.low[at].endswith("ly") and len(doc.words[at]) > 4)
    ):
        at += 1
        if at < high and doc.words[at] == "," and at + 1 < high and doc.words[at + 1].isdigit():
            at += 1
    if at + 1 < high and doc.bits[at] & DET and doc.bits[at + 1] & DAY:
        return _adjunct_end(doc, at + 2, high, frame)  # "este viernes"
    if at < high and doc.bits[at] & PREP and not (doc.quote[at] >= 0 and doc.quote[at - 1] != doc.quote[at]):
        word = doc.low[at]
        if word in ("on", "last", "in", "el", "este") and at + 1 < high and doc.bits[at + 1] & (DAY | MONTH):
            return _adjunct_end(doc, at + 2, high, frame)
        if frame in ("that", "hearer") and not (
            word == "to" and at + 1 < high and doc.low[at + 1] in ("a", "an")
        ):
            limit = min(high, at + 16)
            for position in range(at + 1, limit):
                if doc.bits[position] & THAT and doc.quote[position] == doc.quote[at]:
                    return position
                if doc.words[position] in (",", ";", ":") or doc.words[position] in DASHES:
                    if doc.words[position] == "," and position + 1 < high and doc.bits[position + 1] & THAT:
                        return position + 1
                    break
                cue = doc.cues[position]
                if cue is not None and cue.form in ("past", "s"):
                    break
    return at if at > start else start


def _owned(doc: Document, at: int, high: int) -> bool:
    """Whether *her* owns the next word (*told her daily briefing that*), not hears (*told her that*)."""
    if not doc.bits[at] & POSS or at + 1 >= high:
        return False
    return doc.words[at + 1][0].islower() and not doc.bits[at + 1]


def content_start(doc: Document, at: int, cue: Cue, high: int) -> int:
    """Token at which the content of a cue at token `at` starts: after hearer, adjunct and complementizer."""
    begin = at + 1
    if cue.frame == "hearer" and begin < high:
        if doc.bits[begin] & OBJ and not _owned(doc, begin, high):
            begin += 1
        elif not doc.bits[begin] & (THAT | PREP | QUESTION):
            hearer = phrase_right(doc, begin, high)
            if hearer is not None and hearer[1] < high:
                stop = hearer[1]
                # "told the president he would": the phrase ends before the pronoun.
                begin = stop
    if cue.frame == "hearer":
        for step in range(begin, min(high, begin + 4)):
            if not doc.words[step][0].isalnum():
                break
            if doc.bits[step] & THAT:
                begin = step
                break
    begin = _adjunct_end(doc, begin, high, cue.frame)
    if begin < high and doc.words[begin] == "," and cue.frame != "object":
        # "said, adding" has no content here; "said, however, that" has.
        position = begin + 1
        while position < min(high, begin + 14):
            if doc.words[position] == "," and position + 1 < high and doc.bits[position + 1] & THAT:
                begin = position + 1
                break
            position += 1
    if begin < high and doc.words[begin] == ":":
        begin += 1
    if (
        begin < high
        and doc.bits[begin] & THAT
        and (begin + 1 >= high or doc.words[begin + 1] not in (",", "."))
    ):
        begin += 1
    return begin


def quotes_in(doc: Document, begin: int, end: int) -> tuple[int, ...]:
    """Numbers of the quotations that tokens ``begin..end`` touch."""
    return tuple(dict.fromkeys(number for number in doc.quote[begin:end] if number >= 0))


def content_end(doc: Document, begin: int, high: int, cue: Cue) -> int:
    """Where the content that starts at `begin` ends: at the sentence's end or at the outlet's next clause."""
    inside = doc.quote[begin - 1] if begin > 0 else -1
    at = begin
    short = cue.frame in ("object", "noun")
    while at < high:
        number = doc.quote[at]
        if number >= 0 and number != inside:
            at = doc.quote_tokens[number][1]
            continue
        word = doc.words[at]
        if word == "," and at + 1 < high and at > begin:
            if _clause_follows(doc, at + 1, high, short):
                return at
        elif (
            (word in DASHES and at > begin and at + 1 < high and word not in doc.words[at + 1 : high])
            or word == ";"
            or (
                short
                and at > begin + 1
                and doc.bits[at] & BOUND
                and not doc.bits[at] & DET
                and doc.low[at] not in ("as", "como")
            )
            or (doc.bits[at] & CONJ and at > begin and _cue_follows(doc, at + 1, high))
        ):
            return at
        at += 1
    end = high
    while end > begin and doc.words[end - 1] in _END and doc.quote[end - 1] == inside:
        end -= 1
    return end


def _clause_follows(doc: Document, at: int, high: int, short: bool) -> bool:
    """After a comma: does the outlet take up its own voice (a participle cue, a new subject with a cue)?"""
    word, bits = doc.low[at], doc.bits[at]
    cue = doc.cues[at]
    if cue is not None and cue.form == "ing":
        return cue.lemma not in ("include", "refer", "mean", "seem")
    if word in doc.lexicon.citing or word in ("according", "según"):
        return True
    if bits & CONJ:
        return _cue_follows(doc, at + 1, high)
    if (
        bits & SUB
        and not bits & (THAT | REL)
        and doc.low[at] not in ("if", "because", "si", "porque", "where", "que")
    ):
        return True
    if bits & REL and short:
        return True
    return _cue_follows(doc, at, high) and bool(bits & SUBJ)


def _cue_follows(doc: Document, at: int, high: int) -> bool:
    """Whether ``[SUBJECT] (AUX) CUE`` stands at `at`."""
    limit = min(high, at + 9)
    start = at
    while at < limit:
        if doc.quote[at] >= 0 and (at == 0 or doc.quote[at - 1] != doc.quote[at]):
            return False
        cue, bits = doc.cues[at], doc.bits[at]
        if (
            cue is not None
            and cue.form in ("past", "s")
            and cue.group in ("say", "tell", "judge")
            and not doc.is_capital(at)
        ):
            return cue.form == "past" or at > start
        if (
            doc.words[at][0] in ",.;:"
            or bits & (THAT | REL)
            or (bits & PREP and not bits & ADV and doc.low[at] not in ("of", "de", "for"))
        ):
            return False
        if bits & AUX and at == start:
            return False
        at += 1
    return False
