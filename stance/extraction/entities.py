"""Who has been named so far: coreference by rule."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import NamedTuple

OFFICIAL_TYPES = frozenset(
    (
        "government",
        "legislature",
        "military",
        "judiciary",
        "international organisation",
        "central bank",
        "religious",
    )
)
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_PARTICLES = frozenset(
    ("al", "el", "bin", "ben", "de", "da", "del", "la", "van", "von", "der", "jr", "sr", "ii", "iii", "iv")
)


class Speaker(NamedTuple):
    """Who speaks.

    Attributes
    ----------
    actor : str or None
        Code of the state or organisation that the speaker speaks for.
    name : str or None
        Person, institution or government, as full as the article tells.
    office : str or None
        Office of a person; for an institution, what it is.
    actor_type : str
        ``government``, ``legislature``, ``military``, ``state_media``, ``international organisation``,
        ``former official``, ``analyst``, ``other``, ...
    person : bool
        Whether it is a person.
    reason : str or None
        Why `actor` is None, or why the speaker is not official.
    """

    actor: str | None
    name: str | None
    office: str | None
    actor_type: str
    person: bool
    reason: str | None = None


def fold_name(name: str) -> str:
    """A name without accents, in lower case."""
    plain = unicodedata.normalize("NFKD", name)
    return "".join(char for char in plain if not unicodedata.combining(char)).lower()


def name_words(name: str) -> list[str]:
    """Words of a name that tell persons apart."""
    return [word for word in _WORD.findall(fold_name(name)) if word not in _PARTICLES and len(word) > 1]


@dataclass(slots=True)
class _Entry:
    speaker: Speaker
    at: int


class Registry:
    """Persons and institutions of one article in the order in which they are named."""

    def __init__(self) -> None:
        self._by_word: dict[str, _Entry] = {}
        self._named: list[_Entry] = []
        self._persons: list[_Entry] = []
        self._institutions: list[_Entry] = []
        self._speakers: list[Speaker] = []

    def introduce(self, speaker: Speaker, at: int) -> None:
        """Remember a person or institution that the article names at a code point."""
        if speaker.person and speaker.name:
            self._named.append(_Entry(speaker, at))
            for word in name_words(speaker.name):
                known = self._by_word.get(word)
                if known is None or _fuller(speaker, known.speaker):
                    self._by_word[word] = _Entry(speaker, at)

    def spoke(self, speaker: Speaker, at: int) -> None:
        """Remember that a speaker has spoken."""
        self._speakers.append(speaker)
        self.introduce(speaker, at)
        if speaker.person:
            self._persons.append(_Entry(speaker, at))
        elif speaker.actor is not None or speaker.actor_type not in ("other",):
            self._institutions.append(_Entry(speaker, at))

    def by_name(self, name: str) -> Speaker | None:
        """The person of the article that a short name means."""
        words = name_words(name)
        for word in reversed(words):
            entry = self._by_word.get(word)
            if entry is not None and entry.speaker.name:
                full = set(name_words(entry.speaker.name))
                if set(words) <= full or words[-1] in full:
                    return entry.speaker
        return None

    def by_office(self, office: str | None, actor: str | None, at: int) -> Speaker | None:
        """The person named last before a code point who holds an office, of a state where one is given."""
        if not office:
            return None
        for entry in sorted(
            self._named, key=lambda entry: (entry.at >= at, -entry.at if entry.at < at else entry.at)
        ):
            speaker = entry.speaker
            if (
                speaker.office == office
                and (actor is None or speaker.actor == actor)
                and speaker.actor_type != "former official"
            ):
                return speaker
        return None

    def named_of(self, actor: str | None, at: int) -> Speaker | None:
        """The official of a state who was named last before a code point."""
        for entry in reversed([entry for entry in self._named if entry.at < at]):
            if entry.speaker.actor == actor and entry.speaker.actor_type in OFFICIAL_TYPES:
                return entry.speaker
        return None

    def last_person(self) -> Speaker | None:
        """The last personal speaker."""
        return self._persons[-1].speaker if self._persons else None

    def last_institution(self, actor: str | None = None) -> Speaker | None:
        """The last institution that spoke, of a state where one is given."""
        for entry in reversed(self._institutions):
            if actor is None or entry.speaker.actor == actor:
                return entry.speaker
        return None

    def last(self) -> Speaker | None:
        """The last speaker of any kind."""
        return self._speakers[-1] if self._speakers else None

    def last_official(self) -> Speaker | None:
        """The last speaker who speaks for a state or organisation."""
        for speaker in reversed(self._speakers):
            if speaker.actor is not None and speaker.actor_type in OFFICIAL_TYPES:
                return speaker
        return None

    def last_actors(self, count: int) -> list[str]:
        """The last different states that spoke, in the order in which they did."""
        found: list[str] = []
        for speaker in reversed(self._speakers):
            if speaker.actor and speaker.actor not in found:
                found.append(speaker.actor)
            if len(found) == count:
                break
        return found[::-1]


def _fuller(new: Speaker, old: Speaker) -> bool:
    """Whether a new entry tells more: a fuller name, or an office where none was known."""
    if new.office and not old.office:
        return True
    if old.office and not new.office:
        return False
    return len(name_words(new.name or "")) > len(name_words(old.name or ""))
