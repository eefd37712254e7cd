"""Trend pages of categories, products and factories: a summary table, then each group's months and weeks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from qloop.derive.feedback_rates import RateRow, total
from qloop.derive.flow import EVERYTHING, FlowRow
from qloop.derive.trends import NOW_WEEKS, Flows, Trends
from qloop.pages.boards.groups import factory_label, product_label
from qloop.pages.grid import Cell, Column, Figure, Grid
from qloop.pages.page import Page
from qloop.pages.records.figures import sparkline
from qloop.pages.site import Site
from qloop.pages.templates import percent, render
from qloop.pages.trends import figures as draw
from qloop.pages.urls import slug

MOST_SECTIONS = 24
"""Groups with charts of their own; the summary table has all of them."""
WEEKS_SHOWN = 26


@dataclass(frozen=True, slots=True)
class Group:
    """One category, product or factory. ``feedback`` is empty where none can be told (factories)."""

    key: str
    label: str
    anchor: str
    uri: str
    months: tuple[FlowRow, ...]
    weeks: tuple[FlowRow, ...]
    feedback: tuple[RateRow, ...]

    @property
    def now(self) -> RateRow:
        return total(self.feedback[-NOW_WEEKS:])

    @property
    def before(self) -> RateRow:
        return total(self.feedback[-2 * NOW_WEEKS : -NOW_WEEKS])

    @property
    def open(self) -> int:
        return self.months[-1].open if self.months else 0


@dataclass(frozen=True, slots=True)
class GroupSection:
    group: Group
    figure: Figure
    months: Grid
    weeks: Grid
    cases: Figure | None
    rates: Figure | None
    feedback: Grid | None


def trend_page(site: Site, name: str, template: str, hide: Sequence[str] = (), **values: Any) -> Page:
    """``trends/<name>.md`` with the title and description of its texts; ``hide``: parts of the frame."""
    title, lead = site.texts(f"trends.{name}.title"), site.texts(f"trends.{name}.description")
    meta = {"title": title, "description": lead} | ({"hide": list(hide)} if hide else {})
    return render(site, template, f"trends/{name}.md", meta, title=title, lead=lead, **values)


def group_pages(site: Site, found: Trends) -> Iterator[Page]:
    settings, feedback = site.archive.settings, found.feedback
    yield _page(
        site,
        "categories",
        "category",
        _groups(
            site,
            found.categories,
            feedback.by_category,
            settings.category_label,
            # a category with feedback but without issues has no part on that page
            lambda key: (
                f"issues/by-category.md#g-{slug(key).lower()}" if key in found.categories.months else ""
            ),
        ),
    )
    products = site.archive.catalog.products
    yield _page(
        site,
        "products",
        "product",
        _groups(
            site,
            found.products,
            feedback.by_sku,
            lambda key: product_label(site, key),
            lambda key: site.product_uri(key) if key in products else "",
        ),
    )
    factories = site.archive.catalog.factories
    yield _page(
        site,
        "factories",
        "factory",
        _groups(
            site,
            found.factories,
            {},
            lambda key: factory_label(site, key),
            lambda key: site.factory_uri(key) if key in factories else "",
        ),
    )


def _groups(
    site: Site,
    flows: Flows,
    feedback: Mapping[str, tuple[RateRow, ...]],
    label: Callable[[str], str],
    uri: Callable[[str], str],
) -> tuple[Group, ...]:
    """Groups with issues or feedback, the ones with most feedback lately first."""
    keys = {*flows.months, *(k for k, rows in feedback.items() if any(r.count for r in rows))}
    found = [
        Group(
            key,
            label(key) if key else site.texts("indexes.nothing"),
            f"g-{slug(key).lower()}" if key else "g-none",
            uri(key) if key != EVERYTHING else "",
            flows.months.get(key, ()),
            flows.weeks.get(key, ()),
            feedback.get(key, ()),
        )
        for key in keys
    ]
    return tuple(
        sorted(found, key=lambda g: (-(g.now.count or 0), -g.open, -sum(r.opened for r in g.months), g.key))
    )


def _page(site: Site, name: str, by: str, groups: tuple[Group, ...]) -> Page:
    sections = tuple(_section(site, g) for g in groups[:MOST_SECTIONS])
    measured = any(g.feedback for g in groups)
    return trend_page(
        site,
        name,
        "trends_groups.md.j2",
        ("toc",),
        summary=_summary(site, name, by, groups, measured),
        sections=sections,
        more=len(groups) - len(sections),
        now=NOW_WEEKS,
        shown=WEEKS_SHOWN,
    )


def _summary(site: Site, name: str, by: str, groups: tuple[Group, ...], measured: bool) -> Grid:
    texts = site.texts
    heads = [
        Column(texts(f"indexes.by.{by}")),
        Column(texts("trends.open"), True),
        Column(texts("trends.opened-all"), True),
        Column(texts("trends.closed-all"), True),
    ]
    if measured:
        numbers = ("cases-now", "cases-before", "change", "rate-now")
        heads += [Column(texts(f"trends.{n}", weeks=NOW_WEEKS), True) for n in numbers]
    targets = [f"trends/{name}.md#{g.anchor}" if i < MOST_SECTIONS else g.uri for i, g in enumerate(groups)]
    rows = tuple(_summary_row(g, target, measured) for g, target in zip(groups, targets, strict=True))
    return Grid("summary", tuple(heads), rows, cards=True)


def _summary_row(group: Group, target: str, measured: bool) -> tuple[Cell, ...]:
    opened, closed = sum(r.opened for r in group.months), sum(r.closed for r in group.months)
    row = (
        Cell(group.label, group.label, target),
        Cell(str(group.open)),
        Cell(str(opened)),
        Cell(str(closed)),
    )
    if not measured:
        return row
    now, before = group.now, group.before
    change = (now.rate - before.rate) / before.rate if now.rate is not None and before.rate else None
    spark = (
        sparkline([r.count for r in group.feedback[-WEEKS_SHOWN:]], group.label)
        if group.feedback
        else Markup("")
    )
    cases = draw.known(now.count)
    return (
        *row,
        Cell(cases.text, cases.sort, spark=spark),
        draw.known(before.count),
        Cell(percent(change) or "—", "" if change is None else change),
        draw.rate_cell(now.rate),
    )


def _section(site: Site, group: Group) -> GroupSection:
    texts = site.texts
    moved = [r for r in group.weeks if r.opened or r.closed]
    weeks = draw.flow_grid(site, f"{group.anchor}-weeks", moved[-WEEKS_SHOWN:], "week")
    months = draw.flow_grid(site, f"{group.anchor}-months", group.months, "month").last(12)
    figure = draw.flow_figure(site, group.months, texts("trends.months-of", name=group.label), monthly=True)
    if not group.feedback:
        return GroupSection(group, figure, months, weeks, None, None, None)
    cases, rates = draw.rate_figures(site, group.feedback, group.label, WEEKS_SHOWN)
    table = draw.rate_grid(site, f"{group.anchor}-feedback", group.feedback[-WEEKS_SHOWN:])
    return GroupSection(group, figure, months, weeks, cases, rates, table)
