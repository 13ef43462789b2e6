"""Options that several commands share."""

import sys
from collections.abc import Callable, Iterable
from itertools import count
from pathlib import Path
from typing import Any

import click

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

PATH = click.Path(path_type=Path)

FORMATS = ("csv", "tsv", "jsonl", "parquet")

model_option: Decorator = click.option(
    "--model", "-m", type=PATH, help="Bundle to use. [default: the one that comes with the package]"
)
force_option: Decorator = click.option("--force", is_flag=True, help="Replace an output that exists.")
seed_option: Decorator = click.option(
    "--seed", type=int, default=0, show_default=True, help="Seed of all that is random."
)
jobs_option: Decorator = click.option(
    "--jobs", "-j", type=click.IntRange(min=1), default=1, show_default=True, help="Processes."
)
targets_option: Decorator = click.option(
    "--targets",
    type=PATH,
    multiple=True,
    help="Targets file of your own (TOML), over the one of the package. Repeatable.",
)
labels_argument: Decorator = click.argument("labels", type=PATH, nargs=-1, required=True, metavar="LABELS...")


def tell(message: str) -> None:
    """Write a line to stderr: stdout is for data."""
    click.echo(message, err=True)


def progress(label: str, length: int | None) -> Any:
    """Return a progress bar on stderr, shown only on a terminal."""
    steps: Iterable[int] = count() if length is None else range(length)
    return click.progressbar(
        steps, length=length, label=label, file=sys.stderr, hidden=not sys.stderr.isatty(), show_pos=True
    )
