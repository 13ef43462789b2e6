"""How likely a candidate is an attribution: a linear model over words and classes around its cue."""

import json
import math
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from stance.errors import DataError
from stance.extraction.candidates import Candidate
from stance.extraction.document import Document
from stance.extraction.lexicon import AUX, CONJ, DET, OBJ, POSS, PREP, QUESTION, REL, SUB, SUBJ, THAT

_CLASSES = (
    (THAT, "that"),
    (SUBJ, "pron"),
    (DET, "det"),
    (POSS, "poss"),
    (AUX, "aux"),
    (PREP, "prep"),
    (SUB, "sub"),
    (CONJ, "conj"),
    (OBJ, "obj"),
    (REL, "rel"),
    (QUESTION, "wh"),
)


def shape(doc: Document, at: int) -> str:
    """A word of the lexicon or a frequent small word by itself, a name or number by its shape."""
    if at < 0 or at >= len(doc):
        return "<>"
    word = doc.words[at]
    first = word[0]
    if first.isdigit():
        return "0"
    if first.isupper() and not doc.bits[at] and doc.cues[at] is None:
        return "Aa"
    if not first.isalnum():
        if doc.quote[at] >= 0:
            first_token, stop = doc.quote_tokens[doc.quote[at]]
            if at == first_token:
                return "<q"
            if at == stop - 1:
                return "q>"
        return word
    return doc.low[at]


def word_class(doc: Document, at: int) -> str:
    """Closed class of a token, or its ending."""
    if at >= len(doc) or at < 0:
        return "<>"
    bits = doc.bits[at]
    if bits:
        for bit, name in _CLASSES:
            if bits & bit:
                return name
    word = doc.words[at]
    if word[0].isupper():
        return "Aa"
    if word[0].isdigit():
        return "0"
    if not word[0].isalnum():
        return "p"
    if word.endswith("ing"):
        return "ing"
    if word.endswith("ed"):
        return "ed"
    if word.endswith("ly"):
        return "ly"
    if word.endswith("s"):
        return "s"
    return "w"


def _source_type(doc: Document, candidate: Candidate) -> tuple[str, str]:
    source = candidate.source
    if source is None:
        return "none", ""
    first, last = source[0], source[1] - 1
    head = doc.low[last] if not doc.is_capital(last) else "Aa"
    bits = doc.bits[first]
    if first == last and bits & SUBJ:
        return ("rel" if bits & REL else "pron"), doc.low[first]
    if doc.is_capital(last) and not doc.bits[last]:
        return "name", head
    if bits & POSS:
        return "poss", head
    if bits & DET:
        return "det", head
    return "noun", head


def bucket(count: int) -> str:
    """Name a count by its order of magnitude."""
    return (
        str(count)
        if count < 4
        else "4-6"
        if count < 7
        else "7-12"
        if count < 13
        else "13-25"
        if count < 26
        else "26+"
    )


def candidate_features(doc: Document, candidate: Candidate) -> list[str]:
    """Features of a candidate: strings that name words and classes, never names of persons or places."""
    cue, frame = candidate.cue, candidate.frame
    first, stop = candidate.cue_span
    begin, end = candidate.content
    group = candidate.group if candidate.group >= 0 else first
    lemma, form = cue.lemma, cue.form
    kind, head = _source_type(doc, candidate)
    following, second = shape(doc, stop), shape(doc, stop + 1)
    before = shape(doc, first - 1)
    lead = shape(doc, group - 1)
    opening = word_class(doc, begin)
    length = bucket(end - begin)
    sentence = doc.sentence_start[first], doc.sentence_end[first]
    inside = "in" if doc.quote[first] >= 0 else "out"
    closing = shape(doc, end)
    features = [
        "f:" + frame,
        "l:" + lemma,
        f"lf:{lemma}|{frame}",
        f"lm:{lemma}|{form}",
        f"gf:{cue.group}|{frame}|{form}",
        "n:" + following,
        f"ln:{lemma}|{following}",
        f"nn:{following}|{second}",
        f"gn:{cue.group}|{form}|{following}",
        "p:" + before,
        f"lp:{lemma}|{before}",
        f"pp:{shape(doc, first - 2)}|{before}|{cue.group}",
        "d:" + lead,
        f"s:{kind}|{cue.group}",
        f"sh:{head}",
        f"ls:{lemma}|{kind}",
        f"sf:{kind}|{form}|{frame}",
        f"shg:{head}|{cue.group}",
        f"o:{opening}|{cue.frame}|{form}",
        f"lo:{lemma}|{opening}",
        f"z:{length}|{frame}|{cue.group}",
        f"i:{inside}|{cue.group}",
        f"is:{inside}|{head}" if kind == "pron" else f"is:{inside}|{kind}",
        f"c:{closing}|{frame}",
        f"e:{'end' if end >= sentence[1] - 1 else 'cut'}|{frame}|{cue.group}",
        f"q:{min(len(candidate.quotes), 2)}|{frame}|{cue.group}",
        f"ng:{candidate.negated}|{cue.group}",
        f"par:{min(doc.paragraph[first], 2)}|{frame}",
        f"op:{shape(doc, begin)}|{cue.group}",
    ]
    for step in range(begin, min(end, begin + 5)):
        features.append("cw:" + shape(doc, step))
    for step in (group - 2, group - 3):
        if step >= sentence[0]:
            features.append("lw:" + shape(doc, step))
    if candidate.source is not None:
        opener = "start" if candidate.source[0] == sentence[0] else shape(doc, candidate.source[0] - 1)
        features.append(f"sd:{bucket(max(0, group - candidate.source[1]))}|{kind}|{frame}")
        features.append(f"ss:{opener}|{kind}|{cue.group}")
        for step in range(candidate.source[0], min(candidate.source[1], candidate.source[0] + 5)):
            features.append("sw:" + shape(doc, step))
    features.append(f"li:{lemma}|{inside}")
    features.append(f"lz:{lemma}|{length}")
    features.append(f"end:{shape(doc, end - 1)}|{closing}")
    if group < first:
        verbs = " ".join(doc.low[group:first][:3])
        features.append("v:" + verbs)
        features.append(f"vl:{verbs}|{lemma}")
        features.append(f"vg:{doc.low[group]}|{cue.group}|{form}")
    if frame == "quote":
        features.append(f"qz:{bucket(end - begin)}|{cue.group}|{form}")
        features.append(f"qg:{_gap(candidate)}")
        features.append(f"qe:{shape(doc, end - 2)}|{shape(doc, begin - 1)}|{closing}")
        features.append(f"qs:{'start' if sentence[0] == begin else 'mid'}|{closing}")
        features.append(
            f"qc:{doc.words[begin + 1][0].isupper() if begin + 1 < len(doc) else False}|{shape(doc, begin - 1)}"
        )
    return features


def _gap(candidate: Candidate) -> str:
    begin, end = candidate.content
    first, stop = candidate.cue_span
    return "a" + bucket(first - end) if first >= end else "b" + bucket(begin - stop)


class Weights(NamedTuple):
    """Weights of a language: of candidates with their intercept, and of the ends of contents."""

    candidates: dict[str, float]
    intercept: float
    ends: dict[str, float]


@cache
def load_weights(lang: str) -> Weights | None:
    """Read the weights of a language; None where it has none.

    Raises
    ------
    DataError
        The file is no JSON object with ``intercept``, ``weights`` and ``ends``.
    """
    name = f"weights_{lang}.json"
    path = files("stance.extraction").joinpath("data", name)
    if not path.is_file():
        return None
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return Weights(data["weights"], float(data["intercept"]), data["ends"])
    except (ValueError, KeyError, TypeError) as error:
        raise DataError(
            f"{name}: damaged ({error!r}); reinstall the package or train the weights again"
        ) from error


def weigh(doc: Document, candidates: list[Candidate], weights: Weights) -> None:
    """Set the score of each candidate to its probability."""
    get = weights.candidates.get
    for candidate in candidates:
        total = weights.intercept
        for feature in candidate_features(doc, candidate):
            total += get(feature, 0.0)
        candidate.score = 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


# How sure a frame is by itself, for languages without weights.
_BY_RULE = {
    "quote": 0.9,
    "according-first": 0.8,
    "according-last": 0.8,
    "according-middle": 0.8,
    "left": 0.75,
}


def weigh_by_rule(doc: Document, candidates: list[Candidate]) -> None:
    """Set the score of each candidate by its grammar alone."""
    for candidate in candidates:
        candidate.score = _rule_score(doc, candidate)


def _rule_score(doc: Document, candidate: Candidate) -> float:
    cue, frame = candidate.cue, candidate.frame
    if frame in _BY_RULE:
        return _BY_RULE[frame] if candidate.source is not None or candidate.implicit else 0.4
    begin = candidate.content[0]
    if candidate.source is None and not (candidate.implicit and begin > 0 and doc.bits[begin - 1] & THAT):
        return (
            0.45
            if candidate.implicit and cue.group == "judge" and doc.bits[begin] & (DET | POSS | PREP)
            else 0.2
        )
    clause = begin > 0 and bool(doc.bits[begin - 1] & THAT)
    if frame == "noun":
        return 0.65 if clause or candidate.quotes else 0.45
    if frame == "adjective":
        return 0.5
    spoken = cue.cue_class in ("speech", "judgement")
    if (
        cue.form in ("base", "participle", "subjunctive")
        and candidate.group == candidate.cue_span[0]
        and cue.form != "base"
    ):
        return 0.3
    if clause:
        return 0.9 if spoken else 0.7
    if candidate.quotes:
        return 0.8 if spoken else 0.6
    if cue.frame == "that" and doc.low[begin].endswith(("ar", "er", "ir", "arse", "erse", "irse")):
        return 0.7 if spoken else 0.5
    if cue.frame in ("object", "to"):
        return 0.7 if spoken else 0.5
    return 0.25
