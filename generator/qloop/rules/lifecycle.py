"""Life cycle: a status and the fields that belong to it."""

from __future__ import annotations

from collections.abc import Iterator

from qloop.read.findings import Finding
from qloop.records.change import ChangeRecord
from qloop.records.issue import IssueRecord
from qloop.records.sop import SopRecord
from qloop.rules.base import Context, found, rule

SIGNED = ("approved", "trial", "effective")
"""Statuses of a change that somebody has agreed to."""


@rule("lifecycle/closed-date")
def closed_date(context: Context) -> Iterator[Finding]:
    """A closed issue has the day on which it was closed; an issue that is still open has none.

    Bad::

        status: closed
        closed:

    Good::

        status: closed
        closed: 2026-12-15
    """
    for entry, record in context.every(IssueRecord):
        if record.status == "closed" and not record.closed:
            yield found("lifecycle/closed-date", entry, ("status",))
        elif record.closed and record.status in ("open", "analyzing", "improving"):
            yield found(
                "lifecycle/closed-date", entry, ("closed",), text="still-open", hint="still-open-hint"
            )


@rule("lifecycle/duplicate-of")
def duplicate_of(context: Context) -> Iterator[Finding]:
    """A duplicate names the issue that it repeats, and only a duplicate does.

    Bad::

        status: duplicate
        duplicate_of:

    Good::

        status: duplicate
        duplicate_of: QI-260804-8MF
        # issues/2026/QI-260804-8MF.md
        status: verified
    """
    for entry, record in context.every(IssueRecord):
        if record.status == "duplicate" and not record.duplicate_of:
            yield found("lifecycle/duplicate-of", entry, ("status",))
        elif record.duplicate_of and record.status != "duplicate":
            yield found(
                "lifecycle/duplicate-of",
                entry,
                ("duplicate_of",),
                text="not-duplicate",
                hint="not-duplicate-hint",
            )


@rule("lifecycle/cut-in")
def cut_in(context: Context) -> Iterator[Finding]:
    """A change in effect names its cut-in batch and day: from there on goods are told apart.

    Bad::

        # sop/changes/2026/PC-260810-M2Q.md
        status: effective
        cut_in:

    Good::

        # sop/changes/2026/PC-260810-M2Q.md
        status: effective
        cut_in: {batch: KN2609, on: 2026-09-10}

    Source: ISO 9001 8.5.6 (control of changes), 8.5.2 (traceability).
    """
    for entry, record in context.every(ChangeRecord):
        if record.status == "effective" and not record.cut_in:
            yield found("lifecycle/cut-in", entry, ("status",))


@rule("lifecycle/approvals")
def approvals(context: Context) -> Iterator[Finding]:
    """From ``approved`` on a change carries approvals, and not only that of its author's own role.

    Bad::

        # sop/changes/2026/PC-260810-M2Q.md
        author: factory-qc
        approvals: [{role: factory-qc, on: 2026-08-12}]

    Good::

        # sop/changes/2026/PC-260810-M2Q.md
        author: factory-qc
        approvals: [{role: factory-qc, on: 2026-08-12}, {role: supply-chain, on: 2026-08-13}]

    Source: ISO 9001 8.5.6: the persons authorizing a change.
    """
    for entry, record in context.every(ChangeRecord):
        if record.status not in SIGNED:
            continue
        if not record.approvals:
            yield found("lifecycle/approvals", entry, ("status",), status=record.status)
        elif record.author and all(a.role == record.author for a in record.approvals):
            yield found("lifecycle/approvals", entry, ("approvals",), text="own", role=record.author)


@rule("lifecycle/approver")
def approver(context: Context) -> Iterator[Finding]:
    """Nobody approves what he has written: approver and author differ, for the SOP and for each revision.

    Bad::

        # sop/SOP-KNIT-001.md
        author: factory-engineering
        approver: factory-engineering

    Good::

        # sop/SOP-KNIT-001.md
        author: factory-engineering
        approver: supply-chain

    Source: ISO 9001 7.5.2 c (review and approval).
    """
    for entry, record in context.every(SopRecord):
        if record.approver == record.author:
            yield found("lifecycle/approver", entry, ("approver",), role=record.approver)
        for i, revision in enumerate(record.revisions):
            if revision.approver and revision.approver == (revision.author or record.author):
                yield found("lifecycle/approver", entry, ("revisions", i, "approver"), role=revision.approver)
