"""The seed articles: the stance of their official statements against the gold, from gold spans and from extraction.

    python benchmarks/seeds.py

Needs the five articles in seeds/documents or ../shared/seeds. Nothing is trained or tuned on them.
"""

import hashlib
import json
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from sklearn.metrics import f1_score

from stance.extraction.run import statements as extracted
from stance.score import StanceModel, load
from stance.statement import Statement

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
PLACES = (SEEDS / "documents", SEEDS.parent.parent / "shared" / "seeds")
CLASSES = ("supportive", "critical", "neutral", "absent")


def articles() -> dict[str, Path]:
    """Return the articles by number, each with the sha256 that the index gives; empty if they are not at hand."""
    index = json.loads((SEEDS / "index.json").read_text(encoding="utf-8"))
    for folder in PLACES:
        found = {entry["doc"]: folder / entry["file"] for entry in index}
        if all(path.is_file() for path in found.values()):
            for entry in index:
                if hashlib.sha256(found[entry["doc"]].read_bytes()).hexdigest() != entry["sha256"]:
                    raise SystemExit(
                        f"{found[entry['doc']]}: not the article that seeds/index.json describes"
                    )
            return found
    return {}


def gold() -> list[dict[str, Any]]:
    """Return the official statements of the gold."""
    lines = (SEEDS / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    return [row for row in map(json.loads, lines) if row["kind"] != "not_official" and row["stance"]]


def gold_statements(files: dict[str, Path]) -> list[Statement]:
    """Return the official statements of the gold with their text, the outlet's words marked."""
    texts = {doc: path.read_text(encoding="utf-8") for doc, path in files.items()}
    return [
        Statement(
            id=row["id"],
            text=texts[row["doc"]][row["start"] : row["end"]],
            actor=row["country"],
            date=row["date"],
            lang=row["lang"],
            exclude=tuple((start - row["start"], end - row["start"]) for start, end in row["exclude"]),
        )
        for row in gold()
    ]


def statement_pairs(model: StanceModel, files: dict[str, Path]) -> list[tuple[str, str]]:
    """Return gold and predicted stance of each statement and target but for the actor itself."""
    of_statement = {row["id"]: row["stance"] for row in gold()}
    return [
        (of_statement[result.statement.id][target], score.stance)
        for result in model.score_statements(gold_statements(files))
        for target, score in result.targets.items()
        if score.probabilities is not None
    ]


def signs(model: StanceModel, files: dict[str, Path]) -> dict[tuple[str, str, str], tuple[int, float | None]]:
    """Return for each article, actor and target the sign in the gold and the mean score of the extracted statements.

    The gold's sign is that of its supportive less its critical statements; triples where they are equal are left
    out. The score is None where nothing was extracted, the target is absent from all, or the actor is the target.
    """
    counts: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    for row in gold():
        for target, label in row["stance"].items():
            counts[row["doc"], row["country"], target][label] += 1
    scores: dict[tuple[str, str, str], list[float]] = defaultdict(list)
    for doc, path in files.items():
        for result in model.score_statements(extracted([path])):
            for target, score in result.targets.items():
                if score.probabilities is None or score.stance == "absent" or result.statement.actor is None:
                    continue
                by_class = dict(zip(model.classes, score.probabilities.tolist(), strict=True))
                scores[doc, result.statement.actor, target].append(
                    by_class["supportive"] - by_class["critical"]
                )
    return {
        key: (
            1 if count["supportive"] > count["critical"] else -1,
            sum(scores[key]) / len(scores[key]) if scores[key] else None,
        )
        for key, count in sorted(counts.items())
        if count["supportive"] != count["critical"]
    }


def main() -> int:
    """Print the figures."""
    files = articles()
    if not files:
        print(f"the seed articles are neither in {PLACES[0]} nor in {PLACES[1]}", file=sys.stderr)
        return 1
    model = load()
    pairs = statement_pairs(model, files)
    found = f1_score(*map(list, zip(*pairs, strict=True)), labels=CLASSES, average=None, zero_division=0.0)
    right = sum(first == second for first, second in pairs)
    print(
        f"official statements by their gold spans: {right} of {len(pairs)} pairs of statement and target right"
    )
    print("F1 " + ", ".join(f"{label} {value:.2f}" for label, value in zip(CLASSES, found, strict=True)))
    triples = signs(model, files)
    same = {key: score is not None and score * sign > 0 for key, (sign, score) in triples.items()}
    own = sum(actor == target for _, actor, target in triples)
    print(
        f"from extraction to score: {sum(same.values())} of {len(triples)} triples of article, actor and target "
        f"have the sign of the gold; in {own} of them the actor is the target, which is called self and not predicted"
    )
    for key, (sign, score) in triples.items():
        if not same[key]:
            print(
                f"  {' '.join(key)}: gold {sign:+d}, "
                + ("no score" if score is None else f"score {score:+.2f}")
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
