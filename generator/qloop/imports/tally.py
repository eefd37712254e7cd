"""What a report says, added up: weekly counts and what is told of the rest; no row is kept."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field

Line = tuple[str, str, str, str]
"""SKU, batch, category, reason."""


def week_of(day: dt.date) -> str:
    """The ISO 8601 week of a day, ``YYYY-Www``."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


@dataclass
class Tally:
    """Filled while a report streams by.

    ``rows`` are read rows, ``counted`` and the values of ``weeks`` units; ``left_out`` rows by a reason of the
    catalogue ``imports.left-out``. ``unfit`` are units whose reason was not fit to be written.
    """

    rows: int = 0
    counted: int = 0
    first: dt.date | None = None
    last: dt.date | None = None
    weeks: dict[str, Counter[Line]] = field(default_factory=dict)
    left_out: Counter[str] = field(default_factory=Counter)
    unknown_reasons: Counter[str] = field(default_factory=Counter)
    unknown_skus: dict[str, str] = field(default_factory=dict)
    """SKU -> ASIN, as far as the report says."""
    suggestions: Counter[str] = field(default_factory=Counter)
    unknown_columns: dict[str, None] = field(default_factory=dict)

    def saw(self, day: dt.date) -> None:
        """Widen the report's days; rows that do not count are covered too."""
        if self.first is None or day < self.first:
            self.first = day
        if self.last is None or day > self.last:
            self.last = day

    def add(self, day: dt.date, line: Line, units: int) -> None:
        self.counted += units
        self.weeks.setdefault(week_of(day), Counter())[line] += units
