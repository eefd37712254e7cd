"""Sums and numbers: counts that can be, weeks that are counted once."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from qloop.read.entry import Entry
from qloop.read.findings import Finding, KeyPath, field_name
from qloop.records.faq import FaqRecord
from qloop.records.issue import Exposure, IssueRecord
from qloop.rules.base import Context, found, found_at, found_in, rule

Amount = tuple[KeyPath, float | None]


@rule("numbers/negative")
def negative(context: Context) -> Iterator[Finding]:
    """Counts, units, days and money are not negative.

    Bad::

        occurrences: [{week: 2026-W31, source: review, count: -2}]

    Good::

        occurrences: [{week: 2026-W31, source: review, count: 2}]
    """
    for entry in context.archive.entries:
        for path, value in _amounts(entry):
            if value is not None and value < 0:
                yield found("numbers/negative", entry, path, name=field_name(*path[-1:]), value=f"{value:g}")
    for name, days in context.archive.settings.policy:
        if days < 0:
            yield found_in(
                "numbers/negative",
                context.settings_document,
                ("policy", name),
                name=field_name(name),
                value=days,
            )
    feedback = context.archive.feedback
    counts = (("count", r.count, r.place) for r in feedback.rows)
    units = (("units", u.units, u.place) for u in feedback.units)
    for name, count, place in chain(counts, units):
        if count < 0:
            yield found_at("numbers/negative", place, name, name=field_name(name), value=count)


def _amounts(entry: Entry) -> Iterator[Amount]:
    record = entry.record
    if isinstance(record, FaqRecord) and record.authority:
        yield ("authority", "max_refund"), record.authority.max_refund
    if not isinstance(record, IssueRecord):
        return
    for i, occurrence in enumerate(record.occurrences):
        yield ("occurrences", i, "count"), occurrence.count
    for j, trial in enumerate(record.trials):
        yield ("trials", j, "testers"), trial.testers
        if trial.wear_score:
            yield ("trials", j, "wear_score", "old"), trial.wear_score.old
            yield ("trials", j, "wear_score", "new"), trial.wear_score.new
    for side, period in _periods(record):
        yield ("verification", side, "defects"), period.defects
        yield ("verification", side, "units"), period.units
    if record.cost:
        for name in ("refund", "reship", "scrap", "rework", "other"):
            yield ("cost", name), getattr(record.cost, name)


@rule("numbers/defects-above-units")
def defects_above_units(context: Context) -> Iterator[Finding]:
    """No more units can be defective than were sold.

    Bad::

        verification:
          before: {from: 2026-06-01, to: 2026-08-31, defects: 5120, units: 127}
          after: {from: 2026-09-10, to: 2026-12-10, defects: 5, units: 5300}
          verdict: effective
          by: qc
          on: 2026-12-12

    Good::

        verification:
          before: {from: 2026-06-01, to: 2026-08-31, defects: 127, units: 5120}
          after: {from: 2026-09-10, to: 2026-12-10, defects: 5, units: 5300}
          verdict: effective
          by: qc
          on: 2026-12-12
    """
    for entry, record in context.every(IssueRecord):
        for side, period in _periods(record):
            if period.defects > period.units:
                yield found(
                    "numbers/defects-above-units",
                    entry,
                    ("verification", side, "defects"),
                    defects=period.defects,
                    units=period.units,
                )


@rule("numbers/repeated-week")
def repeated_week(context: Context) -> Iterator[Finding]:
    """Cases of one week and one source stand on one line.

    Bad::

        occurrences:
          - {week: 2026-W31, source: review, count: 2}
          - {week: 2026-W31, source: review, count: 1}

    Good::

        occurrences:
          - {week: 2026-W31, source: review, count: 3}
          - {week: 2026-W31, source: return, count: 1}
    """
    for entry, record in context.every(IssueRecord):
        seen: dict[tuple[str, str], int] = {}
        for i, one in enumerate(record.occurrences):
            first = seen.setdefault((one.week, one.source), i)
            if first != i:
                place = entry.document.place(("occurrences", first))
                yield found(
                    "numbers/repeated-week",
                    entry,
                    ("occurrences", i),
                    related=(place,),
                    week=one.week,
                    source=one.source,
                )


@rule("numbers/overlap", severity="warning")
def overlap(context: Context) -> Iterator[Finding]:
    """The periods before and after a fix do not overlap, and stand in this order.

    Bad::

        verification:
          before: {from: 2026-06-01, to: 2026-09-30, defects: 127, units: 5120}
          after: {from: 2026-09-10, to: 2026-12-10, defects: 5, units: 5300}
          verdict: effective
          by: qc
          on: 2026-12-12

    Good::

        verification:
          before: {from: 2026-06-01, to: 2026-08-31, defects: 127, units: 5120}
          after: {from: 2026-09-10, to: 2026-12-10, defects: 5, units: 5300}
          verdict: effective
          by: qc
          on: 2026-12-12
    """
    for entry, record in context.every(IssueRecord):
        proof = record.verification
        if proof and proof.before and proof.after and proof.after.from_ <= proof.before.to:
            before = entry.document.place(("verification", "before", "to"))
            yield found(
                "numbers/overlap",
                entry,
                ("verification", "after", "from"),
                related=(before,),
                start=proof.after.from_,
                end=proof.before.to,
            )


def _periods(record: IssueRecord) -> Iterator[tuple[str, Exposure]]:
    proof = record.verification
    if proof and proof.before:
        yield "before", proof.before
    if proof and proof.after:
        yield "after", proof.after
