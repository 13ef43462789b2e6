"""When it was said: the date of the article, and of each statement, resolved from the words around its cue."""

import re
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from stance.extraction.lexicon import Lexicon, load_lexicon

_ISO = re.compile(r"\b((?:19|20)\d\d)-(\d\d)-(\d\d)\b")
_YEAR = r"(?P<year>(?:19|20)\d\d)"


class Dated(NamedTuple):
    """A date found in a text.

    Attributes
    ----------
    value : str
        ISO 8601: ``2024-04-13``, or ``2024-04`` or ``2024`` where the text gives no more.
    basis : str
        The words it was read from and what they were counted back from.
    start : int
        Code point where the words start.
    """

    value: str
    basis: str
    start: int


def parse_date(value: str | None) -> date | None:
    """Read ``YYYY-MM-DD`` (or a prefix of it); None for anything else."""
    if not value:
        return None
    match = re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", value)
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        return None


class DateReader:
    """Finds dates in one language.

    Parameters
    ----------
    lexicon : Lexicon
        Its weekdays and months.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        months = "|".join(sorted(lexicon.months, key=len, reverse=True))
        days = "|".join(sorted(lexicon.weekdays, key=len, reverse=True))
        self.months, self.days = lexicon.months, lexicon.weekdays
        flags = re.IGNORECASE
        self._full = (
            re.compile(
                rf"\b(?P<month>{months})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+{_YEAR}\b", flags
            ),
            re.compile(
                rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:de\s+)?(?P<month>{months})\.?,?\s+(?:del?\s+)?{_YEAR}\b",
                flags,
            ),
        )
        self._day_month = (
            re.compile(
                rf"\b(?P<month>{months})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!,?\s+(?:19|20)\d\d)",
                flags,
            ),
            re.compile(
                rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:de\s+)(?P<month>{months})\b(?!\s+(?:del?\s+)?(?:19|20)\d\d)",
                flags,
            ),
        )
        self._month_year = re.compile(
            rf"\b(?:in|en|since|early|late|mid)\s+(?P<month>{months})\.?,?\s+(?:of\s+|del?\s+)?{_YEAR}\b",
            flags,
        )
        self._month = re.compile(rf"\b(?:in|en)\s+(?P<month>{months})\b(?!\.?\s+(?:\d|of|del?\s))", flags)
        self._year = re.compile(rf"\b(?:in|en)\s+{_YEAR}\b", flags)
        self._weekday = re.compile(rf"\b(?P<last>last\s+)?(?P<day>{days})\b(?P<past>\s+pasado)?", flags)
        self._relative = re.compile(r"\b(yesterday|today|ayer|anteayer|hoy)\b", flags)

    @staticmethod
    @cache
    def of(lang: str) -> "DateReader":
        """The reader of a language, made once."""
        return DateReader(load_lexicon(lang))

    def full_dates(self, text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int, date]]:
        """Complete dates in a stretch of text, as (start, end, date), in order."""
        end = len(text) if end is None else end
        found = []
        for match in _ISO.finditer(text, start, end):
            value = _make(int(match[1]), int(match[2]), int(match[3]))
            if value is not None:
                found.append((match.start(), match.end(), value))
        for pattern in self._full:
            for match in pattern.finditer(text, start, end):
                value = _make(int(match["year"]), self.months[match["month"].lower()], int(match["day"]))
                if value is not None:
                    found.append((match.start(), match.end(), value))
        found.sort()
        return found

    def resolve(self, text: str, start: int, end: int, cue: int, anchor: date | None) -> Dated | None:
        """Date of a statement from the sentence ``text[start:end]`` around its cue.

        Parameters
        ----------
        text : str
            The article.
        start, end : int
            Code points of the stretch that may hold the date.
        cue : int
            Code point of the cue: the nearest date counts.
        anchor : date or None
            Date that weekdays and bare months are counted back from.

        Returns
        -------
        Dated or None
            None where the stretch holds no date.
        """
        found: list[Dated] = []
        for begin, stop, value in self.full_dates(text, start, end):
            found.append(Dated(value.isoformat(), f"“{text[begin:stop]}”", begin))
        for match in self._month_year.finditer(text, start, end):
            month = self.months[match["month"].lower()]
            found.append(Dated(f"{match['year']}-{month:02d}", f"“{match[0]}”", match.start()))
        if anchor is not None:
            for match in self._weekday.finditer(text, start, end):
                if text[match.start()].islower() and self.days.keys() & {"monday"}:
                    continue
                back = (anchor.weekday() - self.days[match["day"].lower()]) % 7
                value = anchor - timedelta(days=back)
                found.append(
                    Dated(value.isoformat(), f"“{match[0]}” before {anchor.isoformat()}", match.start())
                )
            for match in self._relative.finditer(text, start, end):
                back = {"yesterday": 1, "ayer": 1, "anteayer": 2}.get(match[0].lower(), 0)
                value = anchor - timedelta(days=back)
                found.append(
                    Dated(
                        value.isoformat(), f"“{match[0]}”, counted from {anchor.isoformat()}", match.start()
                    )
                )
            if not found:
                for pattern in self._day_month:
                    for match in pattern.finditer(text, start, end):
                        day = _before(anchor, self.months[match["month"].lower()], int(match["day"]))
                        if day is not None:
                            found.append(
                                Dated(
                                    day.isoformat(),
                                    f"“{match[0]}” before {anchor.isoformat()}",
                                    match.start(),
                                )
                            )
                for match in self._month.finditer(text, start, end):
                    month = self.months[match["month"].lower()]
                    year = anchor.year if month <= anchor.month else anchor.year - 1
                    found.append(
                        Dated(
                            f"{year}-{month:02d}", f"“{match[0]}” before {anchor.isoformat()}", match.start()
                        )
                    )
        if not found and anchor is None:
            for match in self._year.finditer(text, start, end):
                found.append(Dated(match["year"], f"“{match[0]}”", match.start()))
        if not found:
            return None
        return min(found, key=lambda dated: (len(dated.value) < 10, abs(dated.start - cue)))


def _make(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _before(anchor: date, month: int, day: int) -> date | None:
    value = _make(anchor.year, month, day)
    if value is not None and value > anchor:
        value = _make(anchor.year - 1, month, day)
    return value
