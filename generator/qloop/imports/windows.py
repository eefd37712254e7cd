"""Which days of which report are in the archive: ``feedback/windows.csv``.

Counts are kept by week and reports end on any day, so days are remembered: only they can tell whether a report
knows as much of a week as the archive does.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from qloop.read.feedback import Window

PROVISIONAL_DAYS = 35
"""A report's last days, in which returns are still to come: 30 days to return and the way back."""


def days(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    return (dt.date.fromordinal(n) for n in range(first.toordinal(), last.toordinal() + 1))


def days_of_week(week: str) -> frozenset[dt.date]:
    """The seven days of an ISO week."""
    monday = dt.date.fromisocalendar(int(week[:4]), int(week[6:]), 1)
    return frozenset(days(monday, monday + dt.timedelta(6)))


def as_windows(source: str, marketplace: str, report: str, covered: Iterable[dt.date]) -> list[Window]:
    """Days in a row become one window; units sold do not grow, all else does at its end."""
    spans: list[tuple[dt.date, dt.date]] = []
    for day in sorted(covered):
        if spans and day - spans[-1][1] == dt.timedelta(1):
            spans[-1] = (spans[-1][0], day)
        else:
            spans.append((day, day))
    if not spans:
        return []
    growing = spans[-1][1] - dt.timedelta(PROVISIONAL_DAYS - 1)
    return [
        Window(source, marketplace, report, first, last,
               max(first, growing) if source != "units" and last >= growing else None)
        for first, last in spans
    ]  # fmt: skip


def plan(report: frozenset[dt.date], archive: frozenset[dt.date]) -> str:
    """What happens to a week of which the report and the archive know these days.

    ``new``; ``replaced``: the report knows all that the archive knows; ``added``: they know different days;
    ``kept``: the archive knows days that the report lacks, so that replacing would lose some.
    """
    if not archive:
        return "new"
    if archive <= report:
        return "replaced"
    return "kept" if archive & report else "added"
