"""The card of a model: what it is for, what it is not for, and how good it is, from results."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from stance.errors import UsageError
from stance.model.bundle import read_manifest
from stance.report.markdown import escape, table_lines
from stance.report.summary import summarise
from stance.report.tables import POOLED, Table, tables
from stance.report.words import figure, name_of, with_span

CARD = "MODEL_CARD.md"

DIMENSIONS = ("target", "region", "decade", "genre", "language", "length", "mention")
"""Dimensions whose groups the card shows; actors stand in the report."""


def write_card(folder: Path, results: Sequence[Mapping[str, Any]]) -> Path:
    """Write the card of a bundle into its folder.

    Parameters
    ----------
    folder : Path
        Bundle.
    results : sequence of mapping
        Contents of results.json files; at least one evaluation.

    Returns
    -------
    Path

    Raises
    ------
    UsageError
        If there is no evaluation among the results.
    """
    path = folder / CARD
    path.write_text(model_card(read_manifest(folder), results), encoding="utf-8")
    return path


def model_card(manifest: Mapping[str, Any], results: Sequence[Mapping[str, Any]]) -> str:
    """Return the card of a model as Markdown with the front matter of model hubs.

    Parameters
    ----------
    manifest : mapping
        Of the bundle.
    results : sequence of mapping
        See `write_card`.

    Raises
    ------
    UsageError
        If there is no evaluation among the results.
    """
    evaluations = [result for result in results if result["kind"] == "evaluation"]
    if not evaluations:
        raise UsageError(
            "a model card needs the results of an evaluation; run `stance evaluate ... -o DIR` first"
        )
    first = evaluations[0]
    environment = Environment(
        loader=PackageLoader("stance.report"),
        autoescape=False,  # the card is Markdown; what comes from data is escaped where it is put in
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pooled = first["systems"][0]["every"][POOLED]
    return environment.get_template("card.md.j2").render(
        manifest=manifest,
        languages=list(manifest["languages"]) or ["en"],
        targets=[name_of(target) for target in manifest["targets"]],
        macro_f1=figure(pooled["macro_f1"], 4),
        f_avg=figure(pooled["f_avg"], 4),
        accuracy=figure(pooled["accuracy"], 4),
        protocol=escape(first["protocol"]["description"]),
        quoted_name=_quoted(f"macro-F1 ({first['protocol']['description']})"),
        quoted_labels=_quoted(", ".join(manifest["labels"])),
        summary=[escape(line) for line in summarise(first)],
        protocols=table_lines(protocol_table(results)),
        groups=_groups(first),
        others=[
            (escape(result["protocol"]["description"]), [escape(line) for line in summarise(result)])
            for result in results
            if result["kind"] in ("agreement", "validity")
        ],
        labels=dict(manifest["labels"]),
        date=first["date"][:10],
    )


def protocol_table(results: Sequence[Mapping[str, Any]]) -> Table:
    """Return a row for each method under each protocol: the table of the README."""
    rows = []
    for result in results:
        if result["kind"] != "evaluation":
            continue
        for system in result["systems"]:
            every, named = system["every"][POOLED], system["named"][POOLED]
            f1 = {entry["label"]: entry["f1"] for entry in every["classes"]}
            rows.append(
                [
                    f"{result['protocol']['name']}: {system['title']}",
                    f"{every['n']:,}",
                    with_span(every["macro_f1"], every["intervals"].get("macro_f1"), 3),
                    with_span(every["f_avg"], every["intervals"].get("f_avg"), 3),
                    figure(f1.get("supportive")),
                    figure(f1.get("critical")),
                    figure(f1.get("neutral")),
                    with_span(named["accuracy"], named["intervals"].get("accuracy"), 3),
                    figure(every["ece"]),
                ]
            )
    head = [
        "protocol: method",
        "pairs",
        "macro-F1 (95% interval)",
        "F_avg (95% interval)",
        "supportive F1",
        "critical F1",
        "neutral F1",
        "right where the target is referred to",
        "ECE",
    ]
    return Table("Protocols", head, rows)


def _quoted(text: str) -> str:
    """Write a text as a YAML scalar; JSON is one."""
    return json.dumps(text, ensure_ascii=False)


def _groups(result: Mapping[str, Any]) -> list[tuple[str, list[str]]]:
    titles = {result["dimensions"][name] for name in DIMENSIONS if name in result["dimensions"]}
    return [(escape(table.title), table_lines(table)) for table in tables(result) if table.title in titles]
