"""What waits for somebody with a date: measures of issues and reviews, reviews of SOPs and FAQ entries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from qloop.derive.actions import factory_of
from qloop.derive.periods import month_of
from qloop.pages.lists.parts import Cut, Cutting, Link, by_part, filtered, too_long
from qloop.pages.shared import once, waiting
from qloop.pages.site import Site
from qloop.read.entry import Entry
from qloop.records.faq import FaqRecord
from qloop.records.sop import SopRecord

SOON = dt.timedelta(days=14)
REVIEW_SOON = dt.timedelta(days=30)
MOST_ROWS = 100
"""Things of one list that a page shows; with more of them in the archive there are pages by month."""
CUTTING = Cutting("overdue/part", lambda d: month_of(d.due), lambda d: d.due.isoformat())


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that waits for its owner. ``kind``: an action's kind, or ``review`` of a document;
    ``days``: late by so many, or (below zero) still to come; ``factory``: whose record it is, or ""."""

    kind: str
    what: str
    owner: str
    due: dt.date
    days: int
    entry: Entry
    factory: str = ""

    @property
    def late(self) -> bool:
        return self.days > 0


class Dated(Protocol):
    @property
    def due(self) -> dt.date: ...


D = TypeVar("D", bound=Dated)


def due_items(site: Site) -> tuple[Due, ...]:
    """Every unfinished measure, and documents to be reviewed within 30 days; the most late first."""
    return once(site, "due", lambda: tuple(sorted(_items(site), key=lambda d: (-d.days, d.entry.id, d.what))))


def _items(site: Site) -> Iterator[Due]:
    for item in waiting(site):
        action, days = item.action, (site.today - item.action.due).days
        factory = factory_of(site.archive, item)
        yield Due(action.kind, action.what, action.owner, action.due, days, item.source, factory)
    yield from (r for r in review_items(site) if r.due <= site.today + REVIEW_SOON)


def review_items(site: Site) -> Iterator[Due]:
    """Documents whose review is due; drafts and obsolete SOPs wait for nobody."""
    for entry in site.archive.entries:
        record = entry.record
        current = isinstance(record, FaqRecord) or (
            isinstance(record, SopRecord) and record.status == "effective"
        )
        if current and isinstance(record, FaqRecord | SopRecord) and record.review_due:
            days = (site.today - record.review_due).days
            yield Due("review", record.title, record.owner, record.review_due, days, entry)


def has_parts(site: Site) -> bool:
    return len(due_items(site)) > MOST_ROWS


def elsewhere(site: Site, items: Sequence[Dated], key: str = "", value: str = "") -> tuple[Link, ...]:
    """Where all of ``items`` stand, whose column ``key`` has ``value``."""
    if not has_parts(site):
        uri = filtered("overdue.md", key, value) if key == "owner" else "overdue.md"
        return (Link(site.texts("indexes.overdue.title"), len(items), uri),)
    long = once(site, "long due", lambda: too_long(due_items(site), CUTTING))
    return by_part(site, items, CUTTING, long, key, value)


def cut(site: Site, items: Sequence[D], key: str, value: str, most: int = MOST_ROWS) -> Cut:
    """The first of ``items``, with links to where all of them stand."""
    return Cut(
        tuple(items[:most]), len(items), elsewhere(site, items, key, value) if len(items) > most else ()
    )
