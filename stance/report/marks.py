"""What the charts of reports share: colours, axes, legends, tooltips, and how texts are put into them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from stance.report.words import cut

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


def figure(key: str, title: str, how: str, chart: Any, height: int) -> Figure:
    """Finish a chart: as wide as the page, its texts in the font of the page, its legend below."""
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


def names_axis() -> alt.Axis:
    """Return an axis of names."""
    return alt.Axis(labelLimit=LABEL, grid=False, ticks=False, domain=False)


def legend(title: str | None = None, *, gradient: bool = False) -> alt.Legend:
    """Return a legend under the chart."""
    if gradient:
        return alt.Legend(title=title, orient="bottom", gradientLength=160, titleLimit=400)
    return alt.Legend(title=title, orient="bottom", labelLimit=300, columns=2)


def label(text: str) -> str:
    """Write a name for a chart: on one line, cut if long.

    Line separators and control characters would break the expressions that the chart makes of its data.
    """
    plain = "".join(char if char.isprintable() else " " for char in text)
    return cut(" ".join(plain.split()), NAME)


def inline(rows: Sequence[Mapping[str, Any]]) -> Any:
    """Put rows into a chart, texts as `label` writes them."""
    short = [{k: v if not isinstance(v, str) else label(v) for k, v in row.items()} for row in rows]
    return alt.InlineData(values=short)


def tips(*names: str) -> list[alt.Tooltip]:
    """Return what a chart shows of a mark under the pointer, by the kind of each field."""
    texts = ("row", "series", "group", "gold", "predicted", "name", "target", "period", "system", "actor")
    counts = ("n", "documents")
    return [
        alt.Tooltip(f"{name}:N")
        if name in texts
        else alt.Tooltip(f"{name}:Q", format=",d" if name in counts else ".2f")
        for name in names
    ]


def wrapped(text: str, width: int = 44) -> list[str]:
    """Break a title into lines."""
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines
