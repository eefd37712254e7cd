"""Old numbers keep working: a page at each alias that leads to its record."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from qloop.pages.page import Asset
from qloop.pages.site import Site
from qloop.pages.urls import slug
from qloop.read.entry import Entry
from qloop.records.ids import fold
from qloop.records.kinds import KINDS


def of(site: Site, entry: Entry) -> Iterator[Asset]:
    """A small page for every alias of a record; another record's own page is never hidden."""
    for alias in entry.aliases:
        uri = f"{KINDS[entry.kind].section}/{slug(alias)}.md"
        if fold(alias) not in site.archive.by_id:
            target = site.urls.link(uri, site.uri(entry))
            title = f"{alias} → {entry.id} {entry.record.title}"
            yield Asset(site.urls.dest(uri), content=_page(target, title, site.texts.language).encode())


def _page(target: str, title: str, language: str) -> str:
    href, text = escape(target), escape(title)
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{text}</title>'
        f'<meta http-equiv="refresh" content="0; url={href}"><link rel="canonical" href="{href}">'
        f'<meta name="robots" content="noindex"></head><body><p><a href="{href}">{text}</a></p></body></html>\n'
    )
