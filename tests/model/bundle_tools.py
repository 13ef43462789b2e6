"""A bundle of a few kilobytes, and the means to look into it and to forge it."""

import hashlib
import json

import pandas as pd

from stance.model import bundle
from stance.model.bundle import FILES

N_FEATURES = 12
ALL_FILES = sorted([*FILES, "manifest.json"])


def probe(classifier):
    """What a model says about some texts."""
    texts = ["We thank Utopia and condemn Oz.", "Oz rains.", "Nothing of the kind.", "We met Utopia."]
    frame = pd.DataFrame({"text": texts * 3, "target": ["Utopia"] * 4 + ["Oz"] * 4 + ["Nowhere"] * 4})
    return classifier.predict(frame).tolist(), classifier.predict_proba(frame).tobytes()


def read_manifest(folder):
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    del manifest["sha256"]
    return manifest


def write_manifest(folder, manifest, *, digest=None):
    """Write a manifest whose own hash is right."""
    digest = bundle._digest(manifest) if digest is None else digest
    (folder / "manifest.json").write_bytes(bundle._json({**manifest, "sha256": digest}))


def sign(folder):
    """Make the manifest fit the files as they are: what someone would do who means harm."""
    manifest = read_manifest(folder)
    for name in manifest["files"]:
        data = (folder / name).read_bytes()
        manifest["files"][name] = {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    write_manifest(folder, manifest)
