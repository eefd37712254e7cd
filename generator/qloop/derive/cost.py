"""Cost of poor quality (failure costs: refunds, reshipments, scrap, rework) by month, category and factory.

Each currency by itself: amounts of different currencies are never added. The month is the one in which the
issue was opened; records do not say when money was paid.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import fsum
from operator import attrgetter

from qloop.derive.periods import month_of, months_between
from qloop.records.issue import Cost, IssueRecord

PARTS = ("refund", "reship", "scrap", "rework", "other")
_parts: Callable[[Cost], tuple[float, ...]] = attrgetter(*PARTS)


@dataclass(frozen=True, slots=True)
class CostRow:
    """Amounts of ``issues`` issues in one currency; ``parts`` as PARTS; ``share`` of the total (0 to 1)."""

    key: str
    issues: int
    parts: tuple[float, ...]
    total: float
    share: float


@dataclass(frozen=True, slots=True)
class CurrencyCost:
    """``months`` without gaps, oldest first; the others by amount. ``dearest``: ids of issues, at most 10."""

    currency: str
    total: float
    months: tuple[CostRow, ...]
    categories: tuple[CostRow, ...]
    factories: tuple[CostRow, ...]
    dearest: tuple[tuple[str, float], ...]


def costs(issues: Iterable[IssueRecord], today: dt.date) -> tuple[CurrencyCost, ...]:
    """The costs that issues opened until ``today`` name, the currency with the most issues first."""
    found: dict[str, list[tuple[IssueRecord, Cost]]] = {}
    for issue in issues:
        if issue.cost and issue.cost.total and issue.opened <= today:
            found.setdefault(issue.cost.currency, []).append((issue, issue.cost))
    ranked = sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return tuple(_currency(currency, pairs, today) for currency, pairs in ranked)


def _currency(currency: str, pairs: Sequence[tuple[IssueRecord, Cost]], today: dt.date) -> CurrencyCost:
    total = _money(fsum(cost.total for _, cost in pairs))
    by_month = {row.key: row for row in _rows(pairs, total, lambda i: month_of(i.opened))}
    span = months_between(min(issue.opened for issue, _ in pairs), today)
    months = tuple(by_month.get(m, CostRow(m, 0, (0.0,) * len(PARTS), 0.0, 0.0)) for m in span)
    dearest = sorted(((issue.id, _money(cost.total)) for issue, cost in pairs), key=lambda p: (-p[1], p[0]))
    categories = _rows(pairs, total, lambda i: i.category)
    factories = _rows(pairs, total, lambda i: i.factory or "")
    return CurrencyCost(currency, total, months, categories, factories, tuple(dearest[:10]))


def _rows(
    pairs: Sequence[tuple[IssueRecord, Cost]], total: float, key: Callable[[IssueRecord], str]
) -> tuple[CostRow, ...]:
    found: dict[str, list[tuple[float, ...]]] = {}
    for issue, cost in pairs:
        found.setdefault(key(issue), []).append(_parts(cost))
    rows = [
        _row(group, len(cells), tuple(_money(fsum(part)) for part in zip(*cells, strict=True)), total)
        for group, cells in found.items()
    ]
    return tuple(sorted(rows, key=lambda r: (-r.total, r.key)))


def _row(key: str, issues: int, parts: tuple[float, ...], total: float) -> CostRow:
    amount = _money(sum(parts))
    return CostRow(key, issues, parts, amount, amount / total if total else 0.0)


def _money(amount: float) -> float:
    """To the cent, so that sums print the same on every machine."""
    return round(float(amount), 2)
