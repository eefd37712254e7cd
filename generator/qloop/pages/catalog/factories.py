"""Factory pages: what one plant has to know and to do; and their index."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qloop.archive import Archive
from qloop.derive.actions import ActionItem, unfinished
from qloop.derive.involved import Involved, by_factory
from qloop.pages.catalog.products import open_issues
from qloop.pages.page import Page
from qloop.pages.site import Site
from qloop.pages.templates import render
from qloop.records.catalog import FactoryRecord


def factory_pages(site: Site) -> Iterator[Page]:
    """The index of factories and a page for each of the catalogue."""
    involved = by_factory(site.archive)
    waiting = unfinished(site.archive, site.today)
    rows = [(f, involved.get(f.id, Involved())) for f in site.archive.catalog.factories.values()]
    yield _index(site, [(f, i, actions_of(site.archive, f, waiting)) for f, i in rows])
    for factory, records in rows:
        yield _page(site, factory, records, actions_of(site.archive, factory, waiting))


def actions_of(
    archive: Archive, factory: FactoryRecord, waiting: Sequence[ActionItem]
) -> tuple[ActionItem, ...]:
    """Unfinished measures of a factory's issues and reviews."""
    return tuple(item for item in waiting if _factory(archive, item) == factory.id)


def _factory(archive: Archive, item: ActionItem) -> str | None:
    """The factory of the record that holds the measure, else of the issue that it serves."""
    served = archive.get(item.issue) if item.issue else None
    own: str | None = getattr(item.source.record, "factory", None)
    return own or (getattr(served.record, "factory", None) if served else None)


def _page(site: Site, factory: FactoryRecord, involved: Involved, actions: tuple[ActionItem, ...]) -> Page:
    products = [p for p in site.archive.catalog.products.values() if p.factory == factory.id]
    description = site.texts("pages.factory.description", name=factory.name)
    meta = {"title": factory.name, "description": description}
    return render(site,
        "factory.md.j2", site.factory_uri(factory.id), meta,
        factory=factory, involved=involved, actions=actions, products=products, open=open_issues(involved),
    )  # fmt: skip


def _index(site: Site, rows: list[tuple[FactoryRecord, Involved, tuple[ActionItem, ...]]]) -> Page:
    meta = {"title": site.texts("pages.factory.index"), "hide": ["toc"]}
    meta["description"] = site.texts("pages.factory.index_description", count=len(rows))
    return render(site, "factories.md.j2", "factories/index.md", meta, rows=[
        (f, open_issues(i), i, a) for f, i, a in rows
    ])  # fmt: skip
