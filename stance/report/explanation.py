"""An explanation as text for a terminal and as plain data."""

from typing import Any

from stance.model.explain import Explanation


def explanation_data(explanation: Explanation) -> dict[str, Any]:
    """Return an explanation as plain data for JSON."""
    classes = explanation.classes
    return {
        "text": explanation.text,
        "target": explanation.target,
        "stance": explanation.stance,
        "probabilities": dict(zip(classes, explanation.probabilities, strict=True)),
        "decisions": dict(zip(classes, explanation.decisions, strict=True)),
        "intercept": dict(zip(classes, explanation.intercept, strict=True)),
        "evidence": None if explanation.evidence is None else explanation.evidence._asdict(),
        "contributions": [
            {"feature": c.feature, "value": c.value, **dict(zip(classes, c.by_class, strict=True))}
            for c in explanation.contributions
        ],
        "words": [word._asdict() for word in explanation.words],
    }


def explanation_text(explanation: Explanation, top: int) -> str:
    """Return an explanation as lines: the label, the evidence, the strongest features and how they add up.

    Parameters
    ----------
    explanation : Explanation
    top : int
        Features to show; the others are summed up in one line.
    """
    best = explanation.classes.index(explanation.stance)
    shares = ", ".join(
        f"{label} {p:.2f}" for label, p in zip(explanation.classes, explanation.probabilities, strict=True)
    )
    lines = [f"{explanation.target}: {explanation.stance} ({shares})"]
    if not explanation.contributions:
        lines.append("The text does not refer to the target, so the model is not asked.")
        return "\n".join(lines)
    if explanation.evidence is not None:
        span = explanation.evidence
        lines.append(f"evidence [{span.start}:{span.end}] {span.text}")
    lines += ["", f"what adds to the decision value of {explanation.stance!r}:"]
    shown, rest = explanation.contributions[:top], explanation.contributions[top:]
    lines += [f"{c.by_class[best]:+9.4f}  {c.feature}" for c in shown]
    if rest:
        lines.append(f"{sum(c.by_class[best] for c in rest):+9.4f}  {len(rest):,} other features")
    lines.append(f"{explanation.intercept[best]:+9.4f}  intercept")
    lines.append(f"{explanation.decisions[best]:+9.4f}  decision value")
    return "\n".join(lines)
