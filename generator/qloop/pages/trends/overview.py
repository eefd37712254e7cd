"""The trend pages: overview, feedback, and one page each for categories, products and factories."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qloop.derive.feedback_rates import RateRow, provisional_weeks
from qloop.derive.flow import EVERYTHING, FlowRow
from qloop.derive.measures import Age, MonthRow
from qloop.derive.occurrences import weekly
from qloop.derive.pareto import Share
from qloop.derive.periods import month_of
from qloop.derive.trends import NOW_WEEKS, trends
from qloop.pages.grid import Cell, Column, Figure, Grid
from qloop.pages.page import Draft, Page, draft
from qloop.pages.shared import Ref, lives, ref
from qloop.pages.site import Site
from qloop.pages.templates import number
from qloop.pages.trends import figures as draw
from qloop.pages.trends.groups import group_pages, trend_page

WEEKS_SHOWN = 26


@dataclass(frozen=True, slots=True)
class Overview:
    """What ``trends/index.md`` shows; ``oldest``: the issue that has been open for longest."""

    weeks: tuple[FlowRow, ...]
    months: tuple[FlowRow, ...]
    measures: tuple[MonthRow, ...]
    whole: MonthRow
    age: Age
    oldest: Ref | None
    categories: tuple[Share, ...]
    causes: tuple[Share, ...]


def trend_pages(site: Site) -> Iterator[Draft]:
    """``trends/index.md``, ``feedback.md``, ``categories.md``, ``products.md``, ``factories.md``."""
    found = trends(site.archive, site.today, lives(site))
    overall, oldest = found.overall, found.age.oldest
    yield draft(_overview, site, "trends/index.md", Overview(
        overall.weeks.get(EVERYTHING, ()), overall.months.get(EVERYTHING, ()), found.months, found.whole,
        found.age, ref(site, oldest) if oldest else None, found.issue_pareto, found.cause_pareto,
    ))  # fmt: skip
    yield draft(_feedback, site, "trends/feedback.md", found.feedback.overall, found.feedback_pareto,
                _by_hand(site), provisional_weeks(site.archive.feedback))  # fmt: skip
    yield from group_pages(site, found)


def _overview(site: Site, uri: str, found: Overview) -> Page:
    texts = site.texts
    week_grid = draw.flow_grid(site, "weeks", found.weeks, "week")
    return trend_page(
        site,
        "index",
        "trends.md.j2",
        today=site.today,
        measures=_measures(site, found),
        age=_age(site, found),
        week_figure=draw.flow_figure(site, found.weeks, texts("trends.index.weeks"), monthly=False),
        weeks=week_grid.last(WEEKS_SHOWN),
        all_weeks=_rest(week_grid, WEEKS_SHOWN),
        month_figure=draw.flow_figure(site, found.months, texts("trends.index.months"), monthly=True),
        months=draw.flow_grid(site, "months", found.months, "month"),
        category_figure=_pareto(site, found.categories, "issues"),
        category_grid=_pareto_grid(site, found.categories, "issues"),
        cause_figure=_pareto(site, found.causes, "causes"),
        cause_grid=_pareto_grid(site, found.causes, "causes"),
        speed_figure=_speed_figure(site, found.measures),
        speed=_speed_grid(site, found.measures),
    )


def _feedback(
    site: Site, uri: str, rows: Sequence[RateRow], shares: Sequence[Share], by_hand: Grid,
    provisional: frozenset[str],
) -> Page:  # fmt: skip
    cases, rates = draw.rate_figures(site, rows, site.texts("trends.feedback.all"))
    grid = draw.rate_grid(site, "weeks", rows, provisional)
    return trend_page(
        site,
        "feedback",
        "trends_feedback.md.j2",
        cases=cases,
        rates=rates,
        weeks=grid.last(WEEKS_SHOWN),
        all_weeks=_rest(grid, WEEKS_SHOWN),
        now=NOW_WEEKS,
        pareto_figure=_pareto(site, shares, "feedback"),
        pareto_grid=_pareto_grid(site, shares, "feedback"),
        by_hand=by_hand,
    )


def _rest(grid: Grid, shown: int) -> Grid | None:
    """The whole table where more than ``shown`` rows are in it, under a name of its own."""
    if len(grid.rows) <= shown:
        return None
    return Grid(f"{grid.id}-all", grid.columns, grid.rows, grid.caption, grid.foot, grid.sortable, grid.cards)


def _labels(site: Site, shares: Sequence[Share], which: str) -> dict[str, str]:
    if which == "causes":
        return {s.key: site.texts.label("cause-class", s.key) for s in shares}
    return {s.key: site.archive.settings.category_label(s.key) for s in shares}


def _pareto(site: Site, shares: Sequence[Share], which: str) -> Figure:
    title = site.texts(f"trends.pareto.{which}", weeks=NOW_WEEKS)
    unit = "cases" if which == "feedback" else "issues"
    return draw.pareto_figure(site, shares, _labels(site, shares, which), title, unit)


def _pareto_grid(site: Site, shares: Sequence[Share], which: str) -> Grid:
    by = "cause" if which == "causes" else "category"
    uris = {} if which == "causes" else {s.key: f"trends/categories.md#g-{s.key}" for s in shares}
    return draw.pareto_grid(site, f"pareto-{which}", by, shares, _labels(site, shares, which), uris)


def _measures(site: Site, found: Overview) -> Grid:
    """The loop's own measures, each with its definition."""
    texts, whole = site.texts, found.whole
    last = found.measures[-1] if found.measures else None
    opened = last.opened if last and last.month == month_of(site.today) else 0
    values = {
        "open": str(found.age.count),
        "opened": str(opened),
        "days": _days(site, whole.median_days),
        "repeats": "—" if whole.repeat_share is None else f"{whole.repeat_share:.1%}",
        "age": _days(site, found.age.median_days),
    }
    columns = (
        Column(texts("trends.measure")),
        Column(texts("trends.value"), True),
        Column(texts("trends.definition")),
    )
    names = texts["trends.measures"]
    rows = tuple(
        (Cell(names[k]["name"]), Cell(value), Cell(names[k]["definition"])) for k, value in values.items()
    )
    return Grid("measures", columns, rows, sortable=False)


def _days(site: Site, days: float | None) -> str:
    return "—" if days is None else site.texts("trends.days", days=number(days))


def _age(site: Site, found: Overview) -> Grid:
    texts = site.texts
    heads = (Column(texts("trends.age.band")), Column(texts("trends.count"), True))
    rows = tuple(
        (Cell(texts(f"trends.age.{key}"), i), Cell(str(n), n)) for i, (key, n) in enumerate(found.age.bands)
    )
    oldest = found.oldest
    if oldest:
        text = texts("trends.age.oldest", title=oldest.title)
        foot = (
            Cell(text, uri=oldest.uri, record=oldest.id),
            Cell(texts("trends.days", days=found.age.oldest_days)),
        )
        return Grid("age", heads, rows, foot=foot)
    return Grid("age", heads, rows)


def _speed_figure(site: Site, months: Sequence[MonthRow]) -> Figure:
    from qloop import charts

    texts = site.texts
    shown = tuple(months)[-draw.CHART_MONTHS :]
    series = charts.Series(texts("trends.median-days"), tuple(r.median_days for r in shown))
    title = texts("trends.index.speed")
    chart = charts.Chart(title, tuple(r.month for r in shown), (series,), texts("trends.unit.days"))
    return Figure(draw.inline(charts.bars(chart)), title, texts("trends.no-verified"))


def _speed_grid(site: Site, months: Sequence[MonthRow]) -> Grid:
    texts = site.texts
    names = ("opened", "repeats", "repeat-share", "verified", "median-days")
    heads = (
        Column(texts("indexes.by.month"), time=True),
        *(Column(texts(f"trends.{n}"), True) for n in names),
    )
    rows = tuple(
        (
            Cell(r.month),
            Cell(str(r.opened)),
            Cell(str(r.repeats)),
            Cell("—" if r.repeat_share is None else f"{r.repeat_share:.0%}"),
            Cell(str(r.verified)),
            Cell("—" if r.median_days is None else number(r.median_days)),
        )
        for r in reversed(months)
    )
    return Grid("speed", heads, rows)


def _by_hand(site: Site) -> Grid:
    """Occurrences that issues name, by week: a table of their own, since they are never added to feedback."""
    texts = site.texts
    cases = weekly(one for issue in site.archive.issues for one in issue.occurrences)
    heads = (
        Column(texts("indexes.by.week"), time=True),
        *(Column(texts.label("source", s), True) for s in cases.counts),
        Column(texts("indexes.column.total"), True),
    )
    rows = tuple(
        (
            Cell(week),
            *(Cell(str(c[i]) if c[i] else "", c[i]) for c in cases.counts.values()),
            Cell(str(cases.totals[i])),
        )
        for i, week in reversed(tuple(enumerate(cases.weeks)))
        if cases.totals[i]
    )
    return Grid("by-hand", heads, rows)
