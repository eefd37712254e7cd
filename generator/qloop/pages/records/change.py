"""The page of a process change (工艺变更确认书)."""

from __future__ import annotations

from qloop.pages.page import Page
from qloop.pages.records.record import record_page
from qloop.pages.site import Site
from qloop.read.entry import Entry
from qloop.records.change import ChangeRecord


def change_page(site: Site, entry: Entry) -> Page:
    """The page of a process change."""
    record = entry.record
    assert isinstance(record, ChangeRecord)
    return record_page(site, entry, record.after, issues=_issues(site, record))


def _issues(site: Site, record: ChangeRecord) -> tuple[Entry, ...]:
    """The issues that the change is to solve."""
    return tuple(found for id in record.issues if (found := site.archive.get(id)))
