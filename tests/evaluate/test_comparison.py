"""The comparison of two models and its gate."""

import numpy as np
import pytest
from scipy.stats import binomtest

from stance.errors import LabelError
from stance.evaluate.comparison import Gate, compare, mcnemar
from stance.evaluate.predictions import Predictions


def _with_errors(predictions, share, seed):
    """Return the predictions with a share of them moved to another label."""
    rng = np.random.default_rng(seed)
    truth = predictions.gold[:, None] == np.array(predictions.classes, dtype=object)
    probabilities = np.where(truth, 0.7, 0.1)
    wrong = np.flatnonzero(rng.random(len(predictions)) < share)
    probabilities[wrong] = np.roll(probabilities[wrong], 1, axis=1)
    return Predictions(
        predictions.classes,
        probabilities,
        predictions.gold,
        predictions.targets,
        predictions.groups,
        predictions.passage_of,
        predictions.row_of,
    )


def test_a_model_is_no_better_than_itself(simulate):
    same = simulate(300)
    found = compare(same, same, gate=Gate(0.0, True), resamples=500)
    one = found.groups["all"]["differences"]["macro_f1"]
    assert (one["difference"], one["p"], found.fixed, found.broken) == (0.0, 1.0, [], [])
    assert found.mcnemar == {"only_a": 0, "only_b": 0, "p": 1.0}
    assert found.gate["passed"] is True and found.exit_code == 0


def test_a_better_model_is_found_better_and_back(simulate):
    base = simulate(600)
    weak, strong = _with_errors(base, 0.4, 1), _with_errors(base, 0.2, 2)
    up, down = (
        compare(*pair, gate=Gate(0.05, True), resamples=1000) for pair in ((weak, strong), (strong, weak))
    )
    gain, loss = (found.groups["all"]["differences"]["macro_f1"] for found in (up, down))
    assert gain["difference"] == pytest.approx(-loss["difference"])
    assert gain["p"] < 0.001 and gain["interval"][0] > 0
    assert up.exit_code == 0
    assert down.exit_code == 4
    assert any("macro-F1 of all pairs changed by -0." in line for line in down.gate["missed"])
    assert any(line.startswith("ISR: ") for line in down.gate["missed"])
    assert len(up.fixed) == len(down.broken) == up.mcnemar["only_b"]


def test_without_a_gate_nothing_is_missed(simulate):
    base = simulate(90)
    found = compare(_with_errors(base, 0.1, 1), _with_errors(base, 0.6, 2), resamples=200)
    assert found.gate == {"passed": None, "demands": [], "missed": []}
    assert found.exit_code == 0


def test_mcnemar_is_exact():
    a, b = np.array([True] * 12 + [False] * 5), np.array([False] * 12 + [True] * 5)
    assert mcnemar(a, b)["p"] == pytest.approx(binomtest(5, 17, 0.5).pvalue)


def test_p_of_chance_differences_is_uniform(simulate, monkeypatch):
    monkeypatch.setattr("stance.evaluate.comparison.SHUFFLES", 500)
    base = simulate(240)
    low = 0
    for trial in range(60):
        pair = (_with_errors(base, 0.3, 2 * trial), _with_errors(base, 0.3, 2 * trial + 1))
        one = compare(*pair, resamples=2).groups["all"]["differences"]["accuracy"]
        low += one["p"] < 0.1
    # 6 are expected; 14 or more would happen once in a thousand.
    assert low < 14


def test_changed_labels_are_named(simulate):
    base = simulate(30)
    names = [{"id": f"p{row}"} for row in range(30)]
    found = compare(_with_errors(base, 0.9, 1), _with_errors(base, 0.0, 1), identities=names, resamples=10)
    assert found.fixed and not found.broken
    first = found.fixed[0]
    assert first["id"].startswith("p") and first["b"] == first["gold"] != first["a"]


def test_models_tested_on_other_pairs_are_not_compared(simulate):
    with pytest.raises(LabelError, match="not tested on the same pairs"):
        compare(simulate(30), simulate(33))
    with pytest.raises(LabelError, match="no pair to compare"):
        compare(simulate(30).take(np.array([], dtype=int)), simulate(30).take(np.array([], dtype=int)))
