"""Proof: an issue is verified by numbers, defects among units sold before and after."""

from __future__ import annotations

from collections.abc import Iterator

from qloop.read.entry import Entry
from qloop.read.findings import Finding
from qloop.records.issue import Exposure, IssueRecord, Verification
from qloop.rules.base import Context, found, rule
from qloop.rules.gates import WEIGHTY
from qloop.stats.effect import needed_without_defects, supported, test_of


@rule("gates/verified-verification", relaxable=True)
def verified_verification(context: Context) -> Iterator[Finding]:
    """A verified issue has a verification.

    Bad::

        status: verified
        verification:

    Good::

        status: verified

    Source: 8D, D6 (validate corrective actions); ISO 9001 10.2.1 d.
    """
    for entry, record in to_prove(context):
        if not record.verification:
            yield found("gates/verified-verification", entry, ("status",), status=record.status)


@rule("gates/verified-exposure", relaxable=True)
def verified_exposure(context: Context) -> Iterator[Finding]:
    """A proof counts defects among units sold on both sides: without units there is no rate.

    Bad::

        status: verified
        closed:
        verification:
          before: {from: 2026-06-01, to: 2026-08-31, defects: 127, units: 5120}
          verdict: effective
          by: qc
          on: 2026-12-12

    Good::

        status: verified
        closed:
        verification:
          before: {from: 2026-06-01, to: 2026-08-31, defects: 127, units: 5120}
          after: {from: 2026-09-10, to: 2026-12-10, defects: 5, units: 5300}
          verdict: effective
          by: qc
          on: 2026-12-12
    """
    for entry, record in to_prove(context):
        proof = record.verification
        if not proof:
            continue
        for side, period in (("before", proof.before), ("after", proof.after)):
            if not period or period.units <= 0:
                path = ("verification", side, "units") if period else ("verification",)
                yield found("gates/verified-exposure", entry, path, key=not period, text=side)


@rule("gates/verified-verdict", relaxable=True)
def verified_verdict(context: Context) -> Iterator[Finding]:
    """The verdict of a verified issue is ``effective``.

    Bad::

        status: verified
        closed:
        verification:
          before: {from: 2026-06-01, to: 2026-08-31, defects: 127, units: 5120}
          after: {from: 2026-09-10, to: 2026-12-10, defects: 120, units: 5300}
          verdict: ineffective
          by: qc
          on: 2026-12-12

    Good::

        status: verified
        closed:
        verification:
          before: {from: 2026-06-01, to: 2026-08-31, defects: 127, units: 5120}
          after: {from: 2026-09-10, to: 2026-12-10, defects: 5, units: 5300}
          verdict: effective
          by: qc
          on: 2026-12-12
    """
    for entry, record in to_prove(context):
        if record.verification and record.verification.verdict != "effective":
            yield found(
                "gates/verified-verdict",
                entry,
                ("verification", "verdict"),
                status=record.status,
                verdict=record.verification.verdict,
            )


@rule("gates/verified-sample", relaxable=True)
def verified_sample(context: Context) -> Iterator[Finding]:
    """Zero complaints prove something only among enough units: about 3.7 times what one defect needed before.

    Bad::

        verification:
          before: {from: 2026-06-01, to: 2026-08-31, defects: 10, units: 5120}
          after: {from: 2026-09-10, to: 2026-12-10, defects: 0, units: 400}
          verdict: effective
          by: qc
          on: 2026-12-12

    Good::

        verification:
          before: {from: 2026-06-01, to: 2026-08-31, defects: 10, units: 5120}
          after: {from: 2026-09-10, to: 2026-12-10, defects: 0, units: 4000}
          verdict: effective
          by: qc
          on: 2026-12-12

    Source: Clopper and Pearson, Biometrika 1934; docs/decisions/alerts.md.
    """
    for entry, before, after in _claimed(context):
        if after.defects or supported(_counts(before), _counts(after)) == "effective":
            continue
        needed = needed_without_defects(_counts(before))
        yield found(
            "gates/verified-sample",
            entry,
            ("verification", "after", "units"),
            text="message" if needed else "no-defects",
            hint="hint" if needed else "",
            units=after.units,
            needed=needed or 0,
        )


@rule("gates/verified-effect", relaxable=True)
def verified_effect(context: Context) -> Iterator[Finding]:
    """A fix that is called effective has a lower rate of defects afterwards than before.

    Bad::

        verification:
          before: {from: 2026-06-01, to: 2026-08-31, defects: 20, units: 5120}
          after: {from: 2026-09-10, to: 2026-12-10, defects: 40, units: 5300}
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
    for entry, before, after in _claimed(context):
        if after.defects and after.defects * before.units >= before.defects * after.units:
            yield found(
                "gates/verified-effect",
                entry,
                ("verification", "after", "defects"),
                before=f"{before.defects / before.units:.2%}",
                after=f"{after.defects / after.units:.2%}",
            )


@rule("gates/verdict-unsupported", relaxable=True)
def verdict_unsupported(context: Context) -> Iterator[Finding]:
    """The verdict is the one that the numbers support: exact test, exact interval of the rate ratio.

    ``not-implemented`` tells of the work, not of its numbers, and is not judged.

    Bad::

        verification:
          before: {from: 2026-06-01, to: 2026-08-31, defects: 20, units: 5120}
          after: {from: 2026-09-10, to: 2026-12-10, defects: 15, units: 5300}
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

    Source: Fisher 1934; Przyborowski and Wilenski 1940; docs/decisions/alerts.md.
    """
    for entry, proof, before, after in _numbered(context):
        verdict = supported(_counts(before), _counts(after))
        if proof.verdict in ("not-implemented", verdict) or (
            proof.verdict == "effective" and _told_already(before, after)
        ):
            continue
        test, p = test_of(_counts(before), _counts(after))
        yield found(
            "gates/verdict-unsupported",
            entry,
            ("verification", "verdict"),
            hint=f"hint-{verdict}",
            verdict=proof.verdict,
            supported=verdict,
            test=test.capitalize(),
            p=f"{p:.2g}",
            before=f"{before.defects}/{before.units}",
            after=f"{after.defects}/{after.units}",
        )


@rule("gates/closed-proof", severity="warning", relaxable=True)
def closed_proof(context: Context) -> Iterator[Finding]:
    """A critical or major issue is better not closed before numbers say that the measure works.

    Bad::

        status: closed
        verification:

    Good::

        status: closed

    Source: 8D, D6; ISO 9001 10.2.1 d.
    """
    for entry, record in context.every(IssueRecord):
        proof = record.verification
        sides = (proof.before, proof.after) if proof and proof.verdict == "effective" else (None,)
        proven = all(side and side.units > 0 for side in sides)
        if record.status == "closed" and record.severity in WEIGHTY and not proven:
            yield found("gates/closed-proof", entry, ("status",))


def to_prove(context: Context) -> Iterator[tuple[Entry, IssueRecord]]:
    """Verified issues."""
    return ((e, r) for e, r in context.every(IssueRecord) if r.status == "verified")


def _claimed(context: Context) -> Iterator[tuple[Entry, Exposure, Exposure]]:
    """Verifications that say ``effective`` with units on both sides, of any status."""
    for entry, proof, before, after in _numbered(context):
        if proof.verdict == "effective":
            yield entry, before, after


def _numbered(context: Context) -> Iterator[tuple[Entry, Verification, Exposure, Exposure]]:
    """Verifications with units on both sides, and no count below zero."""
    for entry, record in context.every(IssueRecord):
        proof: Verification | None = record.verification
        if not (proof and proof.before and proof.after):
            continue
        sides = (proof.before, proof.after)
        if all(side.units > 0 and side.defects >= 0 for side in sides):
            yield entry, proof, *sides


def _counts(period: Exposure) -> tuple[int, int]:
    return period.defects, period.units


def _told_already(before: Exposure, after: Exposure) -> bool:
    """Whether ``verified-sample`` or ``verified-effect`` say why it is not effective."""
    return not after.defects or after.defects * before.units >= before.defects * after.units
