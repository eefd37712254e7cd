"""Documents: an SOP has one revision in force, and its list of revisions says so."""

from __future__ import annotations

from collections.abc import Iterator

from qloop.read.findings import Finding
from qloop.records.sop import SopRecord
from qloop.rules.base import Context, found, rule


@rule("lifecycle/effective-date")
def effective_date(context: Context) -> Iterator[Finding]:
    """An SOP in force names the day from which it holds.

    Bad::

        # sop/SOP-KNIT-001.md
        status: effective
        effective:

    Good::

        # sop/SOP-KNIT-001.md
        status: effective
        effective: 2026-09-01

    Source: ISO 9001 7.5.3 (control of documented information).
    """
    for entry, record in context.every(SopRecord):
        if record.status == "effective" and not record.effective:
            yield found("lifecycle/effective-date", entry, ("status",))


@rule("lifecycle/revision-order")
def revision_order(context: Context) -> Iterator[Finding]:
    """Revisions stand newest first, each number once.

    Bad::

        # sop/SOP-KNIT-001.md
        revisions:
          - {revision: "3", on: 2026-09-01, reason: 增加首件帽围测量}
          - {revision: "1", on: 2025-09-01, reason: 首次发布}
          - {revision: "2", on: 2026-03-01, reason: 修订缝线密度}

    Good::

        # sop/SOP-KNIT-001.md
        revisions:
          - {revision: "3", on: 2026-09-01, reason: 增加首件帽围测量}
          - {revision: "2", on: 2026-03-01, reason: 修订缝线密度}
          - {revision: "1", on: 2025-09-01, reason: 首次发布}
    """
    for entry, record in context.every(SopRecord):
        numbers = [r.revision for r in record.revisions]
        for i in range(1, len(numbers)):
            if record.revisions[i].on > record.revisions[i - 1].on:
                yield found(
                    "lifecycle/revision-order",
                    entry,
                    ("revisions", i, "on"),
                    revision=numbers[i],
                    newer=numbers[i - 1],
                )
            if numbers[i] in numbers[:i]:
                yield found(
                    "lifecycle/revision-order",
                    entry,
                    ("revisions", i, "revision"),
                    text="repeated",
                    revision=numbers[i],
                )


@rule("lifecycle/revision-current")
def revision_current(context: Context) -> Iterator[Finding]:
    """The first revision of the list is the document's; in force, it is dated the day from which it holds.

    Bad::

        # sop/SOP-KNIT-001.md
        revision: "4"

    Good::

        # sop/SOP-KNIT-001.md
        revision: "3"
    """
    for entry, record in context.every(SopRecord):
        first = record.revisions[0]
        place = entry.document.place(("revisions", 0, "revision"))
        if first.revision != record.revision:
            yield found(
                "lifecycle/revision-current",
                entry,
                ("revision",),
                related=(place,),
                revision=record.revision,
                first=first.revision,
            )
        elif record.status == "effective" and record.effective and first.on != record.effective:
            yield found(
                "lifecycle/revision-current",
                entry,
                ("effective",),
                text="date",
                hint="date-hint",
                related=(place,),
                effective=record.effective,
                revision=first.revision,
                on=first.on,
            )


@rule("lifecycle/one-effective")
def one_effective(context: Context) -> Iterator[Finding]:
    """One document of a line is in force: what an effective SOP supersedes is obsolete.

    Bad::

        # sop/SOP-KNIT-001.md
        supersedes: SOP-KNIT-000
        # sop/SOP-KNIT-000.md
        status: effective

    Good::

        # sop/SOP-KNIT-001.md
        supersedes: SOP-KNIT-000
        # sop/SOP-KNIT-000.md
        status: obsolete

    Source: ISO 9001 7.5.3.2 (prevention of the unintended use of obsolete documents).
    """
    archive = context.archive
    for entry, record in context.every(SopRecord):
        old = archive.get(record.supersedes) if record.supersedes else None
        if record.status != "effective" or not old or old is entry or not isinstance(old.record, SopRecord):
            continue
        if old.record.status == "effective":
            newer = entry.document.place(("supersedes",))
            yield found(
                "lifecycle/one-effective", old, ("status",), related=(newer,), id=entry.id, old=old.id
            )
