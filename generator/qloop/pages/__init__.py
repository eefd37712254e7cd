"""From an archive to Markdown pages: one for each record, and those that show many records.

Adding a page: a function ``Site -> Iterator[Draft]`` in a module here, and its line in ``MAKERS``.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator

from qloop.pages.page import Draft, Page
from qloop.pages.records import page_of
from qloop.pages.site import Site

MAKERS = (
    "boards.home:home_pages",
    "catalog.products:product_pages",
    "catalog.factories:factory_pages",
    "lists.indexes:index_pages",
    "lists.groups:issue_group_pages",
    "lists.groups:other_group_pages",
    "boards.alerts:alert_pages",
    "boards.overdue:overdue_pages",
    "boards.roles:role_pages",
    "boards.lessons:lesson_pages",
    "boards.cost:cost_pages",
    "trends.overview:trend_pages",
    "boards.cross:cross_pages",
    "boards.rules:rule_pages",
    "boards.usage:usage_pages",
)
"""``module:function`` of pages about many records, imported when pages are made."""


def pages(site: Site) -> Iterator[Page]:
    """Every generated page of the site, complete and in a fixed order."""
    yield from (page_of(site, entry) for entry in site.archive.entries)
    yield from (draft.make() for draft in drafts(site))


def drafts(site: Site, makers: Iterable[str] = MAKERS) -> Iterator[Draft]:
    """Pages about many records before they are rendered; what decides each of them is among its inputs."""
    for maker in makers:
        module, function = maker.split(":")
        yield from getattr(importlib.import_module(f"qloop.pages.{module}"), function)(site)
