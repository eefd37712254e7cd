"""The page of review minutes: what was examined, what was agreed."""

from __future__ import annotations

from qloop.derive.actions import items
from qloop.pages.page import Page
from qloop.pages.records.record import record_page
from qloop.pages.site import Site
from qloop.read.entry import Entry
from qloop.records.review import ReviewRecord


def review_page(site: Site, entry: Entry) -> Page:
    """The page of a review."""
    record = entry.record
    assert isinstance(record, ReviewRecord)
    examined = tuple(found for id in record.issues if (found := site.archive.get(id)))
    return record_page(
        site, entry, entry.body or record.title, issues=examined, actions=items(entry, site.today)
    )
