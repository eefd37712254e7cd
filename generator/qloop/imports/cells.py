"""Single cells of reports: days, quantities, stars."""

from __future__ import annotations

import datetime as dt
import re
from zoneinfo import ZoneInfo

from qloop.imports.errors import BadReport, shown

_YEAR_FIRST = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T].*)?", re.ASCII | re.DOTALL)
_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?:[ T,].*)?", re.ASCII | re.DOTALL)
_DAY_NAME = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3})[a-z]*\.?,?[ -](\d{4})(?:[ T,].*)?", re.ASCII | re.DOTALL)
_NAME_DAY = re.compile(r"([A-Za-z]{3})[a-z]*\.? (\d{1,2}),? (\d{4})(?:[ T,].*)?", re.ASCII | re.DOTALL)
_COUNT = re.compile(r"\d{1,9}|\d{1,3}(,\d{3}){1,2}", re.ASCII)
_STARS = re.compile(r"([1-5])(?:[.,]0)?(?:\s*(?:/|out of|von|sur)\s*5)?(?:\s*(?:stars?|星|sterne?|étoiles?))?",
                    re.ASCII | re.IGNORECASE)  # fmt: skip
_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: i for i, name in enumerate(_NAMES, 1)}


class Days:
    """Reads days in the archive's time zone; ``marketplace`` says what 07/08/2026 means (US: July 8th).

    A time without an offset is taken as it stands. ``first``..``last`` are the days that are believed.
    """

    def __init__(self, zone: str, marketplace: str, first: dt.date, last: dt.date) -> None:
        self._zone, self._month_first = ZoneInfo(zone), marketplace == "US"
        self._first, self._last = first, last
        self._known: dict[str, dt.date] = {}

    def read(self, text: str) -> dt.date:
        """The day of a cell. Raises BadReport (date, date-range)."""
        day = self._known.get(text)
        if day is None:
            day = self._read(text.strip())
            if not self._first <= day <= self._last:
                raise BadReport("date-range", value=day, first=self._first, last=self._last)
            if len(self._known) < 50_000:
                self._known[text] = day
        return day

    def _read(self, text: str) -> dt.date:
        if len(text) > 19 and text[10] in "T ":
            try:
                moment = dt.datetime.fromisoformat(text)
                return moment.astimezone(self._zone).date() if moment.tzinfo else moment.date()
            except ValueError:
                pass
        try:
            return dt.date(*self._parts(text))
        except (ValueError, KeyError, TypeError):
            raise BadReport("date", value=shown(text)) from None

    def _parts(self, text: str) -> tuple[int, int, int]:
        if match := _YEAR_FIRST.fullmatch(text):
            return int(match[1]), int(match[2]), int(match[3])
        if match := _YEAR_LAST.fullmatch(text):
            year = int(match[3]) + (2000 if len(match[3]) == 2 else 0)
            first, second = int(match[1]), int(match[2])
            return (year, first, second) if self._month_first else (year, second, first)
        if match := _DAY_NAME.fullmatch(text):
            return int(match[3]), _MONTHS[match[2].lower()], int(match[1])
        if match := _NAME_DAY.fullmatch(text):
            return int(match[3]), _MONTHS[match[1].lower()], int(match[2])
        raise ValueError


def quantity(text: str) -> int:
    """A whole number, with commas between thousands or without. Raises BadReport (quantity)."""
    text = text.strip()
    if not _COUNT.fullmatch(text):
        raise BadReport("quantity", value=shown(text))
    return int(text.replace(",", ""))


def stars(text: str) -> int:
    """A rating of 1 to 5. Raises BadReport (rating)."""
    match = _STARS.fullmatch(text.strip())
    if not match:
        raise BadReport("rating", value=shown(text))
    return int(match[1])
