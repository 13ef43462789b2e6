"""The stance lexicon: which concept a word belongs to."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from stance.errors import DataError

NEGATION = "NOT"
"""The concept whose words turn others round."""


class Lexicon:
    """Words of diplomacy by concept, such as ``condemned`` → ``CONDEMN``.

    Parameters
    ----------
    concepts : mapping
        ``{concept: {language: [word, ...]}}``; a word that ends in ``*`` stands for any ending.

    Raises
    ------
    DataError
        If a word of one language stands in two concepts.
    """

    def __init__(self, concepts: Mapping[str, Mapping[str, list[str]]]) -> None:
        self.concepts = {
            name: {lang: list(words) for lang, words in by.items()} for name, by in concepts.items()
        }
        self._exact: dict[str, str] = {}
        self._open: dict[str, str] = {}
        self._known: dict[str, str | None] = {}
        for concept, by_language in self.concepts.items():
            for lang, words in by_language.items():
                for word in words:
                    table = self._open if word.endswith("*") else self._exact
                    if table.setdefault(word.rstrip("*"), concept) != concept:
                        raise DataError(
                            f"stance lexicon: {word!r} ({lang}) stands in {table[word.rstrip('*')]} and in {concept};"
                            " keep it in one of them"
                        )
        self._longest = max(map(len, self._open), default=0)

    @classmethod
    def default(cls) -> "Lexicon":
        """Return the lexicon that the package ships; the same object each time."""
        return _default()

    def concept(self, word: str) -> str | None:
        """Return the concept of a folded word, or None. The longest entry that matches decides."""
        if word not in self._known:
            self._known[word] = self._find(word)
        return self._known[word]

    def _find(self, word: str) -> str | None:
        if word in self._exact:
            return self._exact[word]
        for length in range(min(len(word), self._longest), 0, -1):
            if word[:length] in self._open:
                return self._open[word[:length]]
        return None


@cache
def _default() -> Lexicon:
    text = files("stance.features").joinpath("data/lexicon.toml").read_text(encoding="utf-8")
    return Lexicon(tomllib.loads(text))
