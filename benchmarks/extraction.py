"""Figures of `stance.extraction`: PolNeAR and the seed articles, precision, recall by kind, speakers, time.

    python benchmarks/extraction.py --polnear dev --seeds

The corpora lie outside the project (``--data``, default ``../shared``). A content matches at an intersection
over union of at least 0.3 (and 0.8, printed beside it), one record to one gold attribution, the best overlaps
first. The parts of an interrupted quotation, which are records of their own, are joined where the gold holds
them as one attribution (PolNeAR).
"""

from __future__ import annotations

import argparse
import json
import lzma
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from stance.extraction.api import extract
from stance.extraction.entities import name_words
from stance.extraction.records import Attribution

Span = tuple[int, int]
KINDS = ("direct", "mixed", "indirect")
MATCH, STRICT = 0.3, 0.8


def overlap(one: Sequence[Sequence[int]], two: Sequence[Sequence[int]]) -> float:
    """Intersection over union of two sets of spans, in code points."""
    shared = sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in one for b in two)
    if not shared:
        return 0.0
    return shared / (sum(b - a for a, b in one) + sum(b - a for a, b in two) - shared)


def pair(
    predicted: Sequence[Sequence[Span]], gold: Sequence[Sequence[Span]], floor: float
) -> list[tuple[int, int]]:
    """Match one to one, the best overlaps first."""
    scored = []
    for i, one in enumerate(predicted):
        for j, two in enumerate(gold):
            value = overlap(one, two)
            if value >= floor:
                scored.append((-value, i, j))
    scored.sort()
    taken_i: set[int] = set()
    taken_j: set[int] = set()
    pairs = []
    for _, i, j in scored:
        if i not in taken_i and j not in taken_j:
            taken_i.add(i)
            taken_j.add(j)
            pairs.append((i, j))
    return pairs


def join_parts(records: Iterable[Attribution]) -> list[list[Attribution]]:
    """Records that share a cue and are quotations: the parts of one attribution; one record a span."""
    groups: dict[Any, list[Attribution]] = {}
    seen: set[tuple[Any, Span]] = set()
    for record in records:
        key = (
            ("direct", record.cue_span)
            if record.kind == "direct"
            else (record.start, record.end, record.cue_span)
        )
        if (key, (record.start, record.end)) in seen:
            continue  # a second speaker of the same words
        seen.add((key, (record.start, record.end)))
        groups.setdefault(key, []).append(record)
    return list(groups.values())


def read_polnear(data: Path, part: str, count: int | None) -> list[dict[str, Any]]:
    """Articles of a part of PolNeAR."""
    with lzma.open(data / "polnear" / f"{part}.jsonl.xz", "rt", encoding="utf-8") as lines:
        articles = [json.loads(line) for line in lines]
    return articles[:count]


def measure_polnear(articles: list[dict[str, Any]]) -> dict[str, Any]:
    """Precision over all kinds, recall by kind, overlap of speakers, seconds."""
    totals: Counter[str] = Counter()
    hits: Counter[str] = Counter()
    seconds = []
    for article in articles:
        begin = time.perf_counter()
        records = extract(article["text"], lang="en", all=True)
        seconds.append((time.perf_counter() - begin, len(article["text"].split())))
        groups = join_parts(records)
        gold = article["attributions"]
        spans = [[(record.start, record.end) for record in group] for group in groups]
        contents = [a["content"] for a in gold]
        totals["predicted"] += len(groups)
        for attribution in gold:
            totals[attribution["kind"]] += 1
        for i, j in pair(spans, contents, MATCH):
            kind = gold[j]["kind"]
            hits["matched"] += 1
            hits[kind] += 1
            if kind == "direct" and gold[j]["source"]:
                totals["speakers"] += 1
                mention = groups[i][0].mention_span
                hits["speakers"] += mention is not None and overlap([mention], gold[j]["source"]) > 0
        for _, j in pair(spans, contents, STRICT):
            hits[gold[j]["kind"] + " strict"] += 1
            hits["matched strict"] += 1
        # The other reading: every stretch of gold content by itself against every record by itself.
        single = [[(record.start, record.end)] for group in groups for record in group]
        pieces = [[piece] for a in gold for piece in a["content"]]
        totals["single"] += len(single)
        hits["single"] += len(pair(single, pieces, MATCH))
    return {
        "articles": len(articles),
        "precision": hits["matched"] / max(1, totals["predicted"]),
        "precision at 0.8": hits["matched strict"] / max(1, totals["predicted"]),
        "precision, records unjoined": hits["single"] / max(1, totals["single"]),
        **{f"recall {kind}": hits[kind] / max(1, totals[kind]) for kind in KINDS},
        **{f"recall {kind} at 0.8": hits[f"{kind} strict"] / max(1, totals[kind]) for kind in KINDS},
        "speaker overlaps, matched direct": hits["speakers"] / max(1, totals["speakers"]),
        "ms an article of 800 words": 800_000
        * sum(s for s, _ in seconds)
        / max(1, sum(w for _, w in seconds)),
    }


def read_seeds(data: Path) -> list[tuple[str, str, list[dict[str, Any]]]]:
    """Seed articles with their gold: (document, text, statements)."""
    gold = [
        json.loads(line) for line in (data / "seeds" / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    found = []
    for name in sorted({row["file"] for row in gold}):
        text = (data / "seeds" / name).read_bytes().decode("utf-8")
        found.append((name[:3], text, [row for row in gold if row["file"] == name]))
    return found


def same_speaker(record: Attribution, gold: dict[str, Any]) -> bool:
    """A person by the last name; an institution by its state and being an institution too."""
    if gold["speaker"] is None or record.speaker is None:
        return gold["speaker"] is record.speaker
    one, two = name_words(record.speaker), name_words(gold["speaker"])
    institutional = gold["speaker"].split()[0] in ("Ministry", "Government", "US", "Israel", "Spokesman,")
    if institutional:
        return record.actor == gold["country"] and (" of " in record.speaker or bool(set(one) & set(two)))
    return bool(set(one) & set(two[-2:]))


def measure_seeds(seeds: list[tuple[str, str, list[dict[str, Any]]]], show: bool = False) -> dict[str, Any]:
    """Recall by kind of the required statements, negatives that pass, state and speaker of the matched."""
    totals: Counter[str] = Counter()
    hits: Counter[str] = Counter()
    for name, text, gold in seeds:
        records = extract(text)
        required = [row for row in gold if row["kind"] != "not_official"]
        negatives = [row for row in gold if row["kind"] == "not_official"]
        # Two records of one span differ by actor: match within the actor first.
        scored = sorted(
            (
                (-overlap([(r.start, r.end)], [(g["start"], g["end"])]), r.actor != g["country"], i, j)
                for i, r in enumerate(records)
                for j, g in enumerate(required)
                if overlap([(r.start, r.end)], [(g["start"], g["end"])]) >= MATCH
            )
        )
        used_i: set[int] = set()
        used_j: set[int] = set()
        for _, _, i, j in scored:
            if i in used_i or j in used_j:
                continue
            used_i.add(i)
            used_j.add(j)
            row, record = required[j], records[i]
            hits[row["kind"] + (" optional" if row["optional"] else "")] += 1
            hits["matched"] += 1
            hits["state"] += record.actor == row["country"]
            hits["speaker"] += same_speaker(record, row)
            totals["date"] += row["date"] is not None
            hits["date"] += row["date"] is not None and record.date == row["date"]
            if show and (record.actor != row["country"] or not same_speaker(record, row)):
                print(
                    f"   {name} {row['id']}: {record.actor} {record.speaker!r} for {row['country']} {row['speaker']!r}"
                )
        for j, row in enumerate(required):
            totals[row["kind"] + (" optional" if row["optional"] else "")] += 1
            if show and j not in used_j:
                print(
                    f"   {name} {row['id']}: missed {row['kind']}{' (optional)' if row['optional'] else ''}, "
                    f"cue {row['cue'] and row['cue'][2]!r}"
                )
        totals["extracted"] += len(records)
        hits["extracted"] += len(used_i)
        for row in negatives:
            totals["not official"] += 1
            passed = [
                r for r in records if overlap([(r.start, r.end)], [(row["start"], row["end"])]) >= MATCH
            ]
            hits["not official"] += bool(passed)
            if show and passed:
                print(f"   {name} {row['id']}: passes as {passed[0].speaker!r}")
        if show:
            for i, record in enumerate(records):
                if i not in used_i:
                    print(
                        f"   {name} extra: {record.actor} {record.speaker!r} {record.cue!r} "
                        f"{record.kind} {record.start}-{record.end}"
                    )
    return {
        **{
            f"recall {kind}": f"{hits[kind]}/{totals[kind]}"
            for kind in ("direct", "mixed", "indirect", "block", "indirect optional")
        },
        "negatives that pass as official": f"{hits['not official']}/{totals['not official']}",
        "records that match a statement": f"{hits['extracted']}/{totals['extracted']}",
        "state right, of matched": f"{hits['state'] / max(1, hits['matched']):.3f}",
        "speaker right, of matched": f"{hits['speaker'] / max(1, hits['matched']):.3f}",
        "date right, of matched with a date": f"{hits['date'] / max(1, totals['date']):.3f}",
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--polnear", choices=("train", "dev"), help="measure on this part of PolNeAR")
    parser.add_argument("--seeds", action="store_true", help="measure on the seed articles")
    parser.add_argument("--show", action="store_true", help="list what is missed or wrong in the seeds")
    parser.add_argument("--count", type=int, help="only the first articles of PolNeAR")
    parser.add_argument(
        "--data",
        type=Path,
        default=Path(__file__).resolve().parents[2] / "shared",
        help="folder of the corpora",
    )
    arguments = parser.parse_args()
    if arguments.polnear:
        print(f"PolNeAR {arguments.polnear}")
        for name, value in measure_polnear(
            read_polnear(arguments.data, arguments.polnear, arguments.count)
        ).items():
            print(f"  {name:36} {value:.3f}" if isinstance(value, float) else f"  {name:36} {value}")
    if arguments.seeds:
        print("seeds")
        for name, value in measure_seeds(read_seeds(arguments.data), arguments.show).items():
            print(f"  {name:36} {value}")


if __name__ == "__main__":
    main()
