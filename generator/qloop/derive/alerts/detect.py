"""The detectors: each looks at the table and tells what it saw. Formulas and reasons: docs/decisions/alerts.md."""

from __future__ import annotations

from collections.abc import Iterator

from qloop.derive.alerts.charts import rate_chart
from qloop.derive.alerts.model import Seen
from qloop.derive.alerts.table import Table
from qloop.records.settings import AlertSettings
from qloop.stats.exact import fisher, lower


def limits(table: Table, settings: AlertSettings) -> Iterator[Seen]:
    """A current week whose feedback rate lies above the limit of its own size."""
    for sku in sorted(table.cases):
        found = rate_chart(table, sku, settings)
        chart = found.chart
        for week, point in zip(table.now, chart.points[-len(table.now) :], strict=True):
            if point.above and point.count is not None and point.count >= settings.least_cases:
                category, count = _leading(table, sku, week)
                yield Seen("limit", week, sku, category, (
                    ("count", point.count), ("units", point.n or 0), ("rate", point.value or 0.0),
                    ("limit", point.high or 0.0), ("centre", chart.centre or 0.0),
                    ("sigma_z", chart.sigma_z or 0.0), ("chart", "u′" if chart.laney else "u"), ("leading", count),
                ))  # fmt: skip


def _leading(table: Table, sku: str, week: str) -> tuple[str, int]:
    """The category that is furthest above its own mean count in the baseline."""
    base = table.weeks[: -len(table.now)]
    found = []
    for (other, category), weekly in table.kinds.items():
        if other == sku and week in weekly:
            usual = sum(weekly.get(w, 0) for w in base) / len(base)
            found.append((weekly[week] - usual, category, weekly[week]))
    _, category, count = max(found)
    return category, count


def firsts(table: Table, settings: AlertSettings) -> Iterator[Seen]:
    """A category seen for the first time in an SKU that has had feedback for ``least_weeks`` weeks."""
    now = set(table.now)
    for (sku, category), week in sorted(table.seen.items()):
        before = sum(1 for w in table.weeks if table.since[sku] <= w < week)
        if week in now and before >= settings.least_weeks:
            count = sum(table.kinds[sku, category].values())
            yield Seen("first", week, sku, category, (("count", count), ("weeks", before)))


def jumps(table: Table, settings: AlertSettings) -> Iterator[Seen]:
    """A category whose rate in an SKU is a multiple of the week before, beyond chance. Without units: its counts."""
    pairs = [
        (a, b)
        for a, b in zip(table.weeks[-len(table.now) - 1 :], table.now, strict=False)
        if {a, b} <= table.known
    ]
    for (sku, category), weekly in sorted(table.kinds.items()):
        units = table.units.get(sku, {})
        for before, week in pairs:
            count, old = weekly.get(week, 0), weekly.get(before, 0)
            if count < settings.jump_cases:
                continue
            n1, n0 = (units[week], units[before]) if units.get(week) and units.get(before) else (1, 1)
            if (n1, n0) != (1, 1) and min(n1, n0) < settings.least_units:
                continue
            if count * n0 >= settings.jump * max(old, 1) * n1 and lower(count, n1, old, n0):
                figures = {"count": count, "before": old, "units": units.get(week, 0)}
                yield Seen("jump", week, sku, category, tuple(figures.items()))


def batch_shares(table: Table, settings: AlertSettings) -> Iterator[Seen]:
    """A batch in which a category has a larger share of the feedback than in the SKU's other batches.

    Nobody knows how many units of a batch were sold in a week: the feedback that names a batch is its own measure.
    """
    totals: dict[tuple[str, str], int] = {}
    skus: dict[str, int] = {}
    kinds: dict[tuple[str, str], int] = {}
    sums = {key: sum(weekly.values()) for key, weekly in table.batches.items()}
    for (sku, batch, category), count in sums.items():
        for sizes, key in ((totals, (sku, batch)), (kinds, (sku, category))):
            sizes[key] = sizes.get(key, 0) + count
        skus[sku] = skus.get(sku, 0) + count
    for (sku, batch, category), count in sorted(sums.items()):
        newest = max(table.batches[sku, batch, category])
        total = totals[sku, batch]
        other, others = kinds[sku, category] - count, skus[sku] - total
        larger = count * others > settings.batch_times * other * total
        if newest < table.now[0] or count < settings.batch_cases or not others or not larger:
            continue
        p = fisher(count, total, other, others)
        if p < settings.batch_p:
            figures = {"count": count, "total": total, "other": other, "others": others, "p": p}
            yield Seen("batch", newest, sku, category, tuple(figures.items()), batch)
