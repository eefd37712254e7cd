"""How often each field is filled in: what nobody uses is weight on everybody who writes a record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import repeat
from operator import attrgetter
from typing import Any

from qloop.archive import Archive
from qloop.read.entry import Entry
from qloop.records.catalog import Product
from qloop.records.change import ChangeRecord
from qloop.records.faq import FaqRecord
from qloop.records.issue import IssueRecord
from qloop.records.kinds import KINDS
from qloop.records.review import ReviewRecord
from qloop.records.settings import DetailField
from qloop.records.sop import SopRecord


@dataclass(frozen=True, slots=True)
class FieldUse:
    """``filled`` of ``total`` records give the field; ``last``: id (or SKU) of the newest that does, or ""."""

    key: str
    filled: int
    total: int
    last: str

    @property
    def share(self) -> float | None:
        """From 0 to 1; None where there is no record yet."""
        return self.filled / self.total if self.total else None

    @property
    def unused(self) -> bool:
        """There are records, and none fills it; without records nothing can be said."""
        return self.total > 0 and not self.filled


@dataclass(frozen=True, slots=True)
class GroupUse:
    """The fields that one category asks for in qloop.yml, in its order; ``id``: the category."""

    id: str
    total: int
    fields: tuple[tuple[DetailField, FieldUse], ...]


def kind_use(archive: Archive, kind: str) -> tuple[FieldUse, ...]:
    """Every field of the kind's model, in the model's order."""
    entries = sorted(archive.of_kind(kind), key=lambda e: (written(e), e.id))
    keys = tuple(KINDS[kind].model.model_fields)
    columns: Iterable[Sequence[object]] = repeat(())
    if entries:
        columns = zip(*map(attrgetter(*keys), (e.record for e in entries)), strict=True)
    return tuple(_field(key, entries, column) for key, column in zip(keys, columns, strict=False))


def _field(key: str, entries: Sequence[Entry], column: Sequence[object]) -> FieldUse:
    if key == "body":  # a Markdown record has its body below its fields
        column = [
            value or entry.traits.has_body or None for entry, value in zip(entries, column, strict=True)
        ]
    filled = [bool(value) or is_filled(value) for value in column]
    last = next((e.id for e, one in zip(reversed(entries), reversed(filled), strict=True) if one), "")
    return FieldUse(key, sum(filled), len(entries), last)


def detail_use(archive: Archive) -> tuple[GroupUse, ...]:
    """The ``details`` of each category that asks for some, counted in the issues of that category."""
    issues = sorted(archive.issues, key=lambda i: (i.opened, i.id))
    of: dict[str, list[tuple[str, Any]]] = {}
    for one in issues:
        of.setdefault(one.category, []).append((one.id, one.details))
    found = []
    for category in archive.settings.categories:
        members = of.get(category.id, [])
        if category.fields:
            found.append(_group(category.id, category.fields, members))
    return tuple(found)


def fact_use(archive: Archive) -> tuple[GroupUse, ...]:
    """The ``facts`` of each product category that asks for some, counted in its products."""
    products = sorted(archive.catalog.products.values(), key=_launched)
    found = []
    for category in archive.settings.product_categories:
        members = [(p.sku, p.facts) for p in products if p.category == category.id]
        if category.facts:
            found.append(_group(category.id, category.facts, members))
    return tuple(found)


def _group(id: str, asked: Iterable[DetailField], members: Sequence[tuple[str, Any]]) -> GroupUse:
    uses = tuple(
        (f, _use(f.name, len(members), [name for name, given in members if is_filled(given.get(f.name))]))
        for f in asked
    )
    return GroupUse(id, len(members), uses)


def _use(key: str, total: int, users: Sequence[str]) -> FieldUse:
    """``users`` stand oldest first."""
    return FieldUse(key, len(users), total, users[-1] if users else "")


def is_filled(value: object) -> bool:
    """Something is written there: 0 and false are answers, an empty text, list or mapping is not."""
    return value is not None and not (isinstance(value, str | tuple | list | dict) and not value)


def written(entry: Entry) -> dt.date:
    """The day by which records of one kind count as newer; of FAQ entries the one reviewed last is newest."""
    match entry.record:
        case IssueRecord(opened=day) | ChangeRecord(requested=day) | FaqRecord(review_due=day):
            return day
        case SopRecord() as sop:
            return max(revision.on for revision in sop.revisions)
        case ReviewRecord() as review:
            return review.period.to


def _launched(product: Product) -> tuple[dt.date, str]:
    return product.launched or dt.date.min, product.sku
