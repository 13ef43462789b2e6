"""Train the weights of `stance.extraction` on PolNeAR train, and write them without any text.

    python benchmarks/extraction_weights.py --evaluate        # out-of-fold figures for several floors
    python benchmarks/extraction_weights.py --write           # stance/extraction/data/weights_en.json

Two logistic regressions (liblinear, deterministic): one weighs the places where a content may end, the other
the candidates (who, cue, content). A candidate counts as right where its content overlaps a gold content by at
least 0.3 and its cue is that gold attribution's cue, or no candidate with that cue overlaps it. Ends are chosen
out of fold before the candidates are weighed. Features seen fewer than three times and weights near zero are
left out; what is written are words and classes of words with numbers, no stretch of a text.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from extraction import KINDS, MATCH, overlap, pair, read_polnear
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from stance.extraction.candidates import Candidate
from stance.extraction.content import quotes_in
from stance.extraction.direct import direct_speech
from stance.extraction.document import Document
from stance.extraction.ends import boundaries, boundary_features, choose_end
from stance.extraction.frames import reported_speech
from stance.extraction.lexicon import load_lexicon
from stance.extraction.selection import select
from stance.extraction.weighing import candidate_features

Span = tuple[int, int]
MOVABLE = ("right", "noun", "adjective", "according-first")
FOLDS = 4
C_CANDIDATES, C_ENDS = 0.15, 0.3
LEAST_COUNT, LEAST_WEIGHT = 3, 0.02


class Article(NamedTuple):
    gold: list[dict[str, Any]]
    doc: Document
    candidates: list[Candidate]


def analyse(raw: dict[str, Any]) -> Article:
    """Candidates of an article; of an interrupted quotation the first part stands for all."""
    doc = Document(raw["text"], load_lexicon("en"))
    direct, taken = direct_speech(doc)
    return Article(raw["attributions"], doc, direct + reported_speech(doc, taken))


def spans(doc: Document, candidates: Iterable[Candidate]) -> list[Span]:
    return [(doc.start[c.content[0]], doc.end[c.content[1] - 1]) for c in candidates]


def parts(article: Article) -> list[list[Candidate]]:
    """Candidates in groups: the parts of one quotation, else each alone."""
    groups: dict[Any, list[Candidate]] = {}
    for number, candidate in enumerate(article.candidates):
        groups.setdefault(candidate.cue_span if candidate.frame == "quote" else number, []).append(candidate)
    return list(groups.values())


def cue_span(doc: Document, candidate: Candidate) -> list[Span]:
    return [(doc.start[candidate.cue_span[0]], doc.end[candidate.cue_span[1] - 1])]


def fit(rows: list[list[str]], labels: Sequence[bool], strength: float) -> tuple[dict[str, float], float]:
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([dict.fromkeys(row, 1.0) for row in rows])
    keep = np.asarray((matrix > 0).sum(axis=0)).ravel() >= LEAST_COUNT
    model = LogisticRegression(C=strength, max_iter=300, solver="liblinear").fit(matrix[:, keep], labels)
    names = np.asarray(vectorizer.feature_names_)[keep]
    return dict(zip(names.tolist(), model.coef_[0].tolist(), strict=True)), float(model.intercept_[0])


def end_rows(articles: Iterable[Article]) -> tuple[list[list[str]], list[bool]]:
    """One row a possible end of a content whose cue the gold holds; right is the end that overlaps best."""
    rows: list[list[str]] = []
    labels: list[bool] = []
    for article in articles:
        doc = article.doc
        for candidate in article.candidates:
            if candidate.frame not in MOVABLE:
                continue
            owners = [a for a in article.gold if overlap(cue_span(doc, candidate), a["cue"]) > 0]
            begin = candidate.content[0]
            places = boundaries(doc, begin, doc.content_limit(candidate.cue_span[0], begin), candidate.cue)
            scored = [
                (overlap([(doc.start[begin], doc.end[at - 1])], a["content"]), -at)
                for at in places
                for a in owners
            ]
            if not scored or max(scored)[0] < 0.5:
                continue
            best = -max(scored)[1]
            for at in places:
                rows.append(boundary_features(doc, candidate, at, places[-1]))
                labels.append(at == best)
    return rows, labels


def move_ends(article: Article, ends: dict[str, float]) -> None:
    for candidate in article.candidates:
        if candidate.frame in MOVABLE:
            limit = article.doc.content_limit(candidate.cue_span[0], candidate.content[0])
            choose_end(article.doc, candidate, limit, ends)
            candidate.quotes = quotes_in(article.doc, *candidate.content)


def right(article: Article) -> list[bool]:
    """Whether each group of candidates is an attribution."""
    groups = parts(article)
    contents = [spans(article.doc, group) for group in groups]
    cues = [cue_span(article.doc, group[0]) for group in groups]
    found = [False] * len(groups)
    for gold in article.gold:
        good = [i for i, content in enumerate(contents) if overlap(content, gold["content"]) >= MATCH]
        own = [i for i in good if overlap(cues[i], gold["cue"]) > 0]
        for i in own or good:
            found[i] = True
    return found


def candidate_rows(articles: Iterable[Article]) -> tuple[list[list[str]], list[bool]]:
    rows: list[list[str]] = []
    labels: list[bool] = []
    for article in articles:
        rows.extend(candidate_features(article.doc, group[0]) for group in parts(article))
        labels.extend(right(article))
    return rows, labels


def cross_ends(articles: list[Article]) -> None:
    """Choose the ends of every article with weights that did not see it."""
    for fold in range(FOLDS):
        ends, _ = fit(*end_rows(a for i, a in enumerate(articles) if i % FOLDS != fold), C_ENDS)
        for i, article in enumerate(articles):
            if i % FOLDS == fold:
                move_ends(article, ends)


def evaluate(articles: list[Article], floors: Sequence[float]) -> None:
    """Print out-of-fold precision and recall for several floors (0.15 lower for words in quotation marks)."""
    for fold in range(FOLDS):
        weights, intercept = fit(
            *candidate_rows(a for i, a in enumerate(articles) if i % FOLDS != fold), C_CANDIDATES
        )
        for i, article in enumerate(articles):
            if i % FOLDS == fold:
                for group in parts(article):
                    total = intercept + sum(
                        weights.get(name, 0.0) for name in candidate_features(article.doc, group[0])
                    )
                    for candidate in group:
                        candidate.score = float(1 / (1 + np.exp(-total)))
    for floor in floors:
        totals: Counter[str] = Counter()
        hits: Counter[str] = Counter()
        for article in articles:
            kept = Article(
                article.gold,
                article.doc,
                select(
                    [c for c in article.candidates if c.score >= floor - 0.15 * bool(c.quotes)],
                    official=False,
                ),
            )
            contents = [spans(article.doc, group) for group in parts(kept)]
            totals["predicted"] += len(contents)
            totals.update(a["kind"] for a in article.gold)
            for _, j in pair(contents, [a["content"] for a in article.gold], MATCH):
                hits["matched"] += 1
                hits[article.gold[j]["kind"]] += 1
        recall = "  ".join(f"{kind} {hits[kind] / totals[kind]:.3f}" for kind in KINDS)
        print(f"floor {floor:.2f}  precision {hits['matched'] / totals['predicted']:.3f}  recall: {recall}")


def rounded(weights: dict[str, float]) -> dict[str, float]:
    return {name: round(value, 3) for name, value in sorted(weights.items()) if abs(value) >= LEAST_WEIGHT}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--evaluate", action="store_true", help="print out-of-fold figures")
    parser.add_argument("--write", action="store_true", help="write the weights into the package")
    root = Path(__file__).resolve().parents[1]
    parser.add_argument("--data", type=Path, default=root.parent / "shared", help="folder of the corpora")
    parser.add_argument("--output", type=Path, default=root / "stance/extraction/data/weights_en.json")
    arguments = parser.parse_args()
    articles = [analyse(raw) for raw in read_polnear(arguments.data, "train", None)]
    ends, _ = fit(*end_rows(articles), C_ENDS)
    cross_ends(articles)
    if arguments.evaluate:
        evaluate(articles, (0.61, 0.65, 0.7, 0.75))
    if arguments.write:
        weights, intercept = fit(*candidate_rows(articles), C_CANDIDATES)
        data = {"intercept": round(intercept, 4), "weights": rounded(weights), "ends": rounded(ends)}
        arguments.output.write_text(
            json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8"
        )
        print(f"{len(data['weights'])} weights of candidates, {len(data['ends'])} of ends")


if __name__ == "__main__":
    main()
