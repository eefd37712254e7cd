"""The cost of poor quality: by month, category and factory, each currency by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from qloop.derive.cost import PARTS, CostRow, CurrencyCost, costs
from qloop.pages.grid import Cell, Column, Figure, Grid
from qloop.pages.lists.sections import factory_label
from qloop.pages.page import Draft, Page, draft
from qloop.pages.shared import Ref, refs
from qloop.pages.site import Site
from qloop.pages.templates import number, render
from qloop.pages.trends.figures import inline

MONTHS_SHOWN = 12
CHART_MONTHS = 24


@dataclass(frozen=True, slots=True)
class CostSection:
    currency: str
    total: str
    figure: Figure
    months: Grid
    all_months: Grid | None
    categories: Grid
    factories: Grid
    dearest: Grid


def cost_pages(site: Site) -> Iterator[Draft]:
    """``cost.md``."""
    found = costs(site.archive.issues, site.today)
    yield draft(_page, site, "cost.md", found, tuple(refs(site, (id for id, _ in c.dearest)) for c in found))


def _page(site: Site, uri: str, found: Sequence[CurrencyCost], dearest: Sequence[tuple[Ref, ...]]) -> Page:
    sections = tuple(_section(site, one, refs) for one, refs in zip(found, dearest, strict=True))
    meta = {"title": site.texts("indexes.cost.title"), "description": site.texts("indexes.cost.description")}
    return render(site, "cost.md.j2", uri, meta, sections=sections)


def _section(site: Site, cost: CurrencyCost, dearest: Sequence[Ref]) -> CostSection:
    settings, code = site.archive.settings, cost.currency
    months = _grid(
        site, f"months-{code}", "month", tuple(reversed(cost.months)), lambda row: Cell(row.key), cost
    )
    return CostSection(
        code,
        number(cost.total),
        _figure(site, cost),
        months.last(MONTHS_SHOWN),
        replace(months, id=f"{months.id}-all") if len(months.rows) > MONTHS_SHOWN else None,
        _grid(
            site,
            f"categories-{code}",
            "category",
            cost.categories,
            lambda row: Cell(settings.category_label(row.key), uri=f"issues/by-category.md#g-{row.key}"),
            cost,
        ),
        _grid(site, f"factories-{code}", "factory", cost.factories, lambda row: _factory(site, row), cost),
        _dearest(site, cost, dearest),
    )


def _factory(site: Site, row: CostRow) -> Cell:
    known = row.key in site.archive.catalog.factories
    name = factory_label(site, row.key) or site.texts("indexes.nothing")
    return Cell(name, uri=site.factory_uri(row.key) if known else "")


def _grid(
    site: Site, id: str, by: str, rows: Sequence[CostRow], name: Callable[[CostRow], Cell], cost: CurrencyCost
) -> Grid:
    texts = site.texts
    used = [i for i in range(len(PARTS)) if any(r.parts[i] for r in (*cost.categories,))]
    columns = (
        Column(texts(f"indexes.by.{by}"), time=by == "month"),
        Column(texts("indexes.cost.issues"), True),
        *(Column(texts(f"labels.field.{PARTS[i]}"), True) for i in used),
        Column(texts("indexes.column.total"), True),
        Column(texts("indexes.column.share"), True),
    )
    cells = tuple(
        (
            name(r),
            _count(r.issues),
            *(_money(r.parts[i]) for i in used),
            _money(r.total),
            Cell(f"{r.share:.1%}" if r.total else "", r.share),
        )
        for r in rows
    )
    return Grid(id, columns, cells)


def _dearest(site: Site, cost: CurrencyCost, dearest: Sequence[Ref]) -> Grid:
    texts = site.texts
    columns = (
        Column(texts("labels.field.title")),
        Column(texts("labels.field.id")),
        Column(texts("indexes.column.total"), True),
    )
    rows = tuple(
        (Cell(one.title, uri=one.uri, record=one.id), Cell(one.id), _money(amount))
        for one, (_, amount) in zip(dearest, cost.dearest, strict=True)
    )
    return Grid(f"dearest-{cost.currency}", columns, rows)


def _figure(site: Site, cost: CurrencyCost) -> Figure:
    from qloop import charts

    texts = site.texts
    months = cost.months[-CHART_MONTHS:]
    used = [i for i in range(len(PARTS)) if any(r.parts[i] for r in months)]
    series = tuple(
        charts.Series(texts(f"labels.field.{PARTS[i]}"), tuple(r.parts[i] for r in months)) for i in used
    )
    title = texts("indexes.cost.chart", currency=cost.currency)
    chart = charts.Chart(
        title, tuple(r.key for r in months), series, cost.currency, texts("indexes.cost.note")
    )
    return Figure(inline(charts.stacked_bars(chart)), title, texts("indexes.cost.none"))


def _money(amount: float) -> Cell:
    return Cell(number(amount) if amount else "", amount)


def _count(n: int) -> Cell:
    return Cell(str(n) if n else "", n)
