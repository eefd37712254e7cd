"""Feedback by week and its rate per unit sold. Counts of feedback files only: occurrences are never added."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from qloop.derive.occurrences import week_of, weeks_between
from qloop.read.feedback import Feedback, FeedbackRow


@dataclass(frozen=True, slots=True)
class RateRow:
    """One week. ``count`` is None in a week without any feedback file (nobody knows), ``units`` and ``rate``
    (cases per unit) are None where no units are known: an unknown rate is not zero."""

    week: str
    count: int | None
    units: int | None
    rate: float | None


@dataclass(frozen=True, slots=True)
class FeedbackTrend:
    """Rows from the first week with data to the week of today; by category per unit of everything sold,
    by SKU per unit of that SKU. The rates of all categories add up to the rate overall."""

    weeks: tuple[str, ...]
    overall: tuple[RateRow, ...]
    by_category: dict[str, tuple[RateRow, ...]]
    by_sku: dict[str, tuple[RateRow, ...]]


def feedback_trend(feedback: Feedback, today: dt.date) -> FeedbackTrend:
    """Weekly counts and rates until ``today``; later weeks have not happened."""
    last = week_of(today)
    rows = [r for r in feedback.rows if r.week <= last]
    units = [u for u in feedback.units if u.week <= last]
    first = min((*(r.week for r in rows), *(u.week for u in units)), default="")
    weeks = tuple(weeks_between(first, last)) if first else ()
    counts = [(r.week, r.sku, r.category, r.count) for r in rows]
    sold = [(u.week, u.sku, u.units) for u in units]
    known = frozenset(r.week for r in rows)
    everything = _sums((week, n) for week, _, n in sold)
    cases = _groups((sku, week, n) for week, sku, _, n in counts)
    sales = _groups((sku, week, n) for week, sku, n in sold)
    categories = _groups((category, week, n) for week, _, category, n in counts)
    return FeedbackTrend(
        weeks,
        _rows(_sums((week, n) for week, _, _, n in counts), everything, weeks, known),
        {c: _rows(found, everything, weeks, known) for c, found in sorted(categories.items())},
        {s: _rows(cases.get(s, {}), sales.get(s, {}), weeks, known) for s in sorted({*cases, *sales})},
    )


def provisional_weeks(feedback: Feedback) -> frozenset[str]:
    """Weeks whose counts may still grow, by the windows of imported reports."""
    return frozenset(
        week
        for window in feedback.windows
        if window.provisional
        for week in weeks_between(week_of(window.provisional), week_of(window.last))
    )


def _sums(cases: Iterable[tuple[str, int]]) -> dict[str, int]:
    """The sum by week."""
    found: dict[str, int] = {}
    for week, n in cases:
        found[week] = found.get(week, 0) + n
    return found


def _groups(cases: Iterable[tuple[str, str, int]]) -> dict[str, dict[str, int]]:
    """The sum of each group by week."""
    found: dict[str, dict[str, int]] = {}
    for group, week, n in cases:
        weeks = found.setdefault(group, {})
        weeks[week] = weeks.get(week, 0) + n
    return found


def _rows(
    counts: Mapping[str, int], units: Mapping[str, int], weeks: Sequence[str], known: frozenset[str]
) -> tuple[RateRow, ...]:
    return tuple(_row(week, counts, units, week in known) for week in weeks)


def _row(week: str, counts: Mapping[str, int], units: Mapping[str, int], known: bool) -> RateRow:
    count = int(counts.get(week, 0)) if known else None
    sold = units.get(week)
    return RateRow(week, count, sold, count / sold if count is not None and sold else None)


def total(rows: Iterable[RateRow]) -> RateRow:
    """Several weeks as one: the rate is of the weeks in which both counts and units are known."""
    rows = tuple(rows)
    counts = [r.count for r in rows if r.count is not None]
    units = [r.units for r in rows if r.units is not None]
    both = [(r.count, r.units) for r in rows if r.count is not None and r.units]
    sold = sum(u for _, u in both)
    rate = sum(c for c, _ in both) / sold if sold else None
    return RateRow("", sum(counts) if counts else None, sum(units) if units else None, rate)


def counts_by_category(rows: Iterable[FeedbackRow], weeks: Sequence[str]) -> dict[str, int]:
    """Cases of each category in ``weeks``."""
    wanted, found = set(weeks), dict[str, int]()
    for row in rows:
        if row.week in wanted:
            found[row.category] = found.get(row.category, 0) + row.count
    return found
