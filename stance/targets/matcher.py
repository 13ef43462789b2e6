"""Finding terms in a text: a trie over words, walked once.

A node of the trie is a dict from a word to the next node. A word of a term that is written in capitals is
kept as written, any other word folded; folded words hold no capitals, so both share the dict. Two keys that
no word can be stand beside them: ``"*"`` leads to the words with an open ending, by the length of their
beginning, and ``""`` to what ends at the node.

Which matches are reported: those whose years and context hold; of them, for each target, those that share no
word with a negative term of that target; of them, from the left, the longest at each word that is still free
(the first kind of `KINDS` if two terms are the same words).
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from stance.targets.terms import KINDS, NEGATIVE, Target, TargetMention, Term
from stance.text.words import Word, words

CONTEXT_WORDS = 60
"""A term that needs a context is met when the context begins at most this many words before or after it."""

YEAR_MARGIN = 1
"""A term with years also matches this many years before and after them."""

IDLE_WORDS = 100_000
"""How many words that begin no term are remembered, to pass them over quickly."""

_RANK = {kind: rank for rank, kind in enumerate((*KINDS, NEGATIVE))}
_CONTEXT_RANK = len(_RANK)

_Node = dict[str, Any]


class _Entry(NamedTuple):
    """What ends at a node: a term of a target, or a context (`rank` is then `_CONTEXT_RANK`)."""

    rank: int
    target: str
    term: Term | None
    context: int | None


class _Match(NamedTuple):
    """A term that stands in the text, by the index of its first and one past its last word."""

    first: int
    last: int
    entry: _Entry


class Matcher:
    """Finds the terms of several targets in texts of one language.

    Parameters
    ----------
    targets : iterable of (Target, tuple of Term)
        The targets with their terms in the language.
    """

    def __init__(self, targets: Iterable[tuple[Target, tuple[Term, ...]]]) -> None:
        self._root: _Node = {}
        self._order: dict[str, int] = {}
        self._idle: set[str] = set()
        contexts: dict[tuple[str, ...], int] = {}
        for target, terms in targets:
            self._order[target.code] = len(self._order)
            for term in terms:
                context = None
                if term.context:
                    context = contexts.setdefault(term.context, len(contexts))
                self._add(term.text, _Entry(_RANK[term.kind], target.code, term, context))
        for texts, context in contexts.items():
            for text in texts:
                self._add(text, _Entry(_CONTEXT_RANK, "", None, context))

    def _add(self, text: str, entry: _Entry) -> None:
        node = self._root
        for key, is_open in term_words(text):
            if is_open:
                node = node.setdefault("*", {}).setdefault(len(key), {}).setdefault(key, {})
            else:
                node = node.setdefault(key, {})
        node.setdefault("", []).append(entry)

    def find(self, text: str, year: int | None = None) -> list[TargetMention]:
        """Find the mentions of the targets in a text; see `TargetRegistry.find`."""
        found = words(text)
        matches = self._matches(found, year)
        if not matches:
            return []
        by_target: dict[str, list[_Match]] = {}
        for match in self._in_context(matches):
            by_target.setdefault(match.entry.target, []).append(match)
        mentions: list[TargetMention] = []
        for target, of_target in by_target.items():
            for match in _chosen(of_target):
                term = match.entry.term
                assert term is not None
                start, end = found[match.first].start, found[match.last - 1].end
                mentions.append(TargetMention(target, start, end, term.kind, term.text))
        mentions.sort(key=lambda m: (m.start, -m.end, self._order[m.target]))
        return mentions

    def _matches(self, found: list[Word], year: int | None) -> list[_Match]:
        matches: list[_Match] = []
        start, idle, count = [self._root], self._idle, len(found)
        for first, word in enumerate(found):
            if word.written in idle:
                continue
            nodes = _step(start, word)
            if not nodes:
                if len(idle) < IDLE_WORDS:
                    idle.add(word.written)
                continue
            last = first + 1
            while nodes:
                matches.extend(
                    _Match(first, last, entry)
                    for node in nodes
                    for entry in node.get("", ())
                    if entry.term is None or _in_years(entry.term, year)
                )
                if last == count:
                    break
                nodes = _step(nodes, found[last])
                last += 1
        return matches

    @staticmethod
    def _in_context(matches: list[_Match]) -> list[_Match]:
        places: dict[int, list[int]] = {}
        for match in matches:
            if match.entry.rank == _CONTEXT_RANK and match.entry.context is not None:
                places.setdefault(match.entry.context, []).append(match.first)
        return [
            match
            for match in matches
            if match.entry.rank != _CONTEXT_RANK
            and (
                match.entry.context is None
                or any(abs(at - match.first) <= CONTEXT_WORDS for at in places.get(match.entry.context, ()))
            )
        ]


def term_words(text: str) -> list[tuple[str, bool]]:
    """Part a term into the words to match.

    Parameters
    ----------
    text : str
        A term as the targets file writes it.

    Returns
    -------
    list of (str, bool)
        Each word, in capitals if it is to match as written and folded if not, and whether its ending is open.
    """
    return [
        (word.written if word.written.isupper() else word.folded, text[word.end : word.end + 1] == "*")
        for word in words(text)
    ]


def _step(nodes: list[_Node], word: Word) -> list[_Node]:
    written, folded = word.written, word.folded
    after = []
    for node in nodes:
        for key in (folded, written) if written != folded else (folded,):
            if key in node:
                after.append(node[key])
            for length, table in node.get("*", {}).items():
                # A word shorter than `length` is cut to itself, and cannot be in the table.
                if key[:length] in table:
                    after.append(table[key[:length]])
    return after


def _in_years(term: Term, year: int | None) -> bool:
    if year is None:
        return True
    return (term.first is None or year >= term.first - YEAR_MARGIN) and (
        term.last is None or year <= term.last + YEAR_MARGIN
    )


def _chosen(matches: list[_Match]) -> list[_Match]:
    """Of the matches of one target drop what a negative term touches, then take the longest from the left."""
    barred: set[int] = set()
    for match in matches:
        if match.entry.rank == _RANK[NEGATIVE]:
            barred.update(range(match.first, match.last))
    candidates = [
        match
        for match in matches
        if match.entry.rank != _RANK[NEGATIVE] and barred.isdisjoint(range(match.first, match.last))
    ]
    candidates.sort(key=lambda m: (m.first, -m.last, m.entry.rank))
    chosen, free_from = [], 0
    for match in candidates:
        if match.first >= free_from:
            chosen.append(match)
            free_from = match.last
    return chosen
