"""From an archive to Markdown pages.

Adding a page: a function ``Site -> Iterator[Draft]`` (or of finished pages) in a module here, and its line in
``MAKERS``.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator

from qloop.pages.page import Draft, Page
from qloop.pages.site import Site

MAKERS = (
    "boards.home:home_pages",
    "records.issue:issue_pages",
    "records.change:change_pages",
    "records.sop:sop_pages",
    "records.faq:faq_pages",
    "records.review:review_pages",
    "catalog.products:product_pages",
    "catalog.factories:factory_pages",
    "lists.indexes:index_pages",
    "lists.groups:issue_group_pages",
    "lists.groups:other_group_pages",
    "boards.overdue:overdue_pages",
    "boards.roles:role_pages",
    "boards.lessons:lesson_pages",
    "boards.cost:cost_pages",
    "trends.overview:trend_pages",
    "boards.rules:rule_pages",
    "boards.usage:usage_pages",
)
"""``module:function``, imported when pages are made."""


def pages(site: Site) -> Iterator[Page]:
    """Every generated page of the site, complete and in a fixed order."""
    return (one.make() if isinstance(one, Draft) else one for one in drafts(site))


def drafts(site: Site) -> Iterator[Draft | Page]:
    """The same pages before they are rendered, where their makers know what decides them."""
    for maker in MAKERS:
        module, function = maker.split(":")
        yield from getattr(importlib.import_module(f"qloop.pages.{module}"), function)(site)
