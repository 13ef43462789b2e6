"""From kept candidates to records: speakers, dates, the outlet's words, and whether a statement is official."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date as Date

from stance.actors import Gazetteer
from stance.extraction.candidates import Candidate
from stance.extraction.dates import Dated, DateReader, parse_date
from stance.extraction.document import Document
from stance.extraction.entities import OFFICIAL_TYPES, Speaker
from stance.extraction.layout import Layout, Post
from stance.extraction.lexicon import THAT
from stance.extraction.official import judge_official
from stance.extraction.outlet import merge, outlet_words
from stance.extraction.records import Attribution, Span
from stance.extraction.selection import is_likely
from stance.extraction.speakers import SpeakerResolver

POST_CONFIDENCE = 0.95  # an embedded post is signed
_ASIDE = re.compile(r"[,;—]\s(?!\d)|\b(?:who|which|whose|quien|que)\b")
_REACH = 600  # code points around a statement in which its date is looked for
_TAIL = 48  # code points at the end of a content in which a date may be that of the statement


class Recorder:
    """Turns the kept candidates of one article into records, in reading order.

    Parameters
    ----------
    doc : Document
        The article.
    layout : Layout
        Its page: embedded posts, headings, the date printed on it.
    reader : DateReader
        Reads dates in its language.
    date : str or None
        Date of publication as given by the caller.
    everything : bool
        Whether records that are not official are wanted.
    """

    def __init__(
        self, doc: Document, layout: Layout, reader: DateReader, date: str | None, everything: bool
    ) -> None:
        self.doc, self.layout, self.reader, self.everything = doc, layout, reader, everything
        self.anchor, self.anchor_basis = self._anchor(date)
        self.resolver = SpeakerResolver(
            doc, Gazetteer.default(), self.anchor.isoformat() if self.anchor else None
        )
        self._dated: dict[str, Dated] = {}

    def _anchor(self, date: str | None) -> tuple[Date | None, str]:
        given = parse_date(date)
        if given is not None:
            return given, "given date of the article"
        if self.layout.published is not None:
            return self.layout.published, self.layout.published_basis
        signed = next((post.date for post in self.layout.posts if post.date is not None), None)
        return signed, "date of an embedded post"

    def records(self, kept: list[Candidate]) -> list[Attribution]:
        """Records of the candidates and of the embedded posts, ordered by start."""
        found: list[Attribution] = []
        posts = list(self.layout.posts)
        attributing = [candidate for candidate in kept if candidate.frame.startswith("according")]
        for candidate in sorted(kept, key=lambda c: (c.cue_span[0], c.content)):
            at = self.doc.start[candidate.cue_span[0]]
            while posts and posts[0].start < at:
                found.append(self._post(posts.pop(0)))
            found.extend(self._statement(candidate, attributing))
        found.extend(self._post(post) for post in posts)
        found.sort(key=lambda record: (record.start, record.end))
        chosen = [record for record in found if record.official or self.everything]
        return [replace(record, id=f"s{number}") for number, record in enumerate(chosen, 1)]

    def _statement(self, candidate: Candidate, attributing: list[Candidate]) -> list[Attribution]:
        doc = self.doc
        start, end, kind, quoted = self._span(candidate)
        if end - start < 2:
            return []
        speakers = self.resolver.resolve(candidate.source)
        if candidate.implicit and candidate.source is None:
            speakers = [self.resolver.registry.last() or speakers[0]]
        cue = (doc.start[candidate.cue_span[0]], doc.end[candidate.cue_span[1] - 1])
        mention = candidate.source and (doc.start[candidate.source[0]], doc.end[candidate.source[1] - 1])
        exclude = outlet_words(
            doc.text, start, end, [(start, end)] if kind == "direct" else list(quoted), doc.lexicon.lang
        )
        inner = self._interposed(candidate, start, end)
        if inner is not None:
            exclude = merge([*exclude, inner], start, end)
        nested = doc.quote[candidate.cue_span[0]] >= 0 and not self._fragment(candidate)
        headline = doc.paragraph[candidate.cue_span[0]] in self.layout.headlines
        found = []
        for speaker in speakers:
            when = self._date(candidate, speaker, start, end)
            if when is not None and speaker.actor_type == "former official":
                speaker = self.resolver.at_date(speaker, when.value)
            official, reason = judge_official(doc, candidate, speaker, nested=nested, headline=headline)
            if not official and not is_likely(candidate):
                continue
            found.append(
                Attribution(
                    id="",
                    actor=speaker.actor,
                    speaker=speaker.name,
                    office=speaker.office,
                    actor_type=speaker.actor_type,
                    official=official,
                    date=when.value if when else None,
                    date_basis=when.basis if when else None,
                    kind=kind,
                    start=start,
                    end=end,
                    text=doc.text[start:end],
                    quoted=quoted,
                    exclude=tuple(exclude),
                    cue=doc.text[cue[0] : cue[1]],
                    cue_span=cue,
                    mention=doc.text[mention[0] : mention[1]] if mention else None,
                    mention_span=mention,
                    negated=candidate.negated,
                    via=self._via(candidate, attributing),
                    confidence=round(candidate.score, 3),
                    reason=reason,
                    lang=doc.lexicon.lang,
                )
            )
            if candidate.cue.cue_class in ("speech", "judgement") and not nested:
                self.resolver.registry.spoke(speaker, cue[0])
        return found

    def _span(self, candidate: Candidate) -> tuple[int, int, str, tuple[Span, ...]]:
        doc = self.doc
        first, last = candidate.content
        if candidate.frame == "quote" and len(candidate.quotes) == 1:
            quote = doc.quotes[candidate.quotes[0]]
            start, end = _strip(doc.text, quote.inner_start, quote.inner_end)
            mixed = first > 0 and doc.bits[first - 1] & THAT and doc.low[first - 1] in ("that", "que")
            return start, end, "mixed" if mixed else "direct", ()
        start, end = doc.start[first], doc.end[last - 1]
        quoted = []
        for number in candidate.quotes:
            quote = doc.quotes[number]
            if start <= quote.start and quote.end <= end and not self._scare(number):
                quoted.append((quote.inner_start, quote.inner_end))
        if candidate.frame == "block":
            return start, end, "block", tuple(quoted)
        return start, end, "mixed" if quoted else "indirect", tuple(quoted)

    def _scare(self, number: int) -> bool:
        """A single word in quotation marks between a name and a noun (*Hamas “political” chief*) is the outlet's."""
        doc = self.doc
        first, stop = doc.quote_tokens[number]
        if stop - first != 3 or first == 0 or stop >= len(doc):
            return False
        before, after = doc.words[first - 1], doc.words[stop]
        return before[0].isupper() and after[0].isalpha() and not doc.bits[stop]

    def _fragment(self, candidate: Candidate) -> bool:
        """Whether a cue inside a quotation continues the outlet's sentence: ``X “noted that ...”``."""
        doc = self.doc
        first, _ = doc.quote_tokens[doc.quote[candidate.cue_span[0]]]
        return doc.sentence_start[first] < first and candidate.cue_span[0] - first <= 3

    def _interposed(self, candidate: Candidate, start: int, end: int) -> Span | None:
        """Speaker and cue where they stand inside the content: ``The cities, the army said, were ...``."""
        doc = self.doc
        if candidate.frame == "quote":
            return None
        first, last = candidate.cue_span
        if candidate.source is not None:
            first, last = min(first, candidate.source[0]), max(last, candidate.source[1])
        low, high = candidate.content
        if not (low <= first and last <= high):
            return None
        if first > low and doc.words[first - 1] == ",":
            first -= 1
        if last < high and doc.words[last] == ",":
            last += 1
        return max(start, doc.start[first]), min(end, doc.end[last - 1])

    def _via(self, candidate: Candidate, attributing: list[Candidate]) -> str | None:
        doc = self.doc
        sentence = doc.sentence_start[candidate.cue_span[0]]
        for other in attributing:
            if other is candidate or other.source is None:
                continue
            if doc.sentence_start[other.cue_span[0]] == sentence:
                return doc.slice(*other.source)
        return None

    def _date(self, candidate: Candidate, speaker: Speaker, start: int, end: int) -> Dated | None:
        """Date of a statement: from its sentence, else as its speaker's last, else that of the article."""
        doc, resolve = self.doc, self.reader.resolve
        cue = candidate.cue_span[0]
        at = doc.start[cue]
        key = speaker.name or speaker.actor or ""
        first, last = doc.sentence_start[cue], doc.sentence_end[cue]
        low, high = (
            max(doc.start[first], at - _REACH),
            min(doc.end[last - 1], at + len(doc.words[cue]) + end - start + _REACH),
        )
        after = (min(end, high), self._adjunct_end(min(end, high), high))
        before = (low, max(start, low))
        found = None
        for begin, stop in (after, before) if start < at else (before, after):
            found = found or (resolve(doc.text, begin, stop, at, self.anchor) if begin < stop else None)
        if found is None and candidate.frame != "quote" and start >= at:
            found = resolve(doc.text, max(start, end - _TAIL), end, end, self.anchor)
        if (
            found is None
            and first > 0
            and doc.paragraph[first - 1] == doc.paragraph[cue]
            and key not in self._dated
        ):
            found = resolve(
                doc.text, doc.start[doc.sentence_start[first - 1]], doc.end[first - 1], at, self.anchor
            )
        if found is not None:
            if key:
                self._dated[key] = found
            return found
        if key in self._dated:
            earlier = self._dated[key]
            words = earlier.basis.removeprefix("as the statement before: ")
            return Dated(earlier.value, f"as the statement before: {words}", at)
        if self.anchor is not None:
            return Dated(self.anchor.isoformat(), self.anchor_basis, at)
        return None

    def _adjunct_end(self, start: int, end: int) -> int:
        """Where the adjunct after a statement ends: what follows a comma or relative tells of something else."""
        match = _ASIDE.search(self.doc.text, min(start + 1, end), end)
        return match.start() if match is not None else end

    def _post(self, post: Post) -> Attribution:
        text, lang = self.doc.text, self.doc.lexicon.lang
        speaker = self.resolver.signed(post.name_start, post.name_end)
        self.resolver.registry.spoke(speaker, post.start)
        day = post.date or self.anchor
        basis = "signed on the post" if post.date else self.anchor_basis if self.anchor else None
        whole = (post.start, post.end)
        return Attribution(
            id="",
            actor=speaker.actor,
            speaker=speaker.name,
            office=speaker.office,
            actor_type=speaker.actor_type,
            official=speaker.actor_type in OFFICIAL_TYPES,
            date=day.isoformat() if day else None,
            date_basis=basis,
            kind="block",
            start=post.start,
            end=post.end,
            text=text[post.start : post.end],
            quoted=(),
            exclude=tuple(outlet_words(text, *whole, [whole], lang)),
            cue=None,
            cue_span=None,
            mention=text[post.name_start : post.name_end],
            mention_span=(post.name_start, post.name_end),
            negated=False,
            via=None,
            confidence=POST_CONFIDENCE,
            reason=speaker.reason,
            lang=lang,
        )


def _strip(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    stripped = piece.strip()
    if not stripped:
        return start, end
    begin = start + len(piece) - len(piece.lstrip())
    return begin, begin + len(stripped)
