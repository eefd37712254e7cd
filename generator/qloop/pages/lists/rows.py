"""Issues as lists show them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from qloop.derive.flow import Life
from qloop.derive.priority import priority
from qloop.pages.shared import issues, lives, once
from qloop.pages.site import Site
from qloop.read.entry import Entry
from qloop.records.issue import IssueRecord
from qloop.records.vocabulary import OPEN_STATUSES, VOCABULARIES

_RANKS = {
    name: {value: rank for rank, value in enumerate(VOCABULARIES[name])}
    for name in ("issue-status", "severity", "priority")
}


@dataclass(frozen=True, slots=True)
class IssueRow:
    """An issue as lists show it. ``days``: open for so many, or ended after them; ranks are for sorting."""

    entry: Entry
    record: IssueRecord
    priority: str
    days: int
    ended: dt.date | None
    status_rank: int
    severity_rank: int
    priority_rank: int
    open: bool
    decided_by: ClassVar = ("entry", "days", "ended")


def issue_rows(site: Site) -> tuple[IssueRow, ...]:
    """Every issue, the newest first."""
    return once(site, "issue rows", lambda: _rows(site))


def _rows(site: Site) -> tuple[IssueRow, ...]:
    pairs = zip(issues(site), lives(site), strict=True)
    rows = [_row(entry, record, life, site.today) for (entry, record), life in pairs]
    return tuple(sorted(rows, key=lambda r: (r.record.opened, r.record.id), reverse=True))


def _row(entry: Entry, record: IssueRecord, life: Life, today: dt.date) -> IssueRow:
    level = priority(record)
    days = max(0, ((life.ended or today) - record.opened).days)
    return IssueRow(
        entry,
        record,
        level,
        days,
        life.ended,
        _RANKS["issue-status"][record.status],
        _RANKS["severity"][record.severity],
        _RANKS["priority"][level],
        record.status in OPEN_STATUSES,
    )


def shown(rows: Sequence[IssueRow], most: int) -> tuple[IssueRow, ...]:
    """At most ``most`` rows, open issues before ended ones, in the order of ``rows``."""
    if len(rows) <= most:
        return tuple(rows)
    first = [r for r in rows if r.open][:most]
    chosen = {r.record.id for r in first}
    chosen.update(r.record.id for r in [r for r in rows if not r.open][: most - len(first)])
    return tuple(r for r in rows if r.record.id in chosen)
