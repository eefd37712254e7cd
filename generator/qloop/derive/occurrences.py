"""Cases of one issue by ISO week and source: the numbers behind its chart and table."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from qloop.records.issue import Occurrence
from qloop.records.vocabulary import VOCABULARIES

MAX_WEEKS = 104
"""Gaps are filled with empty weeks up to this length; longer series keep the weeks that have cases."""


@dataclass(frozen=True, slots=True)
class Weekly:
    """``counts[source][i]`` cases in ``weeks[i]``; ``totals`` by week; sources in the vocabulary's order."""

    weeks: tuple[str, ...]
    counts: dict[str, tuple[int, ...]]
    totals: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.totals)

    def total_of(self, source: str) -> int:
        return sum(self.counts[source])


def weekly(occurrences: Iterable[Occurrence]) -> Weekly:
    """The cases week by week, weeks without any included, so that a chart's axis is true to time."""
    cells: Counter[tuple[str, str]] = Counter()
    for one in occurrences:
        cells[one.source, one.week] += one.count
    weeks = _weeks({week for _, week in cells})
    used = {source for source, _ in cells}
    counts = {s: tuple(cells[s, w] for w in weeks) for s in VOCABULARIES["source"] if s in used}
    return Weekly(
        weeks, counts, tuple(sum(column[i] for column in counts.values()) for i in range(len(weeks)))
    )


def _weeks(found: set[str]) -> tuple[str, ...]:
    if not found:
        return ()
    every = tuple(weeks_between(min(found), max(found)))
    return every if len(every) <= MAX_WEEKS else tuple(sorted(found))


def weeks_between(first: str, last: str) -> Iterator[str]:
    """ISO weeks from ``first`` to ``last``, both included."""
    day, end = monday(first), monday(last)
    while day <= end:
        yield week_of(day)
        day += dt.timedelta(weeks=1)


def monday(week: str) -> dt.date:
    """The first day of an ISO week ``YYYY-Www`` (ISO 8601)."""
    return dt.date.fromisocalendar(int(week[:4]), int(week[6:]), 1)


def week_of(day: dt.date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"
