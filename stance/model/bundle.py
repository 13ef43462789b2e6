"""A trained model on disk: a folder of plain data, checked before anything is built from it.

====================  ====================================================================================
``manifest.json``     format, versions, seed, classes, targets, sha256, size and form of every other file, sha256
                      of the label files, documents seen, scores
``settings.json``     parameters of the classifier, calibration, probabilities of pairs without a mention
``targets.json``      the registry of targets that the model was trained with
``lexicon.json``      the stance lexicon that the model was trained with
``features.txt``      names of the features, one a line
``documents.txt``     documents that the training saw, one a line; the sha256 of a text that stood alone
``idf.npy``           float32, (n_features,)
``weights.npy``       float32, (n_blocks, n_features, n_classes); block 0 is for targets without weights of their own
====================  ====================================================================================

Nothing in a bundle is code, and nothing is read that the manifest does not declare.
"""

import hashlib
import io
import json
import math
import platform
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from stance.errors import BundleError, TargetError
from stance.features import Lexicon, ViewVectorizer
from stance.files import replace_folder
from stance.model.calibration import Calibration
from stance.model.classifier import StanceClassifier
from stance.model.linear import SHARED
from stance.targets import TargetRegistry

FORMAT = 1
"""Version of the form of a bundle. Older forms stay readable; a newer one is refused."""

FILES = (
    "documents.txt",
    "features.txt",
    "idf.npy",
    "lexicon.json",
    "settings.json",
    "targets.json",
    "weights.npy",
)

MAX_BYTES = 1 << 30
"""No file of a bundle may declare more than this."""

_PACKAGES = ("numpy", "scipy", "scikit-learn")
_SETTINGS = (
    "C",
    "own_weight",
    "min_df",
    "max_features",
    "class_weight",
    "calibration_folds",
    "absent_label",
    "random_state",
)


def save(
    classifier: StanceClassifier,
    folder: Path,
    *,
    seen: list[str] | None = None,
    labels: Mapping[str, str] | None = None,
    languages: Sequence[str] = (),
    scores: Mapping[str, Any] | None = None,
    force: bool = False,
) -> None:
    """Write a trained classifier to a folder that appears whole or not at all.

    Parameters
    ----------
    classifier : StanceClassifier
        A fitted classifier.
    folder : Path
    seen : list of str, optional
        Documents that the training saw.
    labels : mapping of str to str, optional
        sha256 of each label file, by name.
    languages : sequence of str
        Languages of the training passages (ISO 639-1).
    scores : mapping, optional
        Measures to keep with the model.
    force : bool
        Whether to replace a folder that exists.

    Raises
    ------
    UsageError
        If the folder exists and `force` is off, or cannot be written.
    """
    blocks = [SHARED, *classifier.targets_]
    vectorizer = classifier.vectorizer_
    settings = {
        "parameters": {name: getattr(classifier, name) for name in _SETTINGS},
        "views": vectorizer.weights,
        "calibration": {
            "slope": classifier.calibration_.slope.tolist(),
            "offset": classifier.calibration_.offset.tolist(),
        },
        "intercept": classifier.intercept_.tolist(),
        "unmentioned": None if classifier.unmentioned_ is None else classifier.unmentioned_.tolist(),
    }
    content = {
        "documents.txt": _lines(sorted(seen or [])),
        "features.txt": _lines(vectorizer.features),
        "idf.npy": _array(vectorizer.idf),
        "lexicon.json": _json(vectorizer.lexicon.concepts),
        "settings.json": _json(settings),
        "targets.json": _json(classifier.registry_.to_dict()),
        "weights.npy": _array(np.stack([classifier.weights_[block] for block in blocks])),
    }
    manifest = {
        "format": FORMAT,
        "stance": version("stance"),
        "packages": {name: version(name) for name in _PACKAGES},
        "python": platform.python_version(),
        "seed": classifier.random_state,
        "classes": classifier.classes_.tolist(),
        "targets": classifier.targets_,
        "n_features": len(vectorizer.features),
        "n_documents": len(seen or []),
        "labels": dict(labels or {}),
        "languages": sorted(languages),
        "scores": dict(scores or {}),
        "files": {
            name: {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for name, data in content.items()
        },
    }
    with replace_folder(folder, force=force) as new:
        for name, data in content.items():
            (new / name).write_bytes(data)
        (new / "manifest.json").write_bytes(_json(manifest))


def load(folder: str | Path) -> tuple[StanceClassifier, dict[str, Any]]:
    """Read a bundle.

    Parameters
    ----------
    folder : str or Path

    Returns
    -------
    classifier : StanceClassifier
    manifest : dict

    Raises
    ------
    BundleError
        If a file is missing, was changed, declares what it does not hold, or the form is of another version. Nothing is
        built then.
    """
    path = Path(folder)
    manifest = read_manifest(path)
    data = {name: _checked(path, name, manifest["files"][name]) for name in FILES}
    try:
        return _build(path, manifest, data), manifest
    except (KeyError, TypeError, ValueError, AttributeError, TargetError) as error:
        raise BundleError(
            f"{path}: the parts do not fit together ({error}); train the bundle again"
        ) from error


def documents(folder: str | Path) -> list[str]:
    """Return the documents that the training of a bundle saw; see `load` for errors."""
    path = Path(folder)
    declared = read_manifest(path)["files"]["documents.txt"]
    return _checked(path, "documents.txt", declared).decode("utf-8").split("\n")[:-1]


def read_manifest(path: Path) -> dict[str, Any]:
    """Read and check the manifest of a bundle; see `load`."""
    if not path.is_dir():
        raise BundleError(f"{path}: no bundle there; a bundle is a folder with a manifest.json")
    try:
        manifest = json.loads((path / "manifest.json").read_text(encoding="utf-8"))
        form = manifest["format"]
    except FileNotFoundError:
        raise BundleError(
            f"{path}: no manifest.json, so this is no bundle; `stance train` writes one"
        ) from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BundleError(
            f"{path / 'manifest.json'}: not a manifest ({error}); train the bundle again"
        ) from None
    if form != FORMAT:
        raise BundleError(
            f"{path / 'manifest.json'}: format {form!r}, but this version reads format {FORMAT}; "
            "install the version of stance that wrote it, or train the bundle again"
        )
    declared = manifest.get("files")
    if not isinstance(declared, dict):
        raise BundleError(f"{path / 'manifest.json'}: no list of files; train the bundle again")
    for name in FILES:
        entry = declared.get(name)
        if not isinstance(entry, dict) or not isinstance(entry.get("bytes"), int) or "sha256" not in entry:
            raise BundleError(f"{path / 'manifest.json'}: {name} is not declared; train the bundle again")
    return dict(manifest)


def _checked(path: Path, name: str, declared: dict[str, Any]) -> bytes:
    """Return the content of a file that has the size and the hash that were declared."""
    file = path / name
    size = declared["bytes"]
    if not 0 <= size <= MAX_BYTES:
        raise BundleError(
            f"{file}: declared with {size:,} bytes; a file of a bundle has at most {MAX_BYTES:,}"
        )
    try:
        found = file.stat().st_size
        if found != size:
            raise BundleError(f"{file}: {found:,} bytes, but {size:,} were declared; copy the bundle again")
        data = file.read_bytes()
    except FileNotFoundError:
        raise BundleError(f"{file}: missing; copy the bundle again") from None
    except OSError as error:
        raise BundleError(f"{file}: cannot be read ({error.strerror})") from None
    if hashlib.sha256(data).hexdigest() != declared["sha256"]:
        raise BundleError(f"{file}: the content was changed (sha256 differs); copy the bundle again")
    return data


def _build(path: Path, manifest: dict[str, Any], data: dict[str, bytes]) -> StanceClassifier:
    settings = json.loads(data["settings.json"])
    classes, targets = list(manifest["classes"]), list(manifest["targets"])
    features = data["features.txt"].decode("utf-8").split("\n")[:-1]
    count = len(features)
    weights = _read_array(path / "weights.npy", data["weights.npy"], (len(targets) + 1, count, len(classes)))
    idf = _read_array(path / "idf.npy", data["idf.npy"], (count,))
    registry = TargetRegistry.from_dict(json.loads(data["targets.json"]))
    classifier = StanceClassifier(views=settings["views"], targets=registry, **settings["parameters"])
    lexicon = Lexicon(json.loads(data["lexicon.json"]))
    classifier.vectorizer_ = ViewVectorizer(settings["views"], lexicon, classifier.min_df).restore(
        features, idf
    )
    classifier.classes_ = np.array(classes)
    classifier.targets_ = targets
    classifier.weights_ = {block: weights[at] for at, block in enumerate([SHARED, *targets])}
    classifier.intercept_ = np.array(settings["intercept"], dtype=np.float64)
    slope = np.array(settings["calibration"]["slope"], dtype=np.float64)
    classifier.calibration_ = Calibration(
        slope, np.array(settings["calibration"]["offset"], dtype=np.float64)
    )
    unmentioned = settings["unmentioned"]
    classifier.unmentioned_ = None if unmentioned is None else np.array(unmentioned, dtype=np.float64)
    classifier.registry_ = registry
    if classifier.intercept_.shape != (len(classes),) or slope.shape != (len(classes), len(classes)):
        raise ValueError("calibration and classes differ in number")
    return classifier


def _read_array(file: Path, data: bytes, shape: tuple[int, ...]) -> npt.NDArray[np.float64]:
    """Read a float32 array whose header says just what the bundle needs; checked before it is allocated."""
    stream = io.BytesIO(data)
    try:
        if np.lib.format.read_magic(stream) != (1, 0):
            raise ValueError("unknown version of the array format")
        found, fortran, dtype = np.lib.format.read_array_header_1_0(stream)
    except ValueError as error:
        raise BundleError(f"{file}: not an array ({error}); train the bundle again") from None
    if dtype != np.dtype("<f4") or fortran or found != shape:
        raise BundleError(
            f"{file}: holds {dtype} {found}, but float32 {shape} belongs there; train the bundle again"
        )
    if len(data) - stream.tell() != 4 * math.prod(shape):
        raise BundleError(f"{file}: is shorter or longer than its header says; copy the bundle again")
    return np.frombuffer(data, dtype="<f4", offset=stream.tell()).reshape(shape).astype(np.float64)


def _array(values: npt.NDArray[np.float64]) -> bytes:
    stream = io.BytesIO()
    np.lib.format.write_array(stream, np.ascontiguousarray(values, dtype="<f4"), version=(1, 0))
    return stream.getvalue()


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _lines(values: list[str]) -> bytes:
    return "".join(f"{value}\n" for value in values).encode()
