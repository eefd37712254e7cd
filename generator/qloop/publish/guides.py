"""What is not made from records: hand-written pages, the theme's files, schemas; and the menu."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import partial
from typing import Any

from qloop.derive.occurrences import week_of
from qloop.neighbours import digest_of
from qloop.pages.nav import nav
from qloop.pages.page import Asset
from qloop.publish.files import alerts, api, cross
from qloop.publish.search import entries as search
from qloop.publish.share import THEME, Setting
from qloop.publish.unit import Made, Told, Unit
from qloop.publish.workshop import Workshop
from qloop.publish.written import WrittenPage, documents, resolve, search_record

GUIDE = "guide "


def guides(shop: Workshop, generated: Collection[str]) -> tuple[WrittenPage, ...]:
    """Hand-written pages that stand in the menu: those that are not in place of a ``generated`` one."""
    return tuple(
        sorted((p for uri, p in shop.written.items() if uri not in generated), key=lambda p: p.order)
    )


def setting(shop: Workshop, found: Iterable[WrittenPage]) -> Setting:
    """What every page shares: the menu and the words of the frame."""
    site = shop.site
    menu = nav(site.texts, [{page.title: page.uri} for page in found])
    return Setting(menu, tuple(_uris(menu)), site.texts.language, site.archive.settings.brand)


def guide_units(shop: Workshop, generated: Collection[str]) -> Iterator[Unit]:
    """Hand-written pages and the files beside them; links to pages and files become final addresses."""
    site, beside = shop.site, tuple(documents(shop.config))
    known = {*generated, *shop.written, *(asset.uri for asset in beside)}
    in_menu = {page.uri for page in guides(shop, generated)}
    for page in shop.written.values():
        found = search_record(page, site.urls, site.texts.language).as_json() if page.uri in in_menu else ""
        made = Made((resolve(page, known, site.urls),), (), Told(search=found))
        yield Unit(GUIDE + page.uri, digest_of(shop.here, made.pages[0].source, found), partial(_same, made))
    yield from _files(beside)


def other_units(shop: Workshop) -> Iterator[Unit]:
    """The theme's files, the schemas, feedback for the cross table, and what the search finds of products."""
    site = shop.site
    folder = THEME / "assets"
    paths = sorted(p for p in folder.rglob("*") if p.is_file())
    yield from _files(Asset(f"assets/qloop/{p.relative_to(folder).as_posix()}", p) for p in paths)
    yield Unit("schemas", shop.here, lambda: Made((), tuple(api.schemas(site))))
    # apart from what speaks of all records: the tables are read only when one of them changed
    key = digest_of(shop.here, site.archive.feedback.digest, week_of(site.today))
    yield Unit("cross feedback", key, lambda: Made((), (cross.feedback(site),)))
    # they follow from what the pages about many records follow from
    yield Unit("alerts", digest_of("alerts", shop.drafts().key), lambda: Made((), (alerts.asset(site),)))
    for product in site.archive.catalog.products.values():
        text = search.of_product(site, product).as_json()
        yield Unit(
            f"product {product.sku}", digest_of(shop.here, text), partial(_same, Made(told=Told(search=text)))
        )


def _files(assets: Iterable[Asset]) -> Iterator[Unit]:
    for asset in assets:
        yield Unit(f"file {asset.uri}", asset.digest(), partial(_same, Made((), (asset,))))


def _same(made: Made) -> Made:
    return made


def _uris(nav: list[Any]) -> Iterator[str]:
    for item in nav:
        for value in item.values() if isinstance(item, dict) else [item]:
            yield from _uris(value) if isinstance(value, list) else [value]
