"""Measures against scikit-learn and fairlearn."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn import metrics

from stance.evaluate import measure
from stance.evaluate.bootstrap import DocumentBootstrap
from stance.evaluate.breakdown import break_down
from stance.evaluate.confidence import reliability, risk_coverage, wilson
from stance.evaluate.confusion import from_confusion, label_order
from stance.evaluate.measures import brier, calibration_error


def test_measures_equal_those_of_scikit_learn(simulate):
    predictions = simulate()
    found, gold, said = measure(predictions), predictions.gold.astype(str), predictions.labels.astype(str)
    assert found.accuracy == metrics.accuracy_score(gold, said)
    assert found.macro_f1 == pytest.approx(metrics.f1_score(gold, said, average="macro"), abs=1e-15)
    assert found.mcc == pytest.approx(metrics.matthews_corrcoef(gold, said), abs=1e-12)
    polar = metrics.f1_score(gold, said, average="macro", labels=["supportive", "critical"])
    assert found.f_avg == pytest.approx(polar, abs=1e-15)
    names = [entry.label for entry in found.classes]
    assert found.confusion == metrics.confusion_matrix(gold, said, labels=names).tolist()
    table = metrics.precision_recall_fscore_support(gold, said, labels=names)
    for at, entry in enumerate(found.classes):
        assert (entry.precision, entry.recall, entry.f1, entry.n) == pytest.approx(
            [row[at] for row in table], abs=1e-15
        )


def test_group_measures_equal_those_of_fairlearn(simulate):
    fairlearn = pytest.importorskip(
        "fairlearn.metrics", reason="fairlearn, an oracle of this test, is not installed"
    )
    predictions = simulate()
    frame = fairlearn.MetricFrame(
        metrics={"accuracy": metrics.accuracy_score, "n": fairlearn.count},
        y_true=predictions.gold.astype(str),
        y_pred=predictions.labels.astype(str),
        sensitive_features=predictions.targets.astype(str),
    )
    bootstrap = DocumentBootstrap(predictions.groups, resamples=50)
    groups = break_down(predictions, {"target": predictions.targets}, bootstrap, ["target"])["target"]
    assert [group["group"] for group in groups] == ["IRN", "ISR", "USA"]
    for group in groups:
        assert group["accuracy"] == frame.by_group["accuracy"][group["group"]]
        assert group["n"] == frame.by_group["n"][group["group"]]


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=60))
def test_any_confusion_gives_what_scikit_learn_gives(pairs):
    names = ["supportive", "critical", "neutral", "absent"]
    gold, said = [names[a] for a, _ in pairs], [names[b] for _, b in pairs]
    confusion = metrics.confusion_matrix(gold, said, labels=names)
    found = from_confusion(confusion, names)
    present = sorted(set(gold) | set(said))
    expected = metrics.f1_score(gold, said, labels=present, average="macro", zero_division=0.0)
    assert found["macro_f1"] == pytest.approx(expected, abs=1e-12)
    # scikit-learn warns of a constant prediction, which is no fault here.
    if len(set(gold)) > 1 and len(set(said)) > 1:
        assert found["mcc"] == pytest.approx(metrics.matthews_corrcoef(gold, said), abs=1e-9)
    else:
        assert found["mcc"] == 0.0


def test_measures_of_a_class_that_is_nowhere_are_missing_not_zero(simulate):
    predictions = simulate().take(np.arange(1))
    found = measure(predictions)
    missing = [entry for entry in found.classes if not entry.n and not entry.predicted]
    assert missing and all(entry.f1 is None and entry.precision is None for entry in missing)
    assert found.n == 1


def test_measuring_nothing_is_refused(simulate):
    with pytest.raises(ValueError, match="no pairs to measure"):
        measure(simulate().take(np.array([], dtype=np.int64)))


def test_brier_equals_scikit_learn_and_counts_an_unknown_label(simulate):
    predictions = simulate()
    truth = predictions.gold[:, None] == np.array(predictions.classes, dtype=object)
    assert brier(predictions).mean() == pytest.approx(
        ((predictions.probabilities - truth) ** 2).sum(1).mean()
    )
    unknown = simulate(5)
    unknown.gold[:] = "self"
    assert (brier(unknown) > 1).all()


def test_calibration_error_of_a_calibrated_and_of_an_overconfident_model():
    sure = np.tile([0.9, 0.1], (1000, 1))
    assert calibration_error(sure, np.arange(1000) < 900) == pytest.approx(0, abs=1e-9)
    assert calibration_error(sure, np.arange(1000) < 500) == pytest.approx(0.4)


def test_reliability_bins_hold_every_pair(simulate):
    predictions = simulate()
    curve = reliability(predictions)
    assert sum(bin_["n"] for bin_ in curve) == len(predictions)
    assert all(low <= bin_["accuracy"] <= high for bin_ in curve for low, high in [bin_["interval"]])


def test_risk_falls_when_the_doubtful_are_left_out(simulate):
    predictions = simulate(2000, right=0.6)
    # Make confidence informative: what is wrong is less sure.
    wrong = ~predictions.right
    predictions.probabilities[wrong] = 0.5 * predictions.probabilities[wrong] + 0.5 / 4
    points = risk_coverage(predictions)["points"]
    assert points[-1]["coverage"] == 1.0 and points[-1]["risk"] == pytest.approx(wrong.mean())
    assert points[0]["risk"] < points[-1]["risk"]
    assert all(a["threshold"] >= b["threshold"] for a, b in itertools.pairwise(points))


def test_wilson_interval_equals_that_of_scipy():
    from scipy.stats import binomtest

    expected = binomtest(7, 20).proportion_ci(method="wilson")
    assert wilson(7 / 20, 20) == pytest.approx((expected.low, expected.high))


def test_labels_keep_the_order_of_tables():
    assert label_order(["zeta", "absent", "critical", "supportive"]) == [
        "supportive",
        "critical",
        "absent",
        "zeta",
    ]
