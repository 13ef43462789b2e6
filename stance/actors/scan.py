"""First pass over a text: the atoms (actors, institutions, titles, people) that stand in it."""

from __future__ import annotations

from stance.actors.lexicon import ACTOR, GENERIC, INSTITUTION, LEAF, NOTHING, SURNAME, Entry, Trie, case_fits
from stance.actors.load import Doubt, Knowledge
from stance.actors.tokens import TokenList


class Atom:
    """A form of the lexicon at tokens ``first`` to ``last`` (both inside)."""

    __slots__ = ("entry", "first", "last", "role")

    def __init__(self, first: int, last: int, entry: Entry) -> None:
        self.first = first
        self.last = last
        self.entry = entry
        self.role = entry.role


def scan(tokens: TokenList, trie: Trie, knowledge: Knowledge) -> list[Atom]:
    """Return the longest matches from left to right; ambiguous names without a reason are left out."""
    atoms: list[Atom] = []
    folded, raw, count = tokens.folded, tokens.raw, len(tokens)
    find_root = trie.get
    index = 0
    while index < count:
        node = find_root(folded[index])
        if node is None:
            index += 1
            continue
        end, found = -1, None
        position = index
        while True:
            leaves = node.get(LEAF)
            if leaves is not None:
                for pattern, entry in leaves:
                    if not pattern or case_fits(pattern, raw, index):
                        end, found = position, entry
                        break
            position += 1
            if position >= count:
                break
            node = node.get(folded[position])
            if node is None or not tokens.phrase_gap(position - 1):
                break
        if found is None:
            index += 1
            continue
        if found.role != NOTHING:
            atoms.append(Atom(index, end, found))
        index = end + 1
    return _without_doubtful(atoms, tokens, knowledge)


def _without_doubtful(atoms: list[Atom], tokens: TokenList, knowledge: Knowledge) -> list[Atom]:
    doubts, common = knowledge.doubts, knowledge.words["common_words"]
    kept: list[Atom] = []
    owned: set[int] | None = None
    context: str | None = None
    reasons: dict[
        int, bool
    ] = {}  # asked once a text, or a long text would take time in the square of its length
    for atom in atoms:
        if atom.role not in (ACTOR, INSTITUTION, GENERIC) or atom.first != atom.last:
            kept.append(atom)
            continue
        form = tokens.folded[atom.first]
        if form in common and tokens.raw[atom.first].isupper() and _shouted(tokens, atom.first):
            continue
        doubt = doubts.get((form, atom.entry.code))
        if doubt is None:
            kept.append(atom)
            continue
        if context is None:
            context = " " + " ".join(tokens.folded) + " "
            owned = {t for a in atoms for t in range(a.first, a.last + 1)}
        if id(doubt) not in reasons:
            reasons[id(doubt)] = _reason(doubt, context)
        if reasons[id(doubt)] and not _touched(doubt, tokens, atom, owned or set(), knowledge):
            kept.append(atom)
    return kept


def _shouted(tokens: TokenList, index: int) -> bool:
    """Whether the words beside a token are in capitals, so that its own capitals say nothing."""
    for other in (index - 1, index + 1):
        if 0 <= other < len(tokens) and len(tokens.raw[other]) >= 2 and not tokens.raw[other].isupper():
            return False
    return len(tokens) > 1


def _reason(doubt: Doubt, context: str) -> bool:
    if doubt.needs and not any(f" {word} " in context for word in doubt.needs):
        return False
    return not any(f" {word} " in context for word in doubt.refused)


def _touched(doubt: Doubt, tokens: TokenList, atom: Atom, owned: set[int], knowledge: Knowledge) -> bool:
    first, last = atom.first, atom.last
    before = first - 1 if first > 0 and tokens.phrase_gap(first - 1) else -1
    after = last + 1 if last + 1 < len(tokens) and tokens.phrase_gap(last) else -1
    if any(index >= 0 and tokens.folded[index] in doubt.refused_near for index in (before, after)):
        return True
    # "Columbus, Georgia" after a comma is as telling as the word before.
    if first > 0 and tokens.comma_gap(first - 1) and tokens.folded[first - 1] in doubt.refused_near:
        return True
    if not doubt.person:
        return False
    for index in (before, after):
        if (
            index >= 0
            and index not in owned
            and tokens.capital(index)
            and not (index < first and tokens.opens_sentence(index))
            and not tokens.raw[index].isupper()
            and tokens.folded[index] not in knowledge.words["not_names"]
            and tokens.space_gap(min(index, first if index < first else last))
        ):
            return True
    return False


def surname_stands_alone(tokens: TokenList, atom: Atom, knowledge: Knowledge, owned: set[int]) -> bool:
    """Whether no other person's first name stands before a short name ("Melania Trump")."""
    if atom.role != SURNAME or atom.first == 0:
        return True
    before = atom.first - 1
    if before in owned or not tokens.space_gap(before) or not tokens.capital(before):
        return True
    word = tokens.folded[before]
    if (
        word in knowledge.words["not_names"]
        or word in knowledge.words["plain"]
        or word in knowledge.words["honorifics"]
    ):
        return True
    return tokens.opens_sentence(before) and word.endswith(("ing", "ed"))
