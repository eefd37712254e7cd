"""Dates: in the order in which things happen, not in the future, nothing overdue."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from qloop.read.entry import Entry
from qloop.read.findings import Finding, KeyPath, field_name
from qloop.records.change import ChangeRecord
from qloop.records.faq import FaqRecord
from qloop.records.issue import Action, IssueRecord
from qloop.records.review import ReviewRecord
from qloop.records.sop import SopRecord
from qloop.rules.base import Context, found, rule

Dated = tuple[KeyPath, dt.date]
Pair = tuple[KeyPath, dt.date | None, KeyPath, dt.date | None]


@rule("lifecycle/date-order")
def date_order(context: Context) -> Iterator[Finding]:
    """Things happen in order: opened, contained, tried, done, verified, closed; requested, approved, cut in.

    Bad::

        opened: 2026-08-03
        containment: {action: 暂停发 KN2607 库存, by: operations, on: 2026-08-01}

    Good::

        opened: 2026-08-03
        containment: {action: 暂停发 KN2607 库存, by: operations, on: 2026-08-04}

    Source: 8D problem solving, D1-D8 in order; ISO 9001 10.2.
    """
    for entry in context.archive.entries:
        for earlier_path, earlier, later_path, later in _pairs(entry):
            if earlier and later and later < earlier:
                place = entry.document.place(earlier_path)
                yield found(
                    "lifecycle/date-order",
                    entry,
                    later_path,
                    related=(place,),
                    earlier_name=field_name(*earlier_path),
                    earlier=earlier,
                    later_name=field_name(*later_path),
                    later=later,
                )


@rule("lifecycle/future")
def future(context: Context) -> Iterator[Finding]:
    """What has happened is not in the future, a day's leave for time zones; due dates and plans are exempt.

    Bad::

        opened: 2030-08-03

    Good::

        opened: 2026-08-03
    """
    last = context.today + dt.timedelta(days=1)
    for entry in context.archive.entries:
        for path, day in happened(entry):
            if day > last:
                yield found("lifecycle/future", entry, path, day=day, today=context.today)


@rule("lifecycle/overdue-action", severity="warning", relaxable=True)
def overdue_action(context: Context) -> Iterator[Finding]:
    """A measure is done by its date, or the date is moved with the owner's word.

    Bad::

        status: improving
        closed:
        verification:
        actions: [{id: A1, what: 换线后首件测帽围, kind: corrective, owner: factory-qc, due: 2026-08-20}]

    Good::

        status: improving
        closed:
        verification:
        actions: [{id: A1, what: 换线后首件测帽围, kind: corrective, owner: factory-qc, due: 2027-08-20}]

    Source: ISO 9001 10.2.1 e.
    """
    for entry in context.archive.entries:
        for i, action in enumerate(_actions(entry)):
            if action.done is None and action.due < context.today:
                yield found(
                    "lifecycle/overdue-action",
                    entry,
                    ("actions", i, "due"),
                    id=action.id,
                    due=action.due,
                    days=(context.today - action.due).days,
                )


@rule("lifecycle/overdue-review", severity="warning", relaxable=True)
def overdue_review(context: Context) -> Iterator[Finding]:
    """An SOP in force and a FAQ entry are looked at again by their review date.

    Bad::

        # faq/FAQ-cap-too-tight.md
        review_due: 2026-02-01

    Good::

        # faq/FAQ-cap-too-tight.md
        review_due: 2027-02-01

    Source: ISO 9001 7.5.3.2 (control of documented information).
    """
    for entry in context.archive.entries:
        record = entry.record
        if not isinstance(record, SopRecord | FaqRecord) or not record.review_due:
            continue
        if isinstance(record, SopRecord) and record.status == "obsolete":
            continue
        if record.review_due < context.today:
            yield found(
                "lifecycle/overdue-review",
                entry,
                ("review_due",),
                due=record.review_due,
                days=(context.today - record.review_due).days,
            )


def _actions(entry: Entry) -> tuple[Action, ...]:
    record = entry.record
    if isinstance(record, ReviewRecord):
        return record.actions
    # nobody works on an issue that did not hold or is another's double
    alive = isinstance(record, IssueRecord) and record.status not in ("rejected", "duplicate")
    return record.actions if alive and isinstance(record, IssueRecord) else ()


def _pairs(entry: Entry) -> Iterator[Pair]:
    """(path, earlier day, path, later day): what must not be the other way round."""
    record = entry.record
    if isinstance(record, IssueRecord):
        for path, day in _issue_days(record):
            yield ("opened",), record.opened, path, day
        yield from _proof_pairs(record)
    elif isinstance(record, ChangeRecord):
        cut_in = record.cut_in.on if record.cut_in else None
        for i, approval in enumerate(record.approvals):
            yield ("requested",), record.requested, ("approvals", i, "on"), approval.on
            yield ("approvals", i, "on"), approval.on, ("cut_in", "on"), cut_in
        yield ("requested",), record.requested, ("cut_in", "on"), cut_in
    elif isinstance(record, SopRecord):
        yield ("effective",), record.effective, ("review_due",), record.review_due
    elif isinstance(record, ReviewRecord):
        yield ("period", "from"), record.period.from_, ("period", "to"), record.period.to


def _issue_days(record: IssueRecord) -> Iterator[Dated]:
    """What happens to an issue after it was opened."""
    if record.containment:
        yield ("containment", "on"), record.containment.on
    for i, trial in enumerate(record.trials):
        yield ("trials", i, "on"), trial.on
    for j, action in enumerate(record.actions):
        if action.done:
            yield ("actions", j, "done"), action.done
    if record.verification:
        yield ("verification", "on"), record.verification.on
    if record.closed:
        yield ("closed",), record.closed


def _proof_pairs(record: IssueRecord) -> Iterator[Pair]:
    proof = record.verification
    if not proof:
        return
    for name, period in (("before", proof.before), ("after", proof.after)):
        if period:
            yield ("verification", name, "from"), period.from_, ("verification", name, "to"), period.to
    if proof.after:
        if proof.cut_in:  # what was sold before the first good batch says nothing of the fix
            cut_in = ("verification", "cut_in", "on"), proof.cut_in.on
            yield *cut_in, ("verification", "after", "from"), proof.after.from_
        yield ("verification", "after", "to"), proof.after.to, ("verification", "on"), proof.on
    yield ("verification", "on"), proof.on, ("closed",), record.closed


def happened(entry: Entry) -> Iterator[Dated]:
    """The days of a record on which something is said to have happened; plans are left out."""
    record = entry.record
    if isinstance(record, IssueRecord):
        yield ("opened",), record.opened
        yield from _issue_days(record)
        if record.verification and record.verification.after:
            yield ("verification", "after", "to"), record.verification.after.to
    elif isinstance(record, ChangeRecord):
        yield ("requested",), record.requested
        yield from ((("approvals", i, "on"), a.on) for i, a in enumerate(record.approvals))
        if record.cut_in and record.status == "effective":
            yield ("cut_in", "on"), record.cut_in.on
    elif isinstance(record, SopRecord) and record.status == "effective":
        if record.effective:
            yield ("effective",), record.effective
        yield from ((("revisions", i, "on"), r.on) for i, r in enumerate(record.revisions))
    elif isinstance(record, ReviewRecord):
        yield ("period", "from"), record.period.from_
        yield from ((("actions", i, "done"), a.done) for i, a in enumerate(record.actions) if a.done)
