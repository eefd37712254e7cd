"""What is late or due soon: measures of issues and reviews, reviews of SOPs and FAQ entries, by owner."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qloop.archive import Archive
from qloop.derive.actions import unfinished
from qloop.pages.page import Page
from qloop.pages.site import Site
from qloop.pages.templates import render
from qloop.pages.urls import slug
from qloop.read.entry import Entry
from qloop.records.faq import FaqRecord
from qloop.records.sop import SopRecord

SOON = dt.timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that waits for its owner. ``kind``: an action's kind, or ``review`` of a document;
    ``days``: late by so many, or (below zero) still to come."""

    kind: str
    what: str
    owner: str
    due: dt.date
    days: int
    entry: Entry

    @property
    def late(self) -> bool:
        return self.days > 0


@dataclass(frozen=True, slots=True)
class OwnerBoard:
    owner: str
    label: str
    anchor: str
    late: tuple[Due, ...]
    soon: tuple[Due, ...]


def due_items(archive: Archive, today: dt.date) -> tuple[Due, ...]:
    """Everything late on ``today`` or due within 14 days, the most late first."""
    found = [
        Due(
            item.action.kind,
            item.action.what,
            item.action.owner,
            item.action.due,
            (today - item.action.due).days,
            item.source,
        )
        for item in unfinished(archive, today)
    ] + list(review_items(archive, today))
    near = (one for one in found if one.due <= today + SOON)
    return tuple(sorted(near, key=lambda d: (-d.days, d.entry.id, d.what)))


def review_items(archive: Archive, today: dt.date) -> Iterator[Due]:
    """Documents whose review is due; drafts and obsolete SOPs wait for nobody."""
    for entry in archive.entries:
        record = entry.record
        current = isinstance(record, FaqRecord) or (
            isinstance(record, SopRecord) and record.status == "effective"
        )
        if current and isinstance(record, FaqRecord | SopRecord) and record.review_due:
            days = (today - record.review_due).days
            yield Due("review", record.title, record.owner, record.review_due, days, entry)


def boards(site: Site, items: Sequence[Due]) -> tuple[OwnerBoard, ...]:
    """By owner, the one with most late things first."""
    found = []
    for owner in sorted({i.owner for i in items}):
        label = site.archive.settings.department_label(owner)
        mine = [i for i in items if i.owner == owner]
        late, soon = tuple(i for i in mine if i.late), tuple(i for i in reversed(mine) if not i.late)
        found.append(OwnerBoard(owner, label, f"o-{slug(owner).lower()}", late, soon))
    return tuple(sorted(found, key=lambda b: (-len(b.late), -len(b.soon), b.owner)))


def overdue_pages(site: Site) -> Iterator[Page]:
    """``overdue.md``."""
    items = due_items(site.archive, site.today)
    late = sum(i.late for i in items)
    meta = {
        "title": site.texts("indexes.overdue.title"),
        "hide": ["toc"],
        "description": site.texts("indexes.overdue.description", late=late, soon=len(items) - late),
    }
    yield render(
        site, "overdue.md.j2", "overdue.md", meta, items=items, late=late, boards=boards(site, items)
    )
