"""Noun phrases: the record that is filled while reading one, and the words that may stand inside it."""

from __future__ import annotations

from dataclasses import dataclass

from stance.actors.lexicon import Entry
from stance.actors.names import NameReader
from stance.actors.scan import Atom

_MODIFIERS_AT_MOST = 4


@dataclass(slots=True)
class Group:
    """A noun phrase around an actor, institution, office or person; indices are tokens, ``last`` inside.

    ``secondhand`` marks "the former president's aide": what stands before belongs to the president.
    """

    first: int
    last: int
    next_atom: int
    actor: Atom | None = None
    actor_person: Entry | None = None
    institution: Atom | None = None
    title: Atom | None = None
    deputy: bool = False
    former: bool = False
    then: bool = False
    future: bool = False
    person: Atom | None = None
    name: tuple[int, int] | None = None
    secondhand: bool = False


class PhraseReader(NameReader):
    """Reads the words between the parts of a noun phrase."""

    def modifiers_only(self, last: int, first: int, group: Group | None = None) -> bool:
        """Whether only modifiers (and a possessive) stand between tokens ``last`` and ``first``."""
        if first - last - 1 > _MODIFIERS_AT_MOST or first <= last:
            return False
        tokens, words = self.tokens, self.words
        for index in range(last, first):
            if not tokens.soft_gap(index):
                return False
        for index in range(last + 1, first):
            word = tokens.folded[index]
            if tokens.possessive(index) or word in words["plain"]:
                continue
            if word in words["former"] or word in words["then"] or word in words["future"]:
                if group is not None:
                    self.tense(group, word)
                continue
            return False
        return True

    def tense(self, group: Group, word: str) -> None:
        """Note what "former", "then" or "incoming" says about the holder."""
        if word in self.words["then"]:
            group.then = True
        elif word in self.words["former"]:
            group.former = True
        else:
            group.future = True

    def between(self, last: int, first: int) -> str | None:
        """Return the words between two tokens, or None where punctuation parts them."""
        if first - last > 8:
            return None
        tokens = self.tokens
        for index in range(last, first):
            if not tokens.soft_gap(index):
                return None
        words = [
            w for w in tokens.folded[last + 1 : first] if w not in self.words["plain"] or w in ("state",)
        ]
        return " ".join(words)

    def before(self, group: Group) -> None:
        """Take in "former", "then", "ex-" that stand before the group."""
        tokens = self.tokens
        index = group.first - 1
        steps = 0
        reach = group.first
        while index >= 0 and steps < 3 and tokens.soft_gap(index):
            word = tokens.folded[index]
            if word in self.words["former"] or word in self.words["then"]:
                if (group.title is not None or group.person is not None) and not group.secondhand:
                    self.tense(group, word)
                    reach = index
            elif word not in self.words["plain"] or group.title is None:
                break
            index -= 1
            steps += 1
        group.first = reach
