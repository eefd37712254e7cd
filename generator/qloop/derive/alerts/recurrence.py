"""Issues whose fix was proven, and whose rate is higher again than after the fix."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qloop.derive.alerts.model import Seen
from qloop.derive.alerts.table import Table
from qloop.derive.occurrences import monday
from qloop.records.issue import IssueRecord, Verification
from qloop.records.settings import AlertSettings
from qloop.records.vocabulary import PROVEN_STATUSES
from qloop.stats.exact import lower


def recurrences(table: Table, issues: Sequence[IssueRecord], settings: AlertSettings) -> Iterator[Seen]:
    """Verified or closed issues whose feedback rate in the current weeks is beyond that of their proof.

    The weeks after the period of the proof count, all of the issue's SKUs together (every SKU where it names none);
    at least ``least_cases`` cases, and the exact interval of the rate ratio lies above 1.
    """
    kinds: dict[str, dict[str, dict[str, int]]] = {}
    for (sku, category), weekly in table.kinds.items():
        kinds.setdefault(category, {})[sku] = dict(weekly)
    for issue, proof in _newest(issues):
        found = _found(table, issue, proof, kinds.get(issue.category, {}), settings)
        if found:
            yield found


def _newest(issues: Sequence[IssueRecord]) -> list[tuple[IssueRecord, Verification]]:
    """The last proof for the same category and products: an earlier one is history."""
    newest: dict[tuple[str, tuple[str, ...]], tuple[IssueRecord, Verification]] = {}
    for issue in issues:
        proof = issue.verification
        if proof and issue.status in PROVEN_STATUSES and proof.verdict == "effective":
            key = issue.category, tuple(sorted(issue.products))
            if key not in newest or newest[key][1].on < proof.on:
                newest[key] = issue, proof
    return list(newest.values())


def _found(
    table: Table, issue: IssueRecord, proof: Verification, kinds: dict[str, dict[str, int]],
    settings: AlertSettings,
) -> Seen | None:  # fmt: skip
    after = proof.after
    if not after or after.units <= 0 or after.defects < 0 or not kinds:
        return None
    weeks = tuple(w for w in table.now if w in table.known and monday(w) > after.to)
    skus = issue.products or tuple(table.units)
    counts = {w: sum(kinds[s].get(w, 0) for s in skus if s in kinds) for w in weeks}
    count = sum(counts.values())
    units = sum(table.units[s].get(w, 0) for s in skus if s in table.units for w in weeks)
    if count < settings.least_cases or not units or not lower(count, units, after.defects, after.units):
        return None
    newest = max(w for w in weeks if counts[w])
    figures: dict[str, int | float | str] = {
        "count": count, "units": units, "rate": count / units, "weeks": len(weeks),
        "before": after.defects, "before_units": after.units, "before_rate": after.defects / after.units,
        "issue": issue.id,
    }  # fmt: skip
    sku = issue.products[0] if len(issue.products) == 1 else ""
    return Seen("recurrence", newest, sku, issue.category, tuple(figures.items()), about=issue.id)
