"""From the words that name a source to the speakers: pronouns, joined actors, and single phrases."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise

from stance.extraction.entities import Speaker
from stance.extraction.lexicon import PERSONAL, POSS, REL, SUBJ
from stance.extraction.phrases import PhraseReader
from stance.extraction.roles import STATE_KINDS, is_thing, role_pattern, roles
from stance.extraction.sources import Span, sentence_subject

_SPLIT = re.compile(r",|—|–|--|\(")


class SpeakerResolver(PhraseReader):
    """Resolves the sources of one article, in reading order; parameters as of `PhraseReader`."""

    def resolve(self, source: Span | None) -> list[Speaker]:
        """Speakers that a source names; never empty.

        Parameters
        ----------
        source : (int, int) or None
            Tokens of the source.

        Returns
        -------
        list of Speaker
            Several where the source joins actors (*Cuba and Venezuela*, *both regimes*).
        """
        if source is None:
            return [Speaker(None, None, None, "other", False, "the text names no source")]
        doc = self.doc
        if source[1] - source[0] == 1 and doc.bits[source[0]] & (SUBJ | POSS | REL):
            return self._pronoun(source[0])
        start, end = doc.start[source[0]], doc.end[source[1] - 1]
        text = doc.text[start:end]
        cut = _SPLIT.search(text)
        core_end = start + cut.start() if cut and cut.start() > 1 else end
        found = self._collective(start, end) or self._joined(start, core_end, end)
        if found:
            return found
        return [self.single(start, core_end, end)]

    def at_date(self, speaker: Speaker, date: str) -> Speaker:
        """A former official who held the office when he spoke is an official."""
        if not speaker.name:
            return speaker
        for holder in self.gazetteer.holders(speaker.name, date):
            if self.gazetteer.status(holder, date) == "current" and holder.actor == speaker.actor:
                return speaker._replace(office=holder.office, actor_type=holder.kind, reason=None)
        return speaker

    def signed(self, start: int, end: int) -> Speaker:
        """Speaker who signs an embedded post."""
        mentions = [mention for mention in self.mentions_in(start, end) if mention.kind == "holder"]
        if mentions:
            return self.from_mention(mentions[0])
        name = self.doc.text[start:end].strip()
        known = self.registry.by_name(name)
        if known is not None:
            return known
        return self.single(start, end, end)

    def _pronoun(self, token: int) -> list[Speaker]:
        doc, registry = self.doc, self.registry
        bits, word = doc.bits[token], doc.low[token]
        if doc.quote[token] < 0 and word in (
            "i",
            "we",
            "you",
            "yo",
            "nosotros",
            "my",
            "our",
            "mi",
            "nuestro",
        ):
            return [Speaker(None, None, None, "other", False, "the outlet speaks of itself")]
        subject = self._subject_before(token, own=bool(bits & POSS))
        if subject is not None and subject.person == bool(
            bits & PERSONAL or word in ("his", "her", "su", "sus")
        ):
            return [subject]
        if bits & PERSONAL or word in ("his", "her", "él", "ella", "su", "sus"):
            person = registry.last_person() or self._last_named(token)
        elif word in ("they", "their", "ellos", "ellas"):
            person = registry.last_institution() or registry.last()
        else:
            person = registry.last_institution() or registry.last()
        if person is None:
            return [
                Speaker(
                    None,
                    doc.words[token],
                    None,
                    "other",
                    False,
                    f"nobody before whom “{doc.words[token]}” can mean",
                )
            ]
        return [person]

    def _subject_before(self, token: int, *, own: bool) -> Speaker | None:
        """Subject of the own sentence (for a possessive), or of the sentence before in the paragraph."""
        doc = self.doc
        sentence = doc.sentence_start[token]
        if own:
            span = sentence_subject(doc, token, sentence)
        else:
            before = sentence - 1
            if before < 0 or doc.paragraph[before] != doc.paragraph[token] or doc.quote[before] >= 0:
                return None
            span = sentence_subject(doc, before, doc.sentence_start[before])
        if (
            span is None
            or span[0] <= token < span[1]
            or (doc.bits[span[0]] & (SUBJ | POSS) and span[1] - span[0] == 1)
        ):
            return None
        stop = span[1]
        if not own and stop + 1 < len(doc) and doc.words[stop] == ",":
            # "His counterpart, Name, ...": the apposition names him.
            close = next(
                (
                    at
                    for at in range(stop + 1, min(stop + 9, doc.sentence_end[span[0]]))
                    if doc.words[at] == ","
                ),
                stop,
            )
            stop = close
        start, end = doc.start[span[0]], doc.end[stop - 1]
        if not self.mentions_in(start, end):
            return None
        speaker = self.single(start, end, end)
        return speaker if speaker.actor is not None or speaker.person else None

    def _last_named(self, token: int) -> Speaker | None:
        """The last person named before a pronoun, for an article in which nobody has spoken yet."""
        at = bisect_left(self._starts, self.doc.start[token]) - 1
        while at >= 0:
            if self.mentions[at].kind == "holder":
                return self.from_mention(self.mentions[at])
            at -= 1
        return None

    def _collective(self, start: int, end: int) -> list[Speaker]:
        words = self.doc.text[start : min(end, start + 60)].lower().split()
        if len(words) < 2 or (
            words[0] not in roles()["collective"]
            and not (words[0] in ("the", "los", "las") and words[1] in ("two", "dos"))
        ):
            return []
        if not role_pattern("regime").search(self.doc.text, start, min(end, start + 60)):
            return []
        actors = self.registry.last_actors(2)
        # Too few have spoken: those whose institutions or leaders were named last, then any state.
        for kinds in (("holder", "institution", "seat", "title"), ("name", "capital")):
            at = bisect_left(self._starts, start) - 1
            while at >= 0 and len(actors) < 2:
                mention = self.mentions[at]
                if mention.actor and mention.kind in kinds and mention.actor not in actors:
                    actors.append(mention.actor)
                at -= 1
        return [self.government(actor) for actor in actors] if len(actors) == 2 else []

    def _joined(self, start: int, core_end: int, end: int) -> list[Speaker]:
        """``Cuba and Venezuela``; ``Maduro, like leaders such as X and Y``."""
        text = self.doc.text
        if re.match(r",?\s*(?:who|which|whose|quien|que|cuyo)\b", text[core_end:end]):
            end = core_end  # whom a relative clause names does not speak
        pattern = role_pattern("joined")
        speakers: list[Speaker] = []
        mentions = [mention for mention in self.mentions_in(start, end) if mention.actor is not None]
        if len(mentions) < 2 or (
            mentions[0].kind in STATE_KINDS and is_thing(text[start : mentions[0].start], "")
        ):
            return []
        first = mentions[0]
        speakers.append(
            self.single(start, min(core_end, mentions[1].start), min(core_end, mentions[1].start))
        )
        last_end = first.end
        owners = {
            one.start
            for one, two in pairwise(mentions)
            if one.kind in STATE_KINDS and one.actor == two.actor and two.start - one.end <= 3
        }
        for mention in mentions[1:]:
            if mention.start in owners:
                continue  # "Brazil’s" before a name
            between = text[last_end : mention.start]
            between = re.sub(r"[\w.]+['’]s\s*$", "", between)
            joined = pattern.search(between) is not None
            same = mention.actor == first.actor and mention.kind in STATE_KINDS
            if joined and not same and len(between) < (60 if mention.start < core_end else 90):
                speakers.append(
                    self.from_mention(mention)
                    if mention.kind == "holder"
                    else self.single(mention.start, mention.end, mention.end)
                )
            last_end = mention.end
        official = [speaker for speaker in speakers if speaker.actor is not None]
        distinct = list(dict.fromkeys((speaker.actor, speaker.name) for speaker in official))
        return official if len(distinct) > 1 and len(official) == len(distinct) else []
