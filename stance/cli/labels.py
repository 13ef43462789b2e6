"""``stance labels``."""

from pathlib import Path

import click

from stance.cli.options import labels_argument, targets_option, tell


@click.group("labels")
def labels() -> None:
    """Check label files."""


@labels.command()
@labels_argument
@targets_option
def check(labels: tuple[Path, ...], targets: tuple[Path, ...]) -> None:
    """Find every fault of label files at once: forms, labels, targets, hashes, near-duplicates.

    Exits with 1 if there is a fault.
    """
    from stance.labels.check import check_labels
    from stance.targets import TargetRegistry

    for line in check_labels(labels, TargetRegistry.load(*targets)):
        tell(line)
