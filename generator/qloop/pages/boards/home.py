"""The home page: the way in for each reader, and what needs attention now."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from qloop.archive import Archive
from qloop.derive.actions import overdue, unfinished
from qloop.derive.history import Change
from qloop.derive.involved import when
from qloop.derive.verification import Comparison, compare
from qloop.pages.page import Page
from qloop.pages.site import Site
from qloop.pages.templates import render
from qloop.read.entry import Entry
from qloop.records.faq import FaqRecord
from qloop.records.issue import IssueRecord
from qloop.records.kinds import KINDS
from qloop.records.sop import SopRecord
from qloop.records.vocabulary import OPEN_STATUSES, PROVEN_STATUSES, VOCABULARIES

ROWS, MERGES, TOUCHED = 5, 8, 3
"""Rows of a card, merges shown, records named for one merge."""


@dataclass(frozen=True, slots=True)
class Fix:
    """An issue whose fix is proven by numbers."""

    entry: Entry
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class Merge:
    """A change of the archive with the records that it touched; ``more``: how many are not shown."""

    change: Change
    entries: tuple[Entry, ...]
    more: int


def home_pages(site: Site) -> Iterator[Page]:
    """The home page."""
    settings = site.archive.settings
    meta = {
        # no title of its own: the browser's tab shows the site's name once
        "description": site.texts("pages.home.description", brand=settings.brand),
        "hide": ["navigation", "toc"],
    }
    waiting = unfinished(site.archive, site.today)
    severities = open_by_severity(site.archive)
    yield render(site,
        "index.md.j2", "index.md", meta,
        severities=severities, open_total=sum(severities.values()),
        kinds=Counter(e.kind for e in site.archive.entries),
        sections={k.name: k.section for k in KINDS.values()},
        fixes=proven_fixes(site.archive)[:ROWS], late=overdue(waiting), unproven=unproven(site.archive),
        unfinished=len(waiting), documents=due_documents(site.archive, site.today), rows=ROWS,
        merges=merges(site)[:MERGES],
    )  # fmt: skip


def open_by_severity(archive: Archive) -> dict[str, int]:
    """Issues that still need work, by severity, every severity named."""
    found = Counter(issue.severity for issue in archive.issues if issue.status in OPEN_STATUSES)
    return {severity: found[severity] for severity in VOCABULARIES["severity"]}


def proven_fixes(archive: Archive) -> tuple[Fix, ...]:
    """Verified or closed issues whose verdict is effective, the newest proof first."""
    found = []
    for entry in archive.of_kind("issue"):
        record = entry.record
        assert isinstance(record, IssueRecord)
        proof = record.verification
        if proof and proof.verdict == "effective" and record.status in PROVEN_STATUSES:
            found.append((proof.on, entry.id, Fix(entry, compare(proof))))
    return tuple(fix for _, _, fix in sorted(found, key=lambda x: x[:2], reverse=True))


def unproven(archive: Archive) -> tuple[Entry, ...]:
    """Issues that are fixed and wait for their proof, the oldest first."""
    found = (e for e in archive.of_kind("issue") if getattr(e.record, "status", "") == "fixed")
    return tuple(sorted(found, key=when))


def due_documents(archive: Archive, day: dt.date) -> tuple[Entry, ...]:
    """FAQ entries and effective SOPs whose review was due before ``day``, the longest overdue first."""
    found = []
    for entry in archive.entries:
        record = entry.record
        current = isinstance(record, FaqRecord) or (
            isinstance(record, SopRecord) and record.status == "effective"
        )
        if (
            current
            and isinstance(record, FaqRecord | SopRecord)
            and record.review_due
            and record.review_due < day
        ):
            found.append((record.review_due, entry.id, entry))
    return tuple(entry for _, _, entry in sorted(found, key=lambda x: x[:2]))


def merges(site: Site) -> tuple[Merge, ...]:
    """The last changes of the archive's records as git tells them, newest first."""
    by_path = {entry.path: entry for entry in site.archive.entries}
    found = []
    for change in site.history.recent:
        touched = tuple(by_path[path] for path in change.paths if path in by_path)
        found.append(Merge(change, touched[:TOUCHED], max(0, len(touched) - TOUCHED)))
    return tuple(found)
