"""The rule by which passages make a statement's stance."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance.score.aggregate import NEUTRAL_WEIGHT, aggregate

CLASSES = ["absent", "critical", "neutral", "supportive"]


def share(values):
    array = np.array(values, dtype=float) + 1e-9
    return array / array.sum()


rows = st.lists(st.floats(0, 1), min_size=4, max_size=4).map(share)
tables = st.lists(rows, min_size=1, max_size=6).map(np.array)
class_lists = st.sampled_from(
    [CLASSES, ["a", "b", "c", "d"], ["absent", "x", "y", "z"], ["a", "b", "c", "neutral"], CLASSES[::-1]]
)


def certain(label):
    return np.array([0.94 if name == label else 0.02 for name in CLASSES])


def label_of(*passages):
    return CLASSES[int(aggregate(np.array(passages), CLASSES).argmax())]


@given(tables, class_lists)
def test_the_result_is_a_distribution(table, classes):
    result = aggregate(table, classes)
    assert result.shape == (4,)
    assert (result >= 0).all()
    assert result.sum() == pytest.approx(1)


@given(rows, class_lists)
def test_a_statement_of_one_passage_keeps_its_probabilities(row, classes):
    np.testing.assert_array_equal(aggregate(np.array([row]), classes), row)


@given(tables, class_lists, st.randoms())
def test_the_order_of_the_passages_does_not_matter(table, classes, random):
    order = list(range(len(table)))
    random.shuffle(order)
    np.testing.assert_allclose(aggregate(table[order], classes), aggregate(table, classes), atol=1e-12)


@given(tables)
def test_the_order_of_the_classes_does_not_matter(table):
    np.testing.assert_allclose(
        aggregate(table[:, ::-1], CLASSES[::-1])[::-1], aggregate(table, CLASSES), atol=1e-12
    )


@given(rows, st.integers(2, 5))
def test_a_passage_said_again_changes_no_share_among_the_stances(row, times):
    result = aggregate(np.tile(row, (times, 1)), CLASSES)
    np.testing.assert_allclose(result[1:] / result[1:].sum(), row[1:] / row[1:].sum(), atol=1e-9)


@given(tables)
def test_absent_is_what_every_passage_says(table):
    result = aggregate(table, CLASSES)
    if len(table) > 1:
        assert result[0] == pytest.approx(np.prod(table[:, 0]), abs=1e-9)
    assert result[0] <= table[:, 0].min() + 1e-9


@given(rows)
def test_a_passage_that_says_nothing_of_the_target_changes_no_share(row):
    nothing = np.array([1.0, 0.0, 0.0, 0.0])
    np.testing.assert_allclose(aggregate(np.array([row, nothing, nothing]), CLASSES), row, atol=1e-9)


@pytest.mark.parametrize("polar", ["supportive", "critical"])
def test_one_passage_that_takes_a_side_outweighs_two_that_mention(polar):
    assert label_of(certain("neutral"), certain(polar)) == polar
    assert label_of(certain("neutral"), certain(polar), certain("neutral")) == polar
    assert label_of(*[certain("neutral")] * 4, certain(polar)) == "neutral"
    assert label_of(*[certain("absent")] * 9, certain(polar)) == polar


def test_opposite_sides_meet_in_the_middle():
    result = aggregate(np.array([certain("supportive"), certain("critical")]), CLASSES)
    assert result[CLASSES.index("supportive")] == pytest.approx(result[CLASSES.index("critical")])


def test_all_absent_is_absent():
    nothing = np.array([[1.0, 0.0, 0.0, 0.0]] * 3)
    np.testing.assert_array_equal(aggregate(nothing, CLASSES), nothing[0])
    assert label_of(*[certain("absent")] * 2) == "absent"


def test_the_rule_by_hand():
    table = np.array([[0.5, 0.3, 0.1, 0.1], [0.2, 0.1, 0.6, 0.1]])
    weights = [0.3 + 0.1 + 0.1 * NEUTRAL_WEIGHT, 0.1 + 0.1 + 0.6 * NEUTRAL_WEIGHT]
    mixed = weights[0] * np.array([0.3, 0.1, 0.1]) / 0.5 + weights[1] * np.array([0.1, 0.6, 0.1]) / 0.8
    want = [0.1, *(0.9 * mixed / sum(weights))]
    np.testing.assert_allclose(aggregate(table, CLASSES), want)


def test_other_names_for_absent_and_neutral():
    table = np.array([certain("neutral"), certain("critical")])
    renamed = aggregate(table, ["none", "con", "mention", "pro"], absent="none", neutral="mention")
    np.testing.assert_array_equal(renamed, aggregate(table, CLASSES))


def test_without_absent_all_passages_count():
    table = np.array([[0.9, 0.1], [0.3, 0.7]])
    np.testing.assert_allclose(aggregate(table, ["con", "pro"]), [0.6, 0.4])
