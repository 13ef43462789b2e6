"""A result as Markdown."""

import re
from collections.abc import Mapping
from typing import Any

from stance.report.summary import summarise
from stance.report.tables import Table, tables

TITLES = {
    "evaluation": "Evaluation",
    "agreement": "Agreement of the labels",
    "validity": "Stances and votes",
    "comparison": "Comparison of two models",
    "actors": "Stances of actors",
}
"""Titles of reports."""

_LONGEST = 200
_SPECIAL = re.compile(r"([\\`*\[\]|])")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def to_markdown(data: Mapping[str, Any]) -> str:
    """Return a result as a Markdown page, without passages.

    Parameters
    ----------
    data : mapping
        ``to_dict`` of a result.

    Returns
    -------
    str
    """
    lines = [f"# {TITLES[data['kind']]}", ""]
    if "protocol" in data:
        lines += [escape(data["protocol"]["description"]) + ".", ""]
    lines += [f"- {escape(line)}" for line in summarise(data)]
    lines += ["", *(line for item in facts(data) for line in [f"{escape(item)}  "])]
    for table in tables(data):
        lines += ["", f"## {escape(table.title)}", "", *table_lines(table)]
        if table.note:
            lines += ["", escape(table.note)]
    return "\n".join([*lines, ""])


def facts(data: Mapping[str, Any]) -> list[str]:
    """Return what is needed to repeat a result, a line each."""
    counts = [
        f"{data[name]:,} {words}"
        for name, words in (
            ("passages", "passages"),
            ("pairs", "pairs of passage and target"),
            ("documents", "documents"),
            ("statements", "stances"),
            ("left_out", "labels without a text left out"),
            ("nameless", "rows without an actor left out"),
        )
        if data.get(name)
    ]
    lines = [", ".join(counts)] if counts else []
    for name in ("model", "a", "b"):
        if (model := data.get(name)) and "bundle" in model:
            lines.append(f"{name}: bundle {model['bundle']}, sha256 of its manifest {model['sha256']}")
    files = {**data.get("labels", {}), **data.get("source", {})}
    lines += [f"{name}: sha256 {digest}" for name, digest in files.items()]
    versions = ", ".join(f"{name} {number}" for name, number in data["packages"].items())
    resamples = f", {data['resamples']:,} resamples" if "resamples" in data else ""
    lines.append(
        f"{data['date']}, seed {data['seed']}{resamples}; stance {data['stance']}, {versions}; schema {data['schema']}"
    )
    return lines


def table_lines(table: Table) -> list[str]:
    """Return a table as lines of Markdown."""
    return [
        f"| {' | '.join(map(cell, table.head))} |",
        f"|---|{'---:|' * (len(table.head) - 1)}",
        *[f"| {' | '.join(map(cell, row))} |" for row in table.rows],
    ]


def cell(text: str) -> str:
    """Write text so that it stays in its cell."""
    flat = " ".join(text.split())
    return escape(flat if len(flat) <= _LONGEST else flat[: _LONGEST - 1] + "…")


def escape(text: str) -> str:
    """Write text so that Markdown shows it as it is."""
    return _SPECIAL.sub(r"\\\1", text.translate(_ENTITIES))
