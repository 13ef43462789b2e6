"""``stance actors``."""

from pathlib import Path

import click

from stance.cli.options import PATH, force_option, tell


@click.command()
@click.argument("scored", metavar="SCORED")
@click.option(
    "--by",
    type=click.Choice(("year", "decade")),
    help="Follow each actor over time, in periods of this length.",
)
@click.option(
    "--output",
    "-o",
    type=PATH,
    metavar="DIR",
    help="Folder for results.json, report.md and report.html. [default: the report on standard output]",
)
@force_option
def actors(scored: str, by: str | None, output: Path | None, force: bool) -> None:
    """Bring scored statements together: each actor's stance toward each target, over time.

    SCORED is what `stance score` wrote (CSV, TSV, JSONL, Parquet, or - for standard input), with a row a statement and
    target and a column `actor`.
    """
    from stance.evaluate.actors import stances_of_file
    from stance.report import check_output, to_markdown, write_report

    if output is not None:
        check_output(output, force=force)
    data = stances_of_file(scored, by=by, tell=tell).to_dict()
    if output is None:
        click.echo(to_markdown(data), nl=False)
    else:
        write_report(data, output, force=force, tell=tell)
