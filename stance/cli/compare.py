"""``stance compare``."""

from pathlib import Path

import click

from stance.cli.options import PATH, force_option, labels_argument, progress, seed_option, tell


@click.command()
@click.argument("a", type=PATH)
@click.argument("b", type=PATH)
@labels_argument
@click.option(
    "--min-gain",
    type=float,
    metavar="POINTS",
    help="Gate: macro-F1 of all pairs must rise by at least so many points of 100; may be negative.",
)
@click.option(
    "--no-regression",
    is_flag=True,
    help="Gate: no measure may fall significantly, for no target; no F1 of a side by more than --tolerance.",
)
@click.option(
    "--tolerance",
    type=click.FloatRange(min=0),
    default=2.0,
    show_default=True,
    metavar="POINTS",
    help="What --no-regression forgives the F1 of supportive and critical.",
)
@click.option(
    "--output",
    "-o",
    type=PATH,
    metavar="DIR",
    help="Folder for results.json, report.md and report.html. [default: the report on standard output]",
)
@seed_option
@force_option
def compare(
    a: Path,
    b: Path,
    labels: tuple[Path, ...],
    min_gain: float | None,
    no_regression: bool,
    tolerance: float,
    output: Path | None,
    seed: int,
    force: bool,
) -> int:
    """Say whether bundle B is better than bundle A.

    Both are tested on the same labelled passages, of documents that neither was trained on. The exit code is 4 if a
    gate is missed: a job that retrains replaces A by B only on 0.
    """
    from stance.evaluate.compare_run import compare_bundles
    from stance.evaluate.comparison import Gate
    from stance.report import check_output, to_markdown, write_report

    if output is not None:
        check_output(output, force=force)
    gate = Gate(None if min_gain is None else min_gain / 100, no_regression, tolerance / 100)
    with progress("models", 2) as bar:
        comparison = compare_bundles(a, b, labels, gate=gate, seed=seed, progress=bar.update, tell=tell)
    data = comparison.to_dict()
    if output is None:
        click.echo(to_markdown(data), nl=False)
    else:
        write_report(data, output, force=force, tell=tell)
    for line in data["gate"]["missed"]:
        tell(f"gate missed: {line}")
    return comparison.exit_code
