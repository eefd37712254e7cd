"""The page of a standard operating procedure: read on a phone beside the machine, or printed on A4."""

from __future__ import annotations

import datetime as dt

from qloop.derive.related import sources
from qloop.pages.page import Page
from qloop.pages.records.record import record_page
from qloop.pages.site import Site
from qloop.read.entry import Entry
from qloop.records.sop import SopRecord


def sop_page(site: Site, entry: Entry) -> Page:
    """The page of an SOP."""
    record = entry.record
    assert isinstance(record, SopRecord)
    return _page(site, entry, record)


def _page(site: Site, entry: Entry, record: SopRecord) -> Page:
    return record_page(
        site, entry, f"{record.title} {site.texts('labels.field.revision')} {record.revision}",
        superseded_by=sources(site.archive, entry, "sop", "supersedes"),
        review_overdue=review_overdue(record.review_due, site.today) and record.status == "effective",
    )  # fmt: skip


def review_overdue(due: dt.date | None, day: dt.date) -> bool:
    """Whether a document's review was due before ``day``."""
    return due is not None and due < day
