"""What a noun phrase names: a person, an institution, a state, a document, or nobody's official."""

from __future__ import annotations

import re
from bisect import bisect_left

from stance.actors import ActorMention
from stance.extraction.entities import OFFICIAL_TYPES, Speaker, name_words
from stance.extraction.mentions import MentionReader
from stance.extraction.roles import STATE_KINDS, is_thing, is_vague, role_pattern, roles

_CAPITALS = re.compile(
    r"(?:[A-ZÀ-ÖØ-Þ][\w'’.-]*)(?:\s+(?:al|el|bin|ben|de|del|da|la|van|von)?\s*[A-ZÀ-ÖØ-Þ][\w'’.-]*)*"
)


class PhraseReader(MentionReader):
    """Reads the noun phrases of one article; parameters as of `MentionReader`."""

    def single(self, start: int, core_end: int, end: int) -> Speaker:
        """Speaker that one phrase ``start..end`` names, its apposition starting at `core_end`."""
        text = self.doc.text
        core, whole = text[start:core_end], text[start:end]
        in_core = [m for m in self.mentions_in(start, core_end) if not self._owns_head(m, core_end)]
        everywhere = [m for m in self.mentions_in(start, end) if not self._owns_head(m, core_end)]
        person = self._person(in_core, core) or self._named(core, everywhere, start, core_end, end)
        if person is not None:
            return person
        role = self._role(core, in_core)
        if role is not None:
            return role
        document = self._document(core, start, core_end, in_core)
        if document is not None:
            return document
        title = next(
            (m for m in everywhere if m.kind == "title" and (m.actor is not None or m.start < core_end)), None
        )
        if title is not None:
            return self._titled(title, everywhere)
        apposed = self._person(everywhere, core)
        if apposed is not None:
            return apposed
        institutions = [
            m
            for m in reversed(everywhere)
            if m.kind == "institution" and (m.start < core_end or m.actor_type in OFFICIAL_TYPES)
        ]
        institution = next(
            (m for m in institutions if not is_vague(m)), institutions[0] if institutions else None
        )
        if institution is not None:
            return self._institution(institution, everywhere)
        state = next((m for m in in_core if m.kind in STATE_KINDS), None)
        if state is not None and not is_thing(text[start : state.start], text[state.end : core_end]):
            return self._state(state, core)
        return self._unknown(core, whole)

    def _owns_head(self, mention: ActorMention, core_end: int) -> bool:
        """A person whose relation is meant: *Gil's predecessor*, *the president's brother*."""
        if mention.kind != "holder":
            return False
        match = re.match(r"['’]s\s+(?:\w+\s+){0,2}?([a-z]+)", self.doc.text[mention.end : core_end])
        return match is not None and not role_pattern("regime").search(match[0])

    def _person(self, mentions: list[ActorMention], core: str) -> Speaker | None:
        holders = [mention for mention in mentions if mention.kind == "holder"]
        if not holders:
            return None
        mention = holders[-1]
        tail = self.doc.text[mention.end : mention.end + 40].lower()
        if re.match(
            r"['’]?s?\s+(?:\w+\s+){0,2}(?:regime|government|administration|dictatorship|allies)\b", tail
        ) or re.search(
            r"\b(?:régimen|gobierno|administración|dictadura) de\s*$",
            self.doc.text[max(0, mention.start - 40) : mention.start].lower(),
        ):
            return self._government_or_last(mention.actor)
        known = self.registry.by_name(mention.name)
        speaker = self.from_mention(mention)
        if (
            speaker.actor is None
            and (known is None or known.actor is None)
            and mention.actor_type in OFFICIAL_TYPES
        ):
            state = self._nearby_state(mention.start)
            speaker = speaker._replace(
                actor=state, reason=None if state else f"no state is named beside “{mention.name}”"
            )
            self.registry.introduce(speaker, mention.start)
            return speaker
        if (
            known is not None
            and known.name
            and (not speaker.office or known.actor == speaker.actor)
            and len(name_words(known.name)) >= len(name_words(speaker.name or ""))
        ):
            if speaker.office and speaker.office != known.office:
                return speaker._replace(name=known.name)
            return known
        return speaker

    def _named(
        self, core: str, mentions: list[ActorMention], start: int, core_end: int, end: int
    ) -> Speaker | None:
        """A person whom the gazetteer does not know: capitals that no mention covers."""
        names = [
            match
            for match in _CAPITALS.finditer(self.doc.text, start, core_end)
            if match[0].split()[0] not in roles()["not_names"]
        ]
        covered = [(mention.start, mention.end) for mention in mentions if mention.kind != "title"]
        names = [
            match
            for match in names
            if not (match[0].endswith(("'s", "’s")) and match.end() < core_end)
            and not any(first < match.end() and last > match.start() for first, last in covered)
        ]
        if not names:
            return None
        name = re.sub(r"['’]s$", "", names[-1][0])
        known = self.registry.by_name(name)
        if known is not None:
            return known
        title = next((m for m in mentions if m.kind == "title"), None)
        role = self._role(self.doc.text[start:end], mentions, name)
        if role is not None:
            return role
        if title is not None:
            speaker = self._titled(title, mentions)
            return speaker._replace(name=name, person=True)
        if len(name.split()) >= 2 and not role_pattern("regime").search(core):
            return Speaker(None, name, None, "other", True, f"no office is known of “{name}”")
        return None

    def _role(self, text: str, mentions: list[ActorMention], name: str | None = None) -> Speaker | None:
        """Analysts, media, witnesses: voices that are nobody's official."""
        actor = next((mention.actor for mention in mentions if mention.actor), None)
        institution = any(
            mention.kind in ("institution", "title", "holder") and mention.actor_type in OFFICIAL_TYPES
            for mention in mentions
        )
        if role_pattern("former").search(text[:60]) and any(
            m.kind in ("title", "institution") for m in mentions
        ):
            return Speaker(
                actor, name or text.strip(), None, "former official", name is not None, "a former official"
            )
        if institution:
            return None
        media = next((mention for mention in mentions if mention.actor_type == "state_media"), None)
        if media is not None:
            return Speaker(media.actor, media.name, None, "state_media", False, "state media")
        for kind in ("analyst", "media", "other", "impersonal"):
            match = role_pattern(kind).search(text)
            if match is None or (
                kind == "impersonal"
                and match.end() < len(text.rstrip())
                and not text.lower().startswith(("report", "some", "inform", "fuent", "source"))
            ):
                continue
            if kind == "media":
                if match[0].lower() == "agency" and mentions and not role_pattern("state").search(text):
                    continue
                known = self.registry.last_institution()
                state = role_pattern("state").search(text) is not None or actor is not None
                if (
                    known is not None
                    and known.actor_type == "state_media"
                    and text.lower().startswith(("the ", "el ", "la "))
                    and not role_pattern("state").search(text)
                ):
                    return known
                return Speaker(
                    actor,
                    text.strip(),
                    None,
                    "state_media" if state else "other",
                    False,
                    "state media" if state else "a news outlet",
                )
            reason = {"analyst": "an analyst", "other": "no official", "impersonal": "no named source"}[kind]
            return Speaker(
                actor,
                name or text.strip(),
                None,
                "analyst" if kind == "analyst" else "other",
                name is not None,
                reason,
            )
        return None

    def _document(self, core: str, start: int, core_end: int, mentions: list[ActorMention]) -> Speaker | None:
        """``The statement``, ``the report``: whoever spoke last in that way."""
        words = core.lower().replace("’s", " ").replace("'s", " ").split()
        if not words or mentions or not any(word in self.doc.lexicon.documents for word in words[:4]):
            return None
        if words[-1] in roles()["studies"] and self.registry.last() is not None:
            return self.registry.last()
        return self.registry.last_official() or self._issuer(start) or self.registry.last()

    def _issuer(self, at: int) -> Speaker | None:
        """The official body or person named last before a document, where nobody has spoken yet."""
        for step in range(bisect_left(self._starts, at) - 1, -1, -1):
            mention = self.mentions[step]
            if at - mention.end > 400:
                return None
            if mention.actor and mention.actor_type in OFFICIAL_TYPES:
                return (
                    self.from_mention(mention)
                    if mention.kind == "holder"
                    else self.single(mention.start, mention.end, mention.end)
                )
        return None

    def _titled(self, title: ActorMention, mentions: list[ActorMention]) -> Speaker:
        actor = title.actor or next((m.actor for m in mentions if m.actor and m.kind != "holder"), None)
        person = self.registry.by_office(title.office, actor, title.start)
        if person is None and actor is not None and title.office in roles()["vague_offices"]:
            person = self.registry.named_of(actor, title.start)
        if person is not None:
            return person
        if actor is None and title.status != "former":
            last = self.registry.last_person()
            if (
                last is not None
                and last.office
                and title.office
                and (title.office in last.office or last.office in title.office)
            ):
                return last
        kind = title.actor_type or "government"
        if title.status in ("former", "future"):
            return Speaker(actor, title.office, title.office, "former official", False, "a former official")
        actor = actor or self._nearby_state(title.start)
        name = self._label(title.office or title.name, actor)
        reason = None if actor else f"no state is named beside “{title.name}”"
        return Speaker(actor, name, title.office, kind, True, reason)

    def _institution(self, mention: ActorMention, mentions: list[ActorMention]) -> Speaker:
        actor = mention.actor or next((m.actor for m in mentions if m.actor), None)
        kind = mention.actor_type or "government"
        if (
            mention.actor is None
            and mention.name == "ministry"
            and not any(m.kind in STATE_KINDS for m in mentions)
        ):
            return self._last_or(mention)
        if kind == "government" and is_vague(mention):
            return self._government_or_last(actor) if actor else self._last_or(mention)
        if actor is None:
            return self._last_or(mention)
        return Speaker(actor, self._label(mention.name, actor), mention.name, kind, False)

    def _state(self, mention: ActorMention, core: str) -> Speaker:
        if mention.kind == "demonym":
            at = core.find(self.doc.text[mention.start : mention.end])
            rest = core[at + mention.end - mention.start :] if at >= 0 else core
            before = core[: max(at, 0)] if self.doc.lexicon.lang == "es" else ""
            # The head must be a body: "the Iranian leadership", not "Iranian refineries" or "the Iranians".
            if not role_pattern("regime").search(rest) and not role_pattern("regime").search(before):
                return Speaker(mention.actor, core.strip(), None, "other", False, "no official")
        return self._government_or_last(mention.actor)

    def _unknown(self, core: str, whole: str) -> Speaker:
        name = core.strip()
        last = self.registry.last_institution()
        if (
            re.fullmatch(r"(?:the|el|la|los|las)\s+[a-záéíóúñ]+", name.lower())
            and role_pattern("regime").search(name)
            and last is not None
        ):
            return last
        return Speaker(None, name or whole.strip(), None, "other", False, f"no state is known for “{name}”")
