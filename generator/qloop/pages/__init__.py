"""From an archive to Markdown pages.

Adding a page: a function ``Site -> Iterator[Page]`` in a module here, and its line in ``MAKERS``.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator

from qloop.pages.page import Page
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
    "boards.indexes:index_pages",
    "boards.groups:issue_group_pages",
    "boards.groups:other_group_pages",
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
    for maker in MAKERS:
        module, function = maker.split(":")
        yield from getattr(importlib.import_module(f"qloop.pages.{module}"), function)(site)
