"""How small a bundle can be: accuracy and size against the number of features kept.

    python benchmarks/pruning.py

Trains on all labels but one fold in five of the reference set (grouped by speech) and tests on that fold.
Needs the corpora (`stance corpus add ungdc PATH`).
"""

from pathlib import Path

import numpy as np

from stance.evaluate import measure
from stance.evaluate.predictions import Predictions
from stance.labels import read_labels, resolve
from stance.model import StanceClassifier
from stance.model.linear import group_folds
from stance.train import TrainingData

LABELS = Path(__file__).parent.parent / "labels"
SIZES = (12_500, 25_000, 50_000, 100_000, 150_000, 250_000, None)
BYTES_A_FEATURE = 4 * 4 * 4 + 4 + 20
"""Four classes of four blocks of weights, idf, and the name, on average."""


def main() -> None:
    """Print a line for each number of features."""
    reference = resolve(read_labels([LABELS / "ungdc.csv"])).passages
    others = resolve(read_labels([LABELS / "ungdc_more.csv", LABELS / "statements.csv"])).passages
    data = TrainingData([*reference, *others])
    tested = data.passage_of < len(reference)
    fold = group_folds(data.groups[tested], 5, 0)
    held_out = set(data.groups[tested][fold == 0].tolist())
    inside = np.array([group in held_out for group in data.groups.tolist()])
    train, test = np.flatnonzero(~inside), np.flatnonzero(inside & tested)
    template = StanceClassifier()
    pairs = template.read_pairs(data.frame)
    table = template.count(pairs, data.labels)
    print("features   MB   macro-F1  F_avg")
    for size in SIZES:
        model = StanceClassifier(max_features=size, calibration_folds=2)
        model.fit_counts(pairs.take(train), table.take(train), data.labels[train], data.groups[train])
        of_test = pairs.take(test)
        probabilities = model.probabilities(of_test, model.decide(of_test, table.take(test)))
        found = measure(
            Predictions(
                classes=model.classes_.tolist(),
                probabilities=probabilities,
                gold=data.labels[test],
                targets=np.array(of_test.targets, dtype=object),
                groups=data.groups[test],
                passage_of=data.passage_of[test],
                row_of=test,
            )
        )
        kept = len(model.vectorizer_.features)
        print(
            f"{kept:8,} {kept * BYTES_A_FEATURE / 1e6:5.1f}  {found.macro_f1:.4f}   {found.f_avg:.4f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
