"""What the weekly numbers say that somebody should look at, those without an open issue first."""

from __future__ import annotations

from collections.abc import Iterator

from qloop.derive.alerts.model import KINDS
from qloop.pages.alerts import Shown, shown, site_alerts
from qloop.pages.page import Draft, Page, draft
from qloop.pages.site import Site
from qloop.pages.templates import render

MOST = 300
"""Rows of the page; all alerts are in ``api/v1/alerts.json``."""


def alert_pages(site: Site) -> Iterator[Draft]:
    """``alerts.md``."""
    found = site_alerts(site)
    rows = shown(site, found.current)
    yield draft(_page, site, "alerts.md", found.weeks, rows[:MOST], len(rows))


def _page(site: Site, uri: str, weeks: tuple[str, ...], rows: tuple[Shown, ...], total: int) -> Page:
    texts = site.texts
    uncovered = sum(not s.covered for s in rows)
    lead = texts("alerts.description", total=total, first=weeks[0], last=weeks[-1])
    meta = {"title": texts("alerts.title"), "description": lead, "hide": ["toc"]}
    kinds = tuple((kind, sum(s.alert.kind == kind for s in rows)) for kind in KINDS)
    return render(site, "alerts.md.j2", uri, meta, lead=lead, rows=rows, more=total - len(rows),
                  uncovered=uncovered, kinds=kinds)  # fmt: skip
