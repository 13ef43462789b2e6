"""Target-dependent sentiment in political news (NewsMTSC): the same classifier on other targets and other labels.

    python benchmarks/newsmtsc.py

Trains on the training part with the mention spans given, tests on the two development parts. Needs
../shared/benchmarks. Hamborg, Donnay, "NewsMTSC", EACL 2021.
"""

import gzip
import json
from pathlib import Path

import pandas as pd
from sklearn.metrics import f1_score

import stance

DATA = Path(__file__).resolve().parent.parent.parent / "shared" / "benchmarks"


def read(part: str) -> tuple[pd.DataFrame, list[str]]:
    """Return the pairs of a part and their labels; all persons and organisations share one target."""
    with gzip.open(DATA / f"newsmtsc_{part}.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    pairs = pd.DataFrame(
        {
            "text": [row["text"] for row in rows],
            "target": "entity",
            "mentions": [[[row["frm"], row["to"]]] for row in rows],
        }
    )
    return pairs, [row["label"] for row in rows]


def main() -> None:
    """Print macro-F1 of each development part, with and without smoothing over word vectors of UN speeches."""
    train, tests = read("train"), {part: read(part) for part in ("dev_rw", "dev_mt")}
    for smoothing in (stance.StanceClassifier().smoothing, 0.0):
        model = stance.StanceClassifier(smoothing=smoothing).fit(*train)
        for part, (pairs, gold) in tests.items():
            found = f1_score(gold, model.predict(pairs), average="macro")
            print(f"smoothing {smoothing}: {part} macro-F1 {found:.3f}, {len(gold):,} sentences", flush=True)


if __name__ == "__main__":
    main()
