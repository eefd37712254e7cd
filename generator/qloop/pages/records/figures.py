"""Charts of record and product pages, drawn by qloop.charts."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from qloop.derive.occurrences import Weekly
from qloop.pages.site import Site
from qloop.pages.templates import quiet

MOST = 6
"""A chart holds six series; smaller sources share the last one."""


def occurrences_chart(site: Site, cases: Weekly, title: str) -> Markup:
    """Cases a week, stacked by source; "" without any."""
    from qloop import charts

    if not cases.total:
        return Markup("")
    series = tuple(charts.Series(name, values) for name, values in _series(site, cases))
    text = site.texts("pages.issue.cases_caption", total=cases.total)
    unit = site.texts("pages.unit.cases")
    return _inline(charts.stacked_bars(charts.Chart(title, cases.weeks, series, unit, text)))


def _series(site: Site, cases: Weekly) -> list[tuple[str, tuple[int, ...]]]:
    named = [(site.texts.label("source", s), values) for s, values in cases.counts.items()]
    if len(named) <= MOST:
        return named
    rest = tuple(sum(column) for column in zip(*(values for _, values in named[MOST - 1 :]), strict=True))
    return [*named[: MOST - 1], (site.texts.label("source", "other"), rest)]


def sparkline(values: Sequence[float | None], title: str) -> Markup:
    """The small line beside a number; "" when there is nothing above zero."""
    from qloop import charts

    return _inline(charts.sparkline(values, title))


def _inline(svg: str) -> Markup:
    """The charts escape their texts; a title's line break must not reach Markdown."""
    return Markup(quiet(svg))
