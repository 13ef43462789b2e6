"""``stance evaluate``."""

from pathlib import Path

import click

from stance.cli.options import (
    PATH,
    force_option,
    jobs_option,
    labels_argument,
    model_option,
    progress,
    seed_option,
    targets_option,
    tell,
)


@click.command()
@labels_argument
@click.option(
    "--cv", type=click.IntRange(min=2), metavar="K", help="Train and test in K folds grouped by document."
)
@click.option(
    "--also",
    type=PATH,
    multiple=True,
    metavar="LABELS",
    help="With --cv: train on these in every fold, never test on them. Repeatable.",
)
@click.option(
    "--output",
    "-o",
    type=PATH,
    metavar="DIR",
    help="Folder for results.json and report.md. [default: the report on standard output]",
)
@model_option
@targets_option
@seed_option
@jobs_option
@force_option
def evaluate(
    labels: tuple[Path, ...],
    cv: int | None,
    also: tuple[Path, ...],
    output: Path | None,
    model: Path | None,
    targets: tuple[Path, ...],
    seed: int,
    jobs: int,
    force: bool,
) -> None:
    """Measure a model on labelled passages.

    Without --cv the model is tested as it is; passages of documents that it was trained on are left out. With --cv K models
    are trained on all folds but one and tested on that one.
    """
    from stance.evaluate.run import EvaluateRun
    from stance.report import to_markdown

    run = EvaluateRun(
        labels, also=also, model=model, folds=cv, targets=targets, seed=seed, jobs=jobs, tell=tell
    )
    if output is not None:
        run.check_output(output, force=force)
    with progress("folds", cv or 1) as bar:
        evaluation = run(progress=bar.update)
    page = to_markdown(evaluation)
    if output is None:
        click.echo(page, nl=False)
    else:
        run.write(evaluation, page, output, force=force)
        tell(f"wrote {output}")
