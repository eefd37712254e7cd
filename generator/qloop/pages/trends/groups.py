"""Trend pages of categories, products and factories: a table of all groups, and each group's months and weeks.

With few groups all stand on one page. With many the first ones do, and every group has a page of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from qloop.derive.feedback_rates import RateRow
from qloop.derive.flow import EVERYTHING, FlowRow
from qloop.derive.trends import NOW_WEEKS, Flows, Trends
from qloop.pages.grid import Figure, Grid
from qloop.pages.lists.sections import factory_label, product_label
from qloop.pages.page import Draft, Page, draft
from qloop.pages.site import Site
from qloop.pages.templates import render
from qloop.pages.trends import figures as draw
from qloop.pages.trends.summary import Placed, line, summary
from qloop.pages.urls import slug

MOST_SECTIONS = 8
"""Groups with charts on one page; none where the table alone is long."""
LONG_TABLE = 100
WEEKS_SHOWN = 26


@dataclass(frozen=True, slots=True)
class Group:
    """One category, product or factory, as far back as its charts and tables reach. ``feedback`` is empty where
    none can be told (factories); ``weeks`` are those in which issues were opened or ended."""

    key: str
    label: str
    anchor: str
    uri: str
    months: tuple[FlowRow, ...]
    weeks: tuple[FlowRow, ...]
    feedback: tuple[RateRow, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """What groups of one kind have in common: the page they are on, and how they are called."""

    name: str
    by: str
    label: Callable[[str], str]
    uri: Callable[[str], str]

    @property
    def page(self) -> str:
        return f"trends/{self.name}.md"

    def own_page(self, key: str) -> str:
        return f"trends/{self.name}/{slug(key) if key else 'none'}.md"


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


def group_pages(site: Site, found: Trends) -> Iterator[Draft]:
    settings, catalog = site.archive.settings, site.archive.catalog

    def issues_of(category: str) -> str:
        # a category with feedback but without issues has no part on that page
        known = category in found.categories.months
        return f"issues/by-category.md#g-{slug(category).lower()}" if known else ""

    def product(sku: str) -> str:
        return site.product_uri(sku) if sku in catalog.products else ""

    def factory(id: str) -> str:
        return site.factory_uri(id) if id in catalog.factories else ""

    feedback = found.feedback
    kinds: tuple[tuple[Kind, Flows, Mapping[str, tuple[RateRow, ...]]], ...] = (
        (Kind("categories", "category", settings.category_label, issues_of),
         found.categories, feedback.by_category),
        (Kind("products", "product", lambda sku: product_label(site, sku), product),
         found.products, feedback.by_sku),
        (Kind("factories", "factory", lambda id: factory_label(site, id), factory), found.factories, {}),
    )  # fmt: skip
    for kind, flows, rates in kinds:
        yield from _drafts(site, kind, flows, rates)


def _drafts(
    site: Site, kind: Kind, flows: Flows, rates: Mapping[str, tuple[RateRow, ...]]
) -> Iterator[Draft]:
    """The page of all groups, the ones with most feedback lately first, and where they are many their own pages."""
    keys = {*flows.months, *(k for k, rows in rates.items() if any(r.count for r in rows))}
    lines = sorted((line(key, flows.months.get(key, ()), rates.get(key, ())) for key in keys),
                   key=lambda x: (-(x.now.count or 0), -x.open, -x.opened, x.key))  # fmt: skip
    groups = [_group(site, kind, x.key, flows, rates.get(x.key, ())) for x in lines]
    here = groups[:MOST_SECTIONS] if len(groups) <= LONG_TABLE else []
    many = len(groups) > MOST_SECTIONS
    placed = tuple(
        (one, group.label, kind.own_page(one.key) if many else f"{kind.page}#{group.anchor}",
         "" if rank < len(here) else group.anchor)
        for rank, (one, group) in enumerate(zip(lines, groups, strict=True))
    )  # fmt: skip
    yield draft(_page, site, kind.page, kind.name, kind.by, placed, tuple(here))
    for group in groups if many else ():
        yield draft(_own_page, site, kind.own_page(group.key), kind.name, group)


def _group(site: Site, kind: Kind, key: str, flows: Flows, feedback: Sequence[RateRow]) -> Group:
    return Group(
        key,
        kind.label(key) if key else site.texts("indexes.nothing"),
        f"g-{slug(key).lower()}" if key else "g-none",
        kind.uri(key) if key != EVERYTHING else "",
        flows.months.get(key, ())[-draw.CHART_MONTHS :],
        flows.weeks.get(key, ())[-WEEKS_SHOWN:],
        tuple(feedback[-WEEKS_SHOWN:]),
    )


def _page(
    site: Site,
    uri: str,
    name: str,
    by: str,
    lines: Sequence[Placed],
    groups: Sequence[Group],
) -> Page:
    return trend_page(
        site,
        name,
        "trends_groups.md.j2",
        ("toc",),
        summary=summary(site, by, lines),
        sections=[_section(site, g) for g in groups],
        more=len(lines) - len(groups),
        now=NOW_WEEKS,
        shown=WEEKS_SHOWN,
    )


def _own_page(site: Site, uri: str, name: str, group: Group) -> Page:
    kind = site.texts(f"trends.{name}.title")
    title = site.texts("trends.own-title", name=group.label, kind=kind)
    meta = {"title": title, "description": title, "hide": ["toc"]}
    values = {"title": title, "kind": kind, "parent": f"trends/{name}.md", "shown": WEEKS_SHOWN}
    return render(site, "trends_group.md.j2", uri, meta, section=_section(site, group), **values)


def _section(site: Site, group: Group) -> GroupSection:
    texts = site.texts
    weeks = draw.flow_grid(site, f"{group.anchor}-weeks", group.weeks, "week")
    months = draw.flow_grid(site, f"{group.anchor}-months", group.months, "month").last(12)
    figure = draw.flow_figure(site, group.months, texts("trends.months-of", name=group.label), monthly=True)
    if not group.feedback:
        return GroupSection(group, figure, months, weeks, None, None, None)
    cases, rates = draw.rate_figures(site, group.feedback, group.label, WEEKS_SHOWN)
    table = draw.rate_grid(site, f"{group.anchor}-feedback", group.feedback)
    return GroupSection(group, figure, months, weeks, cases, rates, table)
