"""All trends of an archive on a day, computed once for the pages that show them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from qloop.archive import Archive
from qloop.derive.feedback_rates import FeedbackTrend, counts_by_category, feedback_trend
from qloop.derive.flow import EVERYTHING, FlowRow, Life, flow, life
from qloop.derive.history import NO_HISTORY, History
from qloop.derive.measures import Age, MonthRow, by_month, open_age, whole
from qloop.derive.pareto import Share, pareto
from qloop.derive.periods import MONTH, WEEK, weeks_back
from qloop.records.issue import IssueRecord

NOW_WEEKS = 13
"""A quarter: what "lately" means."""


@dataclass(frozen=True, slots=True)
class Flows:
    """Issues opened, ended and open, by group; the group "" is everything. By group only ``weeks`` in which
    something was opened or ended."""

    weeks: dict[str, tuple[FlowRow, ...]]
    months: dict[str, tuple[FlowRow, ...]]


@dataclass(frozen=True, slots=True)
class Trends:
    today: dt.date
    overall: Flows
    categories: Flows
    products: Flows
    factories: Flows
    feedback: FeedbackTrend
    months: tuple[MonthRow, ...]
    whole: MonthRow
    age: Age
    issue_pareto: tuple[Share, ...]
    cause_pareto: tuple[Share, ...]
    feedback_pareto: tuple[Share, ...]
    """Of the last NOW_WEEKS weeks."""


def trends(archive: Archive, today: dt.date, lives: Sequence[Life]) -> Trends:
    """Everything relative to ``today``; ``lives``: of every issue. The same archive and day give the same."""
    counted = [one for one in lives if one.counted and one.opened <= today]
    recent = counts_by_category(archive.feedback.rows, weeks_back(today, NOW_WEEKS))
    return Trends(
        today,
        Flows(flow(lives, WEEK, today), flow(lives, MONTH, today)),
        _flows(lives, today, lambda o: (o.category,)),
        _flows(lives, today, lambda o: o.products or (EVERYTHING,)),
        _flows(lives, today, lambda o: (o.factory or EVERYTHING,)),
        feedback_trend(archive.feedback, today),
        by_month(lives, today), whole(lives, today), open_age(lives, today),
        pareto(Counter(o.category for o in counted)),
        pareto(Counter(o.cause for o in counted if o.cause)),
        pareto(recent),
    )  # fmt: skip


def lives_of(archive: Archive, today: dt.date, history: History = NO_HISTORY) -> tuple[Life, ...]:
    """The lives of the archive's issues, by id."""
    return tuple(
        life(entry.record, today, history.files.get(entry.path))
        for entry in archive.of_kind("issue")
        if isinstance(entry.record, IssueRecord)
    )


def _flows(lives: Sequence[Life], today: dt.date, groups: Callable[[Life], Sequence[str]]) -> Flows:
    return Flows(flow(lives, WEEK, today, groups, quiet=False), flow(lives, MONTH, today, groups))
