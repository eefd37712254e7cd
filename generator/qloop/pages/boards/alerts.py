"""What the weekly numbers say that somebody should look at, those without an open issue first."""

from __future__ import annotations

from collections.abc import Iterator

from qloop.derive.alerts.model import KINDS, Alert
from qloop.pages.alerts import site_alerts
from qloop.pages.page import Draft, Page, draft
from qloop.pages.site import Site
from qloop.pages.templates import render

MOST = 300
"""Rows of the page; all alerts are in ``api/v1/alerts.json``."""


def alert_pages(site: Site) -> Iterator[Draft]:
    """``alerts.md``."""
    found = site_alerts(site)
    rows = sorted(found.current, key=lambda a: bool(a.covered))
    yield draft(_page, site, "alerts.md", found.weeks, tuple(rows[:MOST]), len(rows))


def _page(site: Site, uri: str, weeks: tuple[str, ...], rows: tuple[Alert, ...], total: int) -> Page:
    texts = site.texts
    uncovered = sum(not a.covered for a in rows)
    lead = texts("alerts.description", total=total, first=weeks[0], last=weeks[-1])
    meta = {"title": texts("alerts.title"), "description": lead, "hide": ["toc"]}
    kinds = tuple((kind, sum(a.kind == kind for a in rows)) for kind in KINDS)
    return render(site, "alerts.md.j2", uri, meta, lead=lead, rows=rows, more=total - len(rows),
                  uncovered=uncovered, kinds=kinds)  # fmt: skip
