"""Splits: what they part, and that a leak is caught."""

import itertools

import numpy as np
import pytest

from stance.errors import LabelError
from stance.evaluate import cross_validate
from stance.evaluate.protocols import predict_splits, without_twins, workload
from stance.evaluate.splits import (
    SHARES,
    Split,
    across_genres,
    actor_folds,
    check_disjoint,
    document_folds,
    growing,
    year_windows,
)
from stance.evaluate.systems import Majority
from stance.labels import LabelledPassage
from stance.train import TrainingData

PARAMETERS = {"calibration_folds": 2, "min_df": 1}


def _actors(data, rows):
    return {data.passages[number].actor for number in data.passage_of[rows]}


def test_documents_are_never_parted(data):
    splits = document_folds(data, 4, 0)
    for split in splits:
        assert not set(data.groups[split.train]) & set(data.groups[split.test])
    assert sorted(np.concatenate([split.test for split in splits])) == list(range(len(data)))


def test_actors_are_never_parted(data):
    for folds in (3, None):
        splits = actor_folds(data, folds, 0)
        assert len(splits) == (folds or 8)
        for split in splits:
            assert not _actors(data, split.train) & _actors(data, split.test)


def test_time_goes_forward(data):
    splits = year_windows(data)
    years = np.array([data.passages[number].year for number in data.passage_of])
    assert len(splits) > 2
    for split in splits:
        assert years[split.train].max() < years[split.test].min()
    tested = np.concatenate([split.test for split in splits])
    assert len(tested) == len(set(tested.tolist()))


def test_genres_are_trained_on_one_and_tested_on_the_others(data):
    (split,) = across_genres(data)
    assert split.name == "not given"
    assert {data.passages[number].doc.partition("/")[0] for number in data.passage_of[split.train]} == {
        "ungdc"
    }


def test_the_learning_curve_adds_documents_and_drops_none(data):
    split = document_folds(data, 4, 0)[0]
    kept = [set(data.groups[growing(split, data, share, 0).train]) for share in SHARES]
    assert all(small < large for small, large in itertools.pairwise(kept))
    assert kept[-1] == set(data.groups[split.train])


def test_a_leak_planted_in_the_folds_is_caught(data):
    split = document_folds(data, 4, 0)[0]
    leak = split._replace(train=np.append(split.train, split.test[0]))
    work = workload(data, PARAMETERS)
    with pytest.raises(
        LabelError, match=r"1 document\(s\) are both trained on and tested, such as (ungdc|briefings)/d"
    ):
        predict_splits(Majority(work), work, data, [leak])
    check_disjoint(["a"], ["b"])


def test_the_same_text_under_another_name_is_not_trained_on():
    same = "We condemn  Israel for the Attack."
    passages = [
        LabelledPassage(id="one", labels={"ISR": "critical"}, text=same, doc="a"),
        LabelledPassage(id="two", labels={"ISR": "critical"}, text=same.lower().replace("  ", " "), doc="b"),
        LabelledPassage(id="three", labels={"ISR": "neutral"}, text="Israel spoke.", doc="c"),
    ]
    data = TrainingData(passages)
    work = workload(data, PARAMETERS)
    split = Split("fold 1", np.array([0, 2]), np.array([1]))
    assert without_twins(split.train, split, work).tolist() == [2]
    predictions = predict_splits(Majority(work), work, data, [split])
    assert predictions.labels.tolist() == ["neutral"]


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda data: document_folds(data, 5, 0), "5 folds need .* but the labels have 1 document"),
        (lambda data: actor_folds(data, 5, 0), "needs passages of at least 2 actors, but the labels name 1"),
        (lambda data: year_windows(data), "needs passages of at least 2 years"),
        (lambda data: across_genres(data), "needs passages of both, but the labels hold UN General Debate"),
    ],
)
def test_too_little_to_split_is_said_clearly(passages, make, message):
    with pytest.raises(LabelError, match=message):
        make(TrainingData(passages[:1]))


def test_what_is_only_trained_on_stays_out_of_the_fold_that_tests_its_document(data, passages):
    seen = []

    class Watching(Majority):
        def predict(self, train, test):
            seen.append((set(self.work.groups[train]), set(self.work.groups[test])))
            return super().predict(train, test)

    twin = [LabelledPassage(id="x", labels={"ISR": "neutral"}, text="Israel spoke.", doc=passages[0].doc)]
    work = workload(data, PARAMETERS, TrainingData(twin))
    predict_splits(Watching(work), work, data, document_folds(data, 4, 0))
    assert all(not train & test for train, test in seen)


def test_permuted_labels_give_chance_and_true_ones_do_not(data):
    permuted = TrainingData(data.passages)
    named = np.flatnonzero(data.labels != "absent")
    shuffled = np.random.default_rng(0).permutation(named)
    permuted.labels[named] = data.labels[shuffled]
    true = cross_validate(data, PARAMETERS, folds=2)
    chance = cross_validate(permuted, PARAMETERS, folds=2)
    assert true.right[named].mean() > 0.9
    assert chance.right[named].mean() == pytest.approx(1 / 3, abs=0.12)
