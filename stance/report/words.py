"""How reports write figures and names."""

from collections.abc import Sequence

from stance.actors import Gazetteer

MEASURES = {
    "macro_f1": "macro-F1",
    "f_avg": "F_avg",
    "accuracy": "accuracy",
    "mcc": "MCC",
    "f1:supportive": "F1 supportive",
    "f1:critical": "F1 critical",
    "f1:neutral": "F1 neutral",
    "f1:absent": "F1 absent",
}
"""Titles of measures."""


def figure(value: float | None, digits: int = 3) -> str:
    """Write a figure; a dash where there is none."""
    return "–" if value is None else f"{value:.{digits}f}".replace("-", "−")


def span(value: Sequence[float] | None, digits: int = 2) -> str:
    """Write an interval; nothing where there is none."""
    return "" if value is None else f"{figure(value[0], digits)} to {figure(value[1], digits)}"


def with_span(value: float | None, interval: Sequence[float] | None, digits: int = 2) -> str:
    """Write a figure with its interval."""
    return figure(value, digits) + (f" ({span(interval, digits)})" if interval is not None else "")


def percent(value: float) -> str:
    """Write a share in percent."""
    return f"{100 * value:.0f}%"


def out_of_ten(value: float) -> str:
    """Write a share as people say it."""
    tenths = round(value * 10)
    if tenths == 10:
        return "nearly all"
    return "hardly any" if tenths == 0 else f"about {tenths} of 10"


def name_of(code: str) -> str:
    """Return the name of an actor or target, its code if the gazetteer has none."""
    gazetteer = Gazetteer.default()
    name = gazetteer.actor(code).name if code in gazetteer else code
    return f"the {name}" if name.startswith(("United ", "European ")) else name


def cut(text: str, most: int) -> str:
    """Shorten a text, an ellipsis at its end."""
    return text if len(text) <= most else text[: most - 1] + "…"


def listed(items: Sequence[str]) -> str:
    """Join words as a sentence does."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}" if items else ""
