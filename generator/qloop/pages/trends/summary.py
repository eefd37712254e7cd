"""The table on top of a trend page: every category, product or factory in one line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from qloop.derive.feedback_rates import RateRow, total
from qloop.derive.flow import FlowRow
from qloop.derive.trends import NOW_WEEKS
from qloop.pages.grid import Cell, Column, Grid
from qloop.pages.records.figures import sparkline
from qloop.pages.site import Site
from qloop.pages.templates import percent
from qloop.pages.trends import figures as draw

MOST_SPARKS = 60
"""Lines of a table that has room for small lines."""
SPARK_WEEKS = 26


@dataclass(frozen=True, slots=True)
class Line:
    """Issues of a group over all time, feedback of the last weeks and of those before them; ``cases`` by week are
    empty where no feedback can be told."""

    key: str
    open: int
    opened: int
    closed: int
    now: RateRow
    before: RateRow
    cases: tuple[int | None, ...]


Placed = tuple[Line, str, str, str]
"""A line with its label, the address of its charts, and its anchor ("" where a section has it)."""


def line(key: str, months: Sequence[FlowRow], feedback: Sequence[RateRow]) -> Line:
    return Line(
        key,
        months[-1].open if months else 0,
        sum(r.opened for r in months),
        sum(r.closed for r in months),
        total(feedback[-NOW_WEEKS:]),
        total(feedback[-2 * NOW_WEEKS : -NOW_WEEKS]),
        tuple(r.count for r in feedback[-SPARK_WEEKS:]),
    )


def summary(site: Site, by: str, lines: Sequence[Placed]) -> Grid:
    texts, measured = site.texts, any(one.cases for one, *_ in lines)
    heads = [
        Column(texts(f"indexes.by.{by}")),
        Column(texts("trends.open"), True),
        Column(texts("trends.opened-all"), True),
        Column(texts("trends.closed-all"), True),
    ]
    if measured:
        numbers = ("cases-now", "cases-before", "change", "rate-now")
        heads += [Column(texts(f"trends.{n}", weeks=NOW_WEEKS), True) for n in numbers]
    sparks = len(lines) <= MOST_SPARKS
    rows = tuple(
        (*_issues(one, label, uri), *(_feedback(one, label, sparks) if measured else ()))
        for one, label, uri, _ in lines
    )
    return Grid("summary", tuple(heads), rows, cards=True, anchors=tuple(anchor for *_, anchor in lines))


def _issues(one: Line, label: str, uri: str) -> tuple[Cell, ...]:
    return Cell(label, label, uri), Cell(str(one.open)), Cell(str(one.opened)), Cell(str(one.closed))


def _feedback(one: Line, label: str, sparks: bool) -> tuple[Cell, ...]:
    now, before = one.now, one.before
    change = (now.rate - before.rate) / before.rate if now.rate is not None and before.rate else None
    cases = draw.known(now.count)
    spark = sparkline(one.cases, label) if sparks and one.cases else Markup("")
    return (
        Cell(cases.text, cases.sort, spark=spark),
        draw.known(before.count),
        Cell(percent(change) or "—", "" if change is None else change),
        draw.rate_cell(now.rate),
    )
