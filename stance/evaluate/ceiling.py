"""The ceiling: how far the annotation passes agree with each other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from stance.errors import LabelError
from stance.evaluate.bootstrap import RESAMPLES, DocumentBootstrap, interval
from stance.evaluate.confusion import label_order
from stance.evaluate.result import POOLED, header, now
from stance.labels import SELF, LabelledPassage

FloatArray = npt.NDArray[np.float64]

ABSENT = "absent"


@dataclass(frozen=True)
class Agreement:
    """Agreement of annotation passes.

    Attributes
    ----------
    protocol : str
    passages : int
        With at least two passes.
    once : int
        Passages with fewer, which say nothing here.
    targets : dict of str to dict
        For ``all`` and each target, for ``every`` pair and for those ``addressed`` in some pass: ``n``, share of
        ``agreement``, Cohen's ``kappa`` of the first and the last pass, Krippendorff's ``alpha`` of all passes,
        ``intervals``, and the ``confusion`` of the first (rows) and the last pass.
    labels : dict of str to str
    seed, resamples : int
    date : str
    """

    protocol: str
    passages: int
    once: int
    targets: dict[str, dict[str, Any]]
    labels: dict[str, str]
    seed: int
    resamples: int
    date: str
    name: str = "ceiling"

    def to_dict(self) -> dict[str, Any]:
        """Return plain data: what reports are made from."""
        return {
            **header("agreement", self.date, self.seed),
            "protocol": {"name": self.name, "description": self.protocol},
            "resamples": self.resamples,
            "labels": self.labels,
            "passages": self.passages,
            "once": self.once,
            "targets": self.targets,
        }


def agreement(
    passages: Sequence[LabelledPassage],
    *,
    labels: Mapping[str, str] | None = None,
    seed: int = 0,
    resamples: int = RESAMPLES,
) -> Agreement:
    """Measure the agreement of the passes of labelled passages; texts are not needed.

    Parameters
    ----------
    passages : sequence of LabelledPassage
    labels : mapping, optional
    seed, resamples : int

    Returns
    -------
    Agreement

    Raises
    ------
    LabelError
        If no passage has two passes.
    """
    rows = [
        (passage.group, target, said)
        for passage in passages
        for target in passage.labels
        if len(said := [one[target] for one in passage.passes if one.get(target, SELF) != SELF]) > 1
    ]
    if not rows:
        raise LabelError(
            f"none of {len(passages)} passage(s) was labelled twice, so there is no agreement to measure; "
            "the column passes holds what each annotation pass said"
        )
    names = label_order(label for _, _, said in rows for label in said)
    groups = np.array([group for group, _, _ in rows], dtype=object)
    targets = np.array([target for _, target, _ in rows], dtype=object)
    cells = np.stack([_first_and_last(said, names) for _, _, said in rows])
    coincidences = np.stack([_coincidences(said, names) for _, _, said in rows])
    addressed = np.array([set(said) != {ABSENT} for _, _, said in rows])
    bootstrap = DocumentBootstrap(groups, resamples=resamples, seed=seed)
    result: dict[str, dict[str, Any]] = {}
    for target in [POOLED, *dict.fromkeys(targets.tolist())]:
        chosen = np.ones(len(rows), dtype=bool) if target == POOLED else targets == target
        result[target] = {}
        for kind, inside in (("every", chosen), ("addressed", chosen & addressed)):
            if inside.any():
                both = np.concatenate([cells, coincidences], axis=1) * inside[:, None]
                result[target][kind] = _measures(both, bootstrap, names)
    twice = sum(len(passage.passes) > 1 for passage in passages)
    return Agreement(
        protocol="agreement of the annotation passes: what a model could reach that errs no more than they do",
        passages=twice,
        once=len(passages) - twice,
        targets=result,
        labels=dict(labels or {}),
        seed=seed,
        resamples=resamples,
        date=now(),
    )


def cohen_kappa(confusion: FloatArray) -> FloatArray:
    """Return Cohen's kappa of confusions of shape (..., k, k); NaN where only one label is used (Cohen 1960)."""
    total = confusion.sum(axis=(-2, -1))
    seen = np.trace(confusion, axis1=-2, axis2=-1)
    chance = (confusion.sum(axis=-1) * confusion.sum(axis=-2)).sum(axis=-1)
    return _divide(seen * total - chance, total**2 - chance)


def krippendorff_alpha(coincidences: FloatArray) -> FloatArray:
    """Return Krippendorff's nominal alpha of coincidence matrices of shape (..., k, k) (Krippendorff 2019)."""
    values = coincidences.sum(axis=-1)
    total = values.sum(axis=-1)
    differ = total - np.trace(coincidences, axis1=-2, axis2=-1)
    expected = total**2 - (values**2).sum(axis=-1)
    return 1 - _divide((total - 1) * differ, expected)


def _measures(both: FloatArray, bootstrap: DocumentBootstrap, names: list[str]) -> dict[str, Any]:
    k = len(names)
    confusion, coincidence = (
        both[:, : k * k].sum(axis=0).reshape(k, k),
        both[:, k * k :].sum(axis=0).reshape(k, k),
    )
    members = sp.csr_matrix(
        (np.ones(len(both)), (bootstrap.document, np.arange(len(both)))),
        shape=(len(bootstrap.names), len(both)),
    )
    sums = bootstrap.totals(sp.csr_matrix(members @ both)).T.astype(np.float64)
    drawn, drawn_coincidence = (part.reshape(-1, k, k) for part in np.split(sums, 2, axis=1))
    n = confusion.sum()
    shares = _divide(np.trace(drawn, axis1=-2, axis2=-1), drawn.sum(axis=(-2, -1)))
    spans = {
        "agreement": interval(shares),
        "kappa": interval(cohen_kappa(drawn)),
        "alpha": interval(krippendorff_alpha(drawn_coincidence)),
    }
    return {
        "n": int(n),
        "agreement": float(np.trace(confusion) / n),
        "kappa": _known(float(cohen_kappa(confusion))),
        "alpha": _known(float(krippendorff_alpha(coincidence))),
        "intervals": {name: span for name, span in spans.items() if span is not None},
        "names": names,
        "confusion": confusion.astype(int).tolist(),
    }


def _first_and_last(said: Sequence[str], names: list[str]) -> FloatArray:
    cell = np.zeros((len(names), len(names)))
    cell[names.index(said[0]), names.index(said[-1])] = 1
    return cell.ravel()


def _coincidences(said: Sequence[str], names: list[str]) -> FloatArray:
    counts = np.bincount([names.index(label) for label in said], minlength=len(names)).astype(np.float64)
    return np.asarray(((np.outer(counts, counts) - np.diag(counts)) / (len(said) - 1)).ravel())


def _divide(above: FloatArray, below: FloatArray) -> FloatArray:
    above, below = np.asarray(above, dtype=np.float64), np.asarray(below, dtype=np.float64)
    return np.asarray(np.divide(above, below, out=np.full(above.shape, np.nan), where=below > 0))


def _known(value: float) -> float | None:
    return None if np.isnan(value) else value
