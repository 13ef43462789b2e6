"""The charts of a report: which there are, and how to read each."""

from collections.abc import Mapping, Sequence
from typing import Any

from stance.report import charts, curves
from stance.report.marks import Figure, label
from stance.report.words import MEASURES, name_of

POOLED = "all"

FOREST_ROWS = 40
"""Groups that a chart of intervals shows, the largest."""

SYSTEMS = {
    "model": "the model",
    "tfidf": "TF-IDF, target-blind",
    "lexicon": "lexicon count",
    "majority": "majority",
}
"""Short names of systems, for legends."""


def figures(data: Mapping[str, Any]) -> list[Figure]:
    """Return the charts of a result."""
    kinds = {
        "evaluation": evaluation,
        "agreement": agreement,
        "validity": validity,
        "comparison": comparison,
        "actors": actors,
    }
    return [figure for figure in kinds[data["kind"]](data) if figure is not None]


def evaluation(data: Mapping[str, Any]) -> list[Figure | None]:
    """Return the charts of an evaluation."""
    model = data["systems"][0]["named"][POOLED]
    found: list[Figure | None] = [
        charts.dots(
            "f1",
            "F1 of each stance, beside the simple methods",
            [
                _dot(
                    entry["label"],
                    SYSTEMS.get(system["name"], system["name"]),
                    entry["f1"],
                    system["named"][POOLED],
                )
                for system in data["systems"]
                for entry in system["named"][POOLED]["classes"]
                if entry["label"] != "absent"
            ],
            "F1",
            "Each row is a stance, each dot a method, on passages that refer to the target. F1 is "
            "high only if a method "
            "both finds the passages of that stance and seldom calls others so; 1 is perfect. The "
            "line through a dot is "
            "the 95% interval: where two lines hardly overlap, the methods really differ.",
        ),
        charts.confusion(
            "confusion",
            "Which stances are taken for which",
            [entry["label"] for entry in model["classes"]],
            model["confusion"],
            "A row holds the passages with that label, a column those that the model calls so. The diagonal is right. "
            "The colour is the share of the row.",
        ),
        curves.reliability(data["curves"]["reliability"]),
        curves.risk_coverage(data["curves"]["risk_coverage"]["points"]),
    ]
    if data["points"]:
        found.append(curves.learning_curve(data["points"], SYSTEMS))
    parts = data["breakdowns"]
    how = (
        "Each dot is the share of passages that the model gets right in a group, among those that refer to the target; "
        "the line is the 95% interval. Hollow dots are small groups (fewer than 50 pairs or 10 documents)."
    )
    for name, title in data["dimensions"].items():
        groups = [group for group in parts[name] if group["group"] != "not given"]
        if len(groups) < 2:
            continue
        if name in ("decade", "split") and data["protocol"]["name"] != "genre":
            found.append(
                curves.over_time(name, "Over time" if name == "decade" else "Year by year", groups, how)
            )
        else:
            most = sorted(groups, key=lambda group: -group["n"])[:FOREST_ROWS]
            note = (
                f" Shown are the {len(most)} largest of {len(groups)} groups."
                if len(most) < len(groups)
                else ""
            )
            titled = name_of if name in ("actor", "target") else str
            rows = [{**group, "group": label(titled(group["group"]))} for group in most]
            found.append(charts.forest(name, title, rows, "accuracy", "share right", how + note, order="n"))
    return found


def agreement(data: Mapping[str, Any]) -> list[Figure | None]:
    """Return the charts of an agreement."""
    every = data["targets"][POOLED]["every"]
    return [
        charts.dots(
            "agreement",
            "Agreement of the passes",
            [
                {
                    "row": ("all targets" if target == POOLED else name_of(target)) + f", {kind}",
                    "series": title,
                    "value": of[name],
                    **_ends(of["intervals"].get(name)),
                }
                for target, kinds in data["targets"].items()
                for kind, of in kinds.items()
                for name, title in (("kappa", "Cohen's kappa"), ("alpha", "Krippendorff's alpha"))
            ],
            "agreement beyond chance",
            "1 means that the passes always agree, 0 that they agree as often as chance would have "
            "it. The line is the 95% "
            "interval. “every” counts all pairs, “addressed” those in which some pass saw the target addressed.",
        ),
        charts.confusion(
            "passes",
            "First and last pass",
            every["names"],
            every["confusion"],
            "A row holds the pairs that the first pass gave that label, a column what the last pass gave.",
        ),
    ]


def validity(data: Mapping[str, Any]) -> list[Figure | None]:
    """Return the charts of a comparison with votes."""
    return [
        charts.scatter(
            f"votes-{number}",
            f"Stance toward {name_of(target)} and votes",
            of["table"],
            of["scale"],
            f"Each dot is a state with at least {of['least']} passages: to the right the more "
            "supportive its speeches are of "
            f"{name_of(target)}, upwards the larger its {of['scale']}. Larger dots rest on more passages.",
        )
        for number, (target, of) in enumerate(data["targets"].items())
    ]


def comparison(data: Mapping[str, Any]) -> list[Figure | None]:
    """Return the chart of a comparison of models."""
    rows = [
        {
            "row": MEASURES.get(name, name),
            "series": "all targets" if group == POOLED else name_of(group),
            "value": one["difference"],
            **_ends(one["interval"]),
        }
        for group, of in data["groups"].items()
        for name, one in of["differences"].items()
    ]
    return [
        charts.dots(
            "differences",
            "What B gains over A",
            rows,
            "B − A",
            "To the right of 0 B is better, to the left A. The line is the 95% interval of the "
            "difference: if it crosses 0, "
            "chance may have made it.",
            zero=True,
        )
    ]


def actors(data: Mapping[str, Any]) -> list[Figure | None]:
    """Return the charts of stances of actors."""
    found: list[Figure | None] = [curves.timeline(data["periods"], data["actors"])] if data["periods"] else []
    found.append(charts.heat_map(_largest(data["actors"], FOREST_ROWS)))
    for number, target in enumerate(data["targets"]):
        rows = [row for row in data["actors"] if row["target"] == target]
        most = sorted(rows, key=lambda row: -row["n"])[:FOREST_ROWS]
        note = (
            f" Shown are the {len(most)} actors with the most statements of {len(rows)}."
            if len(most) < len(rows)
            else ""
        )
        found.append(
            charts.forest(
                f"ranking-{number}",
                f"Actors, from critical to supportive of {name_of(target)}",
                [
                    {
                        "group": label(str(row["name"])),
                        "n": row["n"],
                        "small": row["n"] < 5,
                        "estimate": row["estimate"],
                        "intervals": {"estimate": (row["low"], row["high"])},
                    }
                    for row in most
                ],
                "estimate",
                "stance, from critical (−1) to supportive (+1)",
                "The dot is the mean score of the actor's statements, drawn toward that of its group "
                "as far as the sample is "
                "small; the line is its 95% interval. Actors whose lines overlap much cannot be "
                "ranked against each other. "
                "Hollow dots rest on fewer than 5 statements." + note,
                order="value",
                domain=(-1, 1),
            )
        )
    return found


def _largest(rows: Sequence[Mapping[str, Any]], most: int) -> list[Mapping[str, Any]]:
    """Return the rows of the actors with the most statements on any target."""
    counts: dict[str, int] = {}
    for row in rows:
        counts[row["actor"]] = counts.get(row["actor"], 0) + row["n"]
    kept = set(sorted(counts, key=lambda actor: (-counts[actor], actor))[:most])
    return [row for row in rows if row["actor"] in kept]


def _dot(row: str, series: str, value: float | None, of: Mapping[str, Any]) -> dict[str, Any]:
    return {"row": row, "series": series, "value": value, **_ends(of["intervals"].get(f"f1:{row}"))}


def _ends(interval: Sequence[float] | None) -> dict[str, float | None]:
    return {"low": None, "high": None} if interval is None else {"low": interval[0], "high": interval[1]}
