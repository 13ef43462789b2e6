"""Statements set off without quotation marks: blocks after *the statement read:*, and embedded posts."""

from stance.extraction.candidates import Candidate
from stance.extraction.direct import COLON
from stance.extraction.document import Document
from stance.extraction.layout import Post
from stance.extraction.lexicon import Cue
from stance.extraction.sources import phrase_left, sentence_subject, subject_left, verb_group_start

POST = Cue("post", "post", "speech", "that", "post")
_MIN_BLOCK = 8  # tokens: a shorter paragraph after a colon is a heading or a list


def blocks(doc: Document, posts: list[Post]) -> list[Candidate]:
    """Find the blocks of an article.

    Parameters
    ----------
    doc : Document
        The article.
    posts : list of Post
        Its embedded posts: what follows a colon may be one of them instead.

    Returns
    -------
    list of Candidate
        One a block, in order.
    """
    found: list[Candidate] = []
    for number, (first, last) in enumerate(doc.paragraph_tokens[:-1]):
        if last - first < 3 or doc.words[last - 1] != ":" or doc.quote[last - 1] >= 0:
            continue
        begin, stop = doc.paragraph_tokens[number + 1]
        if stop - begin < _MIN_BLOCK or any(begin == opening for opening, _ in doc.quote_tokens):
            continue
        lead_end, body_start = doc.paragraphs[number][1], doc.paragraphs[number + 1][0]
        if any(lead_end <= post.start < body_start for post in posts):
            continue
        lead = _lead(doc, last - 1)
        if lead is None:
            continue
        stop = _extent(doc, number + 1)
        cue, cue_span, source = lead
        quotes = tuple(dict.fromkeys(quote for quote in doc.quote[begin:stop] if quote >= 0))
        found.append(
            Candidate(
                cue, cue_span, source, (begin, stop), "block", group=cue_span[0], quotes=quotes, score=0.9
            )
        )
    return found


def _lead(doc: Document, colon: int) -> tuple[Cue, tuple[int, int], tuple[int, int] | None] | None:
    """Cue and source of a paragraph that ends with a colon; None where it introduces no statement."""
    low = doc.sentence_start[colon]
    speaks = False
    for at in range(colon - 1, low - 1, -1):
        cue = doc.cues[at]
        speaks = speaks or doc.low[at] in doc.lexicon.documents
        if (
            cue is None
            or cue.group not in ("say", "tell", "show")
            or cue.form in ("noun", "adjective", "base")
        ):
            continue
        if cue.group == "show" and not speaks:
            continue
        group, _, auxiliary = verb_group_start(doc, at, low)
        source = (
            sentence_subject(doc, group, low)
            if cue.form == "ing" and not auxiliary
            else subject_left(doc, group, low)
        )
        source = source or sentence_subject(doc, at, low)
        return cue, (at, at + 1), source
    if speaks:
        source = phrase_left(doc, colon - 1, low) or sentence_subject(doc, colon, low)
        return COLON, (colon, colon + 1), source
    return None


def _extent(doc: Document, number: int) -> int:
    """A block is one paragraph, or a list of points."""
    first, stop = doc.paragraph_tokens[number]
    mark = doc.words[first]
    if mark in ("•", "-", "–", "*", "—") or mark.isdigit():
        for begin, end in doc.paragraph_tokens[number + 1 :]:
            if not (doc.words[begin] == mark or (mark.isdigit() and doc.words[begin].isdigit())):
                break
            stop = end
    return stop
