"""The accuracy gate: measures what the floors name, and fails if one is missed.

    python benchmarks/gate.py                   # exit code 4 if a floor is missed
    python benchmarks/gate.py --update-floors   # raise the floors to 0.005 below what is measured

Floors stand in benchmarks/floors.json with the sha256 of the data that they were measured on. Other data are
refused: a floor says nothing about them. A floor is never lowered without --allow-regression.
"""

import argparse
import hashlib
import json
import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
FLOORS = Path(__file__).with_name("floors.json")
MARGIN = 0.005
QUICK = {"n_jobs": 2, "calibration_folds": 3}
GATE_MISSED = 4


def measured(cache: Path) -> dict[str, float]:
    """Cross-validate on the reference labels and test the shipped model on another genre."""
    os.environ["XDG_CACHE_HOME"] = str(cache)
    from stance.corpora import Corpora
    from stance.evaluate import Predictions, cross_validate, held_out, measure
    from stance.labels import read_labels, resolve
    from stance.score import load
    from stance.train import DEFAULT_PARAMETERS, TrainingData

    with Corpora() as corpora:
        corpora.add("ungdc", SHARED / "corpora" / "ungdc.tar.xz")
        corpora.add("crossgenre", SHARED / "corpora" / "crossgenre.jsonl.xz")

    def data(*paths: Path) -> TrainingData:
        return TrainingData(resolve(read_labels(paths)).passages)

    reference = data(SHARED / "labelled" / "ungdc.jsonl")
    also = data(ROOT / "labels" / "ungdc_more.csv", ROOT / "labels" / "statements.csv")
    folds = measure(cross_validate(reference, {**DEFAULT_PARAMETERS, **QUICK}, folds=3, extra=also))
    other = resolve(read_labels([SHARED / "labelled" / "crossgenre.jsonl"])).passages
    english = TrainingData(passage for passage in other if passage.lang == "en")
    genre: Predictions = held_out(load(ROOT / "models" / "default").classifier, english)
    crossgenre = measure(genre)
    supportive = next(entry.f1 for entry in folds.classes if entry.label == "supportive")
    return {
        "3-fold CV, macro-F1": folds.macro_f1,
        "3-fold CV, F_avg": folds.f_avg or 0.0,
        "3-fold CV, supportive F1": supportive or 0.0,
        "3-fold CV, 1 - calibration error": 1 - folds.ece,
        "crossgenre English, shipped model, macro-F1": crossgenre.macro_f1,
    }


def rebuilt(folder: Path) -> str | None:
    """Train the shipped model again and say what differs; None if nothing does, or other versions are installed."""
    from stance.model.bundle import current_versions, read_manifest
    from stance.train import train

    shipped = ROOT / "models" / "default"
    manifest = read_manifest(shipped)
    if current_versions() != {name: manifest[name] for name in current_versions()}:
        print("the shipped model was trained with other versions of the packages: it is not rebuilt")
        return None
    train([ROOT / "labels"], folder / "rebuilt", n_jobs=2)
    differing = [
        path.name
        for path in sorted(shipped.iterdir())
        if path.suffix != ".md" and path.read_bytes() != (folder / "rebuilt" / path.name).read_bytes()
    ]
    return ", ".join(differing) or None


def main() -> int:
    """Compare measures with floors."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--update-floors", action="store_true")
    parser.add_argument("--allow-regression", action="store_true")
    options = parser.parse_args()
    data = {
        name: hashlib.sha256((SHARED / "labelled" / name).read_bytes()).hexdigest()
        for name in ("ungdc.jsonl", "crossgenre.jsonl")
    }
    pinned = json.loads(FLOORS.read_text()) if FLOORS.exists() else {"data": data, "floors": {}}
    if pinned["data"] != data:
        print(
            "the labelled data are not those that the floors were measured on; run with --update-floors",
            file=sys.stderr,
        )
        if not options.update_floors:
            return GATE_MISSED
        pinned = {"data": data, "floors": {}}
    with tempfile.TemporaryDirectory() as cache:
        figures = measured(Path(cache))
        differing = rebuilt(Path(cache))
    missed = []
    if differing is not None:
        print(f"rebuilt from labels/, the shipped model differs: {differing}", file=sys.stderr)
        missed.append("the shipped model rebuilds byte for byte")
    for name, value in figures.items():
        floor = pinned["floors"].get(name)
        if floor is None and not options.update_floors:
            print(f"{name}: no floor is pinned", file=sys.stderr)
            return GATE_MISSED
        print(f"{value:.4f}  floor {floor if floor is not None else '-':<7}  {name}")
        if floor is not None and value < floor:
            missed.append(name)
    if options.update_floors:
        for name, value in figures.items():
            new, old = round(value - MARGIN, 4), pinned["floors"].get(name, 0.0)
            pinned["floors"][name] = new if new > old or options.allow_regression else old
        FLOORS.write_text(json.dumps(pinned, indent=1) + "\n")
    for name in missed:
        print(f"below its floor: {name}", file=sys.stderr)
    return GATE_MISSED if missed else 0


if __name__ == "__main__":
    sys.exit(main())
