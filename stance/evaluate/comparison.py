"""Is B better than A? Both on the same pairs, with documents as the unit of chance."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from scipy.stats import binom

from stance.errors import LabelError
from stance.evaluate.bootstrap import RESAMPLES, DocumentBootstrap, codes, interval
from stance.evaluate.confusion import from_confusion, label_order
from stance.evaluate.measures import Measures, measure
from stance.evaluate.predictions import Predictions
from stance.evaluate.result import POOLED, header, now

FloatArray = npt.NDArray[np.float64]

MEASURES = ("macro_f1", "f_avg", "accuracy", "mcc")
"""What is compared."""

SHUFFLES = 10_000
"""Times that the systems change places at random."""

GATE_MISSED = 4
"""Exit code of a gate that is missed."""

_CHUNK = 500


@dataclass(frozen=True)
class Comparison:
    """Two models on the same pairs.

    Attributes
    ----------
    a, b : dict
        What was compared: bundle and its hash.
    groups : dict of str to dict
        For ``all`` and each target: measures of ``a`` and ``b``, and for each of `MEASURES` under ``differences`` the
        ``difference`` B − A, its 95% ``interval`` and ``p`` (approximate randomisation).
    mcnemar : dict
        Pairs right only in A and only in B, and the exact p of McNemar's test.
    fixed, broken : list of dict
        Pairs that B has right and A wrong, and the other way round.
    pairs, documents : int
    gate : dict
        ``passed`` (None without a gate), ``demands`` and ``missed`` in words.
    labels : dict of str to str
    seed, resamples : int
    date : str
    """

    a: dict[str, Any]
    b: dict[str, Any]
    groups: dict[str, dict[str, Any]]
    mcnemar: dict[str, Any]
    fixed: list[dict[str, Any]]
    broken: list[dict[str, Any]]
    pairs: int
    documents: int
    gate: dict[str, Any]
    labels: dict[str, str]
    seed: int
    resamples: int
    date: str

    @property
    def exit_code(self) -> int:
        """0, or 4 if a gate was missed."""
        return GATE_MISSED if self.gate["passed"] is False else 0

    def to_dict(self) -> dict[str, Any]:
        """Return plain data: what reports are made from."""
        return {
            **header("comparison", self.date, self.seed),
            "resamples": self.resamples,
            "labels": self.labels,
            "a": self.a,
            "b": self.b,
            "pairs": self.pairs,
            "documents": self.documents,
            "groups": self.groups,
            "mcnemar": self.mcnemar,
            "gate": self.gate,
            "fixed": self.fixed,
            "broken": self.broken,
        }


@dataclass(frozen=True)
class Gate:
    """What B must reach.

    Attributes
    ----------
    min_gain : float, optional
        The least difference B − A of pooled macro-F1, as a share of 1.
    no_regression : bool
        Neither pooled nor for a target may a measure of `MEASURES` be lower with p < .05, or the F1 of supportive or
        critical lower by more than `tolerance`.
    tolerance : float
    """

    min_gain: float | None = None
    no_regression: bool = False
    tolerance: float = 0.02

    def judge(self, groups: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
        """Return whether the gate is passed, what it demands, and what was missed."""
        demands, missed = [], []
        if self.min_gain is not None:
            demands.append(f"macro-F1 of all pairs must rise by at least {self.min_gain:+.4f}")
            gain = groups[POOLED]["differences"]["macro_f1"]["difference"]
            # A hair of rounding must not fail a model that is exactly as good.
            if gain < self.min_gain - 1e-12:
                missed.append(f"macro-F1 of all pairs changed by {gain:+.4f}")
        if self.no_regression:
            demands.append(
                f"no measure may fall with p < .05, no F1 of a side by more than {self.tolerance:.3f}"
            )
            for group, found in groups.items():
                missed += self._regressions(group, found)
        return {"passed": not missed if demands else None, "demands": demands, "missed": missed}

    def _regressions(self, group: str, found: dict[str, Any]) -> list[str]:
        missed = []
        for name, of in found["differences"].items():
            if of["difference"] is None:
                continue
            side = name.partition(":")[2]
            fell = of["difference"] < -self.tolerance if side else of["difference"] < 0 and of["p"] < 0.05
            if fell:
                missed.append(f"{group}: {name} changed by {of['difference']:+.4f} (p = {of['p']:.4f})")
        return missed


def compare(
    a: Predictions,
    b: Predictions,
    *,
    gate: Gate | None = None,
    of_a: Mapping[str, Any] | None = None,
    of_b: Mapping[str, Any] | None = None,
    identities: Sequence[Mapping[str, Any]] = (),
    labels: Mapping[str, str] | None = None,
    seed: int = 0,
    resamples: int = RESAMPLES,
) -> Comparison:
    """Compare predictions of the same pairs.

    Parameters
    ----------
    a, b : Predictions
    gate : Gate, optional
    of_a, of_b : mapping, optional
        What they are.
    identities : sequence of mapping
        For each row of the data what identifies it.
    labels : mapping, optional
    seed, resamples : int

    Returns
    -------
    Comparison

    Raises
    ------
    LabelError
        If the pairs differ or there is none.
    """
    if len(a) != len(b) or (a.gold != b.gold).any() or (a.row_of != b.row_of).any():
        raise LabelError("the two models were not tested on the same pairs")
    if not len(a):
        raise LabelError("no pair to compare the models on")
    names = label_order([*a.gold.tolist(), *a.classes, *b.classes])
    groups = {POOLED: np.ones(len(a), dtype=bool)}
    for target in dict.fromkeys(a.targets.tolist()):
        groups[target] = np.asarray(a.targets == target, dtype=bool)
    paired = _Paired(a, b, names, resamples, seed)
    return Comparison(
        a=dict(of_a or {}),
        b=dict(of_b or {}),
        groups=(found := {name: paired.compare(member) for name, member in groups.items()}),
        mcnemar=mcnemar(a.right, b.right),
        fixed=_changed(a, b, b.right & ~a.right, identities),
        broken=_changed(a, b, a.right & ~b.right, identities),
        pairs=len(a),
        documents=len(set(a.groups.tolist())),
        gate=(gate or Gate()).judge(found),
        labels=dict(labels or {}),
        seed=seed,
        resamples=resamples,
        date=now(),
    )


def mcnemar(a_right: npt.NDArray[np.bool_], b_right: npt.NDArray[np.bool_]) -> dict[str, Any]:
    """Return the pairs that only one model has right and the exact two-sided p of McNemar's test (1947)."""
    only_a, only_b = int((a_right & ~b_right).sum()), int((b_right & ~a_right).sum())
    differing = only_a + only_b
    p = 1.0 if not differing else min(1.0, 2 * float(binom.cdf(min(only_a, only_b), differing, 0.5)))
    return {"only_a": only_a, "only_b": only_b, "p": p}


class _Paired:
    """Confusions of both models by document, and what chance makes of them."""

    def __init__(self, a: Predictions, b: Predictions, names: list[str], resamples: int, seed: int) -> None:
        self.a, self.b, self.names, self.resamples, self.seed = a, b, names, resamples, seed
        self.bootstrap = DocumentBootstrap(a.groups, resamples=resamples, seed=seed)
        gold = codes(a.gold, names) * len(names)
        self.cells = [gold + codes(of.labels, names) for of in (a, b)]
        self.measures = (*MEASURES, *(f"f1:{name}" for name in names if name in ("supportive", "critical")))

    def compare(self, member: npt.NDArray[np.bool_]) -> dict[str, Any]:
        """Compare the models on a group of pairs."""
        of_a, of_b = (measure(of.take(member)) for of in (self.a, self.b))
        width = len(self.names) ** 2
        tables = [self.bootstrap.of_pairs([member], cells, width) for cells in self.cells]
        drawn = self.bootstrap.totals(sp.hstack(tables, format="csr")).T.reshape(
            -1, 2, len(self.names), len(self.names)
        )
        first, second = (from_confusion(drawn[:, at], self.names) for at in (0, 1))
        shuffled = self._shuffled(tables)
        differences = {}
        for name in self.measures:
            before, after = of_a.value(name), of_b.value(name)
            difference = None if before is None or after is None else after - before
            differences[name] = {
                "difference": difference,
                "interval": interval(second[name] - first[name]),
                "p": _p(difference, shuffled[name]),
            }
        return {"n": of_a.n, "a": _plain(of_a), "b": _plain(of_b), "differences": differences}

    def _shuffled(self, tables: Sequence[sp.csr_matrix]) -> dict[str, FloatArray]:
        """Return differences of measures when the models of each document change places at random.

        Approximate randomisation, whole documents at a time (Noreen 1989; Yeh, COLING 2000).
        """
        a, b = (table.toarray().astype(np.float32) for table in tables)
        both, gap = (a + b).sum(axis=0), a - b
        # Documents on which both give the same need not be shuffled.
        gap = gap[np.abs(gap).sum(axis=1) > 0]
        rng = np.random.default_rng(self.seed + 1)
        found: dict[str, list[FloatArray]] = {name: [] for name in self.measures}
        k = len(self.names)
        for first in range(0, SHUFFLES, _CHUNK):
            signs = (
                rng.integers(0, 2, size=(min(_CHUNK, SHUFFLES - first), len(gap))).astype(np.float32) * 2 - 1
            )
            moved = signs @ gap
            one, other = ((both + side * moved) / 2 for side in (1, -1))
            before, after = (from_confusion(of.reshape(-1, k, k), self.names) for of in (one, other))
            for name in self.measures:
                found[name].append(after[name] - before[name])
        return {name: np.concatenate(parts) for name, parts in found.items()}


def _p(difference: float | None, shuffled: FloatArray) -> float:
    """Return the two-sided p of a difference; the one that was observed counts as one of the shuffles."""
    if difference is None:
        return 1.0
    known = shuffled[~np.isnan(shuffled)]
    return float((np.abs(known) >= abs(difference) - 1e-9).sum() + 1) / (len(known) + 1)


def _plain(measures: Measures) -> dict[str, Any]:
    data = measures.to_dict()
    return {
        name: data[name]
        for name in ("accuracy", "macro_f1", "f_avg", "mcc", "ece", "brier", "classes", "confusion")
    }


def _changed(
    a: Predictions, b: Predictions, chosen: npt.NDArray[np.bool_], identities: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Return the pairs that changed, the most confident of B first."""
    rows = np.flatnonzero(chosen)
    rows = rows[np.argsort(-b.confidence[rows], kind="stable")]
    before, after = a.labels, b.labels
    return [
        {
            **(identities[int(a.row_of[row])] if identities else {}),
            "target": str(a.targets[row]),
            "gold": str(a.gold[row]),
            "a": str(before[row]),
            "b": str(after[row]),
            "p_a": _finite(a.confidence[row]),
            "p_b": _finite(b.confidence[row]),
        }
        for row in rows.tolist()
    ]


def _finite(value: float) -> float | None:
    return None if math.isnan(value) else float(value)
