"""Calibration, folds and the linear fit, each on its own."""

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given
from hypothesis import strategies as st

from stance.model import Calibration
from stance.model.linear import SHARED, LinearFit, fit_linear, group_folds, with_copies

numbers = st.floats(-30, 30)


@given(st.lists(st.lists(numbers, min_size=3, max_size=3), min_size=1, max_size=5).map(np.array))
def test_probabilities_add_up_and_follow_the_logits(decisions):
    calibration = Calibration(np.array([[1.0, 0.2, 0], [0, 2.0, 0], [0, 0, 0.5]]), np.array([0.1, -0.1, 0.0]))
    probabilities, logits = calibration(decisions), calibration.logits(decisions)
    np.testing.assert_allclose(probabilities.sum(axis=1), 1)
    np.testing.assert_allclose(probabilities, np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True))


@pytest.mark.parametrize("classes", [2, 3])
def test_calibration_brings_overconfident_decisions_to_the_true_rates(classes):
    random = np.random.default_rng(0)
    decisions = random.normal(size=(4000, classes))
    truth = np.exp(decisions) / np.exp(decisions).sum(axis=1, keepdims=True)
    codes = np.array([random.choice(classes, p=row) for row in truth])
    found = Calibration.fit(decisions * 10, codes, classes)(decisions * 10)
    assert np.abs(found - truth).mean() < 0.03


def test_a_class_that_never_came_has_next_to_no_probability():
    decisions = np.array([[1.0, -1, 0], [-1, 1, 0]] * 20)
    calibration = Calibration.fit(decisions, np.array([0, 1] * 20), 3)
    assert calibration(decisions)[:, 2].max() < 1e-6


def test_a_single_class_is_certain():
    calibration = Calibration.fit(np.zeros((5, 3)), np.full(5, 1), 3)
    np.testing.assert_allclose(calibration(np.zeros((1, 3))), [[0, 1, 0]], atol=1e-8)


def test_calibration_is_rounded_so_that_it_is_the_same_on_every_machine():
    random = np.random.default_rng(1)
    calibration = Calibration.fit(random.normal(size=(50, 2)), random.integers(0, 2, 50), 2)
    for values in (calibration.slope, calibration.offset):
        np.testing.assert_array_equal(values, np.round(values, 6))


@given(st.lists(st.integers(0, 12), min_size=1, max_size=60), st.integers(2, 7), st.integers(0, 5))
def test_folds_never_part_a_group_and_are_even_in_groups(groups, folds, seed):
    array = np.array(groups, dtype=object)
    fold = group_folds(array, folds, seed)
    assert fold.shape == array.shape
    for group in set(groups):
        assert len(set(fold[array == group].tolist())) == 1
    count = len(set(groups))
    sizes = [len(set(array[fold == number].tolist())) for number in range(min(folds, count))]
    assert max(sizes) - min(sizes) <= 1
    assert sum(sizes) == count
    np.testing.assert_array_equal(fold, group_folds(array, folds, seed))


@given(st.permutations(range(8)))
def test_folds_of_groups_do_not_depend_on_the_order_of_rows(order):
    groups = np.array(list("abcdefgh"), dtype=object)
    fold = group_folds(groups, 3, 0)
    np.testing.assert_array_equal(group_folds(groups[list(order)], 3, 0), fold[list(order)])


def a_fit(targets, own_weight=1.0, classes=2):
    return LinearFit(
        C=1.0, own_weight=own_weight, costs=np.ones(classes), seed=0, classes=classes, targets=targets
    )


MATRIX = sp.csr_matrix(np.array([[1.0, 0], [0, 1], [1, 0], [0, 1]]))
TARGETS = np.array(["A", "A", "B", "B"], dtype=object)
NO_SMOOTHING = np.zeros((2, 0))


def test_copies_are_zero_in_the_rows_of_other_targets():
    wide = with_copies(MATRIX, TARGETS, a_fit(["A", "B"], own_weight=4.0)).toarray()
    np.testing.assert_array_equal(wide[:, :2], MATRIX.toarray())
    np.testing.assert_array_equal(wide[:2, 2:4], 2 * MATRIX.toarray()[:2])
    assert not wide[2:, 2:4].any() and not wide[:2, 4:].any()


@pytest.mark.parametrize("fit", [a_fit(["A"]), a_fit(["A", "B"], own_weight=0)])
def test_no_copies_where_they_would_say_nothing_new(fit):
    assert with_copies(MATRIX, TARGETS, fit).shape == MATRIX.shape
    weights, _ = fit_linear(fit, MATRIX, TARGETS, np.array([0, 1, 0, 1]), NO_SMOOTHING)
    np.testing.assert_array_equal(weights["A"], weights[SHARED])


def test_targets_that_differ_have_weights_that_differ():
    """What is praise toward A is blame toward B; the shared weights know no better."""
    weights, intercept = fit_linear(a_fit(["A", "B"]), MATRIX, TARGETS, np.array([0, 1, 1, 0]), NO_SMOOTHING)
    assert (MATRIX[:2] @ weights["A"] + intercept).argmax(axis=1).tolist() == [0, 1]
    assert (MATRIX[2:] @ weights["B"] + intercept).argmax(axis=1).tolist() == [1, 0]
    assert np.abs(weights[SHARED]).max() < 0.1


def test_a_class_without_rows_is_never_favoured():
    weights, intercept = fit_linear(
        a_fit(["A", "B"], classes=3), MATRIX, TARGETS, np.array([0, 2, 0, 2]), NO_SMOOTHING
    )
    assert not weights[SHARED][:, 1].any()
    assert intercept[1] == -1


def test_weights_are_single_precision_so_that_a_bundle_keeps_them():
    weights, intercept = fit_linear(a_fit(["A", "B"]), MATRIX, TARGETS, np.array([0, 1, 0, 1]), NO_SMOOTHING)
    for values in (*weights.values(), intercept):
        np.testing.assert_array_equal(values, values.astype(np.float32))


def test_smoothing_lets_a_word_learn_from_its_neighbour():
    """The third feature is never seen, but its vector is that of the first."""
    matrix = sp.csr_matrix(np.hstack([MATRIX.toarray(), np.zeros((4, 1))]))
    smoothing = np.array([[1.0, 0], [0, 1], [1, 0]])
    codes = np.array([0, 1, 0, 1])
    weights, _ = fit_linear(a_fit(["A", "B"]), matrix, TARGETS, codes, smoothing)
    without, _ = fit_linear(a_fit(["A", "B"]), matrix, TARGETS, codes, np.zeros((3, 0)))
    for target in ("A", "B", SHARED):
        assert weights[target][2, 0] > 0.1 > abs(without[target][2, 0])
