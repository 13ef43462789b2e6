"""A tiny bundle for the tests of the format."""

import shutil

import pandas as pd
import pytest
from bundle_tools import N_FEATURES

from stance.model import StanceClassifier, bundle
from stance.targets import TargetRegistry


@pytest.fixture(scope="session")
def tiny_folder(tmp_path_factory):
    """A bundle of a few kilobytes, two targets that no file declares."""
    frame = pd.DataFrame(
        {
            "text": ["We thank Utopia.", "We condemn Utopia.", "We met Utopia.", "We thank Oz.", "It rains."]
            * 4,
            "target": ["Utopia", "Utopia", "Utopia", "Oz", "Oz"] * 4,
        }
    )
    y = ["supportive", "critical", "neutral", "supportive", "absent"] * 4
    registry = TargetRegistry.for_names(["Utopia", "Oz"])
    made = StanceClassifier(
        targets=registry, max_features=N_FEATURES, calibration_folds=2, views={"sentence": 1.0}
    )
    folder = tmp_path_factory.mktemp("tiny") / "bundle"
    bundle.save(made.fit(frame, y), folder, seen=["doc/1"], labels={"a.csv": "00"}, scores={"macro_f1": 0.5})
    return folder


@pytest.fixture
def tiny(tiny_folder, tmp_path):
    """A copy of the tiny bundle that a test may damage."""
    return shutil.copytree(tiny_folder, tmp_path / "bundle")
