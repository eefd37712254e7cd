"""The home page: the way in for each reader, and what needs attention now."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from qloop.archive import Archive
from qloop.derive.actions import overdue
from qloop.derive.history import Change
from qloop.derive.history_notice import history_notice
from qloop.derive.involved import when
from qloop.derive.verification import Comparison, compare
from qloop.pages.alerts import shown, site_alerts
from qloop.pages.lists.listing import is_complete
from qloop.pages.page import Draft, Page, draft
from qloop.pages.shared import Ref, ref, waiting
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
    records: tuple[Ref, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Card:
    """The first of ``total`` things that need attention."""

    rows: tuple[Any, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Home:
    """What the home page shows. ``complete``: the list of issues holds all of them, so that it can be filtered;
    ``alerts``: those without an open issue, their total is of all; ``notice``: what is wrong with the history."""

    severities: tuple[tuple[str, int], ...]
    kinds: tuple[tuple[str, int], ...]
    unfinished: int
    late: Card
    unproven: Card
    documents: Card
    alerts: Card
    fixes: tuple[Fix, ...]
    merges: tuple[Merge, ...]
    complete: bool
    broken: tuple[str, ...]
    notice: str


def home_pages(site: Site) -> Iterator[Draft]:
    """The home page."""
    archive, items = site.archive, waiting(site)
    found = [a for a in site_alerts(site).current if not a.covered]
    counts = Counter(e.kind for e in archive.entries)
    yield draft(_page, site, "index.md", Home(
        tuple(open_by_severity(archive).items()), tuple((kind, counts[kind]) for kind in KINDS),
        len(items), _card(overdue(items)), _card(unproven(archive)), _card(due_documents(archive, site.today)),
        Card(shown(site, found)[:ROWS], len(site_alerts(site).current)),
        proven_fixes(archive, ROWS), merges(site)[:MERGES], is_complete(site, "issue"), archive.broken,
        history_notice(site.history, site.texts),
    ))  # fmt: skip


def _card(rows: Sequence[Any]) -> Card:
    return Card(tuple(rows[:ROWS]), len(rows))


def _page(site: Site, uri: str, home: Home) -> Page:
    meta = {
        # no title of its own: the browser's tab shows the site's name once
        "description": site.texts("pages.home.description", brand=site.archive.settings.brand),
        "hide": ["navigation", "toc"],
    }
    sections = {k.name: k.section for k in KINDS.values()}
    return render(site, "index.md.j2", uri, meta, home=home, sections=sections, kinds=dict(home.kinds))


def open_by_severity(archive: Archive) -> dict[str, int]:
    """Issues that still need work, by severity, every severity named."""
    found = Counter(issue.severity for issue in archive.issues if issue.status in OPEN_STATUSES)
    return {severity: found[severity] for severity in VOCABULARIES["severity"]}


def proven_fixes(archive: Archive, most: int | None = None) -> tuple[Fix, ...]:
    """Verified or closed issues whose verdict is effective, the newest proof first; at most ``most``."""
    found = []
    for entry in archive.of_kind("issue"):
        record = entry.record
        assert isinstance(record, IssueRecord)
        proof = record.verification
        if proof and proof.verdict == "effective" and record.status in PROVEN_STATUSES:
            found.append((proof.on, entry.id, entry, proof))
    newest = sorted(found, key=lambda x: x[:2], reverse=True)[:most]
    return tuple(Fix(entry, compare(proof)) for _, _, entry, proof in newest)


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
        named = tuple(ref(site, e.id) for e in touched[:TOUCHED])
        found.append(Merge(change, named, max(0, len(touched) - TOUCHED)))
    return tuple(found)
