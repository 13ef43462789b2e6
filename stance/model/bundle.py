"""A trained model on disk: a folder of plain data, checked before anything is built from it.

====================  ====================================================================================
``manifest.json``     format, versions, seed, classes, targets, sha256 and size of every other file, sha256 of the
                      label files, number of documents seen, scores, and a sha256 of all this
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
import warnings
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from stance.errors import BundleError, DataError, UsageError
from stance.features import Lexicon, ViewVectorizer
from stance.files import check_output, replace_folder
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

MAX_MANIFEST = 1 << 24
"""A manifest has at most so many bytes."""

_PACKAGES = ("numpy", "scipy", "scikit-learn")
_SETTINGS = (
    "C",
    "own_weight",
    "smoothing",
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
        If the folder exists and `force` is off, holds something else than a bundle, or cannot be written.
    """
    check_folder(folder, force=force)
    blocks = [SHARED, *classifier.targets_]
    vectorizer = classifier.vectorizer_
    # Labels may be numbers, which JSON has not as keys.
    given = classifier.class_weight
    costs = [list(item) for item in given.items()] if isinstance(given, Mapping) else given
    settings = {
        "parameters": {**{name: getattr(classifier, name) for name in _SETTINGS}, "class_weight": costs},
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
        **current_versions(),
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
        (new / "manifest.json").write_bytes(_json({**manifest, "sha256": _digest(manifest)}))


def check_folder(folder: Path, *, force: bool) -> None:
    """Find out before any work whether a bundle can be written.

    Raises
    ------
    UsageError
        As `stance.files.check_output`; also if `force` would remove a folder that is no bundle.
    """
    check_output(folder, force=force)
    if not folder.exists() or (folder / "manifest.json").is_file():
        return
    if not folder.is_dir() or any(folder.iterdir()):
        raise UsageError(f"{folder}: is no bundle, so --force does not replace it; choose another name")


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
    except (LookupError, TypeError, ValueError, AttributeError, RecursionError, DataError) as error:
        raise BundleError(
            f"{path}: the parts do not fit together ({error}); train the bundle again"
        ) from error


def current_versions() -> dict[str, Any]:
    """Return the versions that decide whether training again gives the same bytes, as a manifest holds them."""
    return {"packages": {name: version(name) for name in _PACKAGES}, "python": platform.python_version()}


def documents(folder: str | Path) -> list[str]:
    """Return the documents that the training of a bundle saw; see `load` for errors."""
    path = Path(folder)
    declared = read_manifest(path)["files"]["documents.txt"]
    return _checked(path, "documents.txt", declared).decode("utf-8", errors="surrogatepass").split("\n")[:-1]


def read_manifest(path: Path) -> dict[str, Any]:
    """Read and check the manifest of a bundle; see `load`."""
    if not path.is_dir():
        raise BundleError(f"{path}: no bundle there; a bundle is a folder with a manifest.json")
    try:
        with (path / "manifest.json").open("rb") as file:
            content = file.read(MAX_MANIFEST + 1)
        if len(content) > MAX_MANIFEST:
            raise ValueError(f"it has more than {MAX_MANIFEST:,} bytes")
        manifest = json.loads(content.decode("utf-8"))
        form = manifest["format"]
        changed = manifest.pop("sha256", None) != _digest(manifest)
    except FileNotFoundError:
        raise BundleError(
            f"{path}: no manifest.json, so this is no bundle; `stance train` writes one"
        ) from None
    except (OSError, ValueError, LookupError, TypeError, RecursionError) as error:
        raise BundleError(
            f"{path / 'manifest.json'}: not a manifest ({error}); train the bundle again"
        ) from None
    if form != FORMAT:
        raise BundleError(
            f"{path / 'manifest.json'}: format {form!r}, but this version reads format {FORMAT}; "
            "install the version of stance that wrote it, or train the bundle again"
        )
    if changed:
        raise BundleError(
            f"{path / 'manifest.json'}: the content was changed (sha256 differs); copy the bundle again"
        )
    declared = manifest.get("files")
    if not isinstance(declared, dict):
        raise BundleError(f"{path / 'manifest.json'}: no list of files; train the bundle again")
    for name in FILES:
        entry = declared.get(name)
        if not isinstance(entry, dict) or type(entry.get("bytes")) is not int or "sha256" not in entry:
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
    classes, targets = manifest["classes"], manifest["targets"]
    _check_names(classes, targets)
    features = data["features.txt"].decode("utf-8", errors="surrogatepass").split("\n")[:-1]
    count = len(features)
    weights = _read_array(path / "weights.npy", data["weights.npy"], (len(targets) + 1, count, len(classes)))
    idf = _read_array(path / "idf.npy", data["idf.npy"], (count,))
    registry = TargetRegistry.from_dict(json.loads(data["targets.json"]))
    if not set(targets) <= set(registry.codes):
        raise ValueError("a target is not in the registry")
    registry = registry.only([*targets, *(code for code in registry.codes if code not in targets)])
    if len(set(features)) < count:
        raise ValueError("a feature stands twice")
    parameters = dict(settings["parameters"])
    if isinstance(parameters["class_weight"], list):
        parameters["class_weight"] = dict(map(tuple, parameters["class_weight"]))
    classifier = StanceClassifier(views=settings["views"], targets=registry, **parameters)
    lexicon = Lexicon(json.loads(data["lexicon.json"]))
    classifier.vectorizer_ = ViewVectorizer(settings["views"], lexicon, classifier.min_df).restore(
        features, idf
    )
    classifier.classes_ = np.array(classes)
    classifier.targets_ = targets
    classifier.weights_ = {block: weights[at] for at, block in enumerate([SHARED, *targets])}
    by_class = (len(classes),)
    classifier.intercept_ = _numbers(settings["intercept"], by_class)
    classifier.calibration_ = Calibration(
        _numbers(settings["calibration"]["slope"], 2 * by_class),
        _numbers(settings["calibration"]["offset"], by_class),
    )
    unmentioned = settings["unmentioned"]
    classifier.unmentioned_ = None if unmentioned is None else _numbers(unmentioned, by_class)
    classifier.registry_ = registry
    return classifier


def _check_names(classes: Any, targets: Any) -> None:
    """Refuse classes that are not at least two different labels of one kind, and targets that are no names."""
    if (
        not isinstance(classes, list)
        or len({type(label) for label in classes} & {str, int, bool, float}) != 1
    ):
        raise ValueError("the classes are no list of labels")
    if len({type(label) for label in classes}) > 1 or len(set(classes)) < max(len(classes), 2):
        raise ValueError("the classes are not different labels of one kind")
    if not isinstance(targets, list) or not all(isinstance(target, str) for target in targets):
        raise ValueError("the targets are no list of names")
    if len(set(targets)) < len(targets):
        raise ValueError("a target stands twice")


def _numbers(values: Any, shape: tuple[int, ...]) -> npt.NDArray[np.float64]:
    """Return numbers read from JSON as an array that has the shape and holds no infinity and no NaN."""
    array = np.array(values, dtype=np.float64)
    if array.shape != shape or not np.isfinite(array).all():
        raise ValueError("calibration and classes do not go together")
    return array


def _read_array(file: Path, data: bytes, shape: tuple[int, ...]) -> npt.NDArray[np.float64]:
    """Read a float32 array whose header says just what the bundle needs; checked before it is allocated."""
    stream = io.BytesIO(data)
    try:
        if np.lib.format.read_magic(stream) != (1, 0):
            raise ValueError("unknown version of the array format")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found, fortran, dtype = np.lib.format.read_array_header_1_0(stream)
    except Exception as error:
        # A header is a Python literal; what reading a damaged one raises is not documented.
        raise BundleError(f"{file}: not an array ({error}); train the bundle again") from None
    if dtype != np.dtype("<f4") or fortran or found != shape:
        raise BundleError(
            f"{file}: holds {dtype} {found}, but float32 {shape} belongs there; train the bundle again"
        )
    if len(data) - stream.tell() != 4 * math.prod(shape):
        raise BundleError(f"{file}: is shorter or longer than its header says; copy the bundle again")
    values = np.frombuffer(data, dtype="<f4", offset=stream.tell()).reshape(shape)
    if not np.isfinite(values).all():
        raise BundleError(f"{file}: holds a value that is no number; train the bundle again")
    return values.astype(np.float64)


def _array(values: npt.NDArray[np.float64]) -> bytes:
    stream = io.BytesIO()
    np.lib.format.write_array(stream, np.ascontiguousarray(values, dtype="<f4"), version=(1, 0))
    return stream.getvalue()


def _json(value: Any) -> bytes:
    text = json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True, default=_number)
    return (text + "\n").encode("utf-8", errors="surrogatepass")


def _number(value: Any) -> Any:
    """Return a number of numpy as one of Python; parameters may be either."""
    if isinstance(value, np.generic):
        return value.item()
    raise TypeError(f"{value!r} cannot be kept in a bundle")


def _digest(manifest: Mapping[str, Any]) -> str:
    return hashlib.sha256(_json(manifest)).hexdigest()


def _lines(values: list[str]) -> bytes:
    return "".join(f"{value}\n" for value in values).encode("utf-8", errors="surrogatepass")
