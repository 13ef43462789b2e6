"""Labelled passages and predictions made up for the tests."""

import random

import numpy as np
import pytest

from stance.evaluate.predictions import Predictions
from stance.labels import LabelledPassage
from stance.train import TrainingData

SAID = {
    "supportive": (
        "We thank {} for its help",
        "We stand with {} and welcome its wisdom",
        "{} is a true friend",
    ),
    "critical": (
        "We condemn {} for the attack",
        "{} violates the law and must be blamed",
        "We deplore what {} did",
    ),
    "neutral": (
        "Our delegation met that of {}",
        "We have read the letter of {}",
        "Talks with {} go on in June",
    ),
}
NAMES = {"ISR": "Israel", "IRN": "Iran", "USA": "the United States"}
ACTORS = ("BOL", "FRA", "KEN", "IDN", "ISL", "QAT", "JOR", "MEX")
FILLER = (
    "The weather was mild.",
    "Our harvest is good.",
    "The road to the port is open.",
    "We opened a school.",
)


def _passages(count, seed):
    rng = random.Random(seed)
    found = []
    for number in range(count):
        target = rng.choice(list(NAMES))
        stance = rng.choice(list(SAID))
        text = (
            f"{rng.choice(SAID[stance]).format(NAMES[target])} again in {1900 + number}. {rng.choice(FILLER)}"
        )
        labels = dict.fromkeys(NAMES, "absent") | {target: stance}
        first = labels if rng.random() < 0.9 else labels | {target: "neutral"}
        found.append(
            LabelledPassage(
                id=f"p{number}",
                labels=labels,
                text=text,
                doc=f"ungdc/d{number // 2}" if number % 4 < 2 else f"briefings/d{number // 2}",
                actor=ACTORS[number // 2 % len(ACTORS)],
                date=str(1990 + number // 2 % 30),
                lang="en",
                passes=(first, labels),
            )
        )
    return found


@pytest.fixture(scope="session")
def passages():
    return _passages(160, 1)


@pytest.fixture(scope="session")
def data(passages):
    return TrainingData(passages)


@pytest.fixture
def simulate():
    """Return a maker of predictions that are right with a given probability, in documents of a few pairs."""

    def make(
        pairs=600, right=0.7, per_document=3, seed=0, classes=("absent", "critical", "neutral", "supportive")
    ):
        rng = np.random.default_rng(seed)
        names = np.array(classes, dtype=object)
        gold = rng.integers(0, len(names), pairs)
        said = np.where(rng.random(pairs) < right, gold, rng.integers(0, len(names), pairs))
        probabilities = rng.dirichlet(np.ones(len(names)), pairs) * 0.5
        probabilities[np.arange(pairs), said] += 0.5
        return Predictions(
            list(classes),
            probabilities,
            names[gold],
            np.array(["ISR", "IRN", "USA"], dtype=object)[np.arange(pairs) % 3],
            np.array([f"d{number // per_document}" for number in range(pairs)], dtype=object),
            np.arange(pairs) // 3,
            np.arange(pairs),
        )

    return make
