"""Charts of curves: reliability, risk and coverage, time, learning; Vega-Lite made with Altair."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from stance.report.marks import COLOURS, Figure, figure, inline, label, legend, tips
from stance.report.words import name_of


def reliability(curve: Sequence[Mapping[str, Any]]) -> Figure | None:
    """Return the reliability curve."""
    if not curve:
        return None
    rows = [
        {
            **{k: bin_[k] for k in ("n", "confidence", "accuracy")},
            "low": bin_["interval"][0],
            "high": bin_["interval"][1],
        }
        for bin_ in curve
    ]
    x = alt.X("confidence:Q", title="probability that the model gives", scale=alt.Scale(domain=[0, 1]))
    base = alt.Chart(inline(rows)).encode(x=x, tooltip=tips("confidence", "accuracy", "n", "low", "high"))
    scale = alt.Scale(domain=[0, 1])
    diagonal = alt.Chart(inline([{"confidence": 0, "y": 0}, {"confidence": 1, "y": 1}]))
    chart = alt.layer(
        diagonal.mark_line(color="#888", strokeDash=[5, 4], strokeWidth=1.5).encode(x=x, y="y:Q"),
        base.mark_rule(strokeWidth=2, color=COLOURS[0]).encode(
            y=alt.Y("low:Q", scale=scale, title="share that is right"), y2="high:Q"
        ),
        base.mark_line(color=COLOURS[0]).encode(y=alt.Y("accuracy:Q", scale=scale)),
        base.mark_point(filled=True, size=60, color=COLOURS[0], opacity=1).encode(
            y=alt.Y("accuracy:Q", scale=scale)
        ),
    )
    how = (
        "If the model says 80%, it should be right in 8 of 10 cases. On the dashed line the "
        "probabilities are exactly what "
        "they say; below it the model is too sure of itself, above it too careful. The lines are 95% intervals."
    )
    return figure("reliability", "What the probabilities are worth", how, chart, 300)


def risk_coverage(points: Sequence[Mapping[str, Any]]) -> Figure | None:
    """Return the curve of risk against coverage."""
    rows = [dict(point) for point in points]
    top = max([0.05, *(row["risk"] for row in rows)])
    base = alt.Chart(inline(rows)).encode(
        x=alt.X(
            "coverage:Q",
            title="share of the passages that the model decides",
            axis=alt.Axis(format="%"),
            scale=alt.Scale(domain=[0, 1]),
        ),
        y=alt.Y(
            "risk:Q",
            title="errors among them",
            axis=alt.Axis(format="%"),
            scale=alt.Scale(domain=[0, top * 1.1]),
        ),
        tooltip=tips("coverage", "risk", "threshold", "n"),
    )
    chart = alt.layer(
        base.mark_line(color=COLOURS[0]), base.mark_point(filled=True, size=50, color=COLOURS[0], opacity=1)
    )
    how = (
        "On the right the model decides everything. Going left, the passages of which it is least sure are left to a "
        "person, and the share of errors among the rest should fall. Read off how much work buys how much safety."
    )
    return figure("risk", "Errors, if the doubtful passages go to a person", how, chart, 260)


def over_time(key: str, title: str, groups: Sequence[Mapping[str, Any]], how: str) -> Figure | None:
    """Return a chart of the share right in periods."""
    rows = [
        {
            "group": group["group"],
            "value": group["accuracy"],
            "low": (group["intervals"].get("accuracy") or [None, None])[0],
            "high": (group["intervals"].get("accuracy") or [None, None])[1],
            "n": group["n"],
            "small": bool(group["small"]),
        }
        for group in groups
    ]
    base = alt.Chart(inline(rows)).encode(
        x=alt.X("group:O", title=None, axis=alt.Axis(labelAngle=0, labelLimit=120)),
        tooltip=tips("group", "n", "value", "low", "high"),
    )
    scale = alt.Scale(domain=[0, 1])
    chart = alt.layer(
        base.mark_rule(strokeWidth=2, color=COLOURS[0]).encode(
            y=alt.Y("low:Q", scale=scale, title="share right"), y2="high:Q"
        ),
        base.mark_line(color=COLOURS[0], strokeWidth=1).encode(y=alt.Y("value:Q", scale=scale)),
        base.mark_point(size=70, strokeWidth=2, color=COLOURS[0], opacity=1).encode(
            y=alt.Y("value:Q", scale=scale),
            fill=alt.condition("datum.small", alt.value("white"), alt.value(COLOURS[0])),
        ),
    )
    return figure(key, title, how, chart, 260)


def learning_curve(points: Sequence[Mapping[str, Any]], titles: Mapping[str, str]) -> Figure | None:
    """Return the learning curve: macro-F1 by the number of documents trained on."""
    rows = [
        {
            "system": titles.get(point["system"], point["system"]),
            "documents": point["documents"],
            "value": point["macro_f1"],
            "low": (point["intervals"].get("macro_f1") or [None, None])[0],
            "high": (point["intervals"].get("macro_f1") or [None, None])[1],
        }
        for point in points
    ]
    series = list(dict.fromkeys(row["system"] for row in rows))
    base = alt.Chart(inline(rows)).encode(
        x=alt.X("documents:Q", title="documents trained on", scale=alt.Scale(type="log")),
        color=alt.Color(
            "system:N",
            sort=series,
            scale=alt.Scale(domain=series, range=list(COLOURS[: len(series)])),
            legend=legend(),
        ),
        tooltip=tips("system", "documents", "value", "low", "high"),
    )
    chart = alt.layer(
        base.mark_rule(strokeWidth=2).encode(
            y=alt.Y("low:Q", title="macro-F1", scale=alt.Scale(domain=[0, 1])), y2="high:Q"
        ),
        base.mark_line().encode(y="value:Q"),
        base.mark_point(filled=True, size=60, opacity=1).encode(y="value:Q"),
    )
    how = (
        "Each step to the right trains on more documents, twice as many being the same step "
        "everywhere. Where the curve "
        "still rises at its right end, more labels will help; where it is flat, they will not."
    )
    return figure("curve", "How much more labels would help", how, chart, 280)


def timeline(periods: Sequence[Mapping[str, Any]], actors: Sequence[Mapping[str, Any]]) -> Figure | None:
    """Return a line for each target over time, for an actor that is chosen from a list."""
    counts: dict[str, int] = {}
    names = {row["actor"]: label(str(row["name"])) for row in actors}
    for row in periods:
        counts[row["actor"]] = counts.get(row["actor"], 0) + row["n"]
    ordered = sorted(counts, key=lambda actor: (-counts[actor], actor))[:200]
    rows = [
        {
            "name": names[row["actor"]],
            "target": name_of(row["target"])[:40],
            **{key: row[key] for key in ("period", "n", "estimate", "low", "high", "change", "p_change")},
        }
        for row in periods
        if row["actor"] in set(ordered)
    ]
    options = [names[actor] for actor in ordered]
    series = sorted({row["target"] for row in rows})
    choice = alt.param(
        name="actor", value=options[0], bind=alt.binding_select(options=options, name="Actor ")
    )
    base = (
        alt.Chart(inline(rows))
        .transform_filter("datum.name === actor")
        .encode(
            x=alt.X("period:O", title=None, axis=alt.Axis(labelAngle=0, labelOverlap="greedy")),
            color=alt.Color(
                "target:N",
                sort=series,
                scale=alt.Scale(domain=series, range=list(COLOURS[: len(series)])),
                legend=legend(),
            ),
            xOffset=alt.XOffset("target:N", sort=series),
            tooltip=tips("name", "target", "period", "n", "estimate", "low", "high", "change", "p_change"),
        )
    )
    scale = alt.Scale(domain=[-1, 1])
    chart = alt.layer(
        alt.Chart(inline([{"y": 0}])).mark_rule(color="#888", strokeDash=[4, 3]).encode(y="y:Q"),
        base.mark_rule(strokeWidth=2, opacity=0.6).encode(
            y=alt.Y("low:Q", scale=scale, title="stance, critical (−1) to supportive (+1)"), y2="high:Q"
        ),
        base.mark_line(strokeWidth=1.5).encode(y=alt.Y("estimate:Q", scale=scale)),
        base.mark_point(filled=True, size=60, opacity=1).encode(
            y=alt.Y("estimate:Q", scale=scale),
            shape=alt.Shape("target:N", sort=series, scale=alt.Scale(domain=series), legend=legend()),
        ),
    ).add_params(choice)
    how = (
        "Choose an actor from the list under the chart. Each line is a target; a dot is the mean "
        "score of a period, drawn "
        "toward the actor's own mean as far as the sample is small, with its 95% interval. Above 0 the actor is rather "
        "supportive, below it rather critical. On paper the actor with the most statements is shown."
    )
    return figure("timeline", "Each actor over time", how, chart, 320)
