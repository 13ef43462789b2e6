"""Charts of figures side by side: dots with intervals, heat maps, scatter; Vega-Lite made with Altair."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from stance.report.marks import COLOURS, ROW, Figure, figure, inline, label, legend, names_axis, tips, wrapped
from stance.report.words import name_of


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
    known = [
        {**row, "row": label(row["row"]), "series": label(row["series"])}
        for row in rows
        if row["value"] is not None
    ]
    if not known:
        return None
    series = list(dict.fromkeys(row["series"] for row in known))
    bands = list(dict.fromkeys(row["row"] for row in known))
    base = alt.Chart(inline(known)).encode(
        y=alt.Y("row:N", sort=bands, title=None, axis=names_axis()),
        yOffset=alt.YOffset("series:N", sort=series),
        color=alt.Color(
            "series:N",
            sort=series,
            scale=alt.Scale(domain=series, range=list(COLOURS[: len(series)])),
            legend=legend(),
        ),
        tooltip=tips("row", "series", "value", "low", "high"),
    )
    scale = alt.Scale(zero=True) if zero else alt.Scale(domain=[0, 1])
    layers = [
        base.mark_rule(strokeWidth=2).encode(x=alt.X("low:Q", title=axis, scale=scale), x2="high:Q"),
        base.mark_point(filled=True, size=70, opacity=1).encode(
            x=alt.X("value:Q", title=axis, scale=scale),
            shape=alt.Shape("series:N", sort=series, scale=alt.Scale(domain=series), legend=legend()),
        ),
    ]
    if zero:
        layers.insert(
            0,
            alt.Chart(inline([{"x": 0}])).mark_rule(color="#888", strokeDash=[4, 3]).encode(x="x:Q"),
        )
    height = len(bands) * max(ROW, 16 * len(series))
    return figure(key, title, how, alt.layer(*layers), height)


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
    base = alt.Chart(inline(rows)).encode(
        y=alt.Y("group:N", sort=[row["group"] for row in rows], title=None, axis=names_axis()),
        tooltip=tips("group", "n", "value", "low", "high"),
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
    return figure(key, title, how, chart, len(rows) * (ROW - 6) + 10)


def confusion(
    key: str, title: str, names: Sequence[str], counts: Sequence[Sequence[int]], how: str
) -> Figure:
    """Return a heat map of a confusion, with the counts written in it."""
    rows = [
        {"gold": gold, "predicted": predicted, "n": count, "share": count / max(sum(row), 1)}
        for gold, row in zip(names, counts, strict=True)
        for predicted, count in zip(names, row, strict=True)
    ]
    base = alt.Chart(inline(rows)).encode(
        x=alt.X("predicted:N", sort=list(names), title="given", axis=alt.Axis(labelAngle=0, orient="top")),
        y=alt.Y("gold:N", sort=list(names), title="labelled", axis=names_axis()),
        tooltip=tips("gold", "predicted", "n", "share"),
    )
    scale = alt.Scale(domain=[0, 1], range=["#f4f8fd", "#6ca8ea"])
    chart = alt.layer(
        base.mark_rect().encode(
            color=alt.Color("share:Q", scale=scale, legend=legend("share of the row", gradient=True))
        ),
        base.mark_text(fontSize=13, color="#111").encode(text=alt.Text("n:Q", format=",d")),
    )
    return figure(key, title, how, chart, 46 * len(names))


def scatter(key: str, title: str, rows: Sequence[Mapping[str, Any]], axis: str, how: str) -> Figure | None:
    """Return states by stance and votes, with their codes."""
    base = alt.Chart(inline([dict(row) for row in rows])).encode(
        x=alt.X(
            "stance:Q",
            title="stance, from critical (−1) to supportive (+1)",
            scale=alt.Scale(zero=False, nice=True),
        ),
        y=alt.Y("votes:Q", title=wrapped(axis), scale=alt.Scale(zero=False, nice=True)),
        tooltip=tips("name", "n", "stance", "votes"),
    )
    chart = alt.layer(
        base.mark_point(filled=True, color=COLOURS[0], opacity=0.7).encode(
            size=alt.Size(
                "n:Q", title="passages", scale=alt.Scale(range=[30, 260]), legend=legend("passages")
            )
        ),
        base.mark_text(dx=8, align="left", fontSize=10, color="#808080").encode(text="actor:N"),
    )
    return figure(key, title, how, chart, 440)


def heat_map(rows: Sequence[Mapping[str, Any]]) -> Figure | None:
    """Return actors by targets, coloured by stance."""
    cells = [
        {
            "name": label(str(row["name"])),
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
    base = alt.Chart(inline(cells)).encode(
        x=alt.X("target:N", title=None, axis=alt.Axis(labelAngle=0, orient="top")),
        y=alt.Y("name:N", sort=ordered, title=None, axis=names_axis()),
        tooltip=tips("name", "target", "estimate", "n"),
    )
    scale = alt.Scale(domain=[-1, 0, 1], range=["#e8965a", "#f3f3f3", "#6ca8ea"])
    chart = alt.layer(
        base.mark_rect().encode(
            color=alt.Color(
                "estimate:Q", scale=scale, legend=legend("critical (−1) to supportive (+1)", gradient=True)
            )
        ),
        base.mark_text(fontSize=11, color="#111").encode(text=alt.Text("estimate:Q", format="+.2f")),
    )
    how = (
        "Orange is critical, blue supportive, pale near 0; an empty cell means that the actor said "
        "nothing on the target. "
        "The actors with the most statements, from the most critical to the most supportive on average."
    )
    return figure("heat", "Actors and targets at a glance", how, chart, len(ordered) * 20 + 30)
