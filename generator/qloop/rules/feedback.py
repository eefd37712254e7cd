"""Weekly feedback counts and units sold: the numbers behind trends."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from itertools import chain

from qloop.diagnostics import Place
from qloop.nearest import id_of_label, nearest
from qloop.read.findings import Finding
from qloop.records.vocabulary import VOCABULARIES
from qloop.rules.base import Context, found_at, reading_rule, rule

_WEEK = re.compile(r"(\d{4})-W(\d{2})", re.ASCII)


@reading_rule("feedback/name")
def name() -> None:
    """Counts lie in ``feedback/<year>/<YYYY-Www>.csv``, units sold in ``feedback/units/<year>.csv``.

    Bad::

        # raw feedback/2026/august.csv
        source,marketplace,sku,batch,category,reason,count

    Good::

        # raw feedback/2026/2026-W31.csv
        source,marketplace,sku,batch,category,reason,count
    """


@reading_rule("feedback/columns")
def columns() -> None:
    """A table starts with its header, so that no column is taken for another.

    Bad::

        # raw feedback/2026/2026-W31.csv
        source,sku,count
        review,AG-CAP-01,2

    Good::

        # raw feedback/2026/2026-W31.csv
        source,marketplace,sku,batch,category,reason,count
        review,US,AG-CAP-01,KN2607,size-small,,2
    """


@reading_rule("feedback/cells")
def cells() -> None:
    """Every line has as many cells as the header.

    Bad::

        # raw feedback/units/2026.csv
        week,marketplace,sku,units
        2026-W31,US,AG-CAP-01,1,204

    Good::

        # raw feedback/units/2026.csv
        week,marketplace,sku,units
        2026-W31,US,AG-CAP-01,1204

    Source: RFC 4180 (CSV).
    """


@reading_rule("feedback/count")
def count() -> None:
    """A count is a whole number.

    Bad::

        # raw feedback/units/2026.csv
        week,marketplace,sku,units
        2026-W31,US,AG-CAP-01,约 1200

    Good::

        # raw feedback/units/2026.csv
        week,marketplace,sku,units
        2026-W31,US,AG-CAP-01,1200
    """


@reading_rule("feedback/window")
def window() -> None:
    """``feedback/windows.csv`` says from which day to which day a report has been imported.

    Bad::

        # raw feedback/windows.csv
        source,marketplace,report,from,to,provisional_from
        return,US,amazon-returns,2026-08-09,2026-08-03,

    Good::

        # raw feedback/windows.csv
        source,marketplace,report,from,to,provisional_from
        return,US,amazon-returns,2026-08-03,2026-08-09,2026-08-03
    """


@rule("feedback/week")
def week(context: Context) -> Iterator[Finding]:
    """A week exists in its year: a year has 52 or 53 ISO weeks.

    Bad::

        # raw feedback/units/2026.csv
        week,marketplace,sku,units
        2026-W54,US,AG-CAP-01,1200

    Good::

        # raw feedback/units/2026.csv
        week,marketplace,sku,units
        2026-W53,US,AG-CAP-01,1200

    Source: ISO 8601-1, 4.3.3 (week dates).
    """
    feedback = context.archive.feedback
    counts = ((r.week, r.place) for r in feedback.rows)
    units = ((u.week, u.place) for u in feedback.units)
    for value, place in first_places(chain(counts, units)):
        if not _exists(value):
            yield found_at("feedback/week", place, "week", value=value)


@rule("feedback/source")
def source(context: Context) -> Iterator[Finding]:
    """The source of a count is one of the sources of issues.

    Bad::

        # raw feedback/2026/2026-W31.csv
        source,marketplace,sku,batch,category,reason,count
        差评,US,AG-CAP-01,KN2607,size-small,,2

    Good::

        # raw feedback/2026/2026-W31.csv
        source,marketplace,sku,batch,category,reason,count
        review,US,AG-CAP-01,KN2607,size-small,,2
    """
    options = VOCABULARIES["source"]
    for value, place in first_places((r.source, r.place) for r in context.archive.feedback.rows):
        if value not in options:
            guess = id_of_label("source", value) or nearest(value, options)
            yield found_at(
                "feedback/source",
                place,
                "source",
                hint="hint" if guess else "options",
                value=value,
                nearest=guess,
                options=" · ".join(options),
            )


@rule("feedback/reference")
def reference(context: Context) -> Iterator[Finding]:
    """SKUs and categories of feedback tables stand in the catalogue and in qloop.yml; named once a file.

    Bad::

        # raw feedback/units/2026.csv
        week,marketplace,sku,units
        2026-W31,US,AG-CAP-10,1200

    Good::

        # raw feedback/units/2026.csv
        week,marketplace,sku,units
        2026-W31,US,AG-CAP-01,1200
    """
    archive = context.archive
    skus = chain(
        ((r.sku, r.place) for r in archive.feedback.rows), ((u.sku, u.place) for u in archive.feedback.units)
    )
    categories = ((r.category, r.place) for r in archive.feedback.rows if r.category)
    known_skus, known_categories = set(archive.catalog.products), {c.id for c in archive.settings.categories}
    for field, candidates, cells in (("sku", known_skus, skus), ("category", known_categories, categories)):
        for value, place in first_places(cells):
            if value not in candidates:
                guess = nearest(value, candidates)
                yield found_at(
                    "feedback/reference",
                    place,
                    field,
                    text=field,
                    hint="hint" if guess else "none",
                    value=value,
                    nearest=guess,
                )


@rule("feedback/repeated")
def repeated(context: Context) -> Iterator[Finding]:
    """A line of a table stands once: a second line for the same week, SKU and reason would be counted twice.

    Bad::

        # raw feedback/units/2026.csv
        week,marketplace,sku,units
        2026-W31,US,AG-CAP-01,1200
        2026-W31,US,AG-CAP-01,30

    Good::

        # raw feedback/units/2026.csv
        week,marketplace,sku,units
        2026-W31,US,AG-CAP-01,1230
    """
    feedback = context.archive.feedback
    counts = (
        ((r.week, r.source, r.marketplace, r.sku, r.batch, r.category, r.reason), r.place)
        for r in feedback.rows
    )
    units = (((r.week, r.marketplace, r.sku), r.place) for r in feedback.units)
    for lines in (counts, units):
        seen: dict[tuple[str, ...], Place] = {}
        for key, place in lines:
            first = seen.setdefault(key, place)
            if first is not place:
                yield found_at("feedback/repeated", place, related=(first,), first=first)


def first_places(cells: Iterable[tuple[str, Place]]) -> Iterator[tuple[str, Place]]:
    """Every value with its first place in each file: one slip repeated on many lines is told once."""
    seen: set[tuple[str, str]] = set()
    for value, place in cells:
        if (value, place.path) not in seen:
            seen.add((value, place.path))
            yield value, place


def _exists(value: str) -> bool:
    match = _WEEK.fullmatch(value)
    try:
        return bool(match) and bool(dt.date.fromisocalendar(int(match[1]), int(match[2]), 1))  # type: ignore[index]
    except ValueError:
        return False
