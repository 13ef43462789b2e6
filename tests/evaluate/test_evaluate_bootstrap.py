"""Bootstrap intervals: against scipy, their coverage, the clusters, the time they take."""

import time

import numpy as np
import pytest
from scipy import stats

from stance.evaluate.bootstrap import DocumentBootstrap, interval, resampled
from stance.evaluate.breakdown import measured
from stance.evaluate.confusion import label_order


def _interval(predictions, name="accuracy", resamples=10_000, seed=0):
    bootstrap = DocumentBootstrap(predictions.groups, resamples=resamples, seed=seed)
    every = {"all": np.ones(len(predictions), dtype=bool)}
    return interval(resampled(bootstrap, predictions, label_order(predictions.classes), every)["all"][name])


def test_interval_equals_that_of_scipy(simulate):
    predictions = simulate(800, per_document=1)
    expected = stats.bootstrap(
        (predictions.right.astype(float),), np.mean, method="percentile", n_resamples=10_000, rng=1
    ).confidence_interval
    assert _interval(predictions) == pytest.approx((expected.low, expected.high), abs=0.005)


def test_interval_of_clusters_equals_that_of_scipy(simulate):
    predictions = simulate(900, per_document=3)
    right = predictions.right.reshape(-1, 3).sum(axis=1).astype(float)

    def share(of_documents, axis):
        return of_documents.sum(axis=axis) / (3 * of_documents.shape[axis])

    expected = stats.bootstrap(
        (right,), share, method="percentile", n_resamples=10_000, rng=2
    ).confidence_interval
    assert _interval(predictions) == pytest.approx((expected.low, expected.high), abs=0.005)


def test_macro_f1_interval_equals_resampling_by_hand(simulate):
    from sklearn.metrics import f1_score

    predictions = simulate(300, per_document=3)
    rng = np.random.default_rng(5)
    values = []
    for _ in range(400):
        rows = (rng.integers(0, 100, 100)[:, None] * 3 + np.arange(3)).ravel()
        values.append(
            f1_score(
                predictions.gold[rows].astype(str), predictions.labels[rows].astype(str), average="macro"
            )
        )
    assert _interval(predictions, "macro_f1") == pytest.approx(np.quantile(values, [0.025, 0.975]), abs=0.015)


def test_pairs_of_one_document_make_the_interval_wider(simulate):
    # Ten copies of each pair in one document say no more than one.
    single = simulate(100, per_document=1)
    copies = single.take(np.repeat(np.arange(100), 10))
    low, high = _interval(single)
    assert _interval(copies) == pytest.approx((low, high), abs=0.02)


def test_interval_covers_the_truth_as_often_as_it_says():
    # 1,000 data sets of 150 documents with 1 to 4 pairs; the share right differs from document to document.
    rng = np.random.default_rng(11)
    covered = 0
    for trial in range(1000):
        sizes = rng.integers(1, 5, 150)
        share = rng.beta(7, 3, 150)
        right = rng.binomial(sizes, share)
        groups = np.array([f"{number:03d}" for number in np.repeat(np.arange(150), sizes)], dtype=object)
        bootstrap = DocumentBootstrap(groups, resamples=500, seed=trial)
        values = np.repeat(right / sizes, sizes)
        low, high = interval(bootstrap.mean(values))
        covered += low <= 0.7 <= high
    assert 930 <= covered <= 970


def test_ten_thousand_resamples_of_six_thousand_passages_take_less_than_three_seconds(simulate):
    predictions = simulate(18_000, per_document=6)
    groups = {"all": np.ones(18_000, dtype=bool)}
    groups |= {target: predictions.targets == target for target in ("ISR", "IRN", "USA")}
    start = time.perf_counter()
    found = measured(predictions, groups, DocumentBootstrap(predictions.groups))
    assert time.perf_counter() - start < 3
    assert set(found["all"].intervals) >= {"macro_f1", "f_avg", "accuracy", "mcc", "f1:critical"}


def test_same_seed_same_interval_other_seed_nearly(simulate):
    predictions = simulate()
    assert _interval(predictions, seed=3) == _interval(predictions, seed=3)
    assert _interval(predictions, "macro_f1", seed=3) != _interval(predictions, "macro_f1", seed=4)
    assert _interval(predictions, seed=3) == pytest.approx(_interval(predictions, seed=4), abs=0.01)


def test_interval_of_what_is_seldom_defined_is_missing():
    assert interval(np.array([0.1, np.nan, np.nan])) is None
    assert interval(np.array([np.nan])) is None
    assert interval(np.array([0.1, 0.2, np.nan])) == pytest.approx((0.1025, 0.1975))
