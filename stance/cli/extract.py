"""``stance extract``."""

from pathlib import Path

import click

from stance.cli.options import PATH, force_option


@click.command()
@click.argument("articles", type=PATH, nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--output", "-o", default="-", metavar="OUT", help="File to write; - for standard output (the default)."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(("jsonl", "csv")),
    help="Format of the output. [default: its suffix tells, else jsonl]",
)
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help="Also statements of analysts, media, former officials and unknown speakers, marked.",
)
@click.option("--date", help="Date of publication (ISO 8601), from which weekdays are counted back.")
@click.option("--lang", metavar="CODE", help="Language of the articles (en, es); guessed if not given.")
@force_option
def extract(
    articles: tuple[Path, ...],
    output: str,
    form: str | None,
    everything: bool,
    date: str | None,
    lang: str | None,
    force: bool,
) -> None:
    """Find the official statements in news articles, with who said them.

    FILE is an article as plain text or HTML, - for standard input. The result has one attributed
    statement a row, ready for `stance score -`.
    """
    from stance.extraction.run import extract_files

    extract_files(articles, output, form=form, all=everything, date=date, lang=lang, force=force)
