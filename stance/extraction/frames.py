"""Reported speech: candidates from cue verbs, with the content each would have."""

from stance.extraction.candidates import Candidate
from stance.extraction.content import DASHES, content_end, content_start, quotes_in
from stance.extraction.document import Document
from stance.extraction.lexicon import BOUND, CONJ, DET, NEG, POSS, PREP, REL, THAT, Cue
from stance.extraction.nominal import CLITICS, adjective_candidate, noun_candidate, phrase_candidate
from stance.extraction.sources import (
    Span,
    phrase_left,
    phrase_right,
    sentence_subject,
    subject_left,
    verb_group_start,
)

_END = frozenset((".", "!", "?", "…", "...", ";", ":"))
_ASPECT = frozenset(("continue", "continuar", "proseguir"))
_ATTRIBUTIVE = frozenset(("according", "según"))
_NOBODY = frozenset(("no", "none", "nobody", "nadie", "ningún", "ninguna"))
_FIRST_WORDS = frozenset(("according", "in", "as", "según", "de", "a"))


def reported_speech(doc: Document, taken: set[int]) -> list[Candidate]:
    """Find the candidates of reported speech.

    Parameters
    ----------
    doc : Document
        The article.
    taken : set of int
        Tokens of cues that direct speech has used.

    Returns
    -------
    list of Candidate
        In order of their cues; a cue may have several, of which one can be true.
    """
    found: list[Candidate] = []
    cues = doc.cues
    for at in range(len(doc)):
        cue = cues[at]
        if cue is not None:
            if at not in taken:
                _verb_or_noun(doc, at, cue, found)
        elif doc.low[at] in _FIRST_WORDS:
            phrase_candidate(doc, at, found)
    return found


_ASPECT = frozenset(("continue", "continuar", "proseguir"))
_ATTRIBUTIVE = frozenset(("according", "según"))
_NOBODY = frozenset(("no", "none", "nobody", "nadie", "ningún", "ninguna"))
_FIRST_WORDS = frozenset(("according", "in", "as", "según", "de", "a"))


def _verb_or_noun(doc: Document, at: int, cue: Cue, found: list[Candidate]) -> None:
    low, high = doc.inner_bounds(at)
    if cue.form == "noun":
        noun_candidate(doc, at, cue, low, high, found)
        return
    if cue.form == "adjective":
        adjective_candidate(doc, at, cue, low, high, found)
        return
    if doc.is_capital(at) and at > low and doc.quote[at] < 0 and not _headline(doc, low, high):
        return
    noun = doc.lexicon.nouns.get(doc.low[at]) if cue.form in ("base", "s") else None
    if (
        noun is not None
        and at > low
        and (doc.low[at - 1] in CLITICS or doc.bits[at - 1] & (DET | POSS | PREP) or _modified(doc, at, low))
    ):
        noun_candidate(doc, at, noun, low, high, found)
        if doc.low[at - 1] in CLITICS or doc.bits[at - 1] & (DET | POSS):
            return
    group, negated, auxiliary = verb_group_start(doc, at, low)
    source = _source(doc, at, cue, group, auxiliary, low, found)
    if source is None and doc.lexicon.lang == "es" and cue.form in ("past", "s"):
        _without_subject(doc, at, cue, group, negated, low, high, found)
        return
    if source is not None and (doc.bits[source[0]] & NEG or doc.low[source[0]] in _NOBODY):
        negated = True
    _right(doc, at, cue, group, negated, source, high, found)
    _left(doc, at, cue, group, negated, source, low, high, found)


def _modified(doc: Document, at: int, low: int) -> bool:
    """Whether an owner or determiner stands a few adjectives before a noun."""
    return any(
        doc.low[step] in CLITICS or doc.bits[step] & (DET | POSS) for step in range(max(low, at - 3), at - 1)
    )


def _without_subject(
    doc: Document, at: int, cue: Cue, group: int, negated: bool, low: int, high: int, found: list[Candidate]
) -> None:
    """Spanish: the subject follows (*Aseguró el ministro que ...*) or is left out (*Asimismo, señaló que ...*)."""
    following = phrase_right(doc, at + 1, high) if at + 1 < high and doc.quote[at + 1] < 0 else None
    if (
        following is not None
        and following[1] < high
        and doc.bits[following[1]] & THAT
        and cue.frame == "that"
    ):
        begin = following[1] + 1
        end = content_end(doc, begin, high, cue)
        if end > begin:
            quotes = quotes_in(doc, begin, end)
            found.append(
                Candidate(
                    cue,
                    (at, at + 1),
                    following,
                    (begin, end),
                    "right",
                    negated=negated,
                    group=group,
                    quotes=quotes,
                )
            )
        return
    count = len(found)
    _right(doc, at, cue, group, negated, None, high, found)
    if len(found) > count:
        found[-1].implicit = True
    else:
        _left(doc, at, cue, group, negated, None, low, high, found)


def _headline(doc: Document, low: int, high: int) -> bool:
    """Most words of a headline begin with a capital."""
    words = [doc.words[at] for at in range(low, high) if doc.words[at][0].isalpha()]
    return len(words) >= 4 and sum(word[0].isupper() for word in words) >= 0.7 * len(words)


def _source(
    doc: Document, at: int, cue: Cue, group: int, auxiliary: bool, low: int, found: list[Candidate]
) -> Span | None:
    before = group - 1
    finite = cue.form in ("past", "s") or auxiliary
    if finite:
        source = subject_left(doc, group, low)
        if source is not None:
            return source
        if before >= low and (doc.bits[before] & CONJ or doc.words[before] == ","):
            return _first_of(_earlier_source(doc, at, low, found), sentence_subject(doc, group, low))
        return None
    if cue.form == "base":
        source = subject_left(doc, group, low)
        if source is not None and (before < low or doc.low[before] not in ("to", "a", "de", "por", "en")):
            return source
    if before > low and cue.form == "ing" and doc.low[before] == "as":
        quoted = phrase_left(doc, before - 1, low)  # "quoted the minister as saying"
        if quoted is not None:
            return quoted
    if before >= low and cue.form == "ing" and doc.words[before] != "," and not doc.bits[before] & PREP:
        source = phrase_left(doc, before, low)
        if source is not None and source[0] > low and doc.low[source[0] - 1] in ("with", "con"):
            return source
    subject = _earlier_source(doc, at, low, found) or sentence_subject(doc, group, low)
    if (
        subject is not None
        and cue.form == "ing"
        and not any(doc.is_capital(k) for k in range(subject[0] + 1, subject[1]))
    ):
        # "The remarks came days after the ministry broke ties, citing ...": the nearer clause has the actor.
        for step in range(group - 1, subject[1] - 1, -1):
            if (
                doc.bits[step] & BOUND
                and not doc.bits[step] & DET
                and doc.low[step] in ("after", "when", "tras", "cuando")
            ):
                nearer = phrase_right(doc, step + 1, group)
                if (
                    nearer is not None
                    and any(doc.is_capital(k) for k in range(*nearer))
                    and _is_document(doc, subject)
                ):
                    return nearer
                break
    return subject


def _is_document(doc: Document, span: Span) -> bool:
    return any(word in doc.lexicon.documents for word in doc.low[span[0] : span[0] + 3])


def _first_of(one: Span | None, two: Span | None) -> Span | None:
    if one is None or two is None:
        return one or two
    return one if one[0] <= two[0] else two


def _earlier_source(doc: Document, at: int, low: int, found: list[Candidate]) -> Span | None:
    """Source of the first finite cue of the same sentence."""
    source = None
    for candidate in reversed(found):
        if candidate.cue_span[0] < low:
            break
        if (
            candidate.frame != "noun"
            and not candidate.frame.startswith("according")
            and candidate.source is not None
            and (
                candidate.cue_span[0] < at
                and candidate.cue.form in ("past", "s", "base")
                and candidate.group <= candidate.cue_span[0]
            )
        ):
            if candidate.cue.form == "base" and candidate.group == candidate.cue_span[0]:
                continue
            source = candidate.source
    return source


def _right(
    doc: Document,
    at: int,
    cue: Cue,
    group: int,
    negated: bool,
    source: Span | None,
    high: int,
    found: list[Candidate],
) -> None:
    if cue.lemma in _ASPECT and at + 1 < high and doc.low[at + 1] in ("to", "a"):
        return  # "continues to cause" says nothing
    begin = content_start(doc, at, cue, high)
    if begin >= high or doc.words[begin] in (",", ".", ")", "”", ";", "?", "!"):
        return
    end = content_end(doc, begin, high, cue)
    if end <= begin:
        return
    found.append(
        Candidate(
            cue,
            (at, at + 1),
            source,
            (begin, end),
            "right",
            negated=negated,
            group=group,
            quotes=quotes_in(doc, begin, end),
        )
    )


def _left(
    doc: Document,
    at: int,
    cue: Cue,
    group: int,
    negated: bool,
    source: Span | None,
    low: int,
    high: int,
    found: list[Candidate],
) -> None:
    """``CONTENT, SUBJECT CUE`` and ``CONTENT, CUE SUBJECT``."""
    if cue.group not in ("say", "tell", "think", "show") or cue.form not in ("past", "s", "base"):
        return
    if source is not None and source[0] > low and doc.words[source[0] - 1] == "," and source[1] <= group:
        comma = source[0] - 1
    elif source is None and group > low and doc.words[group - 1] == "," and at + 1 < high:
        source = phrase_right(doc, at + 1, high)
        comma = group - 1
        if source is None:
            return
    else:
        return
    if doc.quote[comma] >= 0 and doc.quote[at] < 0:
        return
    begin = low
    number = doc.quote[at]
    while begin < comma and (
        doc.bits[begin] & CONJ or not (doc.words[begin][0].isalnum() or doc.words[begin] in '“"‘«$@#[(')
    ):
        begin += 1
    end = comma
    following = at + 1
    if following < high and doc.words[following] == "," and number == doc.quote[following]:
        # Interposed: the content goes on after the second comma.
        end = high
        while end > following and doc.words[end - 1] in _END and doc.quote[end - 1] == number:
            end -= 1
        if end - following < 3:
            end = comma
        elif doc.bits[comma - 1] & REL:
            begin = following + 1  # "which, the ministry said, ..." : the clause itself
        else:
            begin = _clause_start(doc, begin, comma)
    adverbial = doc.low[begin] in _ATTRIBUTIVE or (doc.bits[begin] & PREP and comma - begin < 5)
    if end == comma and (comma - begin < 3 or adverbial):
        return
    found.append(
        Candidate(
            cue,
            (at, at + 1),
            source,
            (begin, end),
            "left",
            negated=negated,
            group=group,
            quotes=quotes_in(doc, begin, end),
        )
    )


def _clause_start(doc: Document, begin: int, comma: int) -> int:
    """Start of the clause that an interposed attribution interrupts: after the last dash or semicolon."""
    for at in range(comma - 1, begin, -1):
        if (doc.words[at] in DASHES or doc.words[at] == ";") and doc.quote[at] < 0:
            return at + 1
    return begin
