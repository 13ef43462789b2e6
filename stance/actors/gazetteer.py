"""The gazetteer: who speaks for which state or organisation, in which office, and since when."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from stance.actors.group import Reader
from stance.actors.holders import Date, iso, status
from stance.actors.load import LANGUAGES, Knowledge
from stance.actors.records import Actor, ActorMention, Holder
from stance.actors.resolve import Resolver
from stance.actors.scan import scan
from stance.actors.tables import FOLDER
from stance.actors.tokens import TokenList, fold
from stance.errors import DataError


class Gazetteer:
    """States, organisations, their institutions, offices and office-holders.

    Parameters
    ----------
    folder : Path, optional
        Folder of the data files; by default those of the package.

    Raises
    ------
    DataError
        If a data file is missing or holds a fault; the text names file, line, value and remedy.
    """

    def __init__(self, folder: Path = FOLDER) -> None:
        self._knowledge = Knowledge(folder)

    @classmethod
    def default(cls) -> Gazetteer:
        """Return the gazetteer of the package; it is read once."""
        return _default()

    def find(self, text: str, lang: str = "en", date: Date = None) -> list[ActorMention]:
        """Find the actors, institutions, offices and office-holders that a text names.

        Parameters
        ----------
        text : str
            Any text.
        lang : str
            ``en``, ``es``, ``fr`` or ``pt`` (``es-VE`` reads as ``es``); any other language is read with the
            English lexicon. English proper names count in all.
        date : str, datetime.date or None
            Day of the text. It tells current holders from former ones; without it a title in the text decides
            and a bare name has no status.

        Returns
        -------
        list of ActorMention
            In the order of the text, without overlaps, each the longest phrase that fits.

        Raises
        ------
        UsageError
            If ``date`` is a text in another form than YYYY-MM-DD, YYYY-MM or YYYY.
        """
        day = iso(date)
        code = lang.lower().replace("_", "-").split("-")[0] if lang else "en"
        code = code if code in LANGUAGES else "en"
        tokens = TokenList(text)
        atoms = scan(tokens, self._knowledge.trie(code), self._knowledge)
        if not atoms:
            return []
        reader = Reader(tokens, atoms, self._knowledge, romance=code != "en")
        return Resolver(tokens, self._knowledge, reader, day).run()

    def holders(self, name: str, date: Date = None) -> list[Holder]:
        """Return the terms of everybody who bears a name.

        Parameters
        ----------
        name : str
            Full name, other spelling, or surname; accents and case do not matter.
        date : str, datetime.date or None
            If given, only terms current on that day.

        Returns
        -------
        list of Holder
            The latest term first; empty when nobody bears the name.
        """
        entry = self._knowledge.by_name.get(fold(name.strip()))
        if entry is None:
            return []
        terms = [term for key in entry.people for term in self._knowledge.people[key].terms]
        day = iso(date)
        if day is not None:
            terms = [term for term in terms if status(term, day) == "current"]
        return sorted(terms, key=lambda term: (term.start, term.actor), reverse=True)

    def holder_of(self, actor: str, office: str, date: Date) -> Holder | None:
        """Return who held an office, or one of the same class, on a day; None when unknown.

        ``office`` is a value of ``offices.csv``; "foreign minister" finds the US Secretary of State.
        """
        known = self._knowledge.offices.get(office)
        family = known.family if known else office
        found = [
            term
            for person in self._knowledge.people.values()
            if person.actor == actor
            for term in person.terms
            if self._knowledge.offices[term.office].family == family and status(term, date) == "current"
        ]
        return found[0] if len(found) == 1 else max(found, key=lambda t: t.start) if found else None

    def status(self, holder: Holder, date: Date) -> str:
        """Say whether a holder's term is ``current``, ``former`` or ``future`` on a day."""
        return status(holder, date)

    def actor(self, code: str) -> Actor:
        """Return an actor by its code.

        Raises
        ------
        DataError
            If no actor has the code.
        """
        try:
            return self._knowledge.actors[code]
        except KeyError:
            raise DataError(f"actor {code!r} is not in the gazetteer; actors.csv lists the codes") from None

    def actors(self) -> Iterator[Actor]:
        """Go through all actors in the order of the data."""
        return iter(self._knowledge.actors.values())

    def region(self, code: str) -> str | None:
        """Return the geographic region of an actor, None for world-wide organisations and unknown codes."""
        actor = self._knowledge.actors.get(code)
        return actor.region if actor else None

    def group(self, code: str) -> str | None:
        """Return the regional group at the UN (AG, APG, EEG, GRULAC, WEOG), None where there is none."""
        actor = self._knowledge.actors.get(code)
        return actor.group if actor else None

    def __contains__(self, code: object) -> bool:
        return code in self._knowledge.actors


@cache
def _default() -> Gazetteer:
    return Gazetteer()
