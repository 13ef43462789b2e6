"""Second pass: atoms that stand together are read as one noun phrase.

The grammar, for English and the Romance languages::

    phrase   = [former] [actor ['s] {modifier}] [institution ['s]] {title} {tail} [name | , name]
    tail     = of-word phrase-without-name | demonym (Romance) | place-word actor (titles with a post)
"""

from __future__ import annotations

from stance.actors.lexicon import ACTOR, GENERIC, INSTITUTION, PERSON, SURNAME, TITLE, Entry
from stance.actors.load import Knowledge
from stance.actors.names import ARTICLES
from stance.actors.phrases import Group, PhraseReader
from stance.actors.scan import Atom
from stance.actors.tokens import TokenList

_HONORIFIC_OFFICES = frozenset(
    (
        "ayatollah",
        "general",
        "admiral",
        "colonel",
        "brigadier",
        "major",
        "prince",
        "cleric",
        "cardinal",
        "judge",
        "secretary",
    )
)

# A longer run of capitalised words is a headline, not a name.
_NAMES_AT_MOST = 4


class Reader(PhraseReader):
    """Reads groups from the atoms of one text.

    Parameters
    ----------
    tokens : TokenList
        The text.
    atoms : list of Atom
        What :func:`stance.actors.scan.scan` found.
    knowledge : Knowledge
        Word lists.
    romance : bool
        Whether a demonym may follow its noun ("canciller iraní").
    """

    def __init__(self, tokens: TokenList, atoms: list[Atom], knowledge: Knowledge, romance: bool) -> None:
        super().__init__(tokens, atoms, knowledge)
        self.romance = romance

    def read(self, index: int, names: bool = True) -> Group:
        """Read the longest group that begins with atom ``index``.

        Parameters
        ----------
        index : int
            Which atom.
        names : bool
            Whether a person's name may close the group.
        """
        atom = self.atoms[index]
        group = Group(atom.first, atom.last, index + 1)
        if atom.role in (PERSON, SURNAME):
            self._person_first(group, atom)
        elif atom.role == ACTOR:
            group.actor = atom
            self._heads(group)
        elif atom.role in (INSTITUTION, GENERIC):
            group.institution = atom
            self._titles(group)
        elif atom.role == TITLE:
            group.next_atom = index
            group.last = atom.first - 1
            self._titles(group)
        self._tails(group)
        self._region(group)
        self.before(group)
        if names and group.title is not None and group.person is None:
            self._name(group)
            self._owner_after_name(group)
        return group

    # Each step below looks at what follows ``group.last`` and extends the group when it fits.

    def _next(self, group: Group) -> Atom | None:
        return self.atoms[group.next_atom] if group.next_atom < len(self.atoms) else None

    def _take(self, group: Group, atom: Atom) -> None:
        group.last = atom.last
        group.next_atom += 1

    def _heads(self, group: Group) -> None:
        """Read what follows an actor: its institution, then titles."""
        atom = self._next(group)
        if atom is None:
            return
        if (
            atom.role == ACTOR
            and group.next_atom + 1 < len(self.atoms)
            and self.atoms[group.next_atom + 1].role == TITLE
            and self.atoms[group.next_atom + 1].entry.posting
            and self.tokens.soft_gap(self.atoms[group.next_atom].last)
            and self.atoms[group.next_atom + 1].first == atom.last + 1
            and self.modifiers_only(group.last, atom.first)
        ):
            self._take(group, atom)  # "US Iran envoy": the second state is the post
            atom = self._next(group)
        if (
            atom is not None
            and atom.role == GENERIC
            and atom.entry.name == "state"
            and group.next_atom + 1 < len(self.atoms)
        ):
            following = self.atoms[group.next_atom + 1]
            if following.role in (INSTITUTION, GENERIC) and following.first == atom.last + 1:
                group.next_atom += 1  # "Iran's state broadcaster": here the word is an adjective
                atom = following
        if (
            atom is not None
            and atom.role in (INSTITUTION, GENERIC)
            and self.modifiers_only(group.last, atom.first, group)
        ):
            owner = group.actor.entry.code if group.actor else ""
            if atom.role == GENERIC or atom.entry.code == owner:
                group.institution = atom
                self._take(group, atom)
        self._titles(group)

    def _titles(self, group: Group) -> None:
        """Read one title or several: the first that is an office counts ("Supreme Leader Ayatollah")."""
        while True:
            atom = self._next(group)
            if atom is None or atom.role != TITLE:
                return
            fresh = group.last < group.first
            if not fresh and not self.modifiers_only(group.last, atom.first, group):
                return
            if group.title is None:
                group.title = atom
            elif atom.first > 0 and self.tokens.possessive(atom.first - 1):
                group.title, group.secondhand = atom, True  # "the prime minister's spokesman"
            elif group.title.entry.kind == "title" and self.tokens.folded[group.title.first] == "deputy":
                group.title, group.deputy = atom, True
            elif group.title.entry.name in _HONORIFIC_OFFICES and atom.entry.name not in _HONORIFIC_OFFICES:
                group.title = atom
            self._take(group, atom)
            if atom.entry.kind == "former":
                group.former = True

    def _tails(self, group: Group) -> None:
        """Read what says whose office or institution it is, and where its holder works."""
        for _ in range(4):
            atom = self._next(group)
            if atom is None or (group.title is None and group.institution is None):
                return
            between = self.between(group.last, atom.first)
            if between is None:
                return
            head: Entry = group.title.entry if group.title else group.institution.entry  # type: ignore[union-attr]
            has_actor = group.actor is not None or group.actor_person is not None
            if not between and self.romance and atom.role == ACTOR and atom.entry.kind == "demonym":
                if has_actor or (
                    group.institution and group.institution.role == INSTITUTION and not group.title
                ):
                    return
                group.actor = atom
                self._take(group, atom)
                self._titles(group)
                continue
            if not between:
                if (
                    self.romance
                    and atom.role == SURNAME
                    and group.institution
                    and not group.title
                    and not has_actor
                ):
                    group.actor_person = atom.entry  # "la administración Trump"
                    self._take(group, atom)
                return
            place = between in self.phrases["place"]
            if (
                head.posting
                and place
                and (has_actor or between not in self.phrases["of"] or between in self.phrases["inside"])
            ):
                if atom.role in (ACTOR, INSTITUTION):
                    self._take(group, atom)
                    continue
                return
            joins = between in self.phrases["of"] or (
                between in self.phrases["inside"] and group.title is None
            )
            if not joins or not self._owner(group, atom, has_actor):
                return

    def _region(self, group: Group) -> None:
        """Take in the region of an envoy, which is no actor ("for the Middle East")."""
        head = group.title.entry if group.title else group.institution.entry if group.institution else None
        if head is None or not head.posting:
            return
        tokens, words = self.tokens, self.tokens.folded
        for length in (3, 2, 1):
            begin = group.last + 1 + length
            if " ".join(words[group.last + 1 : begin]) not in self.phrases["place"]:
                continue
            for end in range(min(begin + 4, len(tokens)), begin, -1):
                if " ".join(words[begin:end]) in self.phrases["regions"] and all(
                    tokens.soft_gap(index) for index in range(group.last, end - 1)
                ):
                    group.last = end - 1
                    while group.next_atom < len(self.atoms) and self.atoms[group.next_atom].first < end:
                        group.next_atom += 1
                    return

    def _owner(self, group: Group, atom: Atom, has_actor: bool) -> bool:
        """Attach the actor or institution after an "of"."""
        if atom.role == ACTOR:
            if has_actor:
                return False
            if atom.entry.kind != "demonym" and not self._owns_next(group):
                group.actor = atom
                self._take(group, atom)
                return True
            following = self.atoms[group.next_atom + 1] if group.next_atom + 1 < len(self.atoms) else None
            if (
                following is not None
                and following.role in (INSTITUTION, GENERIC)
                and group.institution is None
                and self.modifiers_only(atom.last, following.first)
            ):
                group.actor = atom
                self._take(group, atom)
                group.institution = following
                self._take(group, following)
                return True
            return False
        if atom.role in (INSTITUTION, GENERIC) and group.title is not None and group.institution is None:
            if (
                atom.role == INSTITUTION
                and has_actor
                and group.actor
                and group.actor.entry.code != atom.entry.code
            ):
                return False
            group.institution = atom
            self._take(group, atom)
            return True
        if (
            atom.role in (PERSON, SURNAME)
            and not has_actor
            and group.institution is not None
            and group.title is None
        ):
            group.actor_person = atom.entry  # "el gobierno de Nicolás Maduro"
            self._take(group, atom)
            return True
        return False

    def _owns_next(self, group: Group) -> bool:
        """Whether the next actor owns an institution ("spokesman for Iran's Foreign Ministry")."""
        if group.next_atom + 1 >= len(self.atoms):
            return False
        atom, following = self.atoms[group.next_atom], self.atoms[group.next_atom + 1]
        return (
            following.role in (INSTITUTION, GENERIC)
            and group.institution is None
            and self.modifiers_only(atom.last, following.first)
        )

    def _person_first(self, group: Group, atom: Atom) -> None:
        """Read "Maduro regime", "Netanyahu's office", "Khamenei's adviser"."""
        group.person = atom
        following = self._next(group)
        if following is None:
            return
        possessive = following.first > atom.last + 1 and self.tokens.possessive(atom.last + 1)
        direct = following.first == atom.last + 1
        if not self.modifiers_only(atom.last, following.first):
            return
        if following.role == GENERIC and (possessive or direct):
            group.person, group.actor_person, group.institution = None, atom.entry, following
            self._take(group, following)
            self._titles(group)
        elif following.role == TITLE and possessive:
            group.person, group.actor_person = None, atom.entry
            self._titles(group)

    def _name(self, group: Group) -> None:
        """Read a name after the office, directly or after a comma."""
        tokens = self.tokens
        last = group.last
        if last + 1 >= len(tokens):
            return
        comma = tokens.comma_gap(last)
        if (
            not comma
            and not tokens.space_gap(last)
            and not (tokens.phrase_gap(last) and len(tokens.raw[last]) <= 4)
        ):
            return
        first = last + 1
        if comma:
            first = self._past_honorific(first)
        while first < len(tokens) and tokens.folded[first] in self.words["honorifics"] and first - last <= 3:
            first += 1
        if first >= len(tokens) or (first > last + 1 and not tokens.phrase_gap(first - 1)):
            return
        index = self.starts.get(first)
        if index is not None:
            atom = self.atoms[index]
            if atom.role == PERSON or (atom.role == SURNAME and not comma and self.lone_surname(atom)):
                if comma and self.has_own_title(index):
                    return
                group.person = atom
                group.last, group.next_atom = atom.last, index + 1
                return
            if atom.role != SURNAME:
                return
        end = self.name_from(first)
        if end < first or (comma and (end == first or not self.closed(end))):
            return
        if (
            end == first
            and group.title is not None
            and group.title.entry.use == "joined"
            and tokens.opens_sentence(first)
        ):
            return
        long = sum(map(tokens.capital, range(first, end + 1)))
        closes_line = end + 1 >= len(tokens) or "\n" in tokens.gap(end)
        if self.headline(group.first, end) or long > _NAMES_AT_MOST - closes_line:
            return
        group.name = (first, end)
        group.last = end
        while group.next_atom < len(self.atoms) and self.atoms[group.next_atom].first <= end:
            group.next_atom += 1

    def _past_honorific(self, first: int) -> int:
        """Skip an article and a title of honour ("líder supremo de Irán, el ayatolá Alí Jamenei")."""
        after = first + (self.tokens.folded[first] in ARTICLES)
        index = self.starts.get(after)
        if index is None or self.atoms[index].role != TITLE or self.atoms[index].entry.use != "named":
            return first
        return self.atoms[index].last + 1

    def _owner_after_name(self, group: Group) -> None:
        """Read "President Luis Arce of Bolivia"."""
        atom = self._next(group)
        if (
            (group.person or group.name)
            and not group.actor
            and not group.institution
            and atom
            and atom.role == ACTOR
        ):
            between = self.between(group.last, atom.first)
            if between in ("of", "of the", "de", "del", "da", "do") and atom.entry.kind != "demonym":
                group.actor = atom
                self._take(group, atom)
