"""External validity: does the stance that the model finds in a state's speeches go with how the state votes?

The passages of all speeches of the UN General Debate are predicted by models that saw none of the speech (folds grouped
by document); their balance by state is held against the state's votes by Spearman's rank correlation. Two figures are
put beside it: what the labels themselves give, and what the region of the state alone would say.
"""

import csv
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.stats import rankdata

from stance.actors import Gazetteer
from stance.corpora import CorpusStore, cache_folder
from stance.corpora.store import INDEX
from stance.errors import LabelError, UsageError
from stance.evaluate.bootstrap import RESAMPLES, interval
from stance.evaluate.protocols import workload
from stance.evaluate.result import header, now
from stance.evaluate.splits import check_disjoint
from stance.evaluate.votes import agreement_with, read_votes, share_of_yes
from stance.model.linear import group_folds
from stance.model.pairs import Pairs
from stance.targets import TargetRegistry
from stance.text import passages
from stance.train import TrainingData

FloatArray = npt.NDArray[np.float64]

CORPUS = "ungdc"
YEARS = (2000, 2019)
"""Speeches and votes of these years, both included."""

LEAST = {"ISR": 10, "USA": 20}
"""How many passages that address the target a state must have."""

SCALES = {
    "ISR": "share of yes in votes on the Palestinian conflict",
    "USA": "agreement with the United States in votes where both said yes or no",
}
"""What the stance toward each target is held against; the more a state votes yes, the less it should favour Israel."""

PRIOR = 2.0
"""Imaginary passages that take a side as all states together do: few passages do not give an extreme balance."""

RESERVED = 5
"""One speech in so many is kept for tests by others and is never read here."""


@dataclass(frozen=True)
class Validity:
    """Rank correlations of stances and votes.

    Attributes
    ----------
    protocol : str
    targets : dict of str to dict
        ``scale``, ``states``, ``passages``, ``rho``, ``interval``, and under ``others`` rho of other readings of the
        same passages, of the labels alone and of the region alone; ``table``: a row a state.
    speeches, passages : int
        What was scored.
    labels : dict of str to str
    model : dict
    seed, resamples : int
    date : str
    """

    protocol: str
    targets: dict[str, dict[str, Any]]
    speeches: int
    passages: int
    labels: dict[str, str]
    model: dict[str, Any]
    seed: int
    resamples: int
    date: str
    name: str = "votes"

    def to_dict(self) -> dict[str, Any]:
        """Return plain data: what reports are made from."""
        return {
            **header("validity", self.date, self.seed),
            "protocol": {"name": self.name, "description": self.protocol},
            "resamples": self.resamples,
            "model": self.model,
            "labels": self.labels,
            "years": list(YEARS),
            "speeches": self.speeches,
            "passages": self.passages,
            "targets": self.targets,
        }


def is_reserved(doc: str) -> bool:
    """Return whether a speech is kept for tests by others, by the sha1 of its name."""
    return int(hashlib.sha1(doc.encode(), usedforsecurity=False).hexdigest(), 16) % RESERVED == 0


def documents(folder: Path) -> list[str]:
    """Return the names of the documents of an indexed corpus."""
    with (folder / INDEX).open(encoding="utf-8", newline="") as lines:
        return [row[0] for row in csv.reader(lines)]


def speech_pairs(
    store: CorpusStore, docs: Sequence[str], registry: TargetRegistry
) -> tuple[pd.DataFrame, Pairs]:
    """Cut speeches into passages and pair each with the targets that it names.

    Returns
    -------
    frame : DataFrame
        A row a pair: ``doc, actor, target``.
    pairs : Pairs
    """
    rows, texts, mentions = [], [], []
    for doc in docs:
        text, year = store.text(doc), int(doc[-4:])
        for start, end in passages(text):
            found = registry.find(text[start:end], "en", year)
            for target in dict.fromkeys(mention.target for mention in found):
                rows.append((doc, doc.partition("/")[2][:3], target))
                texts.append(text[start:end])
                mentions.append(found)
    frame = pd.DataFrame(rows, columns=["doc", "actor", "target"])
    return frame, Pairs(texts, frame["target"].tolist(), mentions, registry)


def validate(
    data: TrainingData,
    parameters: Mapping[str, Any],
    votes: Path,
    *,
    folds: int = 5,
    seed: int = 0,
    resamples: int = RESAMPLES,
    labels: Mapping[str, str] | None = None,
    corpora: Path | None = None,
    progress: Callable[[int], None] = lambda _: None,
    tell: Callable[[str], None] = lambda _: None,
) -> Validity:
    """Hold stances of states against their votes.

    Parameters
    ----------
    data : TrainingData
        What the models of the folds are trained on.
    parameters : mapping
        Of `StanceClassifier`.
    votes : Path
        See `stance.evaluate.votes`.
    folds, seed, resamples : int
    labels : mapping, optional
        sha256 of the label files.
    corpora : Path, optional
        Where the indexed corpora are.
    progress, tell : callable

    Returns
    -------
    Validity

    Raises
    ------
    UsageError
        If the corpus of speeches is not indexed.
    LabelError
        If a fold cannot be trained.
    """
    folder = (cache_folder() if corpora is None else corpora) / CORPUS
    if not (folder / INDEX).exists():
        raise UsageError(
            "--protocol votes reads the speeches of the UN General Debate; index them with "
            f"`stance corpus add {CORPUS} PATH`"
        )
    calls = read_votes(votes, *YEARS)
    work = workload(data, parameters)
    with CorpusStore(folder) as store:
        docs = [
            doc for doc in documents(folder) if YEARS[0] <= int(doc[-4:]) <= YEARS[1] and not is_reserved(doc)
        ]
        frame, pairs = speech_pairs(store, docs, work.pairs.registry)
    tell(f"{len(docs):,} speeches, {len(frame):,} pairs of passage and target")
    fold = group_folds(data.groups, folds, seed)
    of_doc = dict(zip(data.groups.tolist(), fold.tolist(), strict=True))
    # A speech without labels may be scored by any of the models; its name decides.
    row_fold = np.array(
        [of_doc.get(doc, int(hashlib.sha256(doc.encode()).hexdigest(), 16) % folds) for doc in frame["doc"]]
    )
    values = {name: np.zeros(len(frame)) for name in ("supportive", "critical", "absent")}
    for number in range(folds):
        train, test = np.flatnonzero(fold != number), np.flatnonzero(row_fold == number)
        check_disjoint(data.groups[train].tolist(), frame["doc"].to_numpy()[test].tolist())
        try:
            classifier = work.fit(train)
        except ValueError as error:
            raise LabelError(f"fold {number + 1} cannot be trained: {error}") from error
        if len(test):
            asked = pairs.take(test)
            found = classifier.probabilities(asked, classifier.decide(asked))
            for name, of in values.items():
                if name in classifier.classes_:
                    of[test] = found[:, classifier.classes_.tolist().index(name)]
        progress(1)
    table = frame.assign(**values)
    targets = {
        target: _against(target, table, scale, gold_balance(data, target), resamples, seed)
        for target, scale in (("ISR", share_of_yes(calls)), ("USA", agreement_with(calls, "USA")))
    }
    return Validity(
        protocol=f"stance of states, from their passages of {YEARS[0]}-{YEARS[1]} that address the target, "
        f"each scored by a model that did not see the speech ({folds} folds), against their votes in the UN General "
        "Assembly",
        targets=targets,
        speeches=len(docs),
        passages=len(frame),
        labels=dict(labels or {}),
        model={"parameters": {k: v for k, v in parameters.items() if k not in ("targets", "n_jobs")}},
        seed=seed,
        resamples=resamples,
        date=now(),
    )


def balance(supportive: pd.Series, critical: pd.Series, prior: float = PRIOR) -> pd.Series:
    """Return the balance of supportive and critical passages of states; in [−1, 1].

    Passages that take no side say how often a state speaks of the target, not how: the balance leaves them out. Few
    passages are drawn toward the balance of all states by `prior` imaginary ones.
    """
    total = float(supportive.sum() + critical.sum())
    overall = float(supportive.sum() - critical.sum()) / total if total else 0.0
    return (supportive - critical + prior * overall) / (supportive + critical + prior)


def gold_balance(data: TrainingData, target: str) -> pd.Series:
    """Return the balance by state of the labels themselves, for speeches of the years."""
    rows = [
        (data.passages[number].actor, label)
        for number, label, of in zip(
            data.passage_of.tolist(), data.labels.tolist(), data.frame["target"].tolist(), strict=True
        )
        if of == target
        and (data.passages[number].doc or "").startswith(f"{CORPUS}/")
        and YEARS[0] <= (data.passages[number].year or 0) <= YEARS[1]
    ]
    frame = pd.DataFrame(rows, columns=["actor", "label"])
    counts = frame.groupby(["actor", "label"]).size().unstack(fill_value=0)
    supportive, critical = (counts.get(side, counts.sum(axis=1) * 0) for side in ("supportive", "critical"))
    return balance(supportive, critical)


def _against(
    target: str, table: pd.DataFrame, scale: pd.Series, gold: pd.Series, resamples: int, seed: int
) -> dict[str, Any]:
    chosen = table[(table["target"] == target) & (table["actor"] != target) & (table["absent"] < 0.5)]
    by = chosen.groupby("actor")
    count = by.size()
    states = sorted(set(count.index[count >= LEAST[target]]) & set(scale.index))
    if len(states) < 3:
        raise LabelError(
            f"only {len(states)} state(s) have votes and {LEAST[target]} passages on {target}; index the whole corpus"
        )
    stance = balance(by["supportive"].sum(), by["critical"].sum())[states].to_numpy()
    supportive, critical = (by[side].mean()[states].to_numpy() for side in ("supportive", "critical"))
    voted = scale[states].to_numpy(dtype=np.float64)
    gazetteer = Gazetteer.default()
    regions = np.array([gazetteer.region(state) or "" for state in states], dtype=object)
    regional = np.array([_others(voted, regions, at) for at in range(len(states))])
    known = [at for at, state in enumerate(states) if state in gold.index]
    others = {
        "mean": {
            "title": "plain mean of the score",
            "states": len(states),
            "rho": rho(supportive - critical, voted),
        },
        "supportive": {
            "title": "share of supportive passages alone",
            "states": len(states),
            "rho": rho(supportive, voted),
        },
        "critical": {
            "title": "share of critical passages alone",
            "states": len(states),
            "rho": rho(critical, voted),
        },
        "region": {
            "title": "the votes of the other states of its region, without any text",
            "states": len(states),
            "rho": rho(regional, voted),
        },
    }
    if len(known) >= 3:
        labelled = gold[[states[at] for at in known]].to_numpy(dtype=np.float64)
        others["labels"] = {
            "title": "the labels themselves, on the passages that were labelled",
            "states": len(known),
            "rho": rho(labelled, voted[known]),
        }
    return {
        "scale": SCALES[target],
        "states": len(states),
        "least": LEAST[target],
        "passages": int(count[states].sum()),
        "rho": rho(stance, voted),
        "interval": rho_interval(stance, voted, resamples, seed),
        "others": others,
        "table": [
            {
                "actor": state,
                "name": gazetteer.actor(state).name if state in gazetteer else state,
                "n": int(count[state]),
                "stance": float(stance[at]),
                "votes": float(voted[at]),
            }
            for at, state in enumerate(states)
        ],
    }


def _others(voted: FloatArray, regions: npt.NDArray[np.object_], at: int) -> float:
    """Return the mean of the votes of the other states of a region; of all other states if there are none."""
    same = regions == regions[at]
    same[at] = False
    if not same.any():
        same = np.arange(len(voted)) != at
    return float(voted[same].mean())


def rho(first: FloatArray, second: FloatArray) -> float | None:
    """Return Spearman's rank correlation; None where one side is constant."""
    value = float(_rank_correlation(first[None, :], second[None, :])[0])
    return None if np.isnan(value) else value


def rho_interval(
    first: FloatArray, second: FloatArray, resamples: int, seed: int
) -> tuple[float, float] | None:
    """Return the 95% interval of Spearman's rho from resamples of the states."""
    if not resamples:
        return None
    drawn = np.random.default_rng(seed).integers(0, len(first), size=(resamples, len(first)))
    return interval(_rank_correlation(first[drawn], second[drawn]))


def _rank_correlation(first: FloatArray, second: FloatArray) -> FloatArray:
    ranks = [rankdata(values, axis=1) for values in (first, second)]
    a, b = (values - values.mean(axis=1, keepdims=True) for values in ranks)
    spread = np.sqrt((a**2).sum(axis=1) * (b**2).sum(axis=1))
    return np.asarray(np.divide((a * b).sum(axis=1), spread, out=np.full(len(a), np.nan), where=spread > 0))
