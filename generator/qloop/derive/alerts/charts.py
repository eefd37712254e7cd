"""The control chart of an SKU's weekly feedback rate: what its limit alerts and its page's chart both show."""

from __future__ import annotations

from dataclasses import dataclass

from qloop.derive.alerts.table import Table
from qloop.records.settings import AlertSettings
from qloop.stats.control import Control, control


@dataclass(frozen=True, slots=True)
class RateChart:
    """A u or u' chart of cases per unit: as many points as ``weeks``; the last ``now`` are judged by the others."""

    sku: str
    weeks: tuple[str, ...]
    now: int
    chart: Control


def rate_chart(table: Table, sku: str, settings: AlertSettings) -> RateChart:
    """Limits from the weeks before the current ones. A week without a feedback file or with fewer units than
    ``least_units`` has no rate."""
    cases, units = table.cases.get(sku, {}), table.units.get(sku, {})
    counts = tuple(cases.get(w, 0) if w in table.known else None for w in table.weeks)
    sizes = tuple(units.get(w) for w in table.weeks)
    chart = control("u", counts, sizes, base=len(table.weeks) - len(table.now),
                    least=max(1, settings.least_units), fewest=settings.least_weeks)  # fmt: skip
    return RateChart(sku, table.weeks, len(table.now), chart)
