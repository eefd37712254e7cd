"""Everything that a site is made of, before any of it is built: pages, assets, search entries, navigation."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from qloop.pages import pages
from qloop.pages.nav import nav
from qloop.pages.page import Asset, Page
from qloop.pages.site import Site
from qloop.publish import api, feeds, redirects, search_records, sitemap
from qloop.publish.config import SiteConfig
from qloop.publish.search import SearchRecord

THEME = Path(__file__).parent.parent / "theme"
_LINK = re.compile(
    r"(?P<code>^```.*?^```|`[^`\n]+`)"
    r"|(?P<image>!?)\[(?P<text>[^\]\n]*)\]\((?P<path>[^)\s#?:]+\.\w+)(?P<rest>(?:[#?][^)\s]*)?)\)",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class WrittenPage(Page):
    """A hand-written page of ``docs/``: its text is taken as it is."""

    @property
    def source(self) -> str:
        return self.markdown


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
    docs, site_url = config.docs, config.site_url
    written = {page.uri: page for page in written_pages(docs) if not config.excluded(page.uri)}
    beside = tuple(a for a in documents(docs) if not config.excluded(a.uri))
    known = {*generated, *written, *(a.uri for a in beside)}
    resolved = {uri: _resolve(page, known, site) for uri, page in written.items()}
    all_pages = dict(sorted((generated | resolved).items()))
    assets = {
        a.uri: a
        for a in (
            *theme_assets(), *attachments(site, root), *beside, *api.assets(site),
            *feeds.assets(site, site_url), *redirects.assets(site), *sitemap.assets(site, all_pages, site_url),
        )
    }  # fmt: skip
    guides = [{_title(page): uri} for uri, page in sorted(written.items()) if uri not in generated]
    return Tree(all_pages, dict(sorted(assets.items())), nav(site.texts, guides), tuple(search_records.of(site)))


def written_pages(docs: Path) -> Iterator[WrittenPage]:
    for path in sorted(docs.rglob("*.md")):
        yield WrittenPage(path.relative_to(docs).as_posix(), path.read_text("utf-8"))


def documents(docs: Path) -> Iterator[Asset]:
    """Pictures and other files that stand beside hand-written pages."""
    for path in sorted(docs.rglob("*")):
        inside = path.relative_to(docs)
        if path.is_file() and path.suffix != ".md" and not any(p.startswith(".") for p in inside.parts):
            yield Asset(inside.as_posix(), path)


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


def _resolve(page: Page, known: Collection[str], site: Site) -> WrittenPage:
    """Links to pages and pictures become final addresses: a MkDocs run knows only the pages it is given.

    They become HTML, of which MkDocs does not warn; links to nothing stay, so that ``--strict`` finds them.
    """

    def final(match: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(page.uri), match["path"] or ""))
        if match["code"] or target not in known:
            return match[0]
        address, text = escape(site.urls.link(page.uri, target + match["rest"])), match["text"]
        if match["image"]:
            return f'<img src="{address}" alt="{escape(text)}">'
        return f'<a href="{address}">{text}</a>'

    return WrittenPage(page.uri, _LINK.sub(final, page.markdown))


def _title(page: Page) -> str:
    heading = re.search(r"^# +(.+)$", page.markdown, re.MULTILINE)
    return heading[1].strip() if heading else page.uri


def _uris(nav: list[Any]) -> Iterator[str]:
    for item in nav:
        for value in item.values() if isinstance(item, dict) else [item]:
            yield from _uris(value) if isinstance(value, list) else [value]
