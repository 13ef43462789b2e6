"""Explanations: what they say adds up to the decision, and their offsets lead back to the text."""

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_texts import NAMES, SENTENCES

from stance.errors import TargetError
from stance.model import StanceClassifier
from stance.model.explain import MAX_EVIDENCE_WORDS, explain
from stance.report.explanation import explanation_data, explanation_text

pieces = st.one_of(
    st.sampled_from(
        ["Israel", "Iran's", "the U.S.", "we", "condemn", "not", "thank", "the attack", ".", "! ", "\n\n", "é", "don't",
         "crimes", "of", "support", "’s", " ", "(", "我们"]
    ),
    st.text(max_size=8),
)  # fmt: skip
texts = st.one_of(st.text(), st.lists(pieces, max_size=40).map(" ".join))
targets = st.sampled_from(["ISR", "IRN", "USA"])


@given(texts, targets)
def test_contributions_and_intercept_sum_to_the_decision(model, text, target):
    found = model.explain(text, target)
    total = np.array(found.intercept) + sum(
        (np.array(part.by_class) for part in found.contributions), np.zeros(len(found.classes))
    )
    np.testing.assert_allclose(total, found.decisions, atol=1e-9)


@given(texts, targets)
def test_an_explanation_explains_what_the_classifier_says(model, text, target):
    found = model.explain(text, target)
    pair = pd.DataFrame({"text": [text], "target": [target], "lang": [None]})
    np.testing.assert_allclose(found.decisions, model.classifier.decision_function(pair)[0], atol=1e-9)
    np.testing.assert_allclose(found.probabilities, model.classifier.predict_proba(pair)[0], atol=1e-9)
    assert found.stance == model.classifier.predict(pair)[0]
    assert found.stance == found.classes[int(np.argmax(found.decisions))]


@given(texts, targets)
def test_offsets_of_words_and_evidence_slice_back(model, text, target):
    found = model.explain(text, target)
    at = 0
    for word in found.words:
        assert at <= word.start < word.end <= len(text)
        assert word.text == text[word.start : word.end]
        at = word.end
    if found.evidence is not None:
        assert found.evidence.text == text[found.evidence.start : found.evidence.end]
        assert found.evidence.start in {word.start for word in found.words}
        assert found.evidence.end in {word.end for word in found.words}
        inside = [w for w in found.words if found.evidence.start <= w.start < found.evidence.end]
        assert 1 <= len(inside) <= MAX_EVIDENCE_WORDS
        assert found.evidence.weight == pytest.approx(sum(word.weight for word in inside))


@given(texts, targets)
def test_the_weights_of_words_come_from_the_contributions(model, text, target):
    """Words share out what the features made of words add to the stance beyond the mean of the others."""
    found = model.explain(text, target)
    best = found.classes.index(found.stance)

    def lead(part):
        return part.by_class[best] - (sum(part.by_class) - part.by_class[best]) / (len(found.classes) - 1)

    of_words = sum(lead(part) for part in found.contributions if not part.feature.startswith("mention:"))
    assert sum(word.weight for word in found.words) == pytest.approx(of_words, abs=1e-9)


@pytest.mark.parametrize("label", ["supportive", "critical"])
@pytest.mark.parametrize("target", ["ISR", "IRN", "USA"])
def test_the_evidence_is_the_sentence_that_takes_a_side(label, target, model):
    for sentence in SENTENCES[label][:4]:
        plain = "The harvest was good and the granaries are full. "
        text = f"{plain}{sentence.format(NAMES[target][0])} {plain}"
        found = model.explain(text, target)
        assert found.stance == label
        assert len(plain) <= found.evidence.start and found.evidence.end <= len(text) - len(plain)


def test_contributions_come_with_the_strongest_for_the_stance_first(model):
    found = model.explain("We condemn the attack that Israel launched, and we deplore its crimes.", "ISR")
    best = found.classes.index("critical")
    leads = [
        part.by_class[best] - (sum(part.by_class) - part.by_class[best]) / 3 for part in found.contributions
    ]
    assert leads[0] > 0
    assert [abs(lead) for lead in leads] == sorted((abs(lead) for lead in leads), reverse=True)
    assert {part.feature.partition(":")[0] for part in found.contributions} >= {"passage", "window", "side"}
    assert len({part.feature for part in found.contributions}) == len(found.contributions)


def test_a_target_that_is_not_mentioned_has_no_contributions(model):
    found = model.explain("The harvest was good.", "ISR")
    assert (found.stance, found.contributions, found.words, found.evidence) == ("absent", [], [], None)
    assert found.decisions == found.intercept
    np.testing.assert_allclose(np.exp(found.decisions), found.probabilities)


def test_a_target_that_nobody_declared_is_refused(model):
    with pytest.raises(
        TargetError, match=r"unknown target 'Utopia'; known are ISR, IRN, USA; declare it in a targets"
    ):
        model.explain("We thank Utopia.", "Utopia")


def test_the_date_decides_which_leader_is_meant(model):
    text = "We condemn the crimes of President Bush."
    assert model.explain(text, "USA", date="2003-03-20").stance == "critical"
    assert model.explain(text, "USA", date="1950-03-20").stance == "absent"


def test_two_classes_and_no_absent_label():
    frame = pd.DataFrame({"text": ["We thank Utopia.", "We condemn Utopia."] * 6, "target": "Utopia"})
    made = StanceClassifier(calibration_folds=2).fit(frame, ["pro", "con"] * 6)
    for text in ("They condemn Utopia!", "They condemn nobody.", ""):
        found = explain(made, text, "Utopia", made.registry_.find(text))
        pair = pd.DataFrame({"text": [text], "target": ["Utopia"]})
        np.testing.assert_allclose(found.probabilities, made.predict_proba(pair)[0], atol=1e-12)
        assert found.decisions[1] - found.decisions[0] == pytest.approx(made.decision_function(pair)[0])
    assert found.words == []


def test_as_text(model):
    found = model.explain("We condemn the attack that Israel launched.", "ISR")
    lines = explanation_text(found, 3).split("\n")
    best = found.classes.index("critical")
    assert lines[0].startswith("ISR: critical (absent 0.")
    assert lines[1] == f"evidence [{found.evidence.start}:{found.evidence.end}] {found.evidence.text}"
    assert lines[3] == "what adds to the decision value of 'critical':"
    assert lines[4:7] == [f"{c.by_class[best]:+9.4f}  {c.feature}" for c in found.contributions[:3]]
    assert lines[7].endswith(f"  {len(found.contributions) - 3:,} other features")
    assert lines[8].endswith("  intercept") and lines[9].endswith("  decision value")
    figures = [float(line.split()[0]) for line in lines[4:]]
    assert sum(figures[:-1]) == pytest.approx(figures[-1], abs=5e-4)


def test_as_text_with_all_features_shown(model):
    found = model.explain("Iran?", "IRN")
    assert "other features" not in explanation_text(found, len(found.contributions))


def test_as_text_without_a_mention(model):
    lines = explanation_text(model.explain("The harvest was good.", "ISR"), 5).split("\n")
    assert lines[1:] == ["The text does not refer to the target, so the model is not asked."]


@given(texts, targets)
def test_as_data_it_is_json_that_adds_up(model, text, target):
    data = json.loads(json.dumps(explanation_data(model.explain(text, target))))
    assert data["text"] == text
    assert data["stance"] == max(data["probabilities"], key=data["probabilities"].get)
    for label, value in data["decisions"].items():
        total = data["intercept"][label] + sum(part[label] for part in data["contributions"])
        assert total == pytest.approx(value, abs=1e-9)
    for word in data["words"]:
        assert text[word["start"] : word["end"]] == word["text"]
