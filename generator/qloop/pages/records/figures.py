"""Charts of record and product pages, drawn by qloop.charts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from qloop.derive.alerts.charts import RateChart
from qloop.derive.occurrences import Weekly
from qloop.derive.verification import Comparison
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


def control_figure(site: Site, sku: str, found: RateChart, marks: Sequence[tuple[str, str]]) -> Markup:
    """The weekly feedback rate of an SKU with its limits; ``marks``: (week, label) of launches and cut-ins."""
    from qloop import charts

    chart, texts = found.chart, site.texts
    if chart.centre is None:
        return Markup("")

    def thousand(values: Iterable[float | None]) -> tuple[float | None, ...]:
        return tuple(None if v is None else v * 1000 for v in values)

    series = charts.Series(texts("trends.rate"), thousand(p.value for p in chart.points))
    limits = charts.Limits(
        thousand(p.low for p in chart.points), thousand(p.high for p in chart.points), chart.centre * 1000,
        (texts("trends.rate"), texts("alerts.chart.limits"), texts("alerts.chart.centre")),
    )  # fmt: skip
    title = texts("alerts.chart.title", sku=sku)
    drawn = charts.Chart(title, found.weeks, (series,), texts("trends.unit.rate"), control_words(site, found))
    return _inline(charts.control_chart(drawn, limits, [charts.Event(*mark) for mark in marks]))


def control_words(site: Site, found: RateChart) -> str:
    """Which chart it is, with its centre and σ_z; "" where there are too few weeks."""
    chart = found.chart
    if chart.centre is None:
        return ""
    values = {
        "centre": f"{chart.centre * 1000:.1f}",
        "sigma_z": f"{chart.sigma_z:.2f}",
        "weeks": chart.baseline,
    }
    return site.texts("alerts.chart.laney" if chart.laney else "alerts.chart.plain", **values)


def proof_chart(site: Site, comparison: Comparison) -> Markup:
    """The rates before and after with their intervals; "" where one of them has none."""
    from qloop import charts

    spans = []
    for name, side in (("before", comparison.before), ("after", comparison.after)):
        if side is None or side.rate is None or side.low is None or side.high is None:
            return Markup("")
        label = site.texts(f"labels.field.{name}")
        rate, low, high = (v * 1000 for v in (side.rate, side.low, side.high))
        spans.append(charts.Span(label, rate, low, high, f"{rate:.1f} ({low:.1f} – {high:.1f})"))
    unit = site.texts("trends.unit.rate")
    return _inline(charts.intervals(site.texts("pages.issue.proof_chart"), unit, spans))


def _inline(svg: str) -> Markup:
    """The charts escape their texts; a title's line break must not reach Markdown."""
    return Markup(quiet(svg))
