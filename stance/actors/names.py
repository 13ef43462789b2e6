"""Names of people as they stand in a text: runs of capitalised words."""

from __future__ import annotations

from stance.actors.lexicon import PERSON, SURNAME, TITLE
from stance.actors.load import Knowledge
from stance.actors.scan import Atom
from stance.actors.tokens import TokenList

ARTICLES = frozenset(("the", "a", "an", "el", "la", "un", "una", "le", "l", "o"))


class NameReader:
    """Tells names from other capitalised words.

    Parameters
    ----------
    tokens : TokenList
        The text.
    atoms : list of Atom
        What :func:`stance.actors.scan.scan` found.
    knowledge : Knowledge
        Word lists.
    """

    def __init__(self, tokens: TokenList, atoms: list[Atom], knowledge: Knowledge) -> None:
        self.tokens = tokens
        self.atoms = atoms
        self.words = knowledge.words
        self.phrases = knowledge.phrases
        self.starts = {atom.first: index for index, atom in enumerate(atoms)}

    def headline(self, first: int, last: int) -> bool:
        """Whether the line is written with capitals throughout, so that a capital does not tell a name."""
        tokens, text = self.tokens, self.tokens.text
        begin = text.rfind("\n", 0, tokens.starts[first]) + 1
        finish = text.find("\n", tokens.ends[last])
        finish = len(text) if finish < 0 else finish
        low, high = first, last
        while low > 0 and tokens.starts[low - 1] >= begin and first - low < 12:
            low -= 1
        while high + 1 < len(tokens) and tokens.starts[high + 1] < finish and high - last < 12:
            high += 1
        little = self.words["not_names"]
        rest = [
            index
            for index in (*range(low, first), *range(last + 1, high + 1))
            if len(tokens.raw[index]) >= 3 and tokens.folded[index] not in little
        ]
        return len(rest) >= 2 and all(tokens.capital(index) for index in rest)

    def lone_surname(self, atom: Atom) -> bool:
        """Whether no capitalised word follows that makes the short name a first name."""
        after = atom.last + 1
        return (
            after >= len(self.tokens) or self.name_from(after) < after or not self.tokens.space_gap(atom.last)
        )

    def has_own_title(self, index: int) -> bool:
        """Whether the person after a comma is introduced by an apposition of his own."""
        atom = self.atoms[index]
        if (
            index + 1 >= len(self.atoms)
            or atom.last + 1 >= len(self.tokens)
            or not self.tokens.comma_gap(atom.last)
        ):
            return False
        following = self.atoms[index + 1]
        between = self.tokens.folded[atom.last + 1 : following.first]
        return following.role == TITLE and all(word in ARTICLES for word in between)

    def closed(self, end: int) -> bool:
        """Whether punctuation that may end an apposition follows token ``end``."""
        if end + 1 >= len(self.tokens):
            return True
        gap = self.tokens.gap(end)
        return gap[:1] in {",", ";", ":", ".", ")", "—", "-", "'", "’"} or gap.strip(" ")[:1] in {
            "—",
            "–",
            "(",
            ",",
        }

    def name_from(self, first: int) -> int:
        """Return the last token of the capitalised words that read as a name, or ``first - 1``."""
        tokens, end = self.tokens, first - 1
        index = first
        while index < len(tokens) and index - first < 6:
            if index > first and not tokens.soft_gap(index - 1) and not self._initial(index - 1):
                break
            if tokens.possessive(index):
                break
            word = tokens.folded[index]
            if tokens.capital(index) and not tokens.raw[index][-1].isdigit():
                if word in self.words["not_names"] and not (
                    index > first and word in self.words["particles"]
                ):
                    break
                atom = self.starts.get(index)
                inner = index > first and tokens.folded[index - 1] in self.words["particles"]
                if atom is not None and not inner and self.atoms[atom].role not in (SURNAME, PERSON):
                    break
                end = index
            elif not (index > first and word in self.words["particles"] and end == index - 1):
                break
            index += 1
        return end

    def _initial(self, index: int) -> bool:
        return len(self.tokens.raw[index]) <= 2 and self.tokens.gap(index) in {". ", "."}
