"""What is known of a pair besides its label: the groups by which measures are broken down."""

import tomllib
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from stance.actors import Gazetteer
from stance.labels import LabelledPassage
from stance.model.pairs import Pairs
from stance.text.words import words
from stance.train import TrainingData

UN_DEBATE = "UN General Debate"
"""The genre that the cross-genre protocol trains on."""

UNKNOWN = "not given"

INDIRECT = ("epithet", "act", "leader", "institution")
"""Kinds of mention that do not name the state."""

LENGTHS = ((60, "up to 60 words"), (110, "61 to 110 words"), (10**9, "more than 110 words"))

DIMENSIONS = {
    "target": "Target",
    "actor": "Actor",
    "region": "Region of the actor",
    "decade": "Decade",
    "genre": "Kind of text",
    "language": "Language",
    "length": "Length of the passage",
    "mentioned": "Targets named in the passage",
    "mention": "How the target is named",
}
"""Dimensions of breakdowns and their titles."""


def attributes(data: TrainingData, pairs: Pairs) -> dict[str, npt.NDArray[np.object_]]:
    """Return for each dimension of `DIMENSIONS` the group of each pair.

    Parameters
    ----------
    data : TrainingData
    pairs : Pairs
        Those of `data`.

    Returns
    -------
    dict of str to ndarray of str, shape (n_pairs,)
    """
    gazetteer = Gazetteer.default()
    by_passage: dict[str, list[str]] = {
        "actor": [passage.actor or UNKNOWN for passage in data.passages],
        "region": [gazetteer.region(passage.actor or "") or UNKNOWN for passage in data.passages],
        "decade": [
            f"{passage.year // 10 * 10}s" if passage.year is not None else UNKNOWN
            for passage in data.passages
        ],
        "genre": [genre_of(passage) for passage in data.passages],
        "language": [passage.lang or UNKNOWN for passage in data.passages],
        "length": [_length(passage.text or "") for passage in data.passages],
    }
    table = {name: np.array(values, dtype=object)[data.passage_of] for name, values in by_passage.items()}
    named = [len({mention.target for mention in found}) for found in pairs.mentions]
    table["target"] = np.array(pairs.targets, dtype=object)
    table["mentioned"] = np.array([str(count) if count < 3 else "3 or more" for count in named], dtype=object)
    table["mention"] = np.array(
        [
            _mention({mention.kind for mention in found if mention.target == target})
            for target, found in zip(pairs.targets, pairs.mentions, strict=True)
        ],
        dtype=object,
    )
    return {name: table[name] for name in DIMENSIONS}


def genre_of(passage: LabelledPassage) -> str:
    """Return the genre of a passage: of its corpus, else of its source; see ``data/genres.toml``."""
    known = genres()
    corpus = (passage.doc or "").partition("/")[0]
    return known.get(corpus) or known.get(passage.source or "", passage.source or UNKNOWN)


@cache
def genres() -> dict[str, str]:
    """Return the names of genres by corpus or source."""
    text = files("stance.evaluate").joinpath("data/genres.toml").read_text(encoding="utf-8")
    return {str(key): str(value) for key, value in tomllib.loads(text)["genres"].items()}


def _length(text: str) -> str:
    count = len(words(text))
    return next(name for most, name in LENGTHS if count <= most)


def _mention(kinds: set[str]) -> str:
    if not kinds:
        return "not named"
    return "only implied" if kinds <= set(INDIRECT) else "by name"
