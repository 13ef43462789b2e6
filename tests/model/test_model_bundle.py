"""A bundle gives back the model that was saved, and is written whole or not at all."""

import hashlib

import numpy as np
import pandas as pd
import pytest
from bundle_tools import ALL_FILES, N_FEATURES

from stance.errors import BundleError, UsageError
from stance.model import StanceClassifier, bundle
from stance.model.bundle import FILES


def test_a_loaded_model_predicts_bit_for_bit_what_the_saved_one_did(classifier, pairs, tmp_path):
    bundle.save(classifier, tmp_path / "bundle")
    again, _ = bundle.load(tmp_path / "bundle")
    np.testing.assert_array_equal(again.predict_proba(pairs), classifier.predict_proba(pairs))
    np.testing.assert_array_equal(again.decision_function(pairs), classifier.decision_function(pairs))
    assert again.predict(pairs).tolist() == classifier.predict(pairs).tolist()
    stranger = pd.DataFrame({"text": ["We condemn the raids of Ruritania."], "target": ["Ruritania"]})
    np.testing.assert_array_equal(again.predict_proba(stranger), classifier.predict_proba(stranger))
    same = set(again.get_params()) - {"targets", "n_jobs", "views"}
    assert {name: again.get_params()[name] for name in same} == {
        name: classifier.get_params()[name] for name in same
    }


def test_saving_what_was_loaded_gives_the_same_bytes(tiny, tmp_path):
    again, manifest = bundle.load(tiny)
    bundle.save(
        again, tmp_path / "again", seen=bundle.documents(tiny), labels=manifest["labels"],
        languages=manifest["languages"], scores=manifest["scores"],
    )  # fmt: skip
    for name in ALL_FILES:
        assert (tmp_path / "again" / name).read_bytes() == (tiny / name).read_bytes(), name


def test_a_bundle_holds_just_these_files(tiny):
    assert sorted(path.name for path in tiny.iterdir()) == ALL_FILES


def test_the_manifest_says_what_the_bundle_is(tiny):
    _, manifest = bundle.load(tiny)
    assert manifest["format"] == bundle.FORMAT
    assert manifest["classes"] == ["absent", "critical", "neutral", "supportive"]
    assert manifest["targets"] == ["Utopia", "Oz"]
    assert manifest["labels"] == {"a.csv": "00"}
    assert manifest["scores"] == {"macro_f1": 0.5}
    assert manifest["seed"] == 0
    assert set(manifest["packages"]) == {"numpy", "scipy", "scikit-learn"}
    assert manifest["n_features"] == len((tiny / "features.txt").read_text().splitlines()) == N_FEATURES
    for name, entry in manifest["files"].items():
        data = (tiny / name).read_bytes()
        assert entry == {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    assert sorted(manifest["files"]) == sorted(FILES)


def test_documents_that_the_training_saw_can_be_read_alone(tiny):
    assert bundle.documents(tiny) == ["doc/1"]
    (tiny / "weights.npy").unlink()
    assert bundle.documents(tiny) == ["doc/1"]
    (tiny / "documents.txt").write_text("doc/2\n")
    with pytest.raises(BundleError, match=r"documents.txt: the content was changed"):
        bundle.documents(tiny)


@pytest.mark.parametrize(
    "labels", [[3, 7], [False, True], ["ja", "nee"], [np.int64(1), np.int64(2)]], ids=str
)
def test_labels_of_any_kind_round_trip(labels, tmp_path):
    frame = pd.DataFrame({"text": ["We thank Utopia.", "We condemn Utopia."] * 6, "target": "Utopia"})
    made = StanceClassifier(calibration_folds=2, class_weight={labels[0]: 2.0}).fit(frame, labels * 6)
    bundle.save(made, tmp_path / "bundle")
    again, _ = bundle.load(tmp_path / "bundle")
    assert again.predict(frame).tolist() == labels * 6
    assert again.unmentioned_ is None


def test_parameters_may_be_numbers_of_numpy(tmp_path):
    frame = pd.DataFrame({"text": ["We thank Utopia.", "We condemn Utopia."] * 6, "target": "Utopia"})
    made = StanceClassifier(
        C=np.float64(0.5), max_features=np.int64(20), min_df=np.int32(1), calibration_folds=2
    )
    bundle.save(made.fit(frame, ["a", "b"] * 6), tmp_path / "bundle")
    assert bundle.load(tmp_path / "bundle")[0].max_features == 20


def test_an_existing_folder_is_kept_without_force_and_replaced_with_it(tiny, classifier):
    before = (tiny / "manifest.json").read_bytes()
    (tiny / "stale.txt").write_text("from an older version")
    with pytest.raises(
        UsageError, match=r"bundle: exists already; choose another name or replace it with --force$"
    ):
        bundle.save(classifier, tiny)
    assert (tiny / "manifest.json").read_bytes() == before
    bundle.save(classifier, tiny, force=True)
    assert sorted(path.name for path in tiny.iterdir()) == ALL_FILES
    assert bundle.load(tiny)[1]["targets"] == ["ISR", "IRN", "USA"]


def test_force_replaces_no_folder_that_is_no_bundle(tmp_path, classifier):
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter1.txt").write_text("years of work")
    (tmp_path / "file").write_text("a file")
    for name in ("thesis", "file"):
        with pytest.raises(
            UsageError, match=rf"{name}: is no bundle, so --force does not replace it; choose another"
        ):
            bundle.save(classifier, tmp_path / name, force=True)
    assert (tmp_path / "thesis" / "chapter1.txt").read_text() == "years of work"
    (tmp_path / "empty").mkdir()
    bundle.save(classifier, tmp_path / "empty", force=True)
    assert bundle.load(tmp_path / "empty")


def test_nothing_half_written_is_left(tmp_path, classifier):
    broken = StanceClassifier(class_weight={"critical": object()})
    broken.__dict__.update({name: value for name, value in vars(classifier).items() if name.endswith("_")})
    with pytest.raises(TypeError, match="cannot be kept in a bundle"):
        bundle.save(broken, tmp_path / "bundle")
    assert list(tmp_path.iterdir()) == []
