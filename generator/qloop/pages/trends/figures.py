"""Charts and tables of trends: series as figures with the table of the same numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from markupsafe import Markup

from qloop.derive.feedback_rates import RateRow
from qloop.derive.flow import FlowRow
from qloop.derive.occurrences import week_of
from qloop.derive.pareto import Share
from qloop.derive.periods import month_of
from qloop.pages.grid import Cell, Column, Figure, Grid
from qloop.pages.site import Site
from qloop.pages.templates import number, per_thousand, quiet

if TYPE_CHECKING:
    from qloop.charts import Event

CHART_WEEKS = 65
"""A year and a quarter: the same season twice."""
CHART_MONTHS = 24
PARETO_BARS = 12


def inline(svg: str) -> Markup:
    """A chart as markup: its texts are escaped, its line breaks must not reach Markdown."""
    return Markup(quiet(svg))


def flow_figure(site: Site, rows: Sequence[FlowRow], title: str, monthly: bool) -> Figure:
    """Opened and ended as lines with the stock; by week with the events of qloop.yml."""
    from qloop import charts

    texts = site.texts
    shown = tuple(rows)[-(CHART_MONTHS if monthly else CHART_WEEKS) :]
    series = (
        charts.Series(texts("trends.opened"), tuple(r.opened for r in shown)),
        charts.Series(texts("trends.closed"), tuple(r.closed for r in shown)),
        charts.Series(texts("trends.open"), tuple(r.open for r in shown)),
    )
    chart = charts.Chart(title, tuple(r.period for r in shown), series, texts("trends.unit.issues"))
    return Figure(
        inline(charts.lines(chart, () if monthly else _events(site))), title, texts("trends.no-issues")
    )


def flow_grid(site: Site, id: str, rows: Sequence[FlowRow], by: str) -> Grid:
    """Newest first; ``by``: week or month. The last period has not ended: it is marked."""
    texts = site.texts
    heads = (
        Column(texts(f"indexes.by.{by}"), time=True),
        Column(texts("trends.opened"), True),
        Column(texts("trends.closed"), True),
        Column(texts("trends.open"), True),
    )
    current = week_of(site.today) if by == "week" else month_of(site.today)
    cells = tuple(
        (_period(site, r.period, current), _number(r.opened), _number(r.closed), Cell(str(r.open), r.open))
        for r in reversed(rows)
    )
    return Grid(id, heads, cells, sortable=False)


def rate_figures(
    site: Site, rows: Sequence[RateRow], title: str, weeks: int = CHART_WEEKS
) -> tuple[Figure, Figure]:
    """Cases a week, and cases per 1,000 units sold; unknown weeks are gaps."""
    from qloop import charts

    texts = site.texts
    shown = tuple(rows)[-weeks:]
    labels = tuple(r.week for r in shown)
    events = _events(site)
    cases = charts.Series(texts("trends.cases"), tuple(r.count for r in shown))
    rates = charts.Series(
        texts("trends.rate"), tuple(None if r.rate is None else r.rate * 1000 for r in shown)
    )
    pair = []
    for series, unit, none in ((cases, "cases", "no-feedback"), (rates, "rate", "no-units")):
        name = f"{title} · {series.name}"
        svg = charts.lines(charts.Chart(name, labels, (series,), texts(f"trends.unit.{unit}")), events)
        pair.append(Figure(inline(svg), name, texts(f"trends.{none}")))
    return pair[0], pair[1]


def rate_grid(
    site: Site, id: str, rows: Sequence[RateRow], provisional: frozenset[str] = frozenset()
) -> Grid:
    """Newest first; an unknown number is a dash, never a zero. ``provisional`` weeks say so."""
    texts = site.texts
    heads = (
        Column(texts("indexes.by.week"), time=True),
        Column(texts("trends.cases"), True),
        Column(texts("trends.units"), True),
        Column(texts("trends.rate"), True),
    )
    current = week_of(site.today)
    cells = tuple(
        (_week(site, r.week, current, provisional), known(r.count), known(r.units), rate_cell(r.rate))
        for r in reversed(rows)
    )
    return Grid(id, heads, cells, sortable=False)


def pareto_figure(
    site: Site, shares: Sequence[Share], labels: dict[str, str], title: str, unit: str
) -> Figure:
    """The largest groups as bars with the cumulative share; small ones together in the last bar."""
    from qloop import charts

    texts = site.texts
    top, rest = list(shares[:PARETO_BARS]), shares[PARETO_BARS:]
    names = [labels[s.key] for s in top] + ([texts("trends.rest")] if rest else [])
    values = tuple([s.count for s in top] + ([sum(s.count for s in rest)] if rest else []))
    chart = charts.Chart(title, tuple(names), (charts.Series(title, values),), texts(f"trends.unit.{unit}"))
    svg = charts.pareto(chart, texts("trends.cumulative"), texts("trends.rest") if rest else "")
    return Figure(inline(svg), title, texts("trends.nothing"))


def pareto_grid(
    site: Site, id: str, by: str, shares: Sequence[Share], labels: dict[str, str], uris: dict[str, str]
) -> Grid:
    texts = site.texts
    heads = (
        Column(texts(f"indexes.by.{by}")),
        Column(texts("trends.count"), True),
        Column(texts("indexes.column.share"), True),
        Column(texts("trends.cumulative"), True),
    )
    rows = tuple(
        (
            Cell(labels[s.key], uri=uris.get(s.key, "")),
            Cell(number(s.count), s.count),
            Cell(f"{s.share:.1%}", s.share),
            Cell(f"{s.cumulative:.1%}", s.cumulative),
        )
        for s in shares
    )
    return Grid(id, heads, rows)


def _events(site: Site) -> tuple[Event, ...]:
    from qloop import charts

    found: dict[str, list[str]] = {}
    for event in sorted(site.archive.settings.events, key=lambda e: e.on):
        found.setdefault(week_of(event.on), []).append(event.label)
    join = str(site.texts("pages.comma"))
    return tuple(charts.Event(at, join.join(labels)) for at, labels in found.items())


def _week(site: Site, week: str, current: str, provisional: frozenset[str]) -> Cell:
    if week in provisional and week != current:
        return Cell(week + site.texts("trends.provisional"), week)
    return _period(site, week, current)


def _period(site: Site, period: str, current: str) -> Cell:
    return Cell(period + (site.texts("trends.running") if period == current else ""), period)


def _number(n: int) -> Cell:
    return Cell(str(n) if n else "", n)


def known(n: int | None) -> Cell:
    return Cell("—" if n is None else number(n), "" if n is None else n)


def rate_cell(rate: float | None) -> Cell:
    return Cell("—" if rate is None else per_thousand(rate), "" if rate is None else rate)
