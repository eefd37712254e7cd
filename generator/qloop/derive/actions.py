"""The state of measures on a day: done, open or overdue (8D D5-D7; ISO 9001 10.2.1)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from qloop.archive import Archive
from qloop.read.entry import Entry
from qloop.records.issue import Action, IssueRecord
from qloop.records.review import ReviewAction, ReviewRecord

DROPPED = ("rejected", "duplicate")
"""Issues whose open measures nobody waits for any more."""


@dataclass(frozen=True, slots=True)
class ActionItem:
    """One measure of an issue or a review as it stands on a day.

    ``state`` is ``done``, ``open`` or ``overdue``; ``days_late`` counts days after ``due``: until the
    day while open, until ``done`` afterwards; 0 when in time. ``issue`` is the one it
    serves, None for a general measure.
    """

    action: Action
    source: Entry
    state: str
    days_late: int
    issue: str | None = None

    @property
    def due(self) -> dt.date:
        return self.action.due


def state(action: Action, day: dt.date) -> str:
    """``done``, ``overdue`` (due before ``day``) or ``open``."""
    if action.done:
        return "done"
    return "overdue" if action.due < day else "open"


def items(source: Entry, day: dt.date) -> tuple[ActionItem, ...]:
    """The measures of an issue or a review in the record's own order; none for other kinds."""
    record = source.record
    if isinstance(record, ReviewRecord):
        return tuple(_item(a, source, day, a.issue) for a in record.actions)
    if isinstance(record, IssueRecord):
        return tuple(_item(a, source, day, record.id) for a in record.actions)
    return ()


def _item(action: Action | ReviewAction, source: Entry, day: dt.date, issue: str | None) -> ActionItem:
    late = max(0, ((action.done or day) - action.due).days)
    return ActionItem(action, source, state(action, day), late, issue)


def unfinished(archive: Archive, day: dt.date) -> tuple[ActionItem, ...]:
    """Open and overdue measures of the whole archive, the most urgent date first."""
    found = (item for entry in _sources(archive) for item in items(entry, day) if item.state != "done")
    return tuple(sorted(found, key=lambda i: (i.action.due, i.source.id, i.action.id)))


def factory_of(archive: Archive, item: ActionItem) -> str:
    """The factory of the record that holds the measure, else of the issue that it serves, else ""."""
    served = archive.get(item.issue) if item.issue else None
    own: str | None = getattr(item.source.record, "factory", None)
    return own or (getattr(served.record, "factory", None) if served else None) or ""


def overdue(found: Iterable[ActionItem]) -> tuple[ActionItem, ...]:
    return tuple(item for item in found if item.state == "overdue")


def _sources(archive: Archive) -> Iterator[Entry]:
    for entry in archive.entries:
        dropped = isinstance(entry.record, IssueRecord) and entry.record.status in DROPPED
        if entry.kind in ("issue", "review") and not dropped:
            yield entry
