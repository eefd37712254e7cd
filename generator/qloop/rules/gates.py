"""Gates: what an issue must show before it is called fixed or closed; a team may relax each with a reason."""

from __future__ import annotations

from collections.abc import Iterator

from qloop.read.entry import Entry
from qloop.read.findings import Finding
from qloop.records.ids import fold
from qloop.records.issue import IssueRecord
from qloop.rules.base import Context, found, rule

FIXED = ("fixed", "verified", "closed")
WEIGHTY = ("critical", "major")


@rule("gates/fixed-root-cause", relaxable=True)
def fixed_root_cause(context: Context) -> Iterator[Finding]:
    """A fixed issue knows its root cause; so do verified and closed ones.

    Bad::

        status: fixed
        root_cause:

    Good::

        status: fixed
        root_cause: {class: production, whys: [帽围实测 54.8 cm, 换纱后未重设张力, SOP 未规定首件测帽围]}

    Source: 8D, D4; ISO 9001 10.2.1 b.
    """
    for entry, record in fixed(context):
        if not record.root_cause:
            yield found("gates/fixed-root-cause", entry, ("status",), status=record.status)


@rule("gates/fixed-actions", relaxable=True)
def fixed_actions(context: Context) -> Iterator[Finding]:
    """Every corrective action of a fixed issue is done; so of verified and closed ones.

    Bad::

        status: fixed
        actions: [{id: A1, what: 换线后测帽围, kind: corrective, owner: qc, due: 2027-08-20}]

    Good::

        status: fixed
        actions: [{id: A1, what: 首件测帽围, kind: corrective, owner: qc, due: 2026-08-20, done: 2026-08-18}]

    Source: 8D, D5-D6; ISO 9001 10.2.1 c.
    """
    for entry, record in fixed(context):
        for i, action in enumerate(record.actions):
            if action.kind == "corrective" and not action.done:
                yield found("gates/fixed-actions", entry, ("actions", i), id=action.id, status=record.status)


@rule("gates/closed-containment", relaxable=True)
def closed_containment(context: Context) -> Iterator[Finding]:
    """A closed critical or major issue says what was stopped at once.

    Bad::

        status: closed
        containment:

    Good::

        status: closed
        containment: {action: 暂停发 KN2607 库存, by: operations, on: 2026-08-04}

    Source: 8D, D3; ISO 9001 10.2.1 a.
    """
    for entry, record in closed_weighty(context):
        if not record.containment:
            yield found("gates/closed-containment", entry, ("status",))


@rule("gates/closed-escape", relaxable=True)
def closed_escape(context: Context) -> Iterator[Finding]:
    """A closed critical or major issue says why inspection let it pass.

    Bad::

        status: closed
        root_cause: {class: production, whys: [帽围实测 54.8 cm, SOP 未规定换线后首件测帽围]}

    Good::

        status: closed
        root_cause:
          class: production
          whys: [帽围实测 54.8 cm, SOP 未规定换线后首件测帽围]
          escape: 出货抽检没有帽围松紧测量点

    Source: 8D, D4 (root cause and escape point).
    """
    for entry, record in closed_weighty(context):
        if record.root_cause and not record.root_cause.escape:
            yield found("gates/closed-escape", entry, ("root_cause",), key=True)


@rule("gates/closed-standard", relaxable=True)
def closed_standard(context: Context) -> Iterator[Finding]:
    """What a closed critical or major issue taught stands in an SOP or a checkpoint, or why not.

    An SOP that names the issue in a checkpoint counts as well.

    Bad::

        status: closed
        sops: []
        # sop/SOP-KNIT-001.md
        checkpoints: []

    Good::

        status: closed
        sops: []
        no_sop_reason: 一次性仓储事故，仓库已有作业规范
        # sop/SOP-KNIT-001.md
        checkpoints: []

    Source: 8D, D7; ISO 9001 10.2.1 e-f.
    """
    for entry, record in closed_weighty(context):
        if not (record.sops or record.no_sop_reason or _named_by(context, entry, "sop")):
            yield found("gates/closed-standard", entry, ("status",))


@rule("gates/closed-faq", relaxable=True)
def closed_faq(context: Context) -> Iterator[Finding]:
    """Customer service has an answer for a closed critical or major issue, or the record says why not.

    A FAQ entry that names the issue counts as well.

    Bad::

        status: closed
        faqs: []
        # faq/FAQ-cap-too-tight.md
        issues: []

    Good::

        status: closed
        faqs: []
        no_faq_reason: 买家看不到，不会来问
        # faq/FAQ-cap-too-tight.md
        issues: []
    """
    for entry, record in closed_weighty(context):
        if not (record.faqs or record.no_faq_reason or _named_by(context, entry, "faq")):
            yield found("gates/closed-faq", entry, ("status",))


def fixed(context: Context) -> Iterator[tuple[Entry, IssueRecord]]:
    """Issues that are fixed or beyond."""
    return ((e, r) for e, r in context.every(IssueRecord) if r.status in FIXED)


def closed_weighty(context: Context) -> Iterator[tuple[Entry, IssueRecord]]:
    """Closed issues that are critical or major."""
    return ((e, r) for e, r in context.every(IssueRecord) if r.status == "closed" and r.severity in WEIGHTY)


def _named_by(context: Context, entry: Entry, kind: str) -> bool:
    return any(link.source.kind == kind for link in context.archive.backlinks.get(fold(entry.id), ()))
