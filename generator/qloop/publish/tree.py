"""Everything that a site is made of, before any of it is built: pages, assets, search entries, navigation."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qloop.pages import pages
from qloop.pages.nav import nav
from qloop.pages.page import Asset, Page
from qloop.pages.site import Site
from qloop.publish.config import SiteConfig
from qloop.publish.files import api, feeds, redirects, sitemap
from qloop.publish.search import entries as search_entries
from qloop.publish.search.record import SearchRecord
from qloop.publish.written import documents, resolve, search_record, written_pages

THEME = Path(__file__).parent.parent / "theme"


@dataclass(frozen=True, slots=True)
class Tree:
    """``pages`` and ``assets`` by uri, ``nav`` in the shape of mkdocs.yml, ``search`` one entry per findable page."""

    pages: dict[str, Page]
    assets: dict[str, Asset]
    nav: list[Any]
    search: tuple[SearchRecord, ...]

    def nav_uris(self) -> list[str]:
        return list(_uris(self.nav))


def tree(site: Site, root: Path, config: SiteConfig) -> Tree:
    """The whole site of an archive; a hand-written page wins over a generated one of the same name."""
    generated = {page.uri: page for page in pages(site)}
    written = {page.uri: page for page in written_pages(config)}
    beside = tuple(documents(config))
    known = {*generated, *written, *(a.uri for a in beside)}
    all_pages = generated | {uri: resolve(page, known, site.urls) for uri, page in written.items()}
    guides = sorted((p for uri, p in written.items() if uri not in generated), key=lambda p: p.order)
    assets = {
        a.uri: a
        for a in (
            *theme_assets(), *attachments(site, root), *beside, *api.assets(site),
            *feeds.assets(site, config.site_url), *redirects.assets(site),
            *sitemap.assets(site, all_pages, config.site_url),
        )
    }  # fmt: skip
    search = [*search_entries.of(site), *(search_record(p, site.urls, site.texts.language) for p in guides)]
    menu = nav(site.texts, [{page.title: page.uri} for page in guides])
    return Tree(dict(sorted(all_pages.items())), dict(sorted(assets.items())), menu, tuple(search))


def theme_assets() -> Iterator[Asset]:
    folder = THEME / "assets"
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        yield Asset(f"assets/qloop/{path.relative_to(folder).as_posix()}", path)


def attachments(site: Site, root: Path) -> Iterator[Asset]:
    """Copies of the records' pictures; one that is missing has a diagnostic and no copy."""
    for entry in site.archive.entries:
        for attachment in entry.record.attachments:
            path = root / posixpath.dirname(entry.path) / attachment.file
            if path.is_file() and path.resolve().is_relative_to(root.resolve()):
                yield Asset(site.attachment_uri(entry, attachment.file), path)


def _uris(nav: list[Any]) -> Iterator[str]:
    for item in nav:
        for value in item.values() if isinstance(item, dict) else [item]:
            yield from _uris(value) if isinstance(value, list) else [value]
