"""Vocabulary: what a category asks for under ``details``, and a product category under ``facts``."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from qloop.diagnostics import Fix
from qloop.nearest import nearest
from qloop.read.catalog import PRODUCTS
from qloop.read.entry import Entry
from qloop.read.findings import Finding, KeyPath
from qloop.records.issue import IssueRecord
from qloop.records.settings import DetailField
from qloop.rules.base import Context, Held, found_in, rule

Value = str | bool | int | float
_DECIMAL = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?", re.ASCII)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody filled in, beside what was asked for; ``label`` names the category that asks."""

    holder: Entry | Held
    path: KeyPath
    filled: Mapping[str, Value]
    fields: Sequence[DetailField]
    label: str
    complete: bool
    """Whether what is missing matters: not for an issue that did not hold."""


@rule("vocabulary/missing")
def missing(context: Context) -> Iterator[Finding]:
    """What a category asks for is filled in: ``details`` of an issue, ``facts`` of a product.

    Bad::

        details: {found_at: 上身试戴}

    Good::

        details: {measured_cm: 54.8, found_at: 上身试戴}
    """
    for asked in everything_asked(context):
        for field in asked.fields:
            if field.required and asked.complete and field.name not in asked.filled:
                # at the group of fields where there is one, else at the record's first line
                yield found_in(
                    "vocabulary/missing",
                    asked.holder.document,
                    asked.path,
                    key=True,
                    name=field.name,
                    label=field.label,
                    category=asked.label,
                )


@rule("vocabulary/unknown", severity="warning")
def unknown(context: Context) -> Iterator[Finding]:
    """A field under ``details`` or ``facts`` is one that the category asks for: others are lost to tables.

    Bad::

        details: {measured_cm: 54.8, found_att: 上身试戴}

    Good::

        details: {measured_cm: 54.8, found_at: 上身试戴}
    """
    for asked in everything_asked(context):
        names = [f.name for f in asked.fields]
        labels = {f.label: f.name for f in asked.fields}
        for name in asked.filled:
            if name not in names:
                guess = labels.get(name) or nearest(name, names)
                fix = Fix(name, labels[name]) if name in labels else None
                yield found_in(
                    "vocabulary/unknown",
                    asked.holder.document,
                    (*asked.path, name),
                    key=True,
                    hint="hint" if guess else "options" if names else "none",
                    name=name,
                    nearest=guess,
                    category=asked.label,
                    options=" · ".join(names),
                    fix=fix,
                )


@rule("vocabulary/type")
def type_(context: Context) -> Iterator[Finding]:
    """A value has the type that is asked for: number, date, one of the options, text.

    Bad::

        details: {measured_cm: 54.8 cm}

    Good::

        details: {measured_cm: 54.8}
    """
    for asked, field, value in _values(context):
        if not FITS[field.type](field, value):
            guess = nearest(str(value), field.options) if field.options else None
            yield found_in(
                "vocabulary/type",
                asked.holder.document,
                (*asked.path, field.name),
                text=field.type,
                hint="hint" if guess else "options" if field.options else "unit" if field.unit else "",
                value=str(value)[:40],
                label=field.label,
                unit=field.unit or "",
                nearest=guess,
                options=" · ".join(field.options),
            )


@rule("vocabulary/limits")
def limits(context: Context) -> Iterator[Finding]:
    """A number lies between the ``min`` and the ``max`` that the category gives.

    Bad::

        details: {measured_cm: 548}

    Good::

        details: {measured_cm: 54.8}
    """
    for asked, field, value in _values(context):
        if field.type != "number" or not is_number(field, value):
            continue
        low, high = field.min, field.max
        if (low is not None and float(value) < low) or (high is not None and float(value) > high):
            text = "message" if low is not None and high is not None else "min" if low is not None else "max"
            yield found_in(
                "vocabulary/limits",
                asked.holder.document,
                (*asked.path, field.name),
                text=text,
                value=f"{float(value):g}",
                label=field.label,
                unit=field.unit or "",
                min=_short(low),
                max=_short(high),
            )


def everything_asked(context: Context) -> Iterator[Asked]:
    """Issues with their category's fields, then products with their category's facts."""
    settings, catalog = context.archive.settings, context.archive.catalog
    categories = {c.id: c for c in settings.categories}
    for entry, record in context.every(IssueRecord):
        category = categories.get(record.category)
        if category:
            complete = record.status not in ("rejected", "duplicate")
            yield Asked(entry, ("details",), record.details, category.fields, category.label, complete)
    for sku, product in catalog.products.items():
        standard = settings.product_category(product.category)
        if standard:
            path = (*catalog.rows[sku], "facts")
            yield Asked(
                Held(catalog.documents[PRODUCTS]), path, product.facts, standard.facts, standard.label, True
            )


def _values(context: Context) -> Iterator[tuple[Asked, DetailField, Value]]:
    for asked in everything_asked(context):
        for field in asked.fields:
            if field.name in asked.filled:
                yield asked, field, asked.filled[field.name]


def is_number(field: DetailField, value: Value) -> bool:
    # the loader leaves 54.80 the text that it is
    if isinstance(value, str):
        return bool(_DECIMAL.fullmatch(value))
    return not isinstance(value, bool)


def is_date(field: DetailField, value: Value) -> bool:
    try:
        return isinstance(value, str) and bool(_DATE.fullmatch(value)) and bool(dt.date.fromisoformat(value))
    except ValueError:
        return False


def is_option(field: DetailField, value: Value) -> bool:
    return str(value) in field.options


def is_text(field: DetailField, value: Value) -> bool:
    # a number is text as well: 0.25 under 厚度 needs no quotes
    return not isinstance(value, bool) and bool(str(value).strip())


FITS: Mapping[str, Callable[[DetailField, Value], bool]] = {
    "number": is_number,
    "date": is_date,
    "choice": is_option,
    "text": is_text,
}


def _short(number: float | None) -> str:
    return "" if number is None else f"{number:g}"
