"""An evaluation as Markdown."""

from stance.evaluate import Evaluation, Measures


def to_markdown(evaluation: Evaluation) -> str:
    """Return an evaluation as a Markdown page.

    Parameters
    ----------
    evaluation : Evaluation

    Returns
    -------
    str
    """
    lines = [
        "# Evaluation",
        "",
        f"{evaluation.protocol}. {evaluation.passages:,} passages, {evaluation.pooled.n:,} pairs of passage and target, "
        f"{evaluation.pooled.documents:,} documents; pairs in which the actor is the target are left out"
        + (
            f"; {evaluation.left_out:,} labels have no text and are left out." if evaluation.left_out else "."
        ),
        "",
        "| target | n | macro-F1 | F_avg | supportive | critical | neutral | absent | accuracy | MCC | ECE | Brier |",
        "|---|---|---|---|---|---|---|---|---|---|---|---|",
        _row("all", evaluation.pooled),
        *[_row(target, measures) for target, measures in evaluation.targets.items()],
        "",
        "The columns named after a stance hold the F1 of that class. Macro-F1 is the mean of the classes' F1, F_avg that of "
        "supportive and critical alone. ECE is the expected calibration error of the probability given for the label.",
        "",
        "## Confusion, all targets",
        "",
        *_confusion(evaluation.pooled),
        "",
        "## Labels",
        "",
        *[f"- {name}: sha256 {digest}" for name, digest in evaluation.labels.items()],
        "",
        f"Date {evaluation.date}, seed {evaluation.seed}.",
        "",
    ]
    return "\n".join(lines)


def _row(name: str, measures: Measures) -> str:
    by_label = {entry.label: entry.f1 for entry in measures.classes}
    classes = [_figure(by_label.get(label)) for label in ("supportive", "critical", "neutral", "absent")]
    cells = [
        name,
        f"{measures.n:,}",
        _figure(measures.macro_f1),
        _figure(measures.f_avg),
        *classes,
        *map(_figure, (measures.accuracy, measures.mcc, measures.ece, measures.brier)),
    ]
    return f"| {' | '.join(cells)} |"


def _confusion(measures: Measures) -> list[str]:
    names = [entry.label for entry in measures.classes]
    return [
        f"| gold \\ predicted | {' | '.join(names)} |",
        f"|---|{'---|' * len(names)}",
        *[
            f"| {name} | {' | '.join(f'{count:,}' for count in row)} |"
            for name, row in zip(names, measures.confusion, strict=True)
        ],
    ]


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
