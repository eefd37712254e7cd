"""Feedback and units by week in the shape that detectors ask for: one pass over the rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from qloop.derive.occurrences import monday, week_of, weeks_between
from qloop.derive.recent import last_weeks
from qloop.read.feedback import Feedback
from qloop.records.settings import AlertSettings

Weekly = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Table:
    """``weeks``: the baseline and then the current ones (``now``); weeks are over on the archive's day.

    ``cases``: cases of an SKU by week; ``kinds``: of (SKU, category); ``batches``: of (SKU, batch, category);
    ``units``: units of an SKU. ``known``: weeks with a feedback file. ``seen``: the first week ever of
    (SKU, category), ``since``: of an SKU.
    """

    weeks: tuple[str, ...]
    now: tuple[str, ...]
    cases: Mapping[str, Weekly]
    kinds: Mapping[tuple[str, str], Weekly]
    batches: Mapping[tuple[str, str, str], Weekly]
    units: Mapping[str, Weekly]
    known: frozenset[str]
    seen: Mapping[tuple[str, str], str]
    since: Mapping[str, str]


def table(feedback: Feedback, today: dt.date, settings: AlertSettings) -> Table:
    """Everything that alerts on ``today`` are made from."""
    now = last_weeks(today, settings.weeks)
    first = week_of(monday(now[0]) - dt.timedelta(weeks=settings.baseline_weeks))
    weeks = tuple(weeks_between(first, now[-1]))
    wanted, known = set(weeks), set[str]()
    cases: dict[str, dict[str, int]] = {}
    kinds: dict[tuple[str, str], dict[str, int]] = {}
    batches: dict[tuple[str, str, str], dict[str, int]] = {}
    seen: dict[tuple[str, str], str] = {}
    for row in feedback.rows:
        week, sku, category, count = row.week, row.sku, row.category, row.count
        if count <= 0 or week > now[-1]:
            continue
        kind = sku, category
        if seen.get(kind, "9999") > week:
            seen[kind] = week
        if week not in wanted:
            continue
        known.add(week)
        _add(cases.setdefault(sku, {}), week, count)
        _add(kinds.setdefault(kind, {}), week, count)
        if row.batch:
            _add(batches.setdefault((sku, row.batch, category), {}), week, count)
    units: dict[str, dict[str, int]] = {}
    for sold in feedback.units:
        if sold.week in wanted:
            _add(units.setdefault(sold.sku, {}), sold.week, sold.units)
    since: dict[str, str] = {}
    for (sku, _), week in seen.items():
        since[sku] = min(week, since.get(sku, week))
    return Table(weeks, now, cases, kinds, batches, units, frozenset(known), seen, since)


def _add(weekly: dict[str, int], week: str, count: int) -> None:
    weekly[week] = weekly.get(week, 0) + count
