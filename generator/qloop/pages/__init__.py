"""From an archive to Markdown pages.

Adding a page: a function ``Site -> Iterator[Page]`` in a module here, and its line in ``MAKERS``.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator

from qloop.pages.page import Page
from qloop.pages.site import Site

MAKERS = (
    "home:home_pages",
    "issue:issue_pages",
    "change:change_pages",
    "sop:sop_pages",
    "faq:faq_pages",
    "review:review_pages",
    "products:product_pages",
    "factories:factory_pages",
    "indexes:index_pages",
    "indexes_groups:issue_group_pages",
    "indexes_groups:other_group_pages",
    "overdue:overdue_pages",
    "lessons:lesson_pages",
    "cost:cost_pages",
    "trends:trend_pages",
    "rules:rule_pages",
)
"""``module:function``, imported when pages are made."""


def pages(site: Site) -> Iterator[Page]:
    """Every generated page of the site, complete and in a fixed order."""
    for maker in MAKERS:
        module, function = maker.split(":")
        yield from getattr(importlib.import_module(f"qloop.pages.{module}"), function)(site)
