"""The tables of a report, the same for Markdown and HTML."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from stance.report.words import MEASURES, cut, figure, name_of, percent, span, with_span

POOLED = "all"

LABELS = ("supportive", "critical", "neutral", "absent")

SHOWN = 300
"""Rows of a long table; what is beyond stands in results.json."""


@dataclass(frozen=True)
class Table:
    """A table.

    Attributes
    ----------
    title : str
    head : list of str
    rows : list of list of str
        The first cell of a row names it.
    note : str
    """

    title: str
    head: list[str]
    rows: list[list[str]]
    note: str = ""


def tables(data: Mapping[str, Any]) -> list[Table]:
    """Return the tables of a result."""
    kinds = {
        "evaluation": _evaluation,
        "agreement": _agreement,
        "validity": _validity,
        "comparison": _comparison,
        "actors": _actors,
    }
    return [table for table in kinds[data["kind"]](data) if table.rows]


def _evaluation(data: Mapping[str, Any]) -> list[Table]:
    found = [
        _measures("Where the target is referred to", data, "named"),
        _measures("All pairs, with those in which the target is not referred to", data, "every"),
        _classes(data),
        _confusion("Confusion, where the target is referred to", data["systems"][0]["named"][POOLED]),
    ]
    if data["points"]:
        found.append(
            Table(
                "Learning curve",
                ["share of the documents", "method", "documents", "macro-F1", "F_avg"],
                [
                    [
                        percent(point["share"]),
                        point["system"],
                        f"{point['documents']:,}",
                        *(
                            with_span(point[name], point["intervals"].get(name))
                            for name in ("macro_f1", "f_avg")
                        ),
                    ]
                    for point in data["points"]
                ],
            )
        )
    return found + [
        breakdown(data["dimensions"][name], groups) for name, groups in data["breakdowns"].items()
    ]


def _measures(title: str, data: Mapping[str, Any], kind: str) -> Table:
    rows = []
    for system in data["systems"]:
        for target, of in system[kind].items():
            f1 = {entry["label"]: entry["f1"] for entry in of["classes"]}
            reach = of["intervals"]
            rows.append(
                [
                    f"{system['title']}: {'all targets' if target == POOLED else target}",
                    f"{of['n']:,}",
                    with_span(of["macro_f1"], reach.get("macro_f1")),
                    with_span(of["f_avg"], reach.get("f_avg")),
                    *(figure(f1.get(label), 2) for label in LABELS),
                    with_span(of["accuracy"], reach.get("accuracy")),
                    figure(of["mcc"], 2),
                    figure(of["ece"]),
                    figure(of["brier"]),
                ]
            )
    head = ["method", "n", "macro-F1", "F_avg", *LABELS, "accuracy", "MCC", "ECE", "Brier"]
    return Table(
        title,
        head,
        rows,
        "In brackets the 95% interval. The columns named after a stance hold its F1; macro-F1 is their mean"
        + (", without absent." if kind == "named" else "."),
    )


def _classes(data: Mapping[str, Any]) -> Table:
    rows = [
        [
            f"{'all targets' if target == POOLED else target}: {entry['label']}",
            f"{entry['n']:,}",
            *(
                with_span(entry[name], of["intervals"].get(f"{name}:{entry['label']}"))
                for name in ("precision", "recall", "f1")
            ),
        ]
        for target, of in data["systems"][0]["named"].items()
        for entry in of["classes"]
    ]
    return Table(
        "By stance, where the target is referred to",
        ["stance", "n", "precision", "recall", "F1"],
        rows,
        "Precision: how many of the passages that the model calls so are so. Recall: how many of those "
        "that are so it finds.",
    )


def _confusion(title: str, of: Mapping[str, Any]) -> Table:
    names = [entry["label"] for entry in of["classes"]]
    return Table(
        title,
        ["label \\ model", *names],
        [[name, *(f"{count:,}" for count in row)] for name, row in zip(names, of["confusion"], strict=True)],
    )


def breakdown(title: str, groups: Sequence[Mapping[str, Any]]) -> Table:
    """Return the table of one dimension, the largest groups first."""
    ordered = sorted(groups, key=lambda group: -group["n"])
    rows = [
        [
            cut(name_of(str(group["group"])), 100) + (" (small)" if group["small"] else ""),
            f"{group['n']:,}",
            f"{group['documents']:,}",
            *(
                with_span(group[name], group["intervals"].get(name))
                for name in ("accuracy", "macro_f1", "f_avg")
            ),
        ]
        for group in ordered[:SHOWN]
    ]
    return Table(
        title,
        ["group", "n", "documents", "accuracy", "macro-F1", "F_avg"],
        rows,
        "Small: fewer than 50 pairs or 10 documents; such figures are hardly more than anecdotes.",
    )


def _agreement(data: Mapping[str, Any]) -> list[Table]:
    rows = [
        [
            f"{'all targets' if target == POOLED else target}, {kind}",
            f"{of['n']:,}",
            *(with_span(of[name], of["intervals"].get(name)) for name in ("agreement", "kappa", "alpha")),
        ]
        for target, kinds in data["targets"].items()
        for kind, of in kinds.items()
    ]
    every = data["targets"][POOLED]["every"]
    names = every["names"]
    return [
        Table("Agreement", ["pairs", "n", "agreement", "Cohen's kappa", "Krippendorff's alpha"], rows),
        Table(
            "First pass (rows) and last pass (columns), all targets",
            ["first \\ last", *names],
            [
                [name, *(f"{count:,}" for count in row)]
                for name, row in zip(names, every["confusion"], strict=True)
            ],
        ),
    ]


def _validity(data: Mapping[str, Any]) -> list[Table]:
    rows = []
    for target, of in data["targets"].items():
        rows.append(
            [f"{target}: balance of stances", f"{of['states']}", with_span(of["rho"], of["interval"])]
        )
        rows += [
            [f"{target}: {other['title']}", f"{other['states']}", figure(other["rho"], 2)]
            for other in of["others"].values()
        ]
    head = ["what is held against the votes", "states", "Spearman's rho"]
    found = [Table("Rank correlation with votes", head, rows)]
    for target, of in data["targets"].items():
        found.append(
            Table(
                f"States, {name_of(target)}",
                ["state", "passages", "stance", of["scale"]],
                [
                    [row["name"], f"{row['n']:,}", figure(row["stance"], 2), figure(row["votes"], 2)]
                    for row in sorted(of["table"], key=lambda row: row["stance"])
                ],
            )
        )
    return found


def _comparison(data: Mapping[str, Any]) -> list[Table]:
    rows = []
    for group, of in data["groups"].items():
        for name, one in of["differences"].items():
            before, after = (_value(of[side], name) for side in ("a", "b"))
            rows.append(
                [
                    f"{'all targets' if group == POOLED else group}: {MEASURES.get(name, name)}",
                    figure(before),
                    figure(after),
                    figure(one["difference"]),
                    span(one["interval"], 3),
                    figure(one["p"], 4),
                ]
            )
    head = ["measure", "A", "B", "B − A", "95% interval", "p"]
    changed = ["passage", "target", "label", "A", "B", "sure of B"]
    found = [Table("Differences", head, rows, "p: approximate randomisation, whole documents at a time.")]
    for title, key in (("Mended by B", "fixed"), ("Broken by B", "broken")):
        of_key = [
            [str(row.get("id", "")), row["target"], row["gold"], row["a"], row["b"], figure(row["p_b"], 2)]
            for row in data[key][:SHOWN]
        ]
        note = f"The first {SHOWN:,} of {len(data[key]):,}." if len(data[key]) > SHOWN else ""
        found.append(Table(f"{title} ({len(data[key]):,})", changed, of_key, note))
    return found


def _value(of: Mapping[str, Any], name: str) -> float | None:
    label = name.partition(":")[2]
    if not label:
        found: float | None = of[name]
        return found
    return next((entry["f1"] for entry in of["classes"] if entry["label"] == label), None)


def _actors(data: Mapping[str, Any]) -> list[Table]:
    found = []
    for target in data["targets"]:
        rows = sorted(
            (row for row in data["actors"] if row["target"] == target), key=lambda row: row["estimate"]
        )
        found.append(
            Table(
                f"Toward {name_of(target)}",
                [
                    "actor",
                    "group",
                    "statements",
                    "supportive",
                    "critical",
                    "neutral",
                    "mean score",
                    "estimate",
                ],
                [
                    [
                        str(row["name"]),
                        row["group"],
                        *(f"{row[name]:,}" for name in ("n", "supportive", "critical", "neutral")),
                        figure(row["mean"], 2),
                        with_span(row["estimate"], (row["low"], row["high"])),
                    ]
                    for row in rows[:SHOWN]
                ],
                "Estimate: the mean score, drawn toward that of the group as far as the sample is small, with 95% "
                "interval.",
            )
        )
    departures = [row for row in data["actors"] if row["departure"] is not None]
    departures.sort(key=lambda row: -abs(row["departure"]["score"] - row["departure"]["line"]))
    found.append(
        Table(
            "Statements that depart most from their actor's line",
            ["actor", "target", "statement", "date", "stance", "score", "line", "words"],
            [
                [
                    str(row["name"]),
                    row["target"],
                    str(row["departure"]["id"]),
                    str(row["departure"]["date"] or ""),
                    row["departure"]["stance"],
                    figure(row["departure"]["score"], 2),
                    figure(row["departure"]["line"], 2),
                    str(row["departure"]["evidence"] or ""),
                ]
                for row in departures[:50]
            ],
            "Line: the mean score of the actor's other statements on the target.",
        )
    )
    moved = [row for row in data["periods"] if row["change"] is not None]
    moved.sort(key=lambda row: (-row["p_change"], -abs(row["change"])))
    found.append(
        Table(
            "Changes since the period before",
            ["actor", "target", "period", "statements", "estimate", "change", "probability"],
            [
                [
                    name_of(row["actor"]),
                    row["target"],
                    row["period"],
                    f"{row['n']:,}",
                    with_span(row["estimate"], (row["low"], row["high"])),
                    figure(row["change"], 2),
                    percent(row["p_change"]),
                ]
                for row in moved[:100]
            ],
            "Probability: that the stance really moved in this direction. The period before is the actor's last "
            "with a statement.",
        )
    )
    return found
