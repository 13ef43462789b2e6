"""Who holds which office when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from stance.actors.records import Holder
from stance.errors import UsageError

Date = str | dt.date | None


def iso(date: Date) -> str | None:
    """Return a date as ``YYYY-MM-DD``, ``YYYY-MM`` or ``YYYY``; None stays None.

    Raises
    ------
    UsageError
        If the date is a text in another form.
    """
    if date is None:
        return None
    if isinstance(date, dt.date):
        return date.isoformat()[:10]
    text = date.strip()[:10]
    if not text:
        return None
    try:
        dt.date.fromisoformat(text + {4: "-01-01", 7: "-01"}.get(len(text), ""))
    except ValueError:
        raise UsageError(
            f"date {date!r} is not of the form YYYY-MM-DD, YYYY-MM or YYYY: write it so"
        ) from None
    return text


def status(holder: Holder, date: Date) -> str:
    """Say whether a holder was in office on a date.

    A date known only to the month or year is compared at that precision, so that the day of handing over
    counts for both holders.

    Parameters
    ----------
    holder : Holder
        One term in an office.
    date : str, datetime.date or None
        The day asked for; None asks whether the term is open.

    Returns
    -------
    str
        ``current``, ``former`` or ``future``.

    Raises
    ------
    UsageError
        If the date is a text in another form than YYYY-MM-DD, YYYY-MM or YYYY.
    """
    day = iso(date)
    if day is None:
        return "former" if holder.end else "current"
    start, end = holder.start, holder.end
    if start and day[: len(start)] < start[: len(day)]:
        return "future"
    if end and day[: len(end)] > end[: len(day)]:
        return "former"
    return "current"


def _months(term: Holder) -> int:
    start, end = (int(day[:4]) * 12 + int(day[5:7] or 1) for day in (term.start, term.end))
    return end - start


def best(terms: Iterable[Holder], date: Date) -> Holder:
    """Pick the term of a person that fits a date best.

    Of several offices held at once the one held longest counts. Without a current one it is the last that had
    begun by the date, else the first of all; without a date the longest.
    """
    ordered = sorted(terms, key=lambda term: term.start)
    states = [status(term, date) for term in ordered]
    if "current" in states:
        return ordered[states.index("current")]
    if date is None:
        return max(ordered, key=_months)
    begun = [term for term, state in zip(ordered, states, strict=True) if state == "former"]
    return begun[-1] if begun else ordered[0]
