"""``stance explain``."""

import json
from pathlib import Path

import click

from stance.cli.options import model_option


@click.command()
@click.argument("text")
@click.option("--target", "-t", required=True, metavar="CODE", help="Target, such as ISR.")
@click.option("--lang", metavar="CODE", help="Language of the text (ISO 639-1).")
@click.option("--date", help="Date of the text; its year decides which leaders are meant.")
@click.option("--top", type=click.IntRange(min=1), default=15, show_default=True, help="Features to show.")
@click.option("--json", "as_json", is_flag=True, help="Give everything as JSON.")
@model_option
def explain(
    text: str, target: str, lang: str | None, date: str | None, top: int, as_json: bool, model: Path | None
) -> None:
    """Show what pushed the decision for TEXT toward a target.

    Contributions of features, and the intercept, sum to the decision value of the stance.
    """
    from stance.report.explanation import explanation_data, explanation_text
    from stance.score import load

    found = load(model).explain(text, target, lang=lang, date=date)
    if as_json:
        click.echo(json.dumps(explanation_data(found), ensure_ascii=False, indent=1))
    else:
        click.echo(explanation_text(found, top))
