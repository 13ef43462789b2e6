"""The cue words and function words of a language, read from data files."""

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from stance.errors import DataError

LANGUAGES = ("en", "es")
_CLASSES = frozenset(("speech", "judgement", "attitude", "evidence"))
_FRAMES = frozenset(("that", "hearer", "object", "to", "noun", "document", "adjective"))
_VOWELS = "aeiou"
_DOUBLING = re.compile(r"^[^aeiou]*[aeiou][bdgklmnprt]$")

# Bits of the closed classes; a token may hold several.
(
    DET,
    SUBJ,
    OBJ,
    POSS,
    REL,
    PREP,
    AUX,
    NEG,
    ADV,
    CONJ,
    SUB,
    THAT,
    QUESTION,
    DAY,
    MONTH,
    NPPREP,
    BOUND,
    PERSONAL,
) = (1 << k for k in range(18))
_WORD_LISTS = {
    "determiners": DET,
    "subject_pronouns": SUBJ,
    "object_pronouns": OBJ,
    "possessive_pronouns": POSS,
    "relatives": REL,
    "prepositions": PREP,
    "auxiliaries": AUX,
    "negations": NEG,
    "adverbs": ADV,
    "conjunctions": CONJ,
    "subordinators": SUB,
    "complementizers": THAT,
    "questions": QUESTION,
    "weekdays": DAY,
    "months": MONTH,
    "np_prepositions": NPPREP,
    "content_boundaries": BOUND,
    "personal": PERSONAL,
}


@dataclass(frozen=True, slots=True)
class Cue:
    """A form of a cue word.

    Attributes
    ----------
    lemma : str
        Dictionary form.
    group : str
        The list it stands in: ``say``, ``tell``, ``judge``, ...
    cue_class : str
        ``speech``, ``judgement``, ``attitude`` or ``evidence``.
    frame : str
        What follows: ``that``, ``hearer``, ``object``, ``to``, ``noun``, ``adjective``.
    form : str
        ``base``, ``s``, ``past``, ``ing``, ``noun`` or ``adjective``.
    """

    lemma: str
    group: str
    cue_class: str
    frame: str
    form: str


@dataclass(slots=True)
class Lexicon:
    """What the shallow analysis knows of one language."""

    lang: str
    cues: dict[str, Cue] = field(default_factory=dict)
    nouns: dict[str, Cue] = field(default_factory=dict)
    phrasal: dict[str, dict[str, Cue]] = field(default_factory=dict)
    words: dict[str, int] = field(default_factory=dict)
    abbreviations: frozenset[str] = frozenset()
    documents: frozenset[str] = frozenset()
    occasions: frozenset[str] = frozenset()
    time_words: frozenset[str] = frozenset()
    distancing: tuple[str, ...] = ()
    gloss: tuple[str, ...] = ()
    sic: tuple[str, ...] = ()
    according: tuple[tuple[str, ...], ...] = ()
    citing: frozenset[str] = frozenset()
    negation_keeps: frozenset[str] = frozenset()
    weekdays: dict[str, int] = field(default_factory=dict)
    months: dict[str, int] = field(default_factory=dict)


def english_forms(lemma: str) -> list[tuple[str, str]]:
    """Regular forms of an English verb, each with its name."""
    if lemma.endswith("e"):
        past, ing = lemma + "d", lemma[:-1] + "ing"
    elif lemma.endswith("y") and lemma[-2] not in _VOWELS:
        past, ing = lemma[:-1] + "ied", lemma + "ing"
    elif _DOUBLING.match(lemma):
        past, ing = lemma + lemma[-1] + "ed", lemma + lemma[-1] + "ing"
    else:
        past, ing = lemma + "ed", lemma + "ing"
    if lemma.endswith("y") and lemma[-2] not in _VOWELS:
        third = lemma[:-1] + "ies"
    elif lemma.endswith(("s", "sh", "ch", "x", "z", "o")):
        third = lemma + "es"
    else:
        third = lemma + "s"
    return [(lemma, "base"), (third, "s"), (past, "past"), (ing, "ing")]


def spanish_forms(lemma: str) -> list[tuple[str, str]]:
    """Regular third persons, participle and gerund of a Spanish verb, each with its name."""
    reflexive = lemma.endswith("se")
    verb = lemma.removesuffix("se")
    stem, ending = verb[:-2], verb[-2:]
    if ending == "ar":
        soft = stem[:-1] + "qu" if stem.endswith("c") else stem + "u" if stem.endswith("g") else stem
        soft = stem[:-1] + "c" if stem.endswith("z") else soft
        forms = [
            (stem + "a", "s"),
            (stem + "an", "s"),
            (stem + "ó", "past"),
            (stem + "aron", "past"),
            (stem + "aba", "past"),
        ]
        forms += [
            (stem + "aban", "past"),
            (stem + "ado", "participle"),
            (stem + "ando", "ing"),
            (soft + "e", "subjunctive"),
        ]
        forms += [(stem + "ará", "s"), (stem + "arán", "s")]
    else:
        third = "e"
        forms = [
            (stem + third, "s"),
            (stem + "en", "s"),
            (stem + "ió", "past"),
            (stem + "ieron", "past"),
            (stem + "ía", "past"),
        ]
        forms += [(stem + "ían", "past"), (stem + "ido", "participle"), (stem + "iendo", "ing")]
        forms += [(verb + "á", "s"), (verb + "án", "s")]
    forms.append((verb, "base"))
    if reflexive:
        forms.append((verb + "se", "base"))
    return forms


def _classify(form: str) -> str:
    if form.endswith("ing") or form.endswith(("ndo", "ndose")):
        return "ing"
    return "past"


def _read(name: str) -> dict[str, Any]:
    path = files("stance.extraction").joinpath("data", name)
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"{name}: not valid TOML ({error}); correct the file at the place named") from error


def _add_verbs(lexicon: Lexicon, data: dict[str, Any], name: str) -> None:
    irregular: dict[str, list[str]] = data.get("irregular", {})
    make = spanish_forms if lexicon.lang == "es" else english_forms
    for group, entry in data["verbs"].items():
        cue_class, frame = entry.get("class"), entry.get("frame")
        if cue_class not in _CLASSES:
            raise DataError(
                f"{name}: [verbs.{group}] class = {cue_class!r}; use one of {', '.join(sorted(_CLASSES))}"
            )
        if frame not in _FRAMES:
            raise DataError(
                f"{name}: [verbs.{group}] frame = {frame!r}; use one of {', '.join(sorted(_FRAMES))}"
            )
        for lemma in entry["lemmas"]:
            forms = make(lemma)
            if lemma in irregular:
                given = irregular[lemma]
                forms = [(form, _form_name(lemma, form, lexicon.lang)) for form in given]
                if lemma not in given:  # "read" is past as well as base
                    forms.append((lemma, "base"))
            for form, form_name in forms:
                lexicon.cues.setdefault(form, Cue(lemma, group, cue_class, frame, form_name))


def _form_name(lemma: str, form: str, lang: str) -> str:
    if lang == "es":
        if form.endswith("ndo"):
            return "ing"
        return "participle" if form.endswith(("ado", "ido", "cho", "sto", "rto")) else "past"
    if form.endswith("ing"):
        return "ing"
    return "s" if form.endswith("s") and form != lemma else "past"


@cache
def load_lexicon(lang: str) -> Lexicon:
    """Read the cue words and function words of a language.

    Parameters
    ----------
    lang : str
        ``en`` or ``es``.

    Returns
    -------
    Lexicon
        Shared: do not change it.

    Raises
    ------
    DataError
        A data file that is not TOML or names a class or frame that does not exist.
    """
    name = f"cues_{lang}.toml"
    data, words = _read(name), _read(f"words_{lang}.toml")
    lexicon = Lexicon(lang)
    for key, bit in _WORD_LISTS.items():
        for word in words.get(key, ()):
            lexicon.words[word] = lexicon.words.get(word, 0) | bit
    _add_verbs(lexicon, data, name)
    for cue_class in ("speech", "attitude"):
        for noun in data["nouns"].get(cue_class, ()):
            for form in dict.fromkeys((noun, _plural(noun, lang))):
                lexicon.nouns[form] = Cue(noun, "noun", cue_class, "noun", "noun")
                lexicon.cues.setdefault(form, lexicon.nouns[form])
    for phrase in data.get("phrasal", {}).get("say", ()):
        verb, particle = phrase.split()
        lexicon.phrasal.setdefault(verb, {})[particle] = Cue(phrase, "say", "speech", "that", "past")
    for adjective in data.get("adjectives", {}).get("attitude", ()):
        lexicon.cues.setdefault(adjective, Cue(adjective, "adjective", "attitude", "adjective", "adjective"))
    documents = data["nouns"]["documents"]
    lexicon.documents = frozenset(documents) | {_plural(noun, lang) for noun in documents}
    lexicon.occasions = lexicon.documents | frozenset(data["nouns"]["occasions"])
    lexicon.time_words = frozenset(words["time_words"])
    lexicon.abbreviations = frozenset(words["abbreviations"])
    outlet = data["outlet"]
    lexicon.distancing = tuple(outlet["distancing"])
    lexicon.gloss = tuple(sorted(outlet["gloss"], key=len, reverse=True))
    lexicon.sic = tuple(outlet["sic"])
    lexicon.according = tuple(tuple(phrase.split()) for phrase in data["phrases"]["according"])
    lexicon.citing = frozenset(data["phrases"]["citing"])
    lexicon.negation_keeps = frozenset(data["negation"]["keeps"])
    lexicon.weekdays = {day: number % 7 for number, day in enumerate(words["weekdays"])}
    months = words["months"]
    lexicon.months = {month: number + 1 for number, month in enumerate(months[:12])}
    for short in months[12:]:
        lexicon.months[short] = next(
            number for month, number in lexicon.months.items() if month.startswith(short[:3])
        )
    return lexicon


def _plural(noun: str, lang: str) -> str:
    if lang == "es":
        if noun.endswith("ión"):
            return noun[:-3] + "iones"
        return noun + ("s" if noun[-1] in "aeiouáéó" else "es")
    if noun.endswith("y") and noun[-2] not in _VOWELS:
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "sh", "ch", "x")) else "s")
