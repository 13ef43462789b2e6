"""The mentions of actors in one article, and the speakers that they name by themselves."""

from __future__ import annotations

import re
from bisect import bisect_left

from stance.actors import ActorMention, Gazetteer
from stance.extraction.document import Document
from stance.extraction.entities import OFFICIAL_TYPES, Registry, Speaker
from stance.extraction.roles import roles


def _with_article(name: str) -> str:
    """A state with its article where it has one: *the United States*."""
    return f"the {name}" if name.startswith(tuple(roles()["labels"]["with_article"])) else name


def _title_case(name: str) -> str:
    return " ".join(
        word if word in ("of", "the", "and", "for") else word[:1].upper() + word[1:] for word in name.split()
    )


class MentionReader:
    """Names the speakers that the mentions of one article stand for.

    Parameters
    ----------
    doc : Document
        The article.
    gazetteer : Gazetteer
        States, institutions, offices and holders.
    date : str or None
        Date of the article: decides who is a former official.
    """

    def __init__(self, doc: Document, gazetteer: Gazetteer, date: str | None) -> None:
        self.doc = doc
        self.gazetteer = gazetteer
        self.date = date
        self.mentions: list[ActorMention] = [
            mention
            for mention in gazetteer.find(doc.text, lang=doc.lexicon.lang, date=date)
            if not self._namesake(mention)
        ]
        self._starts = [mention.start for mention in self.mentions]
        self.registry = Registry()
        for mention in self.mentions:
            if mention.kind == "holder":
                self.registry.introduce(self.from_mention(mention), mention.start)

    def _namesake(self, mention: ActorMention) -> bool:
        """One word of a holder's name that is only the first word of another's (*Isaias Medina*)."""
        if mention.kind != "holder" or mention.basis != "list":
            return False
        text = self.doc.text
        return (
            " " not in text[mention.start : mention.end]
            and re.match(r" [A-ZÀ-ÖØ-Þ][a-zà-öø-þ]", text[mention.end : mention.end + 3]) is not None
        )

    def mentions_in(self, start: int, end: int) -> list[ActorMention]:
        """Mentions that overlap a stretch of the text."""
        at = max(0, bisect_left(self._starts, start) - 1)
        found = []
        while at < len(self.mentions) and self.mentions[at].start < end:
            if self.mentions[at].end > start:
                found.append(self.mentions[at])
            at += 1
        return found

    def from_mention(self, mention: ActorMention) -> Speaker:
        """Speaker that a mention of a person names."""
        kind = mention.actor_type or "government"
        reason = None
        office = mention.office
        if (kind == "party" or office in roles()["vague_offices"]) and mention.status != "former":
            # Who leads party and state at once speaks for the state; an outlet's "dictator" holds an office.
            for holder in self.gazetteer.holders(mention.name, self.date):
                if holder.kind == "government" and self.gazetteer.status(holder, self.date) == "current":
                    kind, office = holder.kind, holder.office
                    break
        if mention.status in ("former", "future"):
            kind = "former official" if mention.status == "former" else "other"
            reason = f"{mention.office or 'office'}: {mention.status}"
        if office and mention.institution and mention.institution.lower() not in office.lower():
            office = f"{mention.institution} {office}"
        return Speaker(
            mention.actor,
            mention.name,
            office,
            kind,
            True,
            reason or (None if mention.actor else "no state is named"),
        )

    def government(self, actor: str | None) -> Speaker:
        """Government of a state, or the organisation itself."""
        if actor is None:
            return Speaker(None, None, None, "other", False, "no state is named")
        record = self.gazetteer.actor(actor)
        if record.kind in ("organisation", "party", "armed group"):
            kind = "international organisation" if record.kind == "organisation" else record.kind
            return Speaker(actor, record.name, None, kind, False)
        return Speaker(
            actor,
            roles()["labels"]["government"].format(name=_with_article(record.name)),
            None,
            "government",
            False,
        )

    def _government_or_last(self, actor: str | None) -> Speaker:
        """The institution that spoke last for a state, where its statement is still being told; else its government."""
        last = self.registry.last_institution(actor)
        latest = self.registry.last()
        if last is not None and latest is not None and last == latest and last.actor_type in OFFICIAL_TYPES:
            return last
        return self.government(actor)

    def _nearby_state(self, at: int) -> str | None:
        """State of a title without one: of the body named last, else of the official who spoke last."""
        spoke = self.registry.last_official()
        index = bisect_left(self._starts, at) - 1
        text = self.doc.text
        for step in range(index, max(-1, index - 12), -1):
            mention = self.mentions[step]
            if text.count("\n", mention.end, at) > 2 or at - mention.end > 600:
                break
            if (
                mention.actor
                and mention.kind in ("institution", "seat", "title", "holder")
                and mention.actor_type in OFFICIAL_TYPES
            ):
                return mention.actor
        return spoke.actor if spoke is not None else None

    def _named_ministry(self, at: int) -> Speaker | None:
        """The ministry named last before ``the ministry``, by itself or with its spokesman."""
        for mention in reversed(self.mentions[: bisect_left(self._starts, at)]):
            name = mention.institution or mention.name
            if name.endswith("ministry") and name != "ministry":
                actor = mention.actor or self._nearby_state(mention.start)
                if actor is not None:
                    return Speaker(actor, self._label(name, actor), name, "government", False)
        return None

    def _last_or(self, mention: ActorMention) -> Speaker:
        """An institution without its state: the last of that name, else the last of any."""
        ministry = self._named_ministry(mention.start) if mention.name == "ministry" else None
        if ministry is not None:
            return ministry
        last = self.registry.last_institution()
        if (
            last is not None
            and last.actor is not None
            and last.actor_type == (mention.actor_type or last.actor_type)
        ):
            return last
        person = self.registry.last_person()
        actor = last.actor if last is not None else person.actor if person is not None else None
        if (
            mention.name == "ministry"
            and person is not None
            and person.actor is not None
            and "foreign" in (person.office or "")
        ):
            return Speaker(
                person.actor,
                self._label("foreign ministry", person.actor),
                "foreign ministry",
                "government",
                False,
            )
        reason = None if actor else f"no state is named beside “{mention.name}”"
        return Speaker(
            actor,
            self._label(mention.name, actor),
            mention.name,
            mention.actor_type or "government",
            False,
            reason,
        )

    def _label(self, institution: str | None, actor: str | None) -> str | None:
        if institution is None or actor is None:
            return institution
        record = self.gazetteer.actor(actor)
        institution = _title_case(institution)
        if record.name.lower() in institution.lower():
            return institution
        return str(
            roles()["labels"]["institution"].format(institution=institution, name=_with_article(record.name))
        )
