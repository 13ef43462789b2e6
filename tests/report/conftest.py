"""Results of every kind, made from invented predictions and hostile texts."""

import shutil

import numpy as np
import pytest

from stance.evaluate.actors import actor_stances
from stance.evaluate.attributes import DIMENSIONS
from stance.evaluate.ceiling import agreement
from stance.evaluate.comparison import Gate, compare
from stance.evaluate.mistakes import Mistake
from stance.evaluate.predictions import Predictions
from stance.evaluate.result import evaluate, header, now
from stance.evaluate.scored import Scored
from stance.labels import LabelledPassage

SCRIPT = "<script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">"
FORMULA = '=HYPERLINK("http://example.invalid","x")|`${1+1}` {{7*7}}'
LONG = "W" * 10_000
RIGHT_TO_LEFT = "\u202eנאום של השר \u2066<b>\u2069"
HOSTILE = (SCRIPT, FORMULA, LONG, RIGHT_TO_LEFT, "</script>", "]]>", "\u2028")

CLASSES = ["absent", "critical", "neutral", "supportive"]


def _predictions(right, seed):
    rng = np.random.default_rng(0)
    names = np.array(CLASSES, dtype=object)
    gold = rng.integers(0, 4, 300)
    rng = np.random.default_rng(seed)
    said = np.where(rng.random(300) < right, gold, rng.integers(0, 4, 300))
    probabilities = rng.dirichlet(np.ones(4), 300) * 0.5
    probabilities[np.arange(300), said] += 0.5
    targets = np.array(["ISR", "IRN", "USA"], dtype=object)[np.arange(300) % 3]
    groups = np.array([f"d{number // 3}" for number in range(300)], dtype=object)
    return Predictions(
        CLASSES, probabilities, names[gold], targets, groups, np.arange(300) // 3, np.arange(300)
    )


def _evaluation():
    groups = {name: np.array([f"{name} {n % 3}" for n in range(300)], dtype=object) for name in DIMENSIONS}
    groups["actor"] = np.array([HOSTILE[n % 4] if n % 2 else "FRA" for n in range(300)], dtype=object)
    groups["target"] = np.array(["ISR", "IRN", "USA"], dtype=object)[np.arange(300) % 3]
    groups["mention"] = np.array(["by name" if n % 5 else "not named" for n in range(300)], dtype=object)
    mistakes = [
        Mistake(n, "ISR", "neutral", "critical", 0.97, f"Words before {text} words after", [(0, 5), (13, 40)])
        for n, text in enumerate(HOSTILE)
    ]
    spans = {"macro_f1": (0.4, 0.6)}
    points = [
        {
            "system": "model",
            "share": share,
            "documents": round(100 * share),
            "macro_f1": 0.5,
            "f_avg": 0.4,
            "intervals": spans,
        }
        for share in (0.1, 0.5, 1.0)
    ]
    return evaluate(
        _predictions(0.8, 1),
        protocol=f"invented {FORMULA}",
        baselines={"majority": ("always the most frequent label", _predictions(0.3, 2))},
        attributes=groups,
        points=points,
        mistakes=mistakes,
        identities=[
            {"id": HOSTILE[n % len(HOSTILE)], "doc": None, "actor": "FRA", "date": None} for n in range(300)
        ],
        labels={"labels.csv": "0" * 64},
        resamples=200,
    ).to_dict()


def _agreement():
    one, other = {"ISR": "critical", "USA": "absent"}, {"ISR": "neutral", "USA": "absent"}
    passages = [
        LabelledPassage(id=str(n), labels=one, text="x", doc=f"d{n}", passes=(one, one if n % 5 else other))
        for n in range(40)
    ]
    return agreement(passages, resamples=100).to_dict()


def _validity():
    of = {
        "scale": "share of yes",
        "states": 12,
        "least": 10,
        "passages": 186,
        "rho": -0.9,
        "interval": (-0.97, -0.7),
        "others": {
            "region": {"title": "the region", "states": 12, "rho": -0.95},
            "labels": {"title": "the labels", "states": 12, "rho": -0.92},
        },
        "table": [
            {
                "actor": f"A{n}",
                "name": f"State {n} {SCRIPT}",
                "n": 10 + n,
                "stance": n / 20 - 1,
                "votes": 1 - n / 20,
            }
            for n in range(12)
        ],
    }
    return {
        **header("validity", now(), 0),
        "protocol": {"name": "votes", "description": "stances and votes"},
        "resamples": 100,
        "model": {},
        "labels": {},
        "years": [2000, 2019],
        "speeches": 10,
        "passages": 186,
        "targets": {"ISR": of},
    }


def _comparison():
    names = [{"id": HOSTILE[n % len(HOSTILE)]} for n in range(300)]
    bundles = [{"bundle": name, "sha256": "0" * 64, "files": {}} for name in "ab"]
    return compare(
        _predictions(0.7, 1),
        _predictions(0.8, 2),
        gate=Gate(0.9, True),
        of_a=bundles[0],
        of_b=bundles[1],
        identities=names,
        resamples=100,
    ).to_dict()


def _actors():
    rng = np.random.default_rng(0)
    scored = []
    for actor in ("FRA", "DEU", "BOL", *HOSTILE):
        for target in ("ISR", "IRN", "USA"):
            for n in range(6):
                score = float(rng.uniform(-1, 1))
                stance = "supportive" if score > 0.3 else "critical" if score < -0.3 else "neutral"
                scored.append(Scored(f"s{n}", actor, target, stance, score, f"{2000 + n % 3}-01-01", SCRIPT))
    return actor_stances(scored, by="year").to_dict()


MAKERS = {
    "evaluation": _evaluation,
    "agreement": _agreement,
    "validity": _validity,
    "comparison": _comparison,
    "actors": _actors,
}


@pytest.fixture(scope="session", params=list(MAKERS))
def result(request):
    """Each kind of result in turn."""
    return MAKERS[request.param]()


@pytest.fixture(scope="session")
def results():
    """Return a maker of results by kind."""
    return {kind: make() for kind, make in MAKERS.items()}


@pytest.fixture(scope="session")
def hostile():
    """Texts that must be shown as they are."""
    return HOSTILE


@pytest.fixture
def model_folder(bundle_folder, tmp_path):
    """Copy the small model, to be written beside."""
    return shutil.copytree(bundle_folder, tmp_path / "model")
