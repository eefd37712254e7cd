"""How long issues stay in each status, and in which one they wait longest.

A *stay* is the time from the day an issue got a status to the day it got the next one, in whole days.

1. From git, where it saw the status change at least once and its last status is the record's own: each status
   lasts from the day of its commit to the day of the next one.
2. Otherwise from the record's own dates, as far as its present status says that the step is over:
   ``open`` from ``opened`` to ``containment.on``; ``improving`` until the last corrective measure is done;
   ``fixed`` until ``verification.on``; ``verified`` until ``closed``. Where a date is missing its step is not
   measured and its time counts to the next one. Analysis has no date of its own: it counts as ``improving``.

Rejected issues and duplicates have no stays; days after the given day have not happened yet.
The slowest stage is the one with the largest median of *finished* stays: an issue that waits now is shown
beside it, since nobody knows yet how long its stay will be.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from qloop.derive.actions import DROPPED
from qloop.derive.history import FileHistory
from qloop.records.issue import IssueRecord

STAGES = ("open", "analyzing", "improving", "fixed", "verified")
"""Statuses that an issue waits in, in their order; in the others it waits for nothing."""


@dataclass(frozen=True, slots=True)
class Stay:
    """``end`` is None while the issue is there; ``days``: until then, or until the given day."""

    status: str
    start: dt.date
    end: dt.date | None
    days: int


@dataclass(frozen=True, slots=True)
class StageRow:
    """``finished`` stays with their median in days (None without any), and those that last ``now``."""

    status: str
    finished: int
    median_days: float | None
    now: int
    now_median_days: float | None
    slowest: bool = False


def stays(issue: IssueRecord, today: dt.date, history: FileHistory | None = None) -> tuple[Stay, ...]:
    """The stays of ``issue`` known on ``today``, oldest first."""
    if issue.status in DROPPED or issue.opened > today:
        return ()
    steps = _seen(issue, today, history) or _written(issue, today)
    return tuple(_stays(steps, today))


def _seen(issue: IssueRecord, today: dt.date, history: FileHistory | None) -> tuple[tuple[str, dt.date], ...]:
    """(status, since) from git; nothing where git saw no change or knows another status."""
    found = [(s.status, s.change.when.date()) for s in history.statuses] if history else []
    found = [(status, day) for status, day in found if day <= today]
    return tuple(found) if len(found) > 1 and found[-1][0] == issue.status else ()


def _written(issue: IssueRecord, today: dt.date) -> tuple[tuple[str, dt.date], ...]:
    """(status, since) from the record's dates; a step before ``opened`` or out of order takes no time."""
    steps: list[tuple[str, dt.date]] = []
    since = issue.opened
    for stage, end in _ends(issue):
        if end and end <= today:
            steps.append((stage, since))
            since = max(since, end)
    return *steps, (issue.status, since)


def _ends(issue: IssueRecord) -> Iterator[tuple[str, dt.date | None]]:
    """The stages that are over by the present status, each with the day that ended it, where known."""
    reached = (*STAGES, "closed").index(issue.status)
    proof = issue.verification
    done = [a.done for a in issue.actions if a.kind == "corrective" and a.done]
    if proof:
        done = [day for day in done if day <= proof.on]  # what was done after the proof did not lead to it
    days = {
        "open": issue.containment.on if issue.containment else None,
        "improving": max(done, default=None),
        "fixed": proof.on if proof else None,
        "verified": issue.closed,
    }
    return ((stage, day) for stage, day in days.items() if STAGES.index(stage) < reached)


def _stays(steps: Sequence[tuple[str, dt.date]], today: dt.date) -> Iterator[Stay]:
    for (status, start), (_, end) in pairwise(steps):
        yield Stay(status, start, end, max(0, (end - start).days))
    status, start = steps[-1]
    if status in STAGES:
        yield Stay(status, start, None, (today - start).days)


def present(found: Sequence[Stay]) -> Stay | None:
    """The stay that lasts, if any."""
    return found[-1] if found and found[-1].end is None else None


def stage_rows(found: Iterable[Stay]) -> tuple[StageRow, ...]:
    """One row for each of STAGES; the slowest is marked where at least two stages can be compared."""
    stays = [stay for stay in found if stay.status in STAGES]
    rows = [_row(stage, [s for s in stays if s.status == stage]) for stage in STAGES]
    measured = [row for row in rows if row.median_days is not None]
    slowest = max(measured, key=lambda row: row.median_days or 0, default=None)
    marked = slowest if slowest and slowest.median_days and len(measured) > 1 else None
    return tuple(replace(row, slowest=row is marked) for row in rows)


def _row(stage: str, stays: Sequence[Stay]) -> StageRow:
    over, now = [s.days for s in stays if s.end], [s.days for s in stays if not s.end]
    return StageRow(stage, len(over), middle(over), len(now), middle(now))


def middle(days: Sequence[int]) -> float | None:
    """The median, None of nothing."""
    return float(median(days)) if days else None
