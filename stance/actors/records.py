"""The records of the gazetteer: actors, holders of offices, and mentions found in a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Actor:
    """A state, organisation or group that speaks.

    Attributes
    ----------
    code : str
        ISO 3166-1 alpha-3 code, or the project's code for an organisation or group.
    name : str
        Usual English name.
    kind : str
        ``state``, ``observer``, ``other state``, ``organisation``, ``party`` or ``armed group``.
    region : str or None
        Geographic region; None for organisations that span the world.
    group : str or None
        Regional group at the UN: ``AG``, ``APG``, ``EEG``, ``GRULAC``, ``WEOG``.
    names, demonyms, capitals, seats : tuple of str
        Forms of all languages, the usual English one first.
    """

    code: str
    name: str
    kind: str
    region: str | None
    group: str | None
    names: tuple[str, ...]
    demonyms: tuple[str, ...]
    capitals: tuple[str, ...]
    seats: tuple[str, ...]


class Holder(NamedTuple):
    """One term of one person in one office.

    Attributes
    ----------
    actor : str
        Code of the state or organisation.
    name : str
        Full name, as usual in English.
    office : str
        Normalised office, a value of ``offices.csv``.
    kind : str
        What kind of voice the holder is in office: ``government``, ``party``, ``military``...
    start, end : str
        ISO dates, possibly only ``YYYY-MM`` or ``YYYY``. An empty ``end`` means in office as far as known.
    """

    actor: str
    name: str
    office: str
    kind: str
    start: str
    end: str


class ActorMention(NamedTuple):
    """A place in a text that names an actor, an institution, an office or the person who holds it.

    Attributes
    ----------
    start, end : int
        Code point offsets; ``text[start:end]`` is the mention with its modifiers ("Iranian Foreign Minister
        Abbas Araghchi").
    actor : str or None
        Code of the actor that is spoken for, None where the words do not tell ("the ministry").
    kind : str
        ``name``, ``demonym``, ``capital``, ``seat``, ``institution``, ``title`` (an office, nobody named) or
        ``holder`` (a person).
    actor_type : str or None
        ``government``, ``legislature``, ``military``, ``judiciary``, ``state_media``, ``party``,
        ``religious``, ``central bank``, ``international organisation``, ``armed group``,
        ``former official``, ``analyst``, ``other``; None for a demonym, which may also mean people.
    name : str
        Name of the actor or institution; for a holder the full name, for a title the name of its incumbent
        is not looked up and the office stands here.
    office : str or None
        Normalised office, for titles and holders.
    status : str or None
        For holders: ``current``, ``former`` or ``future``; None when neither the text nor the date tells.
    basis : str or None
        For holders: ``text`` (title in the text, person not in the list), ``list``, or ``both``.
    institution : str or None
        For a title or holder, the institution that the words tie it to ("foreign ministry").
    """

    start: int
    end: int
    actor: str | None
    kind: str
    actor_type: str | None
    name: str
    office: str | None = None
    status: str | None = None
    basis: str | None = None
    institution: str | None = None
