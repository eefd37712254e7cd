"""Which records concern a product or a factory: everything about one SKU, one plant."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from qloop.archive import Archive
from qloop.read.entry import Entry
from qloop.records.change import ChangeRecord
from qloop.records.ids import fold
from qloop.records.issue import IssueRecord
from qloop.records.review import ReviewRecord
from qloop.records.sop import SopRecord

KIND_ORDER = ("issue", "change", "sop", "faq", "review")


@dataclass(frozen=True, slots=True)
class Involved:
    """Records by kind, the newest first (by opened, requested, effective, period; FAQ by id)."""

    issues: tuple[Entry, ...] = ()
    changes: tuple[Entry, ...] = ()
    sops: tuple[Entry, ...] = ()
    faqs: tuple[Entry, ...] = ()
    reviews: tuple[Entry, ...] = ()


def by_product(archive: Archive) -> Mapping[str, Involved]:
    """Records by SKU, from their ``products``."""
    return involved(archive)["product"]


def by_factory(archive: Archive) -> Mapping[str, Involved]:
    """Records by factory id, from ``factory`` or ``factories``."""
    return involved(archive)["factory"]


def involved(archive: Archive) -> Mapping[str, Mapping[str, Involved]]:
    """Both in one pass: what refers to each ``product`` and to each ``factory``."""
    found: dict[str, dict[str, dict[str, list[Entry]]]] = {"product": {}, "factory": {}}
    for entry in sorted(archive.entries, key=when, reverse=True):
        named = {
            (r.kind, r.value): None for r in archive.references.get(fold(entry.id), ()) if r.kind in found
        }
        for kind, value in named:
            found[kind].setdefault(value, {}).setdefault(entry.kind, []).append(entry)
    return {
        kind: {
            value: Involved(*(tuple(kinds.get(k, ())) for k in KIND_ORDER)) for value, kinds in groups.items()
        }
        for kind, groups in found.items()
    }


def when(entry: Entry) -> tuple[dt.date, str]:
    """The day that a record stands for, then its id: a total order."""
    record, day = entry.record, dt.date.min
    if isinstance(record, IssueRecord):
        day = record.opened
    elif isinstance(record, ChangeRecord):
        day = record.requested
    elif isinstance(record, SopRecord):
        day = record.effective or day
    elif isinstance(record, ReviewRecord):
        day = record.period.from_
    return day, entry.id
