"""Issues and feedback as columns of numbers, so that any two of their dimensions can be crossed in the browser.

A column holds an index into the dimension's values for each row, ``-1`` for none; a list of them where a record has
several. A week belongs to the month of its Thursday (ISO 8601 gives a week to a year by the same rule).
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from qloop.derive.occurrences import monday, week_of
from qloop.derive.periods import month_of
from qloop.read.feedback import Feedback
from qloop.records.issue import IssueRecord

ISSUE = ("month", "status", "severity", "category", "cause", "product", "batch", "factory", "source", "owner")
"""Dimensions of issues; ``month`` is the one in which an issue was opened."""
FEEDBACK = ("month", "category", "product", "batch", "market", "source")
"""Dimensions of feedback; its factory follows from the product."""
UNITS = ("month", "product", "market")
"""Dimensions of units sold."""


@dataclass(frozen=True, slots=True)
class Columns:
    """``values`` by dimension in the order in which readers see them; ``columns`` of equal length."""

    values: Mapping[str, tuple[str, ...]]
    columns: Mapping[str, tuple[int | list[int], ...]]


@dataclass(frozen=True, slots=True)
class FeedbackColumns:
    """``counts`` has the columns ``count`` (cases) and ``rated`` (1 where units of that week are known) besides,
    ``units`` the column ``units`` (sold in weeks with feedback: what nobody counted is not free of complaints)."""

    counts: Columns
    units: Columns


def told(record: IssueRecord) -> str:
    """What an issue tells to the cross table: its id and its value of each of ISSUE, as JSON."""
    cause = record.root_cause.class_ if record.root_cause else ""
    return json.dumps([
        record.id, month_of(record.opened), record.status, record.severity, record.category, cause,
        record.products, record.batches, record.factory or "", record.sources, record.owner,
    ], ensure_ascii=False, separators=(",", ":"))  # fmt: skip


def issue_columns(rows: Iterable[str], order: Mapping[str, Sequence[str]]) -> tuple[tuple[str, ...], Columns]:
    """Ids and columns of what issues ``told``; ``order``: values of a dimension as its vocabulary has them."""
    found: list[list[Any]] = json.loads(f"[{','.join(rows)}]")
    if not found:
        return (), Columns(dict.fromkeys(ISSUE, ()), dict.fromkeys(ISSUE, ()))
    ids, *columns = zip(*found, strict=True)
    return ids, _indexed(dict(zip(ISSUE, columns, strict=True)), order)


def feedback_columns(
    feedback: Feedback, today: dt.date, order: Mapping[str, Sequence[str]]
) -> FeedbackColumns:
    """Cases and units sold by month until ``today``; later weeks have not happened."""
    last = week_of(today)
    rows = [row for row in feedback.rows if row.week <= last]
    sold = [row for row in feedback.units if row.week <= last]
    counted, measured = {row.week for row in rows}, {row.week for row in sold}
    months = {week: month_of(monday(week) + dt.timedelta(days=3)) for week in counted | measured}
    cases: dict[tuple[Any, ...], int] = {}
    for r in rows:
        rated = int(r.week in measured)
        key = (r.sku, r.batch, r.category, r.source, r.marketplace, months[r.week], rated)
        cases[key] = cases.get(key, 0) + r.count
    units: dict[tuple[str, str, str], int] = {}
    for u in sold:
        if u.week in counted:
            place = (u.sku, u.marketplace, months[u.week])
            units[place] = units.get(place, 0) + u.units
    names = ("product", "batch", "category", "source", "market", "month", "rated", "count")
    table = _transposed(names, ((*key, n) for key, n in sorted(cases.items())))
    below = _transposed(
        ("product", "market", "month", "units"), ((*key, n) for key, n in sorted(units.items()))
    )
    both = {name: [*table[name], *below[name]] for name in UNITS}
    shared = {name: _ordered(both[name], order.get(name, ())) for name in UNITS}
    return FeedbackColumns(
        _indexed(table, order, shared, ("rated", "count")), _indexed(below, order, shared, ("units",))
    )


def _transposed(names: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> dict[str, tuple[Any, ...]]:
    columns = list(zip(*rows, strict=True))
    return dict(zip(names, columns or [()] * len(names), strict=True))


def _indexed(
    columns: Mapping[str, Sequence[Any]], order: Mapping[str, Sequence[str]],
    shared: Mapping[str, tuple[str, ...]] = MappingProxyType({}), numbers: Sequence[str] = (),
) -> Columns:  # fmt: skip
    """Texts become indexes into the values that occur (into ``shared`` ones where two tables have them in common);
    the columns ``numbers`` are left as they are."""
    values: dict[str, tuple[str, ...]] = {}
    found: dict[str, tuple[int | list[int], ...]] = {}
    for name, column in columns.items():
        if name in numbers:
            found[name] = tuple(column)
            continue
        values[name] = shared.get(name) or _ordered(column, order.get(name, ()))
        index = {value: i for i, value in enumerate(values[name])} | {"": -1}
        found[name] = tuple(index[one] if isinstance(one, str) else _several(one, index) for one in column)
    return Columns(values, found)


def _several(values: Sequence[str], index: Mapping[str, int]) -> int | list[int]:
    found = [index[value] for value in dict.fromkeys(values)]
    return found if len(found) > 1 else found[0] if found else -1


def _ordered(column: Iterable[Any], order: Sequence[str]) -> tuple[str, ...]:
    """The values that occur: in the given order, then the others by name."""
    used: set[str] = set()
    for one in column:
        if isinstance(one, str):
            used.add(one)
        else:
            used.update(one)
    used.discard("")
    rank = {value: i for i, value in enumerate(order)}
    return tuple(sorted(used, key=lambda value: (rank.get(value, len(rank)), value)))
