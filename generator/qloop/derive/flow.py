"""Issues opened, ended and open by week and month (the stock-and-flow of a problem list)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

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
) -> dict[str, tuple[FlowRow, ...]]:
    """Rows by group, from the archive's first opened issue to ``today``; without ``groups`` one group "".

    An issue in several groups (two products) counts in each. opened - closed, summed up, is open.
    """
    import pandas as pd

    happened = [one for one in lives if one.opened <= today]
    if not happened:
        return {}
    columns = ["group", "period", "opened", "closed"]
    cases: list[tuple[str, str, int, int]] = []
    for one in happened:
        for group in groups(one) if groups else (EVERYTHING,):
            cases.append((group, period.of(one.opened), 1, 0))
            if one.ended:
                cases.append((group, period.of(one.ended), 0, 1))
    span = list(period.between(min(one.opened for one in happened), today))
    sums = pd.DataFrame(cases, columns=columns).groupby(["period", "group"]).sum()
    opened, closed = (
        sums[c].unstack("group", fill_value=0).reindex(span, fill_value=0) for c in ("opened", "closed")
    )
    stock = (opened - closed).cumsum()
    return {
        str(group): tuple(
            FlowRow(p, int(o), int(c), int(s))
            for p, o, c, s in zip(span, opened[group], closed[group], stock[group], strict=True)
        )
        for group in opened.columns
    }
