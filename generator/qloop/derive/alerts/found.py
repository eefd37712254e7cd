"""All alerts of an archive on a day: what was seen, with who is to look at it and which records are about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qloop.archive import Archive
from qloop.derive.alerts.charts import RateChart, rate_chart
from qloop.derive.alerts.detect import batch_shares, firsts, jumps, limits
from qloop.derive.alerts.model import KINDS, Alert, Seen
from qloop.derive.alerts.recurrence import recurrences
from qloop.derive.alerts.table import table
from qloop.records.ids import fold
from qloop.records.issue import IssueRecord
from qloop.records.vocabulary import OPEN_STATUSES

MOST_RECORDS = 5
"""Records named for one alert, of each sort."""


@dataclass(frozen=True, slots=True)
class Alerts:
    """``current``: the newest week first, then the weightiest kind; ``charts``: by SKU, of those with units;
    ``weeks``: the weeks that are current."""

    weeks: tuple[str, ...]
    current: tuple[Alert, ...]
    charts: Mapping[str, RateChart]


def alerts(archive: Archive, today: dt.date) -> Alerts:
    """The current alerts; the same archive and day give the same. Without feedback there are none."""
    settings = archive.settings.alerts
    weekly = table(archive.feedback, today, settings)
    issues = archive.issues
    seen = [
        *limits(weekly, settings), *firsts(weekly, settings), *jumps(weekly, settings),
        *batch_shares(weekly, settings), *recurrences(weekly, issues, settings),
    ]  # fmt: skip
    seen = [one for one in seen if one.kind == "limit" or one.category not in settings.ignore]
    known = _by_product(issues)
    found = [_alert(archive, one, known) for one in seen]
    found.sort(key=lambda a: (KINDS.index(a.kind), a.id))
    found.sort(key=lambda a: a.week, reverse=True)
    charts = {sku: rate_chart(weekly, sku, settings) for sku in sorted(weekly.units)}
    return Alerts(weekly.now, tuple(found), charts)


Known = Mapping[tuple[str, str], Sequence[IssueRecord]]
"""Issues by category and SKU; the SKU "" holds those that name no product."""


def _by_product(issues: Sequence[IssueRecord]) -> Known:
    found: dict[tuple[str, str], list[IssueRecord]] = {}
    for issue in issues:
        for sku in issue.products or ("",):
            found.setdefault((issue.category, sku), []).append(issue)
    return found


def _about(archive: Archive, seen: Seen, known: Known) -> list[IssueRecord]:
    """Issues of the same category and products, the newest first."""
    skus = [seen.sku]
    if seen.about:
        source = archive.by_id[fold(seen.about)].record
        skus = [*source.products] if isinstance(source, IssueRecord) else []
    found = {i.id: i for sku in (*skus, "") for i in known.get((seen.category, sku), ())}
    return sorted(found.values(), key=lambda i: (i.opened, i.id), reverse=True)


def _alert(archive: Archive, seen: Seen, known: Known) -> Alert:
    product = archive.catalog.products.get(seen.sku)
    about = _about(archive, seen, known)
    covered = [i for i in about if i.status in OPEN_STATUSES and _this_batch(i, seen)]
    others = [i.id for i in about if i not in covered]
    factory = (product.factory if product else None) or next((i.factory for i in about if i.factory), None)
    setting = archive.settings.category(seen.category)
    owner = covered[0].owner if covered else setting.department if setting else None
    return Alert(
        seen.id, seen.kind, seen.week, seen.sku, seen.category, seen.batch, factory or "", seen.numbers, owner or "",
        tuple(i.id for i in covered[:MOST_RECORDS]), tuple(others[:MOST_RECORDS]),
    )  # fmt: skip


def _this_batch(issue: IssueRecord, seen: Seen) -> bool:
    """An issue that names other batches only does not speak of this one."""
    return not seen.batch or not issue.batches or seen.batch in issue.batches
