"""The page of review minutes: what was examined, what was agreed."""

from __future__ import annotations

from collections.abc import Iterator

from qloop.derive.actions import items
from qloop.pages.page import Page
from qloop.pages.records.record import record_page
from qloop.pages.site import Site
from qloop.records.review import ReviewRecord


def review_pages(site: Site) -> Iterator[Page]:
    """A page for each review."""
    for entry in site.archive.of_kind("review"):
        assert isinstance(entry.record, ReviewRecord)
        examined = tuple(found for id in entry.record.issues if (found := site.archive.get(id)))
        yield record_page(
            site, entry, entry.body or entry.record.title, issues=examined, actions=items(entry, site.today)
        )
