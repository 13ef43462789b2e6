"""Which of the languages that have cue words an article is written in."""

import re

from stance.extraction.lexicon import LANGUAGES

_WORD = re.compile(r"[^\W\d_]+")
_COMMON = {
    "en": frozenset(
        (
            "the",
            "of",
            "and",
            "to",
            "in",
            "that",
            "is",
            "was",
            "for",
            "on",
            "with",
            "said",
            "by",
            "from",
            "has",
            "its",
            "it",
        )
    ),
    "es": frozenset(
        (
            "el",
            "la",
            "de",
            "que",
            "y",
            "en",
            "los",
            "las",
            "del",
            "por",
            "con",
            "una",
            "un",
            "su",
            "para",
            "al",
            "se",
        )
    ),
}
_SAMPLE = 6000


def guess_language(text: str) -> str:
    """Guess the language of an article by its commonest words; English where nothing tells.

    Returns
    -------
    str
        One of `LANGUAGES`.
    """
    words = _WORD.findall(text[:_SAMPLE].lower())
    counts = {lang: sum(word in _COMMON[lang] for word in words) for lang in LANGUAGES}
    return max(LANGUAGES, key=lambda lang: (counts[lang], lang == "en"))
