"""``stance score``."""

from pathlib import Path
from typing import Any

import click

from stance.cli.options import FORMATS, force_option, model_option, progress, tell

FIELDS = ("id", "text", "actor", "date", "lang", "source", "exclude")


def _column_options(command: Any) -> Any:
    for field in reversed(FIELDS):
        command = click.option(
            f"--{field}-column", metavar="NAME", help=f"Column that holds the {field}. [default: {field}]"
        )(command)
    return command


@click.command()
@click.argument("source", metavar="INPUT")
@click.option(
    "--output", "-o", default="-", metavar="OUT", help="File to write; - for standard output (the default)."
)
@click.option(
    "--format", "form", type=click.Choice(FORMATS), help="Format of the input; by default its suffix tells."
)
@click.option(
    "--output-format",
    type=click.Choice((*FORMATS, "table")),
    help="Format of the output; by default its suffix tells, CSV on a pipe, a table on a terminal.",
)
@click.option(
    "--shape",
    type=click.Choice(("tidy", "wide")),
    default="tidy",
    show_default=True,
    help="A row a statement and target, or a row a statement.",
)
@click.option(
    "--passages", is_flag=True, help="Give the passages behind each statement, a row each and target."
)
@click.option(
    "--target", "targets", multiple=True, metavar="CODE", help="Score toward this target only. Repeatable."
)
@click.option("--extract", is_flag=True, help="INPUT is a news article: score the official statements in it.")
@model_option
@_column_options
@click.option("--encoding", default="utf-8", show_default=True, help="Encoding of CSV, TSV and JSONL input.")
@click.option(
    "--max-chars",
    type=click.IntRange(min=1),
    default=1_000_000,
    show_default=True,
    help="Refuse longer statements.",
)
@click.option(
    "--csv-guard/--no-csv-guard",
    default=True,
    show_default=True,
    help="Keep spreadsheets from reading text as a formula.",
)
@force_option
def score(
    source: str,
    output: str,
    form: str | None,
    output_format: str | None,
    shape: str,
    passages: bool,
    targets: tuple[str, ...],
    extract: bool,
    model: Path | None,
    encoding: str,
    max_chars: int,
    csv_guard: bool,
    force: bool,
    **columns: str | None,
) -> int:
    """Say the stance of statements toward Israel, Iran and the United States.

    INPUT is a CSV, TSV, JSONL or Parquet file with a column `text` (and, if there, `id, actor, date, lang`), or - for
    standard input; with --extract a news article. The result has one row a statement and target. Rows that cannot
    be used are kept in OUT.rejects.jsonl with the reason; the exit code is then 3.
    """
    from stance.score.run import ScoreRun

    run = ScoreRun(
        source=source,
        extract=extract,
        output=output,
        input_format=form,
        output_format=output_format,
        shape=shape,
        passages=passages,
        targets=targets,
        model=model,
        columns={field: name for field in FIELDS if (name := columns.get(f"{field}_column")) is not None},
        encoding=encoding,
        max_chars=max_chars,
        guard=csv_guard,
        force=force,
    )
    with progress("scoring", None) as bar:
        outcome = run(advance=bar.update)
    for line in outcome.messages:
        tell(line)
    return outcome.exit_code
