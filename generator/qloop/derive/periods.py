"""Weeks (ISO 8601) and months as the columns of a trend: names, order, ends."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from qloop.derive.occurrences import monday, week_of, weeks_between


@functools.cache
def month_of(day: dt.date) -> str:
    return f"{day.year:04}-{day.month:02}"


def months_between(first: dt.date, last: dt.date) -> Iterator[str]:
    """Months ``YYYY-MM`` from the one of ``first`` to the one of ``last``, both included."""
    year, month = first.year, first.month
    while (year, month) <= (last.year, last.month):
        yield f"{year:04}-{month:02}"
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def _weeks(first: dt.date, last: dt.date) -> Iterator[str]:
    return weeks_between(week_of(first), week_of(last))


@dataclass(frozen=True, slots=True)
class Period:
    """A way to cut time: ``of`` names the period of a day, ``between`` all of them from day to day."""

    name: str
    of: Callable[[dt.date], str]
    between: Callable[[dt.date, dt.date], Iterator[str]]


WEEK = Period("week", week_of, _weeks)
MONTH = Period("month", month_of, months_between)


def sunday(week: str) -> dt.date:
    """The last day of an ISO week."""
    return monday(week) + dt.timedelta(days=6)


def weeks_back(today: dt.date, count: int) -> tuple[str, ...]:
    """The last ``count`` ISO weeks, the one of ``today`` included."""
    return tuple(_weeks(today - dt.timedelta(weeks=count - 1), today))
