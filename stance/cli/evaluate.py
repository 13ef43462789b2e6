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

PROTOCOLS = ("held-out", "cv", "actor", "time", "genre", "curve", "ceiling", "votes")
"""As in `stance.evaluate.run.PROTOCOLS`, which would take long to import for ``--help``."""


@click.command()
@labels_argument
@click.option(
    "--protocol",
    type=click.Choice(PROTOCOLS),
    help="What is trained on and what is tested, see above. [default: held-out; cv with --cv]",
)
@click.option("--cv", type=click.IntRange(min=2), metavar="K", help="Short for --protocol cv --folds K.")
@click.option(
    "--folds",
    type=click.IntRange(min=0),
    metavar="K",
    help="Folds of cv, curve, votes and actor; for actor 0 leaves out one actor at a time. [default: 5; actor 10]",
)
@click.option(
    "--also",
    type=PATH,
    multiple=True,
    metavar="LABELS",
    help="Where models are trained: train on these too, never test on them. Repeatable.",
)
@click.option(
    "--votes", type=PATH, metavar="FILE", help="For --protocol votes: roll calls of the UN General Assembly."
)
@click.option(
    "--output",
    "-o",
    type=PATH,
    metavar="DIR",
    help="Folder for results.json, report.md and report.html. [default: the report on standard output]",
)
@click.option(
    "--resamples",
    type=click.IntRange(min=0),
    default=10_000,
    show_default=True,
    help="Bootstrap resamples behind the intervals; 0 for no intervals and no breakdowns.",
)
@click.option(
    "--baselines/--no-baselines",
    default=True,
    show_default=True,
    help="Train the baselines on the same splits.",
)
@model_option
@targets_option
@seed_option
@jobs_option
@force_option
def evaluate(
    labels: tuple[Path, ...],
    protocol: str | None,
    cv: int | None,
    folds: int | None,
    also: tuple[Path, ...],
    votes: Path | None,
    output: Path | None,
    resamples: int,
    baselines: bool,
    model: Path | None,
    targets: tuple[Path, ...],
    seed: int,
    jobs: int,
    force: bool,
) -> None:
    """Measure a model on labelled passages.

    \b
    held-out  the model as it is; passages of documents that it was trained on are left out
    cv        train on all folds but one, test on that one; documents are never parted
    actor     as cv, but no model sees a passage of the actors that it is tested on
    time      train up to a year, test on the years after it
    genre     train on the UN General Debate, test on other kinds of text
    curve     how much more labels would help
    ceiling   how far the annotation passes agree
    votes     whether stances of states go with their votes in the UN General Assembly
    """
    from stance.evaluate.run import EvaluateRun
    from stance.report import check_output, to_markdown, write_report

    if cv is not None and (folds is not None or protocol not in (None, "cv")):
        raise click.UsageError("--cv K is short for --protocol cv --folds K; leave out the others")
    run = EvaluateRun(
        labels,
        also=also,
        model=model,
        protocol=protocol,
        folds=cv or folds,
        votes=votes,
        targets=targets,
        seed=seed,
        jobs=jobs,
        resamples=resamples,
        baseline=baselines,
        tell=tell,
    )
    if output is not None:
        check_output(output, force=force)
    with progress("models", run.steps()) as bar:
        data = run(progress=bar.update).to_dict()
    if output is None:
        click.echo(to_markdown(data), nl=False)
    else:
        write_report(data, output, force=force, tell=tell)
