"""Feedback and units of each SKU over the last complete weeks: the small numbers on product pages."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from qloop.derive.occurrences import week_of, weeks_between
from qloop.read.feedback import Feedback

WEEKS = 12


@dataclass(frozen=True, slots=True)
class Recent:
    """``cases`` and ``units`` by week, as many as ``weeks``; ``categories``: (category, cases), most first;
    ``batches``: cases by batch."""

    weeks: tuple[str, ...]
    cases: tuple[int, ...]
    units: tuple[int, ...]
    categories: tuple[tuple[str, int], ...]
    batches: tuple[tuple[str, int], ...]

    @property
    def rate(self) -> float | None:
        """Cases per unit over all weeks; None without units."""
        return sum(self.cases) / sum(self.units) if sum(self.units) else None


def last_weeks(day: dt.date, count: int = WEEKS) -> tuple[str, ...]:
    """The last ``count`` ISO weeks that are over on ``day`` (a Sunday's own week counts as over)."""
    last = day - dt.timedelta(days=6)
    return tuple(weeks_between(week_of(last - dt.timedelta(weeks=count - 1)), week_of(last)))


def recent(feedback: Feedback, day: dt.date) -> Mapping[str, Recent]:
    """By SKU; SKUs without feedback and without units in these weeks are left out."""
    weeks = last_weeks(day)
    wanted = set(weeks)
    cases: dict[str, list[Counter[str]]] = {}
    units: dict[str, Counter[str]] = {}
    for row in feedback.rows:
        if row.week in wanted:
            week, category, batch = cases.setdefault(row.sku, [Counter(), Counter(), Counter()])
            week[row.week] += row.count
            category[row.category] += row.count
            batch[row.batch] += row.count if row.batch else 0
    for sold in feedback.units:
        if sold.week in wanted:
            units.setdefault(sold.sku, Counter())[sold.week] += sold.units
    return {sku: _recent(weeks, cases.get(sku), units.get(sku)) for sku in sorted({*cases, *units})}


def _recent(weeks: tuple[str, ...], cases: list[Counter[str]] | None, units: Counter[str] | None) -> Recent:
    by_week, by_category, by_batch = cases or [Counter(), Counter(), Counter()]
    ranked = tuple(sorted(((c, n) for c, n in by_category.items() if n), key=lambda x: (-x[1], x[0])))
    counts = tuple(by_week[w] for w in weeks)
    return Recent(
        weeks,
        counts,
        tuple((units or Counter())[w] for w in weeks),
        ranked,
        tuple((b, n) for b, n in sorted(by_batch.items()) if n),
    )
