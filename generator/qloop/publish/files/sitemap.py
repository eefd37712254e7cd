"""``sitemap.xml`` (sitemaps.org protocol 0.9): every page of the site, not just those of one run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

from qloop.pages.page import Asset
from qloop.pages.site import Site


def assets(site: Site, uris: Iterable[str], site_url: str) -> Iterator[Asset]:
    """The map; without ``site_url`` addresses stay relative, which search engines ignore and scripts can use."""
    lines = [f" <url><loc>{escape(site_url + site.urls.address(uri))}</loc></url>" for uri in sorted(uris)]
    text = "\n".join([
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">', *lines, "</urlset>\n",
    ])  # fmt: skip
    yield Asset("sitemap.xml", content=text.encode())
