"""``stance targets``."""

from pathlib import Path

import click

from stance.cli.options import targets_option


@click.command("targets")
@click.argument("text", required=False)
@click.option("--lang", metavar="CODE", default="en", show_default=True, help="Language of the text.")
@click.option("--year", type=int, help="Year of the text; it decides which leaders are meant.")
@targets_option
def targets(text: str | None, lang: str, year: int | None, targets: tuple[Path, ...]) -> None:
    """Show the targets, or where TEXT refers to them."""
    from stance.targets import TargetRegistry

    registry = TargetRegistry.load(*targets)
    if text is None:
        for code, target in registry.targets.items():
            terms = sum(len(terms) for terms in target.terms.values())
            click.echo(f"{code}\t{target.name}\t{terms} terms in {', '.join(sorted(target.terms))}")
        return
    for mention in registry.find(text, lang, year):
        click.echo(
            f"{mention.target}\t{mention.start}\t{mention.end}\t{mention.kind}\t{text[mention.start : mention.end]}"
        )
