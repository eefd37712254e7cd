"""The page of a process change (工艺变更确认书)."""

from __future__ import annotations

from collections.abc import Iterator

from qloop.pages.page import Page
from qloop.pages.records.record import record_page
from qloop.pages.site import Site
from qloop.read.entry import Entry
from qloop.records.change import ChangeRecord


def change_pages(site: Site) -> Iterator[Page]:
    """A page for each process change."""
    for entry in site.archive.of_kind("change"):
        assert isinstance(entry.record, ChangeRecord)
        yield record_page(site, entry, entry.record.after, issues=_issues(site, entry.record))


def _issues(site: Site, record: ChangeRecord) -> tuple[Entry, ...]:
    """The issues that the change is to solve."""
    return tuple(found for id in record.issues if (found := site.archive.get(id)))
