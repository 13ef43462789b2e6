"""``stance train``."""

from pathlib import Path

import click

from stance.cli.options import (
    PATH,
    force_option,
    jobs_option,
    labels_argument,
    seed_option,
    targets_option,
    tell,
)


@click.command()
@labels_argument
@click.option(
    "--output", "-o", required=True, type=PATH, metavar="BUNDLE", help="Folder to write the model to."
)
@click.option(
    "--max-features", type=click.IntRange(min=1), help="Features to keep. [default: as the shipped model]"
)
@targets_option
@seed_option
@jobs_option
@force_option
def train(
    labels: tuple[Path, ...],
    output: Path,
    max_features: int | None,
    targets: tuple[Path, ...],
    seed: int,
    jobs: int,
    force: bool,
) -> None:
    """Train a model from label files.

    LABELS are CSV or JSONL files, or folders of them, with the text of each passage or a pointer into a corpus (doc,
    start, end, sha256). Labels whose text is not at hand are counted, named and left out.
    """
    from stance.train import train as run

    parameters = {} if max_features is None else {"max_features": max_features}
    run(
        labels, output, targets=targets, parameters=parameters, seed=seed, n_jobs=jobs, force=force, tell=tell
    )
