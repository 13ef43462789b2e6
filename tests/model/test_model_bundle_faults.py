"""A bundle that is damaged, incomplete or forged is refused with one clear error; nothing is ever read from it."""

import io
import json
import pickle
import re
import shutil

import numpy as np
import pytest
from bundle_tools import ALL_FILES, N_FEATURES, probe, read_manifest, sign, write_manifest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stance.errors import BundleError
from stance.model import StanceClassifier, bundle
from stance.model.bundle import FILES, MAX_BYTES, MAX_MANIFEST


@pytest.mark.parametrize("name", ALL_FILES)
def test_a_missing_file_is_named(name, tiny):
    (tiny / name).unlink()
    want = {
        "manifest.json": r"bundle: no manifest.json, so this is no bundle; `stance train` writes one$",
    }.get(name, rf"{name}: missing; copy the bundle again$")
    with pytest.raises(BundleError, match=want):
        bundle.load(tiny)


@pytest.mark.parametrize("name", FILES)
def test_a_changed_byte_is_named(name, tiny):
    data = bytearray((tiny / name).read_bytes())
    data[len(data) // 2] ^= 1
    (tiny / name).write_bytes(data)
    with pytest.raises(
        BundleError, match=rf"{name}: the content was changed \(sha256 differs\); copy the bundle again$"
    ):
        bundle.load(tiny)


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_too_short_or_too_long_is_named(name, tiny):
    data = (tiny / name).read_bytes()
    for changed in (data[:-1], data + b"\n"):
        (tiny / name).write_bytes(changed)
        message = rf"{name}: {len(changed):,} bytes, but {len(data):,} were declared; copy the bundle again$"
        with pytest.raises(BundleError, match=message):
            bundle.load(tiny)


@pytest.mark.parametrize("name", FILES)
def test_a_folder_in_place_of_a_file_is_refused(name, tiny):
    (tiny / name).unlink()
    (tiny / name).mkdir()
    with pytest.raises(BundleError, match=rf"{name}: "):
        bundle.load(tiny)


def test_no_folder_is_no_bundle(tmp_path):
    (tmp_path / "file").write_text("x")
    for name in ("nowhere", "file"):
        with pytest.raises(
            BundleError, match=rf"{name}: no bundle there; a bundle is a folder with a manifest.json$"
        ):
            bundle.load(tmp_path / name)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"7",
        b'"format"',
        b"null",
        b"\xff\xfe",
        b"{}",
        b"[" * 100_000,
        b'{"format": ' + b"[" * 5000,
        b'{"a":' * 600 + b"1" + b"}" * 600,
    ],
    ids=lambda content: repr(content[:12]),
)
def test_a_manifest_that_is_none_is_refused(content, tiny):
    (tiny / "manifest.json").write_bytes(content)
    with pytest.raises(BundleError, match=r"manifest.json: not a manifest \(.*\); train the bundle again$"):
        bundle.load(tiny)


def test_a_manifest_of_any_size_is_not_read_to_its_end(tiny):
    with (tiny / "manifest.json").open("wb") as file:
        file.truncate(1 << 40)  # a hole: it takes no room on the disk
    message = rf"manifest.json: not a manifest \(it has more than {MAX_MANIFEST:,} bytes\)"
    with pytest.raises(BundleError, match=message):
        bundle.load(tiny)


@pytest.mark.parametrize("form", [0, 2, "1", None, [1]])
def test_another_format_is_refused_by_its_number(form, tiny):
    write_manifest(tiny, {**read_manifest(tiny), "format": form})
    message = rf"manifest.json: format {re.escape(repr(form))}, but this version reads format 1; install the version"
    with pytest.raises(BundleError, match=message):
        bundle.load(tiny)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("targets", ["Oz", "Utopia"]),
        ("classes", ["a", "b", "c", "d"]),
        ("seed", 1),
        ("labels", {}),
        ("new", 1),
    ],
)
def test_a_manifest_that_was_edited_is_refused(key, value, tiny):
    manifest = {**read_manifest(tiny), key: value}
    write_manifest(tiny, manifest, digest=bundle._digest(read_manifest(tiny)))
    with pytest.raises(BundleError, match=r"manifest.json: the content was changed \(sha256 differs\)"):
        bundle.load(tiny)


def test_a_manifest_without_its_own_hash_is_refused(tiny):
    (tiny / "manifest.json").write_text(json.dumps(read_manifest(tiny)))
    with pytest.raises(BundleError, match=r"manifest.json: the content was changed"):
        bundle.load(tiny)


DECLARATIONS = {
    "too large": (
        {"bytes": MAX_BYTES + 1},
        rf"weights.npy: declared with {MAX_BYTES + 1:,} bytes; a file of a",
    ),
    "below zero": (
        {"bytes": -1},
        r"weights.npy: declared with -1 bytes; a file of a bundle has at most 1,073,741,8",
    ),
    "no number": ({"bytes": "many"}, r"manifest.json: weights.npy is not declared; train the bundle again$"),
    "a truth value": ({"bytes": True}, r"manifest.json: weights.npy is not declared"),
    "a fraction": ({"bytes": 1.5}, r"manifest.json: weights.npy is not declared"),
    "no hash": ({"sha256": ...}, r"manifest.json: weights.npy is not declared"),
    "a hash that is none": ({"sha256": None}, r"weights.npy: the content was changed"),
}


@pytest.mark.parametrize("case", DECLARATIONS)
def test_a_declaration_that_lies_is_refused(case, tiny):
    change, message = DECLARATIONS[case]
    manifest = read_manifest(tiny)
    entry = {**manifest["files"]["weights.npy"], **change}
    manifest["files"]["weights.npy"] = {name: value for name, value in entry.items() if value is not ...}
    write_manifest(tiny, manifest)
    with pytest.raises(BundleError, match=message):
        bundle.load(tiny)


@pytest.mark.parametrize("files", [None, [], "all", {}])
def test_a_manifest_without_a_list_of_files_is_refused(files, tiny):
    write_manifest(tiny, {**read_manifest(tiny), "files": files})
    with pytest.raises(BundleError, match=r"manifest.json: (no list of files|documents.txt is not declared)"):
        bundle.load(tiny)


def test_an_oversized_file_is_refused_without_reading_it(tiny):
    manifest = read_manifest(tiny)
    with (tiny / "weights.npy").open("wb") as file:
        file.truncate(1 << 40)
    manifest["files"]["weights.npy"]["bytes"] = 1 << 40
    write_manifest(tiny, manifest)
    with pytest.raises(BundleError, match=r"declared with 1,099,511,627,776 bytes"):
        bundle.load(tiny)


def test_further_files_and_names_that_lead_elsewhere_are_not_looked_at(tiny):
    before = probe(bundle.load(tiny)[0])
    manifest = read_manifest(tiny)
    for name in ("../../etc/passwd", "/etc/passwd", "model.pkl", "../outside.npy"):
        manifest["files"][name] = {"bytes": 5, "sha256": "0" * 64}
    write_manifest(tiny, manifest)
    (tiny / "model.pkl").write_bytes(pickle.dumps(print))
    (tiny / "notes.txt").write_text("mine")
    assert probe(bundle.load(tiny)[0]) == before


def npy(array, **options):
    stream = io.BytesIO()
    np.lib.format.write_array(stream, array, **options)
    return stream.getvalue()


def header(text, body=b"", version=b"\x01\x00"):
    content = text.encode("latin-1") + b"\n"
    return b"\x93NUMPY" + version + len(content).to_bytes(2, "little") + content + body


WEIGHTS = (3, N_FEATURES, 4)
ARRAYS = {
    "another shape": (
        npy(np.zeros((3, 4, 12), "<f4")),
        r"holds float32 \(3, 4, 12\), but float32 \(3, 12, 4\) be",
    ),
    "double precision": (npy(np.zeros(WEIGHTS)), r"holds float64 \(3, 12, 4\), but float32"),
    "the other byte order": (npy(np.zeros(WEIGHTS, ">f4")), r"holds >f4 \(3, 12, 4\), but float32"),
    "columns first": (
        npy(np.asfortranarray(np.zeros(WEIGHTS, "<f4"))),
        r"holds float32 \(3, 12, 4\), but float32",
    ),
    "objects": (npy(np.full(WEIGHTS, None), allow_pickle=True), r"holds object \(3, 12, 4\), but float32"),
    "a larger claim": (
        header("{'descr': '<f4', 'fortran_order': False, 'shape': (3, 12, 4), }", bytes(8)),
        r"is shorter or longer than its header says",
    ),
    "a huge claim": (
        header("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999, 12, 4), }", bytes(8)),
        r"holds float32 \(99999999999, 12, 4\), but float32",
    ),
    "more than it claims": (
        npy(np.zeros(WEIGHTS, "<f4")) + bytes(4),
        r"is shorter or longer than its header says",
    ),
    "no numbers": (
        npy(np.full(WEIGHTS, np.nan, "<f4")),
        r"holds a value that is no number; train the bundle again$",
    ),
    "another version": (npy(np.zeros(WEIGHTS, "<f4"), version=(2, 0)), r"not an array \(unknown version"),
    "no array": (b"GIF89a", r"not an array \("),
    "nothing": (b"", r"not an array \("),
    "code": (header("__import__('os').system('true')"), r"not an array \("),
    "a deep header": (header("(" * 5000), r"not an array \("),
    "an old header": (
        header("{'descr': '<f4', 'fortran_order': False, 'shape': (3L, 12L, 4L), }"),
        r"is shorter or",
    ),
    "half a header": (header("{'descr': '<f4', 'fortran_order'"), r"not an array \("),
    "a long header": (header("{" + " " * 20_000 + "}"), r"not an array \("),
}


@pytest.mark.parametrize("case", ARRAYS)
def test_an_array_that_is_not_what_it_must_be_is_refused(case, tiny):
    content, message = ARRAYS[case]
    (tiny / "weights.npy").write_bytes(content)
    sign(tiny)
    with pytest.raises(BundleError, match=rf"weights.npy: {message}"):
        bundle.load(tiny)


def damage(folder, file, change):
    path = folder / file
    if file.endswith(".json"):
        path.write_text(json.dumps(change(json.loads(path.read_text(encoding="utf-8")))))
    else:
        path.write_bytes(change(path.read_bytes()))


def without(name):
    return lambda value: {key: entry for key, entry in value.items() if key != name}


def put(name, entry):
    return lambda value: {**value, name: entry}


PARTS = {
    "no settings": ("settings.json", lambda _: {}),
    "a list of settings": ("settings.json", lambda _: []),
    "no calibration": ("settings.json", without("calibration")),
    "another calibration": ("settings.json", put("calibration", {"slope": [[1.0]], "offset": [0.0] * 4})),
    "a short offset": ("settings.json", put("calibration", {"slope": np.eye(4).tolist(), "offset": [0.0]})),
    "a ragged calibration": ("settings.json", put("calibration", {"slope": [[1.0], []], "offset": []})),
    "an intercept of words": ("settings.json", put("intercept", ["a"] * 4)),
    "a short intercept": ("settings.json", put("intercept", [0.0])),
    "short unmentioned": ("settings.json", put("unmentioned", [1.0])),
    "unknown parameters": ("settings.json", put("parameters", {"code": "os.system"})),
    "unknown views": ("settings.json", put("views", {"sight": 1.0})),
    "no views": ("settings.json", put("views", {})),
    "views that are no mapping": ("settings.json", put("views", 7)),
    "a registry that is none": ("targets.json", lambda _: [1]),
    "a target without terms": ("targets.json", put("Utopia", {"name": "Utopia", "iso": None})),
    "a target that is gone": ("targets.json", without("Utopia")),
    "a lexicon that is none": ("lexicon.json", lambda _: ["WELCOME"]),
    "a word in two concepts": ("lexicon.json", lambda _: {"A": {"en": ["x"]}, "B": {"en": ["x"]}}),
    "a feature less": ("features.txt", lambda data: data.split(b"\n", 1)[1]),
    "a feature of no view": ("features.txt", lambda data: data.replace(b"sentence:", b"sight:", 1)),
    "a feature twice": (
        "features.txt",
        lambda data: b"\n".join([data.split(b"\n")[0], *data.split(b"\n")[:-2], b""]),
    ),
    "features that are no text": ("features.txt", lambda data: b"\xff" + data),
}


@pytest.mark.parametrize("case", PARTS)
def test_parts_that_do_not_fit_together_are_refused_though_their_hashes_are_right(case, tiny):
    file, change = PARTS[case]
    damage(tiny, file, change)
    sign(tiny)
    with pytest.raises(BundleError, match=r"bundle.*; train the bundle again$"):
        bundle.load(tiny)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("classes", ["a"]),
        ("classes", None),
        ("classes", [["a"], ["b"], ["c"], ["d"]]),
        ("classes", ["a"] * 4),
        ("classes", ["a", {}, None, 3]),
        ("targets", ["Utopia"]),
        ("targets", "Oz"),
        ("targets", [1, 2]),
        ("targets", ["Oz", "Oz"]),
        ("targets", [[], []]),
    ],
)
def test_a_manifest_that_does_not_fit_is_refused_though_its_hash_is_right(key, value, tiny):
    write_manifest(tiny, {**read_manifest(tiny), key: value})
    with pytest.raises(BundleError, match=r"train the bundle again$"):
        bundle.load(tiny)


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_changed_byte_is_refused_or_changes_nothing(tiny_folder, tmp_path, data):
    name = data.draw(st.sampled_from([*ALL_FILES, "manifest.json", "manifest.json"]))
    original = (tiny_folder / name).read_bytes()
    place = data.draw(st.integers(0, len(original) - 1))
    changed = bytearray(original)
    changed[place] = data.draw(st.integers(0, 255))
    copy = tmp_path / "copy"
    if not copy.exists():
        shutil.copytree(tiny_folder, copy)
    (copy / name).write_bytes(changed)
    try:
        again, manifest = bundle.load(copy)
    except BundleError as error:
        assert str(copy) in str(error)
    else:
        want, before = bundle.load(tiny_folder)
        assert probe(again) == probe(want)
        assert manifest == before
    finally:
        (copy / name).write_bytes(original)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 10**30) | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=6,
)


def replaced(value, path, entry):
    """The value with one of its entries, chosen by a list of numbers, replaced."""
    if not path or not isinstance(value, dict | list) or not value:
        return entry
    if isinstance(value, dict):
        key = sorted(value)[path[0] % len(value)]
        return {**value, key: replaced(value[key], path[1:], entry)}
    at = path[0] % len(value)
    return [*value[:at], replaced(value[at], path[1:], entry), *value[at + 1 :]]


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.sampled_from(["settings.json", "targets.json", "lexicon.json", "manifest.json"]),
    path=st.lists(st.integers(0, 50), min_size=1, max_size=4),
    entry=json_values,
)
def test_a_crafted_bundle_loads_or_is_refused_with_a_named_error(tiny_folder, tmp_path, name, path, entry):
    copy = tmp_path / "copy"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(tiny_folder, copy)
    if name == "manifest.json":
        write_manifest(copy, replaced(read_manifest(copy), path, entry))
    else:
        damage(copy, name, lambda value: replaced(value, path, entry))
        sign(copy)
    try:
        again, _ = bundle.load(copy)
    except BundleError as error:
        assert str(copy) in str(error)
    else:
        assert isinstance(again, StanceClassifier)
