"""What a frame of pairs may look like, what of it the model sees, and what it refuses."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance.model import Pairs, StanceClassifier
from stance.model.pairs import is_missing, year_of
from stance.targets import TargetRegistry

REGISTRY = TargetRegistry.default()


def frame(texts, target="ISR", **columns):
    return pd.DataFrame({"text": texts, "target": target, **columns})


REFUSED = {
    "no frame": (["We thank Israel."], "expected a DataFrame with the columns 'text' and 'target', got list"),
    "no text": (pd.DataFrame({"target": ["ISR"]}), r"missing column 'text'; there are \['target'\]"),
    "no column": (pd.DataFrame({"a": ["b"]}), r"missing column 'text', 'target'; there are \['a'\]"),
    "no row": (frame([]), "found 0 pairs; at least 1 is needed"),
    "a number": (frame(["fine", 7]), "column 'text', row 1: expected a string, got 7"),
    "a missing text": (frame(["fine", np.nan]), "column 'text', row 1: expected a string, got nan"),
    "a missing target": (frame(["a", "b"], ["ISR", None]), "column 'target', row 1: the target is missing"),
    "a NaN target": (frame(["a"], [np.nan]), "column 'target', row 0: the target is missing"),
    "a mention outside": (
        frame(["Israel"], mentions=[[[0, 7]]]),
        r"column 'mentions', row 0: \[0, 7\] is no span of a text of 6 code points",
    ),
    "an empty mention": (frame(["Israel"], mentions=[[[3, 3]]]), r"\[3, 3\] is no span of a text of 6"),
    "a mention before": (frame(["Israel"], mentions=[[[-2, 3]]]), r"\[-2, 3\] is no span of a text of 6"),
    "no pairs of numbers": (
        frame(["Israel"], mentions=[[5]]),
        r"column 'mentions', row 0: expected a list of \[start, end\], got \[5\]",
    ),
    "a text of mentions": (
        frame(["Israel"], mentions=["0-6"]),
        r"column 'mentions', row 0: expected a list of \[start, end\], got '0-6'",
    ),
    "three numbers": (frame(["Israel"], mentions=[[[0, 1, 2]]]), r"expected a list of \[start, end\]"),
}


@pytest.mark.parametrize("case", REFUSED)
@pytest.mark.parametrize("method", ["fit", "predict", "predict_proba", "decision_function"])
def test_a_frame_that_cannot_be_read_is_refused_by_every_method(case, method, classifier):
    X, message = REFUSED[case]
    estimator = StanceClassifier() if method == "fit" else classifier
    arguments = (X, ["a", "b"][: len(X)]) if method == "fit" else (X,)
    with pytest.raises(ValueError, match=message):
        getattr(estimator, method)(*arguments)


FIT_REFUSED = {
    "one label": (
        ["a", "a", "a", "a"],
        None,
        r"needs at least 2 classes, but there is 1 class only: \['a'\]",
    ),
    "no labels": (None, None, "requires y to be passed, but the target y is None"),
    "too few": (["a", "b", "a"], None, "4 pairs but 3 labels"),
    "too many": (["a", "b"] * 3, None, "4 pairs but 6 labels"),
    "a missing label": (["a", None, "b", "a"], None, "y, row 1: the label is missing; label the pair"),
    "a NaN": ([1.0, 0.0, np.nan, 1.0], None, "y, row 2: the label is missing"),
    "measurements": ([0.5, 0.25, 1.5, 2.5], None, "Unknown label type: continuous"),
    "groups of another length": (["a", "b", "a", "b"], [1, 2], "4 pairs but 2 groups"),
}


@pytest.mark.parametrize("case", FIT_REFUSED)
def test_labels_that_are_none_are_refused(case):
    y, groups, message = FIT_REFUSED[case]
    X = frame(["We thank Israel.", "We condemn Israel."] * 2)
    with pytest.raises(ValueError, match=message):
        StanceClassifier(min_df=1).fit(X, y, groups)


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"class_weight": "balance"}, "class_weight='balance'; use a mapping, 'balanced' or None"),
        ({"C": -1.0}, "C"),
        ({"views": {"passages": 1.0}}, "unknown view 'passages'; known are passage, sentence"),
        ({"views": {}}, "no view has a weight above 0; give some of passage, sentence"),
        ({"views": {"window": 0.0}}, "no view has a weight above 0"),
        ({"min_df": 9}, "no feature stands in 9 of the pairs; give more pairs, or a smaller min_df"),
    ],
)
def test_parameters_that_make_no_sense_are_refused_by_fit(parameters, message):
    X = frame(["We thank Israel.", "We condemn Israel."] * 4)
    made = StanceClassifier(**{"min_df": 1, "calibration_folds": 2, **parameters})
    with pytest.raises(ValueError, match=message):
        made.fit(X, ["a", "b"] * 4)


def test_labels_that_only_unmentioned_pairs_have_are_refused():
    X = frame(["We thank Israel.", "We thank nobody."] * 4)
    with pytest.raises(ValueError, match=r"the target is mentioned have fewer than 2 different labels; add"):
        StanceClassifier(min_df=1).fit(X, ["supportive", "absent"] * 4)


@pytest.mark.parametrize("missing", [None, np.nan, pd.NA, float("nan"), pd.NaT])
def test_missing_mentions_are_looked_for(missing, classifier):
    given_ = frame(["We condemn Israel."] * 2, mentions=[missing, [[11, 17]]])
    plain = frame(["We condemn Israel."] * 2)
    pairs, searched = Pairs.from_frame(given_, REGISTRY), Pairs.from_frame(plain, REGISTRY)
    assert pairs.mentions[0] == searched.mentions[0]
    assert pairs.mentioned.tolist() == [True, True]
    assert is_missing(missing)
    assert classifier.predict(given_).tolist() == ["critical"] * 2


def test_given_mentions_replace_those_of_the_target_and_leave_those_of_others():
    X = frame(["The Land of the Lion praised Israel and Tehran."], "IRN", mentions=[[[0, 20]]])
    found = Pairs.from_frame(X, REGISTRY).mentions[0]
    assert [(m.target, m.start, m.end) for m in found] == [("IRN", 0, 20), ("ISR", 29, 35)]


def test_mention_spans_make_a_name_that_no_file_knows_a_target():
    X = frame(["We thank the Lion.", "We condemn the Lion."] * 6, "the Lion of Judah")
    spans = [[[text.index("the Lion"), len(text) - 1]] for text in X["text"]]
    made = StanceClassifier(calibration_folds=2).fit(X.assign(mentions=spans), ["for", "against"] * 6)
    assert made.predict(X.assign(mentions=spans)).tolist() == ["for", "against"] * 6
    assert not Pairs.from_frame(X, made.registry_).mentioned.any()
    assert "window:thank TARGET" in made.vectorizer_.features


def test_spans_decide_what_is_masked():
    text = "Utopia thanks Utopia"
    made = StanceClassifier(calibration_folds=2, min_df=1)
    X = frame([text, text] * 4, "Utopia", mentions=[[[0, 6]], [[14, 20]]] * 4)
    made.fit(X, ["first", "second"] * 4)
    assert made.predict(X).tolist() == ["first", "second"] * 4


def test_a_target_unknown_to_the_training_uses_the_shared_weights(classifier):
    X = frame(
        ["We condemn the illegal raids of Ruritania.", "We thank Ruritania for its friendship."], "Ruritania"
    )
    assert classifier.predict(X).tolist() == ["critical", "supportive"]
    matrix = classifier.vectorizer_.transform(classifier.read_pairs(X).passages())
    np.testing.assert_allclose(
        classifier.decide(classifier.read_pairs(X)),
        matrix @ classifier.weights_["*"] + classifier.intercept_,
        atol=1e-12,
    )
    assert "Ruritania" not in classifier.registry_.codes


def test_a_pair_without_a_mention_gets_the_rate_of_such_pairs(classifier, pairs):
    unmentioned = classifier.predict_proba(frame(["The harvest was good."] * 2, ["ISR", "USA"]))
    np.testing.assert_array_equal(unmentioned[0], classifier.unmentioned_)
    np.testing.assert_array_equal(unmentioned[1], classifier.unmentioned_)
    outside = ~classifier.read_pairs(pairs).mentioned
    assert (pairs["label"][outside] == "absent").all()
    # Laplace: one imaginary pair spread over four classes, one more that is absent.
    n = int(outside.sum())
    assert classifier.unmentioned_.max() == pytest.approx((n + 1 + 0.25) / (n + 2))
    assert classifier.predict(frame(["The harvest was good."])).tolist() == ["absent"]


def test_without_an_absent_label_pairs_without_a_mention_are_classified_by_their_words():
    X = frame(["We thank them all.", "We condemn them all."] * 6, "Utopia")
    made = StanceClassifier(calibration_folds=2).fit(X, ["for", "against"] * 6)
    assert made.unmentioned_ is None
    assert made.predict(X).tolist() == ["for", "against"] * 6


def test_the_absent_label_may_have_another_name():
    X = frame(["We thank Utopia.", "We condemn Utopia.", "It rains."] * 6, "Utopia")
    made = StanceClassifier(calibration_folds=2, absent_label="none").fit(X, ["for", "against", "none"] * 6)
    assert made.predict(frame(["We thank and condemn nobody."], "Utopia")).tolist() == ["none"]


def test_max_features_keeps_the_strongest():
    X = frame(["We thank Utopia.", "We condemn Utopia."] * 6, "Utopia")
    made = StanceClassifier(calibration_folds=2, max_features=10).fit(X, ["for", "against"] * 6)
    assert len(made.vectorizer_.features) == 10
    assert made.weights_["*"].shape == (10, 2)
    assert all(
        "thank" in f or "condemn" in f or "CONDEMN" in f or "THANK" in f or "characters" in f or "stem" in f
        for f in made.vectorizer_.features
    )


def test_without_own_weight_all_targets_share_theirs(pairs):
    made = StanceClassifier(calibration_folds=2, own_weight=0).fit(pairs, pairs["label"])
    for target in made.targets_:
        np.testing.assert_array_equal(made.weights_[target], made.weights_["*"])


def test_who_speaks_is_no_feature(classifier, pairs):
    spoken = pairs.assign(actor="USA", speaker="the President", source="ministry")
    np.testing.assert_array_equal(classifier.predict_proba(spoken), classifier.predict_proba(pairs))
    refitted = StanceClassifier().fit(spoken, spoken["label"], spoken["document"])
    assert refitted.vectorizer_.features == classifier.vectorizer_.features


def test_the_target_itself_is_masked_in_every_view_of_words(classifier):
    names = {"israel", "iran", "tehran", "washington", "american", "israeli", "iranian"}
    for feature in classifier.vectorizer_.features:
        view, _, content = feature.partition(":")
        if view not in ("mention", "characters"):
            assert not names & set(content.split()), feature


def test_class_weight_by_label_moves_the_weights(pairs):
    plain = StanceClassifier(calibration_folds=2).fit(pairs, pairs["label"])
    heavy = StanceClassifier(calibration_folds=2, class_weight={"neutral": 5.0}).fit(pairs, pairs["label"])
    at = plain.classes_.tolist().index("neutral")
    assert np.abs(heavy.weights_["*"][:, at]).sum() > np.abs(plain.weights_["*"][:, at]).sum()


@given(st.text())
def test_any_text_gets_probabilities(classifier, text):
    for target in ("ISR", "Ruritania"):
        probabilities = classifier.predict_proba(frame([text], target))
        assert probabilities.shape == (1, 4)
        assert probabilities.sum() == pytest.approx(1)


@pytest.mark.parametrize(
    ("value", "year"),
    [
        (1999, 1999),
        ("2015-04-01", 2015),
        (2015.0, 2015),
        (pd.Timestamp("2003-05-06"), 2003),
        ("2003", 2003),
        (None, None),
        (np.nan, None),
        (pd.NA, None),
        ("12 May 2003", None),
        ("²⁰¹⁵", None),
        ("", None),
        (99, None),
    ],
)
def test_years_are_read_from_whatever_stands_in_a_table(value, year):
    assert year_of(value) == year


@given(st.one_of(st.text(), st.integers(), st.floats(), st.dates(), st.none()))
def test_reading_a_year_never_fails(value):
    year = year_of(value)
    assert year is None or 0 <= year <= 9999


def test_the_year_decides_which_leader_is_meant():
    text = "We met President Bush yesterday."
    X = frame([text] * 3, "USA", year=[2003, 1950, None])
    assert Pairs.from_frame(X, REGISTRY).mentioned.tolist() == [True, False, True]
