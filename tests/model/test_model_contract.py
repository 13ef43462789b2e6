"""The contract of scikit-learn, kept by a classifier whose input is text."""

import inspect
import pickle
from typing import Any

import joblib
import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone, is_classifier
from sklearn.exceptions import NotFittedError
from sklearn.model_selection import GridSearchCV, GroupKFold, cross_val_predict
from sklearn.pipeline import Pipeline
from sklearn.utils import get_tags
from sklearn.utils.estimator_checks import check_estimator
from sklearn.utils.validation import check_is_fitted, validate_data

from stance import StanceClassifier
from stance.targets import TargetRegistry

OTHER_PARAMETERS = {
    "views": {"passage": 1.0, "window": 0.5},
    "C": 2.0,
    "own_weight": 0.5,
    "smoothing": 0.0,
    "min_df": 1,
    "max_features": 300,
    "class_weight": "balanced",
    "calibration_folds": 3,
    "absent_label": "none",
    "targets": TargetRegistry.for_names(["Ruritania"]),
    "random_state": 7,
    "n_jobs": 1,
}


EXPECTED_TO_FAIL = {
    "check_class_weight_classifiers": (
        "costs shape the weights; the calibration then brings the labels back to how often they occur"
    )
}


class OnNumbers(StanceClassifier):
    """The classifier on rows of numbers, which are written out as words: what `check_estimator` can feed.

    Each number becomes words that say which marks it lies above, so that near numbers share words.
    """

    MARKS = np.concatenate([np.arange(-3.0, 3.1, 0.25), np.arange(4.0, 20.0, 2.0)])

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.string, tags.input_tags.two_d_array = False, True
        return tags

    def _pairs(self, X: Any) -> pd.DataFrame:
        texts = [
            " ".join(
                f"c{column}m{mark}{'a' if value > at else 'b'}"
                for column, value in enumerate(row)
                for mark, at in enumerate(self.MARKS)
            )
            for row in np.asarray(X, dtype=np.float64)
        ]
        return pd.DataFrame({"text": [f"Ruritania {text}" for text in texts], "target": "Ruritania"})

    def fit(self, X: Any, y: Any, groups: Any = None) -> "OnNumbers":
        X = validate_data(self, X)
        super().fit(self._pairs(X), y, groups)
        return self

    def decision_function(self, X: Any) -> Any:
        check_is_fitted(self)
        return super().decision_function(self._pairs(validate_data(self, X, reset=False)))

    def predict_proba(self, X: Any) -> Any:
        check_is_fitted(self)
        return super().predict_proba(self._pairs(validate_data(self, X, reset=False)))


def test_check_estimator_finds_nothing_to_run_for_text_but_cloning():
    """Every check that feeds numbers is skipped by scikit-learn itself for an estimator of strings."""
    with pytest.warns(UserWarning, match="which requires input  of type InputTags"):
        results = check_estimator(StanceClassifier(), on_fail=None)
    assert [(result["check_name"], result["status"]) for result in results] == [
        ("check_estimator_cloneable", "passed")
    ]


def test_check_estimator_passes_when_numbers_are_written_out_as_words():
    # A bag of words has few views: with all of them a run takes minutes.
    estimator = OnNumbers(views={"passage": 1.0}, min_df=1, calibration_folds=2)
    results = check_estimator(estimator, expected_failed_checks=EXPECTED_TO_FAIL, on_fail=None, on_skip=None)
    failed = {r["check_name"]: str(r["exception"]) for r in results if r["status"] == "failed"}
    assert failed == {}
    assert {r["check_name"] for r in results if r["status"] == "xfail"} == set(EXPECTED_TO_FAIL)
    assert {r["check_name"] for r in results if r["status"] == "skipped"} <= {"check_array_api_input"}
    assert sum(result["status"] == "passed" for result in results) >= 50


def test_tags_say_classifier_of_strings():
    tags = get_tags(StanceClassifier())
    assert is_classifier(StanceClassifier())
    assert tags.input_tags.string
    assert not tags.input_tags.two_d_array
    assert tags.target_tags.required


def test_other_parameters_cover_all():
    assert set(OTHER_PARAMETERS) == set(StanceClassifier().get_params())


@pytest.mark.parametrize("name", OTHER_PARAMETERS)
def test_each_parameter_is_kept_as_given(name):
    value = OTHER_PARAMETERS[name]
    made = StanceClassifier(**{name: value})
    assert made.get_params()[name] is value
    assert StanceClassifier().set_params(**{name: value}).get_params()[name] is value


@pytest.mark.parametrize("name", OTHER_PARAMETERS)
def test_init_has_a_default_and_stores_it_untouched(name):
    parameter = inspect.signature(StanceClassifier.__init__).parameters[name]
    assert parameter.default is not inspect.Parameter.empty
    assert getattr(StanceClassifier(), name) is parameter.default


def test_set_params_refuses_an_unknown_name():
    with pytest.raises(ValueError, match="Invalid parameter 'colour' for estimator StanceClassifier"):
        StanceClassifier().set_params(colour="red")


def test_clone_copies_parameters_and_nothing_learned(classifier):
    copy = clone(classifier.set_params())
    assert copy.get_params() == classifier.get_params()
    assert not [name for name in vars(copy) if name.endswith("_")]


def test_clone_of_a_classifier_with_a_registry():
    copy = clone(StanceClassifier(targets=OTHER_PARAMETERS["targets"]))
    assert copy.targets.codes == ("Ruritania",)


def test_fit_returns_self_and_mutates_nothing(pairs):
    views = {"passage": 1.0, "sentence": 1.0}
    weight = {"supportive": 2.0}
    made = StanceClassifier(views=views, class_weight=weight, calibration_folds=2)
    before = dict(made.get_params())
    frame = pairs.copy(deep=True)
    assert made.fit(frame, frame["label"], frame["document"]) is made
    assert made.get_params() == before
    assert views == {"passage": 1.0, "sentence": 1.0}
    assert weight == {"supportive": 2.0}
    pd.testing.assert_frame_equal(frame, pairs)


def test_fitted_attributes_end_in_an_underscore(pairs):
    made = StanceClassifier(calibration_folds=2)
    before = set(vars(made))
    made.fit(pairs, pairs["label"])
    learned = set(vars(made)) - before
    assert learned and all(name.endswith("_") and not name.startswith("_") for name in learned)


@pytest.mark.parametrize("method", ["predict", "predict_proba", "decision_function"])
def test_an_unfitted_classifier_says_so(method, pairs):
    with pytest.raises(NotFittedError, match="This StanceClassifier instance is not fitted yet"):
        getattr(StanceClassifier(), method)(pairs)


def learned(classifier):
    """All that was learned, as bytes."""
    return {
        "weights": {target: weights.tobytes() for target, weights in classifier.weights_.items()},
        "intercept": classifier.intercept_.tobytes(),
        "slope": classifier.calibration_.slope.tobytes(),
        "offset": classifier.calibration_.offset.tobytes(),
        "features": classifier.vectorizer_.features,
        "idf": classifier.vectorizer_.idf.tobytes(),
        "classes": classifier.classes_.tolist(),
        "targets": classifier.targets_,
        "registry": list(classifier.registry_.codes),
        "unmentioned": None if classifier.unmentioned_ is None else classifier.unmentioned_.tobytes(),
    }


def test_same_data_and_seed_give_the_same_bytes(classifier, pairs):
    again = StanceClassifier().fit(pairs, pairs["label"], pairs["document"])
    assert learned(again) == learned(classifier)


def test_two_processes_give_the_same_bytes(classifier, pairs):
    again = StanceClassifier(n_jobs=2).fit(pairs, pairs["label"], pairs["document"])
    assert learned(again) == learned(classifier)


def test_another_seed_deals_other_folds(classifier, pairs):
    again = StanceClassifier(random_state=1).fit(pairs, pairs["label"], pairs["document"])
    assert learned(again)["slope"] != learned(classifier)["slope"]


def test_fitting_again_forgets_what_was_fitted_before(pairs):
    made = StanceClassifier(calibration_folds=2)
    strange = pairs.assign(target=pairs["target"].map({"ISR": "fog", "IRN": "June", "USA": "harvest"}))
    made.fit(strange, strange["label"])
    made.fit(pairs, pairs["label"])
    assert learned(made) == learned(StanceClassifier(calibration_folds=2).fit(pairs, pairs["label"]))


def test_fitting_again_with_another_registry_uses_it(pairs):
    made = StanceClassifier(calibration_folds=2, absent_label="none").fit(pairs, pairs["label"])
    registry = TargetRegistry.for_names(["Ruritania"])
    frame = pd.DataFrame(
        {"text": ["We thank Ruritania.", "We condemn Ruritania."] * 4, "target": "Ruritania"}
    )
    made.set_params(targets=registry).fit(frame, ["for", "against"] * 4)
    assert made.registry_.codes == ("Ruritania",)


def test_labels_may_be_a_list_an_array_or_a_series_of_any_index(pairs, classifier):
    want = learned(classifier)
    for y in (
        pairs["label"].tolist(),
        pairs["label"].to_numpy(),
        pairs["label"].set_axis(range(900, 900 + len(pairs))),
    ):
        assert learned(StanceClassifier().fit(pairs, y, pairs["document"].tolist())) == want


def test_works_in_a_pipeline(pairs, classifier):
    pipeline = Pipeline([("stance", StanceClassifier())])
    pipeline.fit(pairs, pairs["label"], stance__groups=pairs["document"])
    np.testing.assert_array_equal(pipeline.predict_proba(pairs), classifier.predict_proba(pairs))
    assert pipeline.classes_.tolist() == classifier.classes_.tolist()
    assert pipeline.score(pairs, pairs["label"]) == classifier.score(pairs, pairs["label"])


def test_cross_val_predict_with_groups(pairs):
    made = StanceClassifier(calibration_folds=2)
    groups = pairs["document"]
    probabilities = cross_val_predict(
        made, pairs, pairs["label"], groups=groups, cv=GroupKFold(3), method="predict_proba"
    )
    assert probabilities.shape == (len(pairs), 4)
    np.testing.assert_allclose(probabilities.sum(axis=1), 1)
    classes = np.unique(pairs["label"])
    accuracy = (classes[probabilities.argmax(axis=1)] == pairs["label"]).mean()
    assert accuracy > 0.9  # two thirds of the pairs are plainly absent


def test_grid_search_over_c(pairs):
    search = GridSearchCV(
        StanceClassifier(calibration_folds=2, views={"sentence": 1.0}), {"C": [1e-6, 0.5]}, cv=GroupKFold(2)
    )
    search.fit(pairs, pairs["label"], groups=pairs["document"])
    assert search.best_params_ == {"C": 0.5}
    assert search.best_estimator_.C == 0.5
    assert search.predict(pairs).shape == (len(pairs),)


def test_probabilities_sum_to_one_and_the_largest_is_predicted(classifier, pairs):
    probabilities = classifier.predict_proba(pairs)
    np.testing.assert_allclose(probabilities.sum(axis=1), 1, atol=1e-12)
    assert (probabilities >= 0).all()
    predicted = classifier.predict(pairs)
    np.testing.assert_array_equal(classifier.classes_[probabilities.argmax(axis=1)], predicted)
    assert (predicted == pairs["label"]).mean() > 0.95


def test_decision_function_has_a_column_a_class(classifier, pairs):
    assert classifier.decision_function(pairs).shape == (len(pairs), 4)


def test_decision_function_is_flat_for_two_classes_and_positive_for_the_second():
    frame = pd.DataFrame({"text": ["We thank Utopia.", "We condemn Utopia."] * 6, "target": "Utopia"})
    made = StanceClassifier(calibration_folds=2).fit(frame, ["pro", "con"] * 6)
    decisions = made.decision_function(frame)
    assert decisions.shape == (12,)
    np.testing.assert_array_equal(made.classes_[(decisions > 0).astype(int)], made.predict(frame))
    assert made.classes_.tolist() == ["con", "pro"]


@pytest.mark.parametrize(
    "labels",
    [
        ["yes", "no"],
        [1, 0],
        [-1, 1],
        [True, False],
        [10, 300],
        [np.int64(3), np.int64(4)],
        ["дружба", "вражда"],
    ],
    ids=str,
)
def test_labels_of_any_kind_come_back_as_they_are(labels):
    frame = pd.DataFrame({"text": ["We thank Utopia.", "We condemn Utopia."] * 6, "target": "Utopia"})
    made = StanceClassifier(calibration_folds=2).fit(frame, labels * 6)
    assert made.classes_.tolist() == sorted(labels)
    assert made.predict(frame).tolist() == labels * 6
    assert type(made.predict(frame)[0]) is type(np.asarray(labels)[0])


def test_a_frame_with_an_odd_index_and_more_columns_is_read_by_place(classifier, pairs):
    odd = pairs.assign(colour="red").set_axis([f"x{n % 3}" for n in range(len(pairs))])
    np.testing.assert_array_equal(classifier.predict_proba(odd), classifier.predict_proba(pairs))


def test_the_order_of_the_rows_does_not_matter_to_prediction(classifier, pairs):
    order = np.random.default_rng(3).permutation(len(pairs))
    np.testing.assert_array_equal(
        classifier.predict_proba(pairs.iloc[order]), classifier.predict_proba(pairs)[order]
    )


def test_each_row_is_predicted_as_if_alone(classifier, pairs):
    """Also beside a row with a target that the training did not know, whose name stands in the other rows."""
    stranger = pd.DataFrame({"text": ["We condemn fog."], "target": ["fog"]})
    some = pd.concat([pairs.iloc[:12], stranger, pairs[pairs["text"].str.contains("fog")]], ignore_index=True)
    together = classifier.predict_proba(some)
    alone = np.vstack([classifier.predict_proba(some.iloc[[row]]) for row in range(len(some))])
    np.testing.assert_allclose(together, alone, rtol=1e-12)


@pytest.mark.parametrize("dump", ["pickle", "joblib"])
def test_pickles_round_trip(dump, classifier, pairs, tmp_path):
    if dump == "pickle":
        again = pickle.loads(pickle.dumps(classifier))
    else:
        joblib.dump(classifier, tmp_path / "model.joblib")
        again = joblib.load(tmp_path / "model.joblib")
    np.testing.assert_array_equal(again.predict_proba(pairs), classifier.predict_proba(pairs))
    assert learned(again) == learned(classifier)
