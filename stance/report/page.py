"""A result as one self-contained HTML page: no request to anywhere, opens from disk."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

import vl_convert
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from stance.report.figures import figures
from stance.report.markdown import TITLES, facts
from stance.report.summary import summarise
from stance.report.tables import Table, tables
from stance.report.words import cut, name_of, percent

MOST_CHARS = 2_000
"""Characters of a passage that are shown."""


MOST_CELL = 300
"""Characters of a cell of a table that are shown."""


def to_html(data: Mapping[str, Any]) -> str:
    """Return a result as an HTML page.

    Parameters
    ----------
    data : mapping
        ``to_dict`` of a result.

    Returns
    -------
    str
        All that is shown is escaped; scripts and styles stand in the page.
    """
    environment = Environment(
        loader=PackageLoader("stance.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(percent=percent, name_of=name_of)
    return environment.get_template("page.html.j2").render(
        title=TITLES[data["kind"]],
        description=data.get("protocol", {}).get("description"),
        summary=summarise(data),
        figures=[(figure, script_json(figure.spec)) for figure in figures(data)],
        tables=[_short(table) for table in tables(data)],
        mistakes=[_mistake(mistake) for mistake in data.get("mistakes", [])],
        facts=facts(data),
        style=Markup(_file("style.css")),
        draw=Markup(_file("draw.js")),
        library=Markup(library()),
    )


@cache
def library() -> str:
    """Return Vega, Vega-Lite and Vega-Embed as one script that can stand in a page."""
    bundle = vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;")
    return str(bundle).replace("</script", "<\\/script").replace("<!--", "<\\!--")


def script_json(value: Any) -> Markup:
    """Write data so that no text in it can end the script that holds it."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return Markup(text)


def marked(text: str, marks: Sequence[Sequence[int]]) -> Iterator[tuple[str, bool]]:
    """Cut a text into runs that are marked or not."""
    at = 0
    for start, end in sorted((int(start), int(end)) for start, end in marks):
        if start > at:
            yield text[at:start], False
        if end > max(start, at):
            yield text[max(start, at) : end], True
        at = max(at, end)
    if at < len(text):
        yield text[at:], False


def _short(table: Table) -> Table:
    return replace(table, rows=[[cut(cell, MOST_CELL) for cell in row] for row in table.rows])


def _mistake(mistake: Mapping[str, Any]) -> dict[str, Any]:
    text = str(mistake.get("text") or "")
    shown = text[:MOST_CHARS]
    marks = [(start, min(end, MOST_CHARS)) for start, end in mistake.get("marks", []) if start < MOST_CHARS]
    return {
        **mistake,
        "runs": list(marked(shown, marks)),
        "cut": len(text) > MOST_CHARS,
        "source": ", ".join(str(mistake[key]) for key in ("id", "actor", "date") if mistake.get(key)),
    }


def _file(name: str) -> str:
    return files("stance.report").joinpath("templates", name).read_text(encoding="utf-8")
