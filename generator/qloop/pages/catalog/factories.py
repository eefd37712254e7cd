"""Factory pages: what one plant has to know and to do; and their index."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qloop.derive.actions import ActionItem, factory_of
from qloop.derive.involved import Involved
from qloop.pages.alerts import Shown, of_factory
from qloop.pages.boards import due
from qloop.pages.catalog.products import MOST_ROWS, open_issues
from qloop.pages.lists.listing import cut
from qloop.pages.lists.parts import Cut
from qloop.pages.page import Draft, Page, draft
from qloop.pages.shared import involved_in, waiting
from qloop.pages.site import Site
from qloop.pages.templates import render
from qloop.records.catalog import FactoryRecord


@dataclass(frozen=True, slots=True)
class FactoryRow:
    """A line of the index: issues that need work, all issues, unfinished measures, SOPs."""

    id: str
    open: int
    issues: int
    actions: int
    sops: int


def factory_pages(site: Site) -> Iterator[Draft]:
    """The index of factories and a page for each of the catalogue."""
    involved, actions = involved_in(site, "factory"), _actions(site)
    found = [
        (f, involved.get(f.id, Involved()), actions.get(f.id, []))
        for f in site.archive.catalog.factories.values()
    ]
    rows = tuple(FactoryRow(f.id, open_issues(i), len(i.issues), len(a), len(i.sops)) for f, i, a in found)
    yield draft(_index, site, "factories/index.md", rows)
    for (factory, records, items), row in zip(found, rows, strict=True):
        uri, cuts = site.factory_uri(factory.id), _cuts(site, factory, records, items)
        yield draft(_page, site, uri, factory.id, row.open, *cuts, of_factory(site, factory.id)[:MOST_ROWS])


def _actions(site: Site) -> dict[str, list[ActionItem]]:
    """Unfinished measures of each factory's issues and reviews."""
    found: dict[str, list[ActionItem]] = {}
    for item in waiting(site):
        found.setdefault(factory_of(site.archive, item), []).append(item)
    return found


def _cuts(
    site: Site, factory: FactoryRecord, involved: Involved, actions: Sequence[ActionItem]
) -> tuple[Cut, ...]:
    def of(kind: str, rows: Sequence[object], value: str = factory.id) -> Cut:
        return cut(site, kind, rows, MOST_ROWS, "factory", value)

    return (
        due.cut(site, actions, "factory", factory.id),
        of("sop", involved.sops, factory.name),  # tables of SOPs name their factories in words
        of("issue", involved.issues),
        of("change", involved.changes),
        of("review", involved.reviews),
    )


def _page(
    site: Site,
    uri: str,
    id: str,
    open: int,
    actions: Cut,
    sops: Cut,
    issues: Cut,
    changes: Cut,
    reviews: Cut,
    alerts: Sequence[Shown],
) -> Page:
    factory = site.archive.catalog.factories[id]
    products = [p.sku for p in site.archive.catalog.products.values() if p.factory == id]
    description = site.texts("pages.factory.description", name=factory.name)
    meta = {"title": factory.name, "description": description}
    return render(site,
        "factory.md.j2", uri, meta,
        factory=factory, products=products[:MOST_ROWS], more=len(products) - MOST_ROWS, open=open,
        actions=actions, sops=sops, issues=issues, changes=changes, reviews=reviews, alerts=alerts,
    )  # fmt: skip


def _index(site: Site, uri: str, rows: Sequence[FactoryRow]) -> Page:
    meta = {"title": site.texts("pages.factory.index"), "hide": ["toc"]}
    meta["description"] = site.texts("pages.factory.index_description", count=len(rows))
    factories = site.archive.catalog.factories
    return render(site, "factories.md.j2", uri, meta, rows=[(factories[r.id], r) for r in rows])
