"""From an article to attributed statements."""

from __future__ import annotations

import re
from datetime import date as Date

from stance.actors import Gazetteer
from stance.errors import DataError
from stance.extract.blocks import blocks
from stance.extract.candidates import Candidate
from stance.extract.dates import Dated, DateReader, parse_date
from stance.extract.direct import direct_speech
from stance.extract.document import Document, paragraphs
from stance.extract.ends import choose_end
from stance.extract.entities import OFFICIAL_TYPES, Speaker
from stance.extract.frames import quotes_in, reported_speech
from stance.extract.language import guess_language
from stance.extract.layout import Layout, Post, read_layout
from stance.extract.lexicon import LANGUAGES, load_lexicon
from stance.extract.official import judge_official
from stance.extract.outlet import merge, outlet_words
from stance.extract.records import Attribution, Span
from stance.extract.selection import select
from stance.extract.speakers import SpeakerResolver
from stance.extract.weighing import load_weights, weigh, weigh_by_rule

MAX_CHARS = 2_000_000
_TOO_LONG = (
    "article of {count:,} characters is longer than the cap of {cap:,}; an article is rarely longer than 100,000: "
    "cut the input into articles, or raise max_chars"
)
_MOVABLE = frozenset(("right", "noun", "adjective", "according-first"))
_ASIDE = re.compile(r"[,;—]\s(?!\d)|\b(?:who|which|whose|quien|que)\b")
LIKELY = 0.56  # least probability of a record, measured on PolNeAR train
LIKELY_OFFICIAL = 0.25  # an official beside a verb of speech is rarely anything else


def extract(
    article: str,
    date: str | None = None,
    lang: str | None = None,
    *,
    all: bool = False,
    max_chars: int = MAX_CHARS,
) -> list[Attribution]:
    """Find the attributed statements of a news article.

    Parameters
    ----------
    article : str
        The article as plain text, with whatever stands around it on its page.
    date : str, optional
        Date of publication, ISO 8601; weekdays are counted back from it. Without it the date printed on the
        article is used, or that of an embedded post.
    lang : str, optional
        ``en`` or ``es``; guessed from the text where it is not given. For other languages, English cues are
        looked for.
    all : bool, default False
        Give statements of analysts, media, former officials, unknown speakers and attitudes too; their
        `official` is False.
    max_chars : int, default 2,000,000
        Longer texts are refused.

    Returns
    -------
    list of Attribution
        In the order of the text; two records of one span where two actors speak at once.

    Raises
    ------
    DataError
        The text is longer than `max_chars`.
    """
    if len(article) > max_chars:
        raise DataError(_TOO_LONG.format(count=len(article), cap=max_chars))
    language = lang if lang in LANGUAGES else guess_language(article)
    lexicon = load_lexicon(language)
    reader = DateReader.of(language)
    layout = read_layout(article, paragraphs(article), reader)
    doc = Document(article, lexicon, layout.paragraphs)
    found = candidates(doc, layout.posts)
    kept = select(found, LIKELY, LIKELY_OFFICIAL)
    return _Recorder(doc, layout, reader, date, all).records(kept)


def candidates(doc: Document, posts: list[Post]) -> list[Candidate]:
    """Candidates of an article with their contents and scores."""
    set_off = blocks(doc, posts)
    opaque = [candidate.content for candidate in set_off]
    direct, taken = direct_speech(doc)
    for candidate in set_off:
        taken.update(range(*candidate.cue_span))
    reported = reported_speech(doc, taken)
    weighed = direct + reported
    weights = load_weights(doc.lexicon.lang)
    if weights is None:
        weigh_by_rule(doc, weighed)
    else:
        for candidate in reported:
            if candidate.frame in _MOVABLE:
                choose_end(
                    doc,
                    candidate,
                    doc.content_limit(candidate.cue_span[0], candidate.content[0]),
                    weights.ends,
                )
                candidate.quotes = quotes_in(doc, *candidate.content)
        weigh(doc, weighed, weights)
    # What a block says is its speaker's; nobody else's words are looked for in it.
    weighed = [c for c in weighed if not any(first <= c.cue_span[0] < last for first, last in opaque)]
    return set_off + weighed


class _Recorder:
    """Turns kept candidates into records, in reading order."""

    def __init__(
        self, doc: Document, layout: Layout, reader: DateReader, date: str | None, everything: bool
    ) -> None:
        self.doc, self.layout, self.reader, self.everything = doc, layout, reader, everything
        self.anchor, self.anchor_basis = self._anchor(date)
        self.resolver = SpeakerResolver(
            doc, Gazetteer.default(), self.anchor.isoformat() if self.anchor else None
        )
        self.dated: dict[str, Dated] = {}

    def _anchor(self, date: str | None) -> tuple[Date | None, str]:
        given = parse_date(date)
        if given is not None:
            return given, "given date of the article"
        if self.layout.published is not None:
            return self.layout.published, self.layout.published_basis
        signed = next((post.date for post in self.layout.posts if post.date is not None), None)
        return signed, "date of an embedded post"

    def records(self, kept: list[Candidate]) -> list[Attribution]:
        found: list[tuple[int, int, Attribution]] = []
        posts = list(self.layout.posts)
        attributing = [c for c in kept if c.frame.startswith("according")]
        order = sorted(kept, key=lambda c: (c.cue_span[0], c.content))
        for candidate in order:
            at = self.doc.start[candidate.cue_span[0]]
            while posts and posts[0].start < at:
                found.append(self._post(posts.pop(0)))
            found.extend(self._record(candidate, attributing))
        found.extend(self._post(post) for post in posts)
        found.sort(key=lambda item: item[:2])
        chosen = [record for _, _, record in found if record.official or self.everything]
        return [_numbered(record, number) for number, record in enumerate(chosen, 1)]

    def _record(
        self, candidate: Candidate, attributing: list[Candidate]
    ) -> list[tuple[int, int, Attribution]]:
        doc = self.doc
        start, end, kind, quoted = self._span(candidate)
        if end - start < 2:
            return []
        speakers = self.resolver.resolve(candidate.source)
        if candidate.implicit and candidate.source is None:
            speakers = [self.resolver.registry.last() or speakers[0]]
        cue_start, cue_end = doc.start[candidate.cue_span[0]], doc.end[candidate.cue_span[1] - 1]
        via = self._via(candidate, attributing)
        exclude = outlet_words(
            doc.text, start, end, [(start, end)] if kind == "direct" else list(quoted), doc.lexicon.lang
        )
        inner = self._interposed(candidate, start, end)
        if inner is not None:
            exclude = merge([*exclude, inner], start, end)
        nested = doc.quote[candidate.cue_span[0]] >= 0 and not self._fragment(candidate)
        headline = doc.paragraph[candidate.cue_span[0]] in self.layout.headlines
        out = []
        for speaker in speakers:
            when = self._date(candidate, speaker, start, end)
            if when is not None and speaker.actor_type == "former official":
                speaker = self.resolver.at_date(speaker, when.value)
            official, reason = judge_official(doc, candidate, speaker, nested=nested, headline=headline)
            if candidate.score < LIKELY and not official:
                continue
            mention = (
                (doc.start[candidate.source[0]], doc.end[candidate.source[1] - 1])
                if candidate.source
                else None
            )
            record = Attribution(
                "", speaker.actor, speaker.name, speaker.office, speaker.actor_type, official, when.value if when else None,
                when.basis if when else None, kind, start, end, doc.text[start:end], quoted, tuple(exclude), doc.text[cue_start:cue_end],
                (cue_start, cue_end), doc.text[mention[0] : mention[1]] if mention else None, mention, candidate.negated, via,
                round(candidate.score, 3), reason, doc.lexicon.lang,
            )  # fmt: skip
            out.append((start, end, record))
            if candidate.cue.cue_class in ("speech", "judgement") and not nested:
                self.resolver.registry.spoke(speaker, cue_start)
        return out

    def _span(self, candidate: Candidate) -> tuple[int, int, str, tuple[Span, ...]]:
        doc = self.doc
        first, last = candidate.content
        if candidate.frame == "quote" and len(candidate.quotes) == 1:
            quote = doc.quotes[candidate.quotes[0]]
            start, end = _strip(doc.text, quote.inner_start, quote.inner_end)
            mixed = (
                first > 0
                and doc.bits[first - 1] & doc.lexicon.words.get("that", 0)
                and doc.low[first - 1] in ("that", "que")
            )
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
        doc = self.doc
        if candidate.frame == "quote":
            return None
        first, last = candidate.cue_span
        if candidate.source is not None and not candidate.frame.startswith("block"):
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
        for other in attributing:
            if (
                other is not candidate
                and other.source is not None
                and doc.sentence_start[other.cue_span[0]] == doc.sentence_start[candidate.cue_span[0]]
            ):
                return doc.slice(*other.source)
        return None

    def _date(self, candidate: Candidate, speaker: Speaker, start: int, end: int) -> Dated | None:
        doc = self.doc
        cue = candidate.cue_span[0]
        at = doc.start[cue]
        key = speaker.name or speaker.actor or ""
        first, last = doc.sentence_start[cue], doc.sentence_end[cue]
        low, high = doc.start[first], doc.end[last - 1]
        found = None
        after = (min(end, high), self._adjunct_end(min(end, high), high))
        before = (low, max(start, low))
        for begin, stop in (after, before) if start < at else (before, after):
            found = found or (
                self.reader.resolve(doc.text, begin, stop, at, self.anchor) if begin < stop else None
            )
        if found is None and candidate.frame != "quote" and start >= at:
            found = self.reader.resolve(doc.text, max(start, end - 48), end, end, self.anchor)
        if (
            found is None
            and first > 0
            and doc.paragraph[first - 1] == doc.paragraph[cue]
            and key not in self.dated
        ):
            before = doc.sentence_start[first - 1]
            found = self.reader.resolve(doc.text, doc.start[before], doc.end[first - 1], at, self.anchor)
        if found is not None:
            if key:
                self.dated[key] = found
            return found
        if key in self.dated:
            earlier = self.dated[key]
            return Dated(
                earlier.value,
                f"as the statement before: {earlier.basis.removeprefix('as the statement before: ')}",
                at,
            )
        if self.anchor is not None:
            return Dated(self.anchor.isoformat(), self.anchor_basis, at)
        return None

    def _adjunct_end(self, start: int, end: int) -> int:
        """Where the adjunct after a statement ends: what follows a comma or relative tells of something else."""
        match = _ASIDE.search(self.doc.text, min(start + 1, end), end)
        return match.start() if match is not None else end

    def _post(self, post: Post) -> tuple[int, int, Attribution]:
        text = self.doc.text
        speaker = self.resolver.signed(post.name_start, post.name_end)
        self.resolver.registry.spoke(speaker, post.start)
        official = speaker.actor_type in OFFICIAL_TYPES
        day = post.date or self.anchor
        basis = "signed on the post" if post.date else self.anchor_basis if self.anchor else None
        record = Attribution(
            "", speaker.actor, speaker.name, speaker.office, speaker.actor_type, official, day.isoformat() if day else None, basis,
            "block", post.start, post.end, text[post.start : post.end], (), tuple(outlet_words(text, post.start, post.end, [(post.start, post.end)], self.doc.lexicon.lang)),
            None, None, text[post.name_start : post.name_end], (post.name_start, post.name_end), False, None, 0.95, speaker.reason,
            self.doc.lexicon.lang,
        )  # fmt: skip
        return post.start, post.end, record


def _strip(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    stripped = piece.strip()
    if not stripped:
        return start, end
    begin = start + len(piece) - len(piece.lstrip())
    return begin, begin + len(stripped)


def _numbered(record: Attribution, number: int) -> Attribution:
    values = {name: getattr(record, name) for name in record.__slots__}
    values["id"] = f"s{number}"
    return Attribution(**values)
