"""Agreement of annotation passes."""

import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score

from stance.errors import LabelError
from stance.evaluate import agreement
from stance.evaluate.ceiling import _coincidences, cohen_kappa, krippendorff_alpha
from stance.labels import LabelledPassage


def test_kappa_equals_that_of_scikit_learn(passages):
    found = agreement(passages, resamples=200).targets
    first = [passage.passes[0][t] for passage in passages for t in passage.labels]
    last = [passage.passes[-1][t] for passage in passages for t in passage.labels]
    assert found["all"]["every"]["kappa"] == pytest.approx(cohen_kappa_score(first, last))
    assert found["all"]["every"]["n"] == len(first)
    low, high = found["all"]["every"]["intervals"]["kappa"]
    assert low < found["all"]["every"]["kappa"] < high
    assert found["ISR"]["addressed"]["n"] < found["ISR"]["every"]["n"]


def test_alpha_of_the_worked_example_of_krippendorff():
    # "Computing Krippendorff's alpha-reliability" (2011), section C: four observers, twelve units, values missing.
    units = ["111", "2232", "3333", "3333", "2222", "1234", "4444", "1121", "2222", "555", "11", "3"]
    names = list("12345")
    table = sum(_coincidences(list(unit), names) for unit in units if len(unit) > 1)
    assert krippendorff_alpha(np.asarray(table).reshape(5, 5)) == pytest.approx(0.743, abs=0.0006)


def test_passes_that_use_one_label_have_no_kappa():
    assert np.isnan(cohen_kappa(np.array([[5.0, 0.0], [0.0, 0.0]])))
    said = {"ISR": "critical"}
    passage = LabelledPassage(id="p", labels=said, text="x", passes=(said, said))
    found = agreement([passage], resamples=20).targets["all"]["every"]
    assert (found["agreement"], found["kappa"], found["alpha"]) == (1.0, None, None)


def test_labels_given_once_have_no_agreement():
    with pytest.raises(LabelError, match=r"none of 1 passage\(s\) was labelled twice"):
        agreement([LabelledPassage(id="p", labels={"ISR": "critical"}, text="x")])
