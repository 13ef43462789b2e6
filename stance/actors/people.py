"""Which person a name means, and which office a title means."""

from __future__ import annotations

from dataclasses import dataclass

from stance.actors.holders import Date, best, status
from stance.actors.lexicon import SURNAME, Entry
from stance.actors.load import Knowledge, Person
from stance.actors.phrases import Group
from stance.actors.records import Holder

# The president of a parliament or court is its speaker or chief justice.
_PRESIDES = {"legislature": "speaker of parliament", "judiciary": "chief justice"}

# Titles that say less than the office in the list: "General", "Ayatollah", "dictator", "minister".
WEAK_FAMILIES = frozenset(("leader", "officer", "cleric", "prince"))
WEAK_OFFICES = frozenset(("minister", "secretary"))


@dataclass(slots=True)
class Known:
    """A person whom the text has introduced."""

    name: str
    actor: str | None
    office: str | None
    actor_type: str | None
    status: str | None
    basis: str
    person: Person | None
    institution: str | None
    mention: int


class People:
    """Finds the person behind a name, with a memory of one text.

    Parameters
    ----------
    knowledge : Knowledge
        Offices and holders.
    date : str, datetime.date or None
        The day of the text.

    Attributes
    ----------
    known : dict of str to Known
        People introduced so far, by folded short name.
    seen : dict of str to int
        For each actor the token where it was last named.
    """

    def __init__(self, knowledge: Knowledge, date: Date) -> None:
        self.knowledge = knowledge
        self.date = date
        self.known: dict[str, Known] = {}
        self.seen: dict[str, int] = {}

    def choose(self, entry: Entry, group: Group | None, owner: str | None) -> Person | None:
        """Pick the one person meant by a name that several may bear; None when it may mean somebody else."""
        people = [self.knowledge.people[key] for key in entry.people]
        if owner is not None:
            people = [person for person in people if person.actor == owner]
        if group is not None and group.title is not None:
            fitting = [p for p in people if self.fits(p, group, owner)]
            if not fitting and entry.role == SURNAME:
                # A surname beside another office is a namesake's unless the text or the list vouches for it.
                fitting = [p for p in people if self.is_known(p) or self.knowledge.alone[p.actor, p.name]]
                people = fitting
            people = fitting or people
        if len(people) > 1:
            people = [p for p in people if self.is_known(p)] or people
        if len(people) > 1 and self.date is not None:
            people = [p for p in people if any(status(t, self.date) == "current" for t in p.terms)] or people
        if len(people) > 1:
            seen = [p.actor for p in people if p.actor in self.seen]
            if seen:
                latest = max(seen, key=lambda code: self.seen[code])
                people = [p for p in people if p.actor == latest]
        if len(people) > 1 and len({p.name for p in people}) == 1:
            return max(people, key=lambda p: max(t.start for t in p.terms))  # one person in two offices
        # Of several of one state the first in the list is the one best known by the name.
        return people[0] if len({p.actor for p in people}) == 1 else None

    def office(self, group: Group, owner: str | None) -> str:
        """Normalise the office of a group's title, given the actor it belongs to."""
        assert group.title is not None
        entry = group.title.entry
        office = entry.office_by_actor.get(owner or entry.code or "?", entry.name)
        if office == "president" and group.institution is not None:
            office = _PRESIDES.get(group.institution.entry.type, office)
        return f"deputy {office}" if group.deputy else office

    def family(self, office: str) -> str:
        """Return the class of an office."""
        known = self.knowledge.offices.get(office)
        return known.family if known else office

    def fits(self, person: Person, group: Group, owner: str | None) -> bool:
        """Whether a person ever held the office that a group names."""
        family = self.family(self.office(group, owner or person.actor))
        return any(self.family(term.office) == family for term in person.terms)

    def term(self, person: Person, office: str) -> Holder | None:
        """Return the term in an office of that class which fits the date best."""
        family = self.family(office)
        terms = [term for term in person.terms if self.family(term.office) == family]
        return best(terms, self.date) if terms else None

    def is_known(self, person: Person) -> bool:
        """Whether the text has introduced a person."""
        return any(known.person is person for known in self.known.values())
