"""Third step: each group becomes a mention; names are resolved to holders, with a memory of the text."""

from __future__ import annotations

from stance.actors.group import Reader
from stance.actors.holders import Date, best, status
from stance.actors.lexicon import ACTOR, GENERIC, INSTITUTION, PERSON, SURNAME, Entry
from stance.actors.load import TYPE_BY_KIND, Knowledge
from stance.actors.people import WEAK_FAMILIES, WEAK_OFFICES, Known, People
from stance.actors.phrases import Group
from stance.actors.records import ActorMention
from stance.actors.scan import Atom, surname_stands_alone
from stance.actors.tokens import TokenList

# Offices that say little by themselves: the institution they belong to says what kind of voice it is.
_TYPE_FROM_INSTITUTION = frozenset(
    (
        "spokesperson",
        "official",
        "head",
        "leader",
        "adviser",
        "envoy",
        "commander",
        "legislator",
        "chief of staff",
        "minister",
    )
)


class Resolver:
    """Turns the groups of one text into mentions.

    Parameters
    ----------
    tokens : TokenList
        The text.
    knowledge : Knowledge
        Actors, offices and holders.
    reader : Reader
        Reads groups and names.
    date : str, datetime.date or None
        The day of the text, by which holders are current or former.
    """

    def __init__(self, tokens: TokenList, knowledge: Knowledge, reader: Reader, date: Date) -> None:
        self.tokens = tokens
        self.knowledge = knowledge
        self.reader = reader
        self.date = date
        self.people = People(knowledge, date)
        self.known = self.people.known
        self.mentions: list[tuple[int, int, ActorMention]] = []
        self.owned = {t for a in reader.atoms for t in range(a.first, a.last + 1)}
        self.solid = {t for a in reader.atoms if a.role != SURNAME for t in range(a.first, a.last + 1)}

    def run(self) -> list[ActorMention]:
        """Resolve all groups, then short names of people whom only the text introduces."""
        atoms = self.reader.atoms
        index = 0
        while index < len(atoms):
            group = self.reader.read(index)
            index = max(self._emit(group, index), index + 1)
        self._later_names()
        self.mentions.sort(key=lambda item: item[0])
        return [mention for _, _, mention in self.mentions]

    def _emit(self, group: Group, index: int) -> int:
        title = group.title
        if title is not None and not self._usable(group):
            return self._without_title(group, index)
        if group.person is not None and title is None and group.institution is None:
            return self._bare_person(group)
        if title is not None:
            return self._titled(group)
        if group.institution is not None:
            return self._institution(group, index)
        if group.actor is not None:
            self._actor(group.actor)
        return group.next_atom

    def _usable(self, group: Group) -> bool:
        assert group.title is not None
        use = group.title.entry.use
        named = group.person is not None or group.name is not None
        if use == "free":
            return True
        if use == "named":
            return named
        owned = group.actor is not None or group.institution is not None or group.actor_person is not None
        return owned or (named and use == "joined")

    def _without_title(self, group: Group, index: int) -> int:
        """Emit only the first atom of a group whose title does not count."""
        atom = self.reader.atoms[index]
        if atom.role == ACTOR:
            self._actor(atom)
        elif atom.role in (INSTITUTION, GENERIC):
            self._institution(Group(atom.first, atom.last, index + 1, institution=atom), index)
        elif atom.role in (PERSON, SURNAME):
            return self._bare_person(Group(atom.first, atom.last, index + 1, person=atom))
        return index + 1

    # Mentions, by kind.

    def _add(self, first: int, last: int, mention: ActorMention) -> None:
        self.mentions.append((first, last, mention))
        if mention.actor is not None:
            self.people.seen[mention.actor] = first

    def _span(self, first: int, last: int) -> tuple[int, int]:
        return self.tokens.starts[first], self.tokens.ends[last]

    def _actor(self, atom: Atom) -> None:
        entry = atom.entry
        start, end = self._span(atom.first, atom.last)
        self._add(
            atom.first,
            atom.last,
            ActorMention(start, end, entry.code, entry.kind, entry.type or None, entry.name),
        )

    def _owner(self, group: Group) -> str | None:
        if group.actor is not None:
            return group.actor.entry.code
        if group.institution is not None and group.institution.entry.code:
            return group.institution.entry.code
        if group.actor_person is not None:
            person = self.people.choose(group.actor_person, None, None)
            return person.actor if person else None
        return None

    def _institution(self, group: Group, index: int) -> int:
        assert group.institution is not None
        entry = group.institution.entry
        owner = self._owner(group)
        if entry.use == "joined" and owner is None:
            if group.actor_person is not None:
                return index + 1
            return group.next_atom
        start, end = self._span(group.first, group.last)
        kind = entry.kind
        name = entry.name
        voice: str | None = entry.type
        if owner is not None and voice == "government":
            voice = TYPE_BY_KIND.get(self.knowledge.actors[owner].kind, voice)
        self._add(
            group.first, group.last, ActorMention(start, end, owner, kind, voice, name, institution=name)
        )
        return group.next_atom

    def _voice(self, group: Group, office: str, owner: str | None) -> str:
        known = self.knowledge.offices.get(office.removeprefix("deputy ") if group.deputy else office)
        voice = known.type if known else "government"
        family = known.family if known else ""
        if group.institution is not None and (family in _TYPE_FROM_INSTITUTION or voice == "government"):
            voice = group.institution.entry.type
        if voice == "government" and owner is not None:
            voice = TYPE_BY_KIND.get(self.knowledge.actors[owner].kind, voice)
        return voice

    def _titled(self, group: Group) -> int:
        assert group.title is not None
        owner = self._owner(group)
        entry = group.title.entry
        person = self.people.choose(group.person.entry, group, owner) if group.person is not None else None
        if group.person is not None and person is None:
            group.name = (group.person.first, group.person.last)
        if person is not None and owner is None:
            owner = person.actor
        if owner is None and entry.code:
            owner = entry.code
        office = self.people.office(group, owner)
        voice: str | None = self._voice(group, office, owner)
        institution = group.institution.entry.name if group.institution is not None else None
        first, last, next_atom = group.first, group.last, group.next_atom
        if person is None and group.name is None:
            found = self._name_before(group)
            if found is not None:
                group.name = found
                first = found[0]
        if person is None and group.name is None:
            state = "former" if group.former and not group.then else None
            start, end = self._span(first, last)
            voice = "former official" if state else voice
            self._add(
                first,
                last,
                ActorMention(start, end, owner, "title", voice, office, office, state, None, institution),
            )
            return next_atom
        if person is not None:
            name, basis = person.name, "both"
        else:
            assert group.name is not None
            name, basis = self._words(group.name), "text"
            short = self.known.get(self.tokens.folded[group.name[1]])
            if (
                short is not None
                and group.name[0] == group.name[1]
                and (owner is None or short.actor in (None, owner))
            ):
                name, person, owner = short.name, short.person, owner or short.actor
        state = "former" if group.former and not group.then else "future" if group.future else None
        if state is None and person is not None:
            term = self.people.term(person, office)
            family = self.people.family(office)
            if (term is None and family in WEAK_FAMILIES) or (office in WEAK_OFFICES and not group.deputy):
                term = term or best(person.terms, self.date)
                office, voice = term.office, term.kind
            state = status(term, self.date) if term is not None and self.date is not None else "current"
            if group.then or state == "future":
                state = "current"
        elif state is None:
            state = "current"
        if state == "former":
            voice = "former official"
        self._person_mention(
            first, last, Known(name, owner, office, voice, state, basis, person, institution, first)
        )
        return next_atom

    def _bare_person(self, group: Group) -> int:
        """A name without a title: from the list, or introduced earlier in the text."""
        assert group.person is not None
        atom = group.person
        following = self._apposition(group)
        if atom.role == SURNAME:
            earlier = self.known.get(self.tokens.folded[atom.last])
            if not surname_stands_alone(self.tokens, atom, self.knowledge, self.owned):
                return group.next_atom
            if earlier is not None:
                self._person_mention(group.first, group.last, earlier)
                return group.next_atom
            if not self._short_counts(atom) or self._runs_on(atom):
                return group.next_atom
        person = self.people.choose(atom.entry, following, self._owner(following) if following else None)
        if person is None:
            if following is not None and atom.role == PERSON:
                following.name, following.first = (atom.first, atom.last), group.first
                return self._titled(following)
            return group.next_atom
        if following is not None:
            following.person, following.first = atom, group.first
            return self._titled(following)
        term = best(person.terms, self.date)
        state = status(term, self.date) if self.date is not None else None
        voice: str | None = term.kind
        if group.former or state == "former":
            state, voice = "former", "former official"
        elif state == "future":
            voice = "other"
        known = Known(person.name, person.actor, term.office, voice, state, "list", person, None, group.first)
        self._person_mention(group.first, group.last, known)
        return group.next_atom

    def _apposition(self, group: Group) -> Group | None:
        """Read ", Iran's foreign minister" after a name; None when it is someone else's title."""
        tokens, last = self.tokens, group.last
        if last + 1 >= len(tokens) or not tokens.comma_gap(last):
            return None
        first = last + 1
        skipped = 0
        words = self.knowledge.words
        while first < len(tokens) and skipped < 4 and first not in self.reader.starts:
            word = tokens.folded[first]
            if word not in ("the", "el", "la", "a", "un", "una", "le", "l", "o") and not (
                word in words["former"]
                or word in words["then"]
                or word in words["plain"]
                or word in words["future"]
            ):
                return None
            if first > last + 1 and not tokens.soft_gap(first - 1):
                return None
            first += 1
            skipped += 1
        index = self.reader.starts.get(first)
        if index is None or index < group.next_atom:
            return None
        following = self.reader.read(index)
        if following.title is None or following.person is not None or following.name is not None:
            return None
        following.person = None
        return following if self._usable(following) else None

    def _short_counts(self, atom: Atom) -> bool:
        """Whether a short name may stand without an introduction."""
        form = self.tokens.folded[atom.first : atom.last + 1]
        return any(" ".join(form) in self.knowledge.alone[key] for key in atom.entry.people)

    def _runs_on(self, atom: Atom) -> bool:
        """Whether a further capitalised word makes the short name a first name or part of another name."""
        after = atom.last + 1
        if after >= len(self.tokens) or not self.tokens.space_gap(atom.last) or after in self.owned:
            return False
        return self.reader.name_from(after) >= after and not self.reader.headline(atom.first, after)

    def _person_mention(self, first: int, last: int, known: Known) -> None:
        start, end = self._span(first, last)
        said = (known.actor_type, known.name, known.office, known.status, known.basis, known.institution)
        self._add(first, last, ActorMention(start, end, known.actor, "holder", *said))
        folded = self.tokens.folded[last] if known.person is None else None
        if folded is not None and known.basis == "text":
            name = known.name.split()
            self.known[self.knowledge.fold_name(name[-1])] = known
        elif known.person is not None:
            for short in (*known.person.short, *known.person.alone):
                self.known[self.knowledge.fold_name(short.split()[-1])] = known

    # Names that only the text tells.

    def _words(self, span: tuple[int, int]) -> str:
        start, end = self._span(*span)
        return " ".join(self.tokens.text[start:end].split())

    def _name_before(self, group: Group) -> tuple[int, int] | None:
        """Find the name that an office in apposition explains ("Ana Ruiz, canciller de ...,")."""
        tokens, first = self.tokens, group.first
        while first > 0 and tokens.folded[first - 1] in ("the", "el", "la") and tokens.space_gap(first - 1):
            first -= 1
        if first < 2 or not tokens.comma_gap(first - 1) or not self.reader.closed(group.last):
            return None
        end = first - 1
        if end in self.solid or self._owner(group) is None:
            return None
        begin = end
        words = self.knowledge.words
        while begin >= 0 and end - begin < 5 and begin not in self.solid:
            if not tokens.capital(begin) and not (begin < end and tokens.folded[begin] in words["particles"]):
                break
            if tokens.folded[begin] in words["not_names"] and tokens.folded[begin] not in words["particles"]:
                break
            begin -= 1
            if begin < 0 or not tokens.space_gap(begin):
                break
        begin += 1
        while begin <= end and (not tokens.capital(begin) or tokens.folded[begin] in words["not_names"]):
            begin += 1
        if self.mentions and self.mentions[-1][1] >= begin:
            return None
        return (begin, end) if 1 <= end - begin <= 4 and self.reader.name_from(begin) == end else None

    def _later_names(self) -> None:
        """Find the surnames of people whom only a title in the text made known."""
        by_text = {short: known for short, known in self.known.items() if known.person is None}
        if not by_text:
            return
        taken = {t for first, last, _ in self.mentions for t in range(first, last + 1)}
        for index, word in enumerate(self.tokens.folded):
            known = by_text.get(word)
            if known is None or index in taken or index <= known.mention or not self.tokens.capital(index):
                continue
            begin = index
            parts = [self.knowledge.fold_name(part) for part in known.name.split()]
            while (
                begin > 0
                and begin - 1 not in taken
                and self.tokens.folded[begin - 1] in parts
                and self.tokens.space_gap(begin - 1)
            ):
                begin -= 1
            if begin == index and not surname_stands_alone(
                self.tokens, Atom(index, index, Entry(SURNAME)), self.knowledge, taken
            ):
                continue
            self._person_mention(begin, index, known)
