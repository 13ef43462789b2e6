"""Direct speech: which cue and which speaker a quotation belongs to, in both orders."""

from stance.extraction.candidates import Candidate
from stance.extraction.document import WINDOW, Document
from stance.extraction.lexicon import AUX, DAY, NEG, PREP, REL, SUBJ, Cue
from stance.extraction.sources import (
    Span,
    phrase_left,
    phrase_right,
    sentence_subject,
    subject_left,
    verb_group_start,
)

COLON = Cue(":", "colon", "speech", "that", "colon")
_QUOTED = ("say", "tell", "judge", "think", "commit", "show")
_FINITE = ("past", "s")
MAX_GAP = 22  # tokens between a cue and the quotation that follows it
MAX_AFTER = 26  # tokens after a quotation in which its cue must stand


def direct_speech(doc: Document) -> tuple[list[Candidate], set[int]]:
    """Find the quotations that are direct speech.

    Returns
    -------
    candidates : list of Candidate
        One a quotation, in order; the parts of an interrupted quotation share cue and source.
    cues : set of int
        Tokens of the cue verbs that are taken.
    """
    found: list[Candidate] = []
    taken: set[int] = set()
    last: Candidate | None = None
    for number, (first, stop) in enumerate(doc.quote_tokens):
        if stop - first < 3:
            continue
        candidate = _before(doc, number) if _follows_lead(doc, first) else None
        candidate = (
            candidate or _after(doc, number) or _continued(doc, number, last) or _free(doc, number, last)
        )
        if candidate is None:
            if not _inside_clause(doc, number):
                last = None
            continue
        found.append(candidate)
        taken.update(range(*candidate.cue_span))
        last = candidate
    return found, taken


def is_clause(doc: Document, number: int) -> bool:
    """Whether a quotation stands as an utterance of its own, not as a fragment in the outlet's clause."""
    first, stop = doc.quote_tokens[number]
    if not doc.quotes[number].closed:
        return True
    inner = stop - 2
    if inner <= first:
        return False
    return (
        doc.words[inner] in (",", ".", "!", "?", "…", "—", "–", "--", "...", "-")
        or stop >= doc.sentence_end[first]
        or (doc.words[stop] in (".", ",", ";", ":", "!", "?"))
    )


def _make(
    doc: Document, number: int, cue: Cue, cue_span: Span, source: Span | None, **more: object
) -> Candidate:
    first, stop = doc.quote_tokens[number]
    begin = doc.sentence_start[first]
    if cue_span[0] >= stop and begin < first and not _lead(doc, first - 1):
        # The quotation is only the end of the clause that the cue follows.
        numbers = tuple(dict.fromkeys(n for n in doc.quote[begin:stop] if n >= 0))
        while begin < first and not (doc.words[begin][0].isalnum() or doc.quote[begin] >= 0):
            begin += 1
        return Candidate(cue, cue_span, source, (begin, stop), "left", quotes=numbers, **more)  # type: ignore[arg-type]
    return Candidate(cue, cue_span, source, doc.quote_tokens[number], "quote", quotes=(number,), **more)  # type: ignore[arg-type]


def _lead(doc: Document, at: int) -> bool:
    return doc.words[at] in (",", ":", "—", "–", "--", ";", "(", "[") or doc.quote[at] >= 0


def _after(doc: Document, number: int) -> Candidate | None:
    """``"...," SUBJECT CUE`` and ``"...," CUE SUBJECT``."""
    first, stop = doc.quote_tokens[number]
    if not doc.quotes[number].closed or stop >= len(doc) or doc.paragraph[stop] != doc.paragraph[first]:
        return None
    inner = doc.words[stop - 2]
    at = stop
    if doc.words[at] in (",", "—", "–", "--", "-"):
        at += 1
    elif not _open_seam(doc, inner, at, stop - first):
        return None
    limit = at
    high = min(len(doc), at + MAX_AFTER)
    while (
        limit < high
        and doc.paragraph[limit] == doc.paragraph[first]
        and not _stops(doc, limit)
        and (
            doc.quote[limit] < 0
            or doc.quote_tokens[doc.quote[limit]][1] - doc.quote_tokens[doc.quote[limit]][0] <= 5
        )
    ):
        limit += 1
    if limit <= at:
        return None
    cue = doc.cues[at]
    bits = doc.bits[at]
    if cue is not None and cue.group in _QUOTED and cue.form in _FINITE and not bits & SUBJ:
        source = phrase_right(doc, at + 1, limit, tight=True)
        if source is not None and (cue.frame != "hearer" or cue.lemma == "ask" or doc.lexicon.lang == "es"):
            return _make(doc, number, cue, (at, at + 1), _extend_apposition(doc, source, limit), group=at)
        if doc.lexicon.lang == "es" and source is None:
            return _make(doc, number, cue, (at, at + 1), None, group=at, implicit=True)
        if cue.frame != "hearer" and inner in (",", "?", "!"):
            return None
    for position in range(at, limit):
        cue = doc.cues[position]
        if (
            cue is None
            or cue.group not in _QUOTED
            or cue.form not in ("past", "s", "base")
            or doc.bits[position] & SUBJ
        ):
            continue
        if cue.form == "base" and cue.lemma != "say" and cue.group != "say":
            continue
        if doc.is_capital(position):
            continue
        group, negated, _ = verb_group_start(doc, position, at)
        if group <= at:
            continue
        source = subject_left(doc, group, at)
        if source is None:
            continue
        if (
            source[0] > at
            and not (source[0] == at + 1 and doc.words[at] == ",")
            and not _adverbial(doc, at, source[0])
        ):
            continue
        return _make(doc, number, cue, (position, position + 1), source, negated=negated, group=group)
    return None


def _open_seam(doc: Document, inner: str, at: int, length: int) -> bool:
    """Whether the end of a quotation leaves room for its attribution: a comma inside it, no full stop."""
    if inner in (".", "…", "..."):
        return doc.low[at] == doc.words[at] or _bare_attribution(doc, at)
    if inner in (",", "!", "?", "—", "–", "--", "-"):
        return True
    # No punctuation at the seam: "..." said X is direct, "..." in Y is a fragment.
    cue = doc.cues[at]
    return cue is not None and cue.form in _FINITE and length >= 6


def _bare_attribution(doc: Document, at: int) -> bool:
    """``"... ended." Smith said.``: a sentence of its own that holds nothing but the attribution."""
    end = doc.sentence_end[at]
    last = end - 1
    if end - at > 8 or last <= at:
        return False
    if doc.words[last] == ".":
        last -= 1
    cue = doc.cues[last]
    return cue is not None and cue.form == "past" and cue.group == "say"


def _stops(doc: Document, at: int) -> bool:
    word = doc.words[at]
    return word in (";", ":", "?", "!") or (word == "." and doc.sentence_end[at] == at + 1)


def _adverbial(doc: Document, first: int, last: int) -> bool:
    """Whether what lies between a quotation and its speaker is only an adverb or adverbial up to a comma."""
    return last - first <= 8 and (doc.words[last - 1] == "," or bool(doc.bits[first] & (PREP | DAY)))


def _extend_apposition(doc: Document, source: Span, limit: int) -> Span:
    """Take ``, the minister`` after a name into the source."""
    first, stop = source
    if (
        stop + 1 < limit
        and doc.words[stop] == ","
        and doc.low[stop + 1] in ("a", "an", "the", "el", "la", "un", "una")
    ):
        more = phrase_right(doc, stop + 1, limit)
        if more is not None:
            return first, more[1]
    return source


def _follows_lead(doc: Document, first: int) -> bool:
    """Whether a comma, colon, complementizer or cue stands right before a quotation, in its sentence."""
    before = first - 1
    if before < 0 or doc.paragraph[before] != doc.paragraph[first]:
        return False
    if doc.words[before] == ":":
        return True
    if before < doc.sentence_start[first]:
        return False
    return (
        doc.words[before] in (",", "—", "–", "--")
        or doc.cues[before] is not None
        or doc.low[before] in ("that", "que", "as", "of", "him", "them", "reporters")
    )


def _before(doc: Document, number: int) -> Candidate | None:
    """``SUBJECT CUE, "..."`` and ``SUBJECT: "..."``."""
    if not is_clause(doc, number):
        return None
    before = doc.quote_tokens[number][0] - 1
    low = max(doc.sentence_start[before], before - WINDOW)
    return lead_in(doc, number, before, low)


def lead_in(doc: Document, number: int, before: int, low: int) -> Candidate | None:
    """Find cue and speaker in the tokens ``low..before`` that introduce a quotation."""
    first = doc.quote_tokens[number][0]
    mark = doc.words[before]
    floor = max(low, before - MAX_GAP)
    for position in range(before, floor - 1, -1):
        if doc.quote[position] >= 0 and doc.quote[position] != doc.quote[before]:
            break
        cue = doc.cues[position]
        if cue is None or cue.form in ("noun", "adjective", "participle") or cue.group not in _QUOTED:
            continue
        if doc.bits[position] & SUBJ or (doc.is_capital(position) and position > low):
            continue
        if cue.group in ("judge", "think", "show", "commit") and position < before - 9 and mark != ":":
            continue
        if cue.group in ("judge", "think", "show", "commit") and mark != ":" and position < before - 1:
            continue
        if position < before - 1 and mark not in (",", ":") and cue.frame != "hearer":
            continue
        if not _adjunct_only(doc, position + 1, before) and cue.frame != "hearer" and mark != ":":
            continue
        group, negated, auxiliary = verb_group_start(doc, position, low)
        source: Span | None
        if cue.form == "ing" and not auxiliary:
            source = _participle_subject(doc, group, low)
        elif cue.form == "base" and not auxiliary and cue.lemma != "say":
            source = sentence_subject(doc, group, low)
        else:
            source = subject_left(doc, group, low) or _second_verb(doc, group, low)
        if source is None and mark != ":":
            continue
        if source is None:
            source = sentence_subject(doc, position, low)
        return _make(doc, number, cue, (position, position + 1), source, negated=negated, group=group)
    if mark == ":":
        source = phrase_left(doc, before - 1, low)
        if source is not None and source[0] == low:
            return _make(doc, number, COLON, (before, before + 1), source, group=before)
        subject = sentence_subject(doc, before, low)
        if subject is not None and first - low > 2:
            return _make(doc, number, COLON, (before, before + 1), subject, group=before)
    return None


def _participle_subject(doc: Document, at: int, low: int) -> Span | None:
    """``X left the room, saying``: the subject of the sentence; ``with X saying``: the phrase before."""
    return sentence_subject(doc, at, low)


def _second_verb(doc: Document, group: int, low: int) -> Span | None:
    """``X laughed and said``: the subject of the sentence."""
    if group - 1 >= low and (
        doc.low[group - 1] in ("and", "but", "then", ",", "y", "e", "to")
        or doc.bits[group - 1] & (PREP | AUX | NEG)
    ):
        return sentence_subject(doc, group, low)
    return None


def _adjunct_only(doc: Document, first: int, last: int) -> bool:
    """Whether the tokens between a cue and the mark before a quotation are an adjunct, not a clause."""
    if first >= last:
        return True
    if not (
        doc.bits[first] & (PREP | DAY)
        or doc.words[first] == ","
        or doc.low[first].endswith("ly")
        or doc.low[first] in ("again", "later")
    ):
        return last - first <= 2
    return not any(
        (cue := doc.cues[at]) is not None
        and cue.form in _FINITE
        and not doc.is_capital(at)
        and cue.frame != "object"
        for at in range(first, last)
        if not doc.bits[at] & (SUBJ | REL)
    )


def _inside_clause(doc: Document, number: int) -> bool:
    first, _ = doc.quote_tokens[number]
    return doc.sentence_start[first] < first if first < len(doc) else False


def _continued(doc: Document, number: int, last: Candidate | None) -> Candidate | None:
    """The second part of an interrupted quotation: same paragraph, a new sentence, nobody else named between."""
    if last is None or not is_clause(doc, number):
        return None
    first, _ = doc.quote_tokens[number]
    previous = last.content[1]
    if doc.paragraph[first] != doc.paragraph[last.content[0]] or first - previous > 40:
        return None
    if (
        first == previous
        or doc.sentence_start[first] == first
        or doc.words[first - 1] in (",", ":", ";", "—", "–", "--")
    ):
        between = [
            at for at in range(max(previous, last.cue_span[1]), first) if doc.words[at] in (".", "!", "?")
        ]
        if len(between) > 1 and first > previous:
            return None
        return _make(
            doc,
            number,
            last.cue,
            last.cue_span,
            last.source,
            negated=last.negated,
            group=last.group,
            implicit=last.implicit,
        )
    return None


def _free(doc: Document, number: int, last: Candidate | None) -> Candidate | None:
    """A paragraph that is all quotation: introduced by the paragraph before, or said by its speaker."""
    first, stop = doc.quote_tokens[number]
    begin, end = doc.paragraph_tokens[doc.paragraph[first]]
    if first != begin:
        return None
    if begin > 0 and doc.words[begin - 1] == ":":
        lead = lead_in(doc, number, begin - 1, max(doc.sentence_start[begin - 1], begin - WINDOW))
        if lead is not None:
            return lead
    if stop < end - 1:
        return None
    if last is not None and doc.paragraph[last.content[0]] == doc.paragraph[first] - 1:
        return _make(
            doc,
            number,
            last.cue,
            last.cue_span,
            last.source,
            negated=last.negated,
            group=last.group,
            implicit=last.implicit,
        )
    return _led_by_paragraph(doc, number, begin)


def _led_by_paragraph(doc: Document, number: int, begin: int) -> Candidate | None:
    """A quotation of a whole paragraph after a paragraph that tells of somebody speaking."""
    if begin == 0:
        return None
    low, high = doc.sentence_start[begin - 1], doc.sentence_end[begin - 1]
    for at in range(low, high):
        cue = doc.cues[at]
        if (
            cue is None
            or cue.group not in ("say", "tell", "judge", "topic")
            or cue.form not in _FINITE
            or doc.quote[at] >= 0
            or doc.is_capital(at)
        ):
            continue
        group, negated, _ = verb_group_start(doc, at, low)
        source = subject_left(doc, group, low)
        if source is not None and not negated:
            return _make(doc, number, cue, (at, at + 1), source, group=group)
    return None
