"""Charts as Vega-Lite specifications, made with Altair."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from stance.report.words import cut, name_of

COLOURS = ("#2a78d6", "#e07b00", "#12966b", "#a34fb8", "#7a7a7a")
"""Told apart with the common colour deficiencies, and readable on white and on black."""

ROW = 26
"""Height of a row in pixels."""

LABEL = 260
"""Longest label of an axis in pixels; what is longer is cut with an ellipsis."""


NAME = 80
"""Characters of a name in a chart."""


@dataclass(frozen=True)
class Figure:
    """A chart.

    Attributes
    ----------
    key : str
        Unique in the page.
    title, how : str
        Its title and how to read it.
    spec : dict
        Vega-Lite.
    """

    key: str
    title: str
    how: str
    spec: dict[str, Any]


def dots(
    key: str,
    title: str,
    rows: Sequence[Mapping[str, Any]],
    axis: str,
    how: str,
    *,
    zero: bool = False,
) -> Figure | None:
    """Return a chart of dots with intervals: a band a row, a colour a series."""
    known = [dict(row) for row in rows if row["value"] is not None]
    if not known:
        return None
    series = list(dict.fromkeys(row["series"] for row in known))
    bands = list(dict.fromkeys(row["row"] for row in known))
    base = alt.Chart(_data(known)).encode(
        y=alt.Y("row:N", sort=bands, title=None, axis=_names()),
        yOffset=alt.YOffset("series:N", sort=series),
        color=alt.Color(
            "series:N",
            sort=series,
            scale=alt.Scale(domain=series, range=list(COLOURS[: len(series)])),
            legend=_legend(),
        ),
        tooltip=_tips("row", "series", "value", "low", "high"),
    )
    scale = alt.Scale(zero=True) if zero else alt.Scale(domain=[0, 1])
    layers = [
        base.mark_rule(strokeWidth=2).encode(x=alt.X("low:Q", title=axis, scale=scale), x2="high:Q"),
        base.mark_point(filled=True, size=70, opacity=1).encode(
            x=alt.X("value:Q", title=axis, scale=scale),
            shape=alt.Shape("series:N", sort=series, scale=alt.Scale(domain=series), legend=_legend()),
        ),
    ]
    if zero:
        layers.insert(
            0,
            alt.Chart(_data([{"x": 0}])).mark_rule(color="#888", strokeDash=[4, 3]).encode(x="x:Q"),
        )
    height = len(bands) * max(ROW, 16 * len(series))
    return _figure(key, title, how, alt.layer(*layers), height)


def forest(
    key: str,
    title: str,
    groups: Sequence[Mapping[str, Any]],
    measure: str,
    axis: str,
    how: str,
    *,
    order: str,
    domain: tuple[float, float] = (0, 1),
) -> Figure | None:
    """Return a chart of one figure for each group, with intervals; hollow dots are small groups."""
    rows = [
        {
            "group": group["group"],
            "value": group[measure],
            "low": (group["intervals"].get(measure) or [None, None])[0],
            "high": (group["intervals"].get(measure) or [None, None])[1],
            "n": group["n"],
            "small": bool(group["small"]),
        }
        for group in groups
        if group[measure] is not None
    ]
    if not rows:
        return None
    rows.sort(key=lambda row: -row["n"] if order == "n" else row["value"])
    base = alt.Chart(_data(rows)).encode(
        y=alt.Y("group:N", sort=[row["group"] for row in rows], title=None, axis=_names()),
        tooltip=_tips("group", "n", "value", "low", "high"),
    )
    scale = alt.Scale(domain=list(domain))
    chart = alt.layer(
        base.mark_rule(strokeWidth=2, color=COLOURS[0]).encode(
            x=alt.X("low:Q", title=axis, scale=scale), x2="high:Q"
        ),
        base.mark_point(size=70, strokeWidth=2, color=COLOURS[0], opacity=1).encode(
            x=alt.X("value:Q", title=axis, scale=scale),
            fill=alt.condition("datum.small", alt.value("white"), alt.value(COLOURS[0])),
        ),
    )
    return _figure(key, title, how, chart, len(rows) * (ROW - 6) + 10)


def confusion(
    key: str, title: str, names: Sequence[str], counts: Sequence[Sequence[int]], how: str
) -> Figure:
    """Return a heat map of a confusion, with the counts written in it."""
    rows = [
        {"gold": gold, "predicted": predicted, "n": count, "share": count / max(sum(row), 1)}
        for gold, row in zip(names, counts, strict=True)
        for predicted, count in zip(names, row, strict=True)
    ]
    base = alt.Chart(_data(rows)).encode(
        x=alt.X("predicted:N", sort=list(names), title="given", axis=alt.Axis(labelAngle=0, orient="top")),
        y=alt.Y("gold:N", sort=list(names), title="labelled", axis=_names()),
        tooltip=_tips("gold", "predicted", "n", "share"),
    )
    scale = alt.Scale(domain=[0, 1], range=["#f4f8fd", "#6ca8ea"])
    chart = alt.layer(
        base.mark_rect().encode(
            color=alt.Color("share:Q", scale=scale, legend=_legend("share of the row", gradient=True))
        ),
        base.mark_text(fontSize=13, color="#111").encode(text=alt.Text("n:Q", format=",d")),
    )
    return _figure(key, title, how, chart, 46 * len(names))


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
    base = alt.Chart(_data(rows)).encode(x=x, tooltip=_tips("confidence", "accuracy", "n", "low", "high"))
    scale = alt.Scale(domain=[0, 1])
    diagonal = alt.Chart(_data([{"confidence": 0, "y": 0}, {"confidence": 1, "y": 1}]))
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
    return _figure("reliability", "What the probabilities are worth", how, chart, 300)


def risk_coverage(points: Sequence[Mapping[str, Any]]) -> Figure | None:
    """Return the curve of risk against coverage."""
    rows = [dict(point) for point in points]
    top = max([0.05, *(row["risk"] for row in rows)])
    base = alt.Chart(_data(rows)).encode(
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
        tooltip=_tips("coverage", "risk", "threshold", "n"),
    )
    chart = alt.layer(
        base.mark_line(color=COLOURS[0]), base.mark_point(filled=True, size=50, color=COLOURS[0], opacity=1)
    )
    how = (
        "On the right the model decides everything. Going left, the passages of which it is least sure are left to a "
        "person, and the share of errors among the rest should fall. Read off how much work buys how much safety."
    )
    return _figure("risk", "Errors, if the doubtful passages go to a person", how, chart, 260)


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
    base = alt.Chart(_data(rows)).encode(
        x=alt.X("group:O", title=None, axis=alt.Axis(labelAngle=0, labelLimit=120)),
        tooltip=_tips("group", "n", "value", "low", "high"),
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
    return _figure(key, title, how, chart, 260)


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
    base = alt.Chart(_data(rows)).encode(
        x=alt.X("documents:Q", title="documents trained on", scale=alt.Scale(type="log")),
        color=alt.Color(
            "system:N",
            sort=series,
            scale=alt.Scale(domain=series, range=list(COLOURS[: len(series)])),
            legend=_legend(),
        ),
        tooltip=_tips("system", "documents", "value", "low", "high"),
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
    return _figure("curve", "How much more labels would help", how, chart, 280)


def scatter(key: str, title: str, rows: Sequence[Mapping[str, Any]], axis: str, how: str) -> Figure | None:
    """Return states by stance and votes, with their codes."""
    base = alt.Chart(_data([dict(row) for row in rows])).encode(
        x=alt.X(
            "stance:Q",
            title="stance, from critical (−1) to supportive (+1)",
            scale=alt.Scale(zero=False, nice=True),
        ),
        y=alt.Y("votes:Q", title=_wrapped(axis), scale=alt.Scale(zero=False, nice=True)),
        tooltip=_tips("name", "n", "stance", "votes"),
    )
    chart = alt.layer(
        base.mark_point(filled=True, color=COLOURS[0], opacity=0.7).encode(
            size=alt.Size(
                "n:Q", title="passages", scale=alt.Scale(range=[30, 260]), legend=_legend("passages")
            )
        ),
        base.mark_text(dx=8, align="left", fontSize=10).encode(text="actor:N"),
    )
    return _figure(key, title, how, chart, 440)


def timeline(periods: Sequence[Mapping[str, Any]], actors: Sequence[Mapping[str, Any]]) -> Figure | None:
    """Return a line for each target over time, for an actor that is chosen from a list."""
    counts: dict[str, int] = {}
    names = {row["actor"]: cut(str(row["name"]), NAME) for row in actors}
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
        alt.Chart(_data(rows))
        .transform_filter("datum.name === actor")
        .encode(
            x=alt.X("period:O", title=None, axis=alt.Axis(labelAngle=0, labelOverlap="greedy")),
            color=alt.Color(
                "target:N",
                sort=series,
                scale=alt.Scale(domain=series, range=list(COLOURS[: len(series)])),
                legend=_legend(),
            ),
            xOffset=alt.XOffset("target:N", sort=series),
            tooltip=_tips("name", "target", "period", "n", "estimate", "low", "high", "change", "p_change"),
        )
    )
    scale = alt.Scale(domain=[-1, 1])
    chart = alt.layer(
        alt.Chart(_data([{"y": 0}])).mark_rule(color="#888", strokeDash=[4, 3]).encode(y="y:Q"),
        base.mark_rule(strokeWidth=2, opacity=0.6).encode(
            y=alt.Y("low:Q", scale=scale, title="stance, critical (−1) to supportive (+1)"), y2="high:Q"
        ),
        base.mark_line(strokeWidth=1.5).encode(y=alt.Y("estimate:Q", scale=scale)),
        base.mark_point(filled=True, size=60, opacity=1).encode(
            y=alt.Y("estimate:Q", scale=scale),
            shape=alt.Shape("target:N", sort=series, scale=alt.Scale(domain=series), legend=_legend()),
        ),
    ).add_params(choice)
    how = (
        "Choose an actor from the list under the chart. Each line is a target; a dot is the mean "
        "score of a period, drawn "
        "toward the actor's own mean as far as the sample is small, with its 95% interval. Above 0 the actor is rather "
        "supportive, below it rather critical. On paper the actor with the most statements is shown."
    )
    return _figure("timeline", "Each actor over time", how, chart, 320)


def heat_map(rows: Sequence[Mapping[str, Any]]) -> Figure | None:
    """Return actors by targets, coloured by stance."""
    cells = [
        {
            "name": str(row["name"]),
            "target": name_of(row["target"])[:40],
            "estimate": row["estimate"],
            "n": row["n"],
        }
        for row in rows
    ]
    if not cells:
        return None
    mean: dict[str, list[float]] = {}
    for cell in cells:
        mean.setdefault(cell["name"], []).append(cell["estimate"])
    ordered = sorted(mean, key=lambda name: sum(mean[name]) / len(mean[name]))
    base = alt.Chart(_data(cells)).encode(
        x=alt.X("target:N", title=None, axis=alt.Axis(labelAngle=0, orient="top")),
        y=alt.Y("name:N", sort=ordered, title=None, axis=_names()),
        tooltip=_tips("name", "target", "estimate", "n"),
    )
    scale = alt.Scale(domain=[-1, 0, 1], range=["#e8965a", "#f3f3f3", "#6ca8ea"])
    chart = alt.layer(
        base.mark_rect().encode(
            color=alt.Color(
                "estimate:Q", scale=scale, legend=_legend("critical (−1) to supportive (+1)", gradient=True)
            )
        ),
        base.mark_text(fontSize=11, color="#111").encode(text=alt.Text("estimate:Q", format="+.2f")),
    )
    how = (
        "Orange is critical, blue supportive, pale near 0; an empty cell means that the actor said "
        "nothing on the target. "
        "The actors with the most statements, from the most critical to the most supportive on average."
    )
    return _figure("heat", "Actors and targets at a glance", how, chart, len(ordered) * 20 + 30)


def _figure(key: str, title: str, how: str, chart: Any, height: int) -> Figure:
    chart = chart.properties(width="container", height=height, background="transparent").configure(
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
        view=alt.ViewConfig(stroke=None),
        axis=alt.AxisConfig(
            labelFontSize=12, titleFontSize=12, titleFontWeight="normal", gridOpacity=0.5, labelPadding=6
        ),
        legend=alt.LegendConfig(labelFontSize=12, titleFontSize=12, orient="bottom"),
        axisQuantitative=alt.AxisConfig(tickCount=6),
        font="system-ui, sans-serif",
    )
    spec: dict[str, Any] = chart.properties(description=title).to_dict()
    return Figure(key, title, how, spec)


def _names() -> alt.Axis:
    return alt.Axis(labelLimit=LABEL, grid=False, ticks=False, domain=False)


def _legend(title: str | None = None, *, gradient: bool = False) -> alt.Legend:
    if gradient:
        return alt.Legend(title=title, orient="bottom", gradientLength=160, titleLimit=400)
    return alt.Legend(title=title, orient="bottom", labelLimit=300, columns=2)


def _data(rows: Sequence[Mapping[str, Any]]) -> Any:
    """Put rows into a chart as they are, long texts cut: what stands there is for the eye."""
    short = [{k: v if not isinstance(v, str) else cut(v, NAME) for k, v in row.items()} for row in rows]
    return alt.InlineData(values=short)


def _tips(*names: str) -> list[alt.Tooltip]:
    texts = ("row", "series", "group", "gold", "predicted", "name", "target", "period", "system", "actor")
    counts = ("n", "documents")
    return [
        alt.Tooltip(f"{name}:N")
        if name in texts
        else alt.Tooltip(f"{name}:Q", format=",d" if name in counts else ".2f")
        for name in names
    ]


def _wrapped(text: str, width: int = 44) -> list[str]:
    """Break a title into lines."""
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines
