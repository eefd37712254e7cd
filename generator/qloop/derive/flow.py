"""Issues opened, ended and open by week and month (the stock-and-flow of a problem list)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from qloop.derive.history import FileHistory
from qloop.derive.periods import Period
from qloop.records.issue import IssueRecord
from qloop.records.vocabulary import OPEN_STATUSES

EVERYTHING = ""
"""The group that every issue is in."""


@dataclass(frozen=True, slots=True)
class Life:
    """What trends need of an issue. ``ended``: the day on which it stopped being open, None while it is."""

    id: str
    opened: dt.date
    ended: dt.date | None
    verified: dt.date | None
    category: str
    products: tuple[str, ...]
    factory: str | None
    cause: str | None
    repeated: bool
    counted: bool
    """Neither rejected nor a duplicate: a problem of its own."""


@dataclass(frozen=True, slots=True)
class FlowRow:
    """``open``: the stock at the end of the period."""

    period: str
    opened: int
    closed: int
    open: int


def life(issue: IssueRecord, today: dt.date, history: FileHistory | None = None) -> Life:
    """The life of ``issue`` as known on ``today``; days after it have not happened yet."""
    proof = issue.verification
    verified = proof.on if proof and proof.verdict == "effective" and proof.on <= today else None
    return Life(
        issue.id,
        issue.opened,
        _ended(issue, verified, today, history),
        verified,
        issue.category,
        issue.products,
        issue.factory,
        issue.root_cause.class_ if issue.root_cause else None,
        issue.recurrence_of is not None,
        issue.status not in ("rejected", "duplicate"),
    )


def _ended(
    issue: IssueRecord, verified: dt.date | None, today: dt.date, history: FileHistory | None
) -> dt.date | None:
    """The first day of proof or closing; else the day on which git saw the status change; else the day it was
    opened (a rejected issue without a date never was one)."""
    if issue.status in OPEN_STATUSES:
        return None
    days = [day for day in (verified, issue.closed) if day]
    if not days and history and len(history.statuses) > 1:
        seen = history.statuses[-1].change.when.date()
        days = [seen] if seen <= today else []
    ended = max(min(days, default=issue.opened), issue.opened)
    return ended if ended <= today else None


def flow(
    lives: Iterable[Life],
    period: Period,
    today: dt.date,
    groups: Callable[[Life], Sequence[str]] | None = None,
    quiet: bool = True,
) -> dict[str, tuple[FlowRow, ...]]:
    """Rows by group, from the archive's first opened issue to ``today``; without ``groups`` one group "".

    An issue in several groups (two products) counts in each. opened - closed, summed up, is open.
    Without ``quiet`` periods in which a group saw neither are left out: hundreds of products by week are many.
    """
    happened = [one for one in lives if one.opened <= today]
    if not happened:
        return {}
    of = cache(period.of)
    moves: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    for one in happened:
        for group in groups(one) if groups else (EVERYTHING,):
            moves[group][of(one.opened)][0] += 1
            if one.ended:
                moves[group][of(one.ended)][1] += 1
    span = tuple(period.between(min(one.opened for one in happened), today))
    return {group: tuple(_rows(found, span if quiet else sorted(found))) for group, found in moves.items()}


def _rows(moves: Mapping[str, Sequence[int]], span: Iterable[str]) -> Iterator[FlowRow]:
    stock = 0
    for period in span:
        opened, closed = moves.get(period, (0, 0))
        stock += opened - closed
        yield FlowRow(period, opened, closed, stock)
