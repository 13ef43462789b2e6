"""``stance corpus``."""

from pathlib import Path

import click

from stance.cli.options import PATH, tell


@click.group()
def corpus() -> None:
    """Index the corpora that labels point at."""


@corpus.command()
@click.argument("name")
@click.argument("path", type=PATH)
def add(name: str, path: Path) -> None:
    """Index the corpus NAME (ungdc, crossgenre) found at PATH: the archive or folder that its authors publish."""
    from stance.corpora import Corpora

    with Corpora() as corpora:
        count = corpora.add(name, path)
    tell(f"{name}: {count:,} documents indexed")


@corpus.command("list")
def list_() -> None:
    """Show which corpora are indexed."""
    from stance.corpora import Corpora
    from stance.corpora.readers import SOURCES

    with Corpora() as corpora:
        installed = corpora.installed()
    for name, source in SOURCES.items():
        state = f"{installed[name]:,} documents" if name in installed else "not indexed"
        click.echo(f"{name}\t{state}\t{source}")
