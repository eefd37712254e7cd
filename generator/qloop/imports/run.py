"""One import from beginning to end: settings, reports, plan, files; nothing is written before all of it is known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from qloop.atomic import replace_files
from qloop.imports.cells import Days
from qloop.imports.counting import Count
from qloop.imports.errors import BadReport
from qloop.imports.kinds import KINDS, Kind, of_map
from qloop.imports.products import with_products
from qloop.imports.reasons import Reasons
from qloop.imports.suggestions import Suggestions
from qloop.imports.tables import Progress, Source
from qloop.imports.tally import Tally
from qloop.imports.writing import Owner, Planned, plan_files
from qloop.read.catalog import PRODUCTS, Catalog
from qloop.records.settings import ImportMap, Settings
from qloop.texts import Texts

EARLIEST = dt.date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the user asks for; ``first`` and ``last``: the report's days where they are not its rows' days."""

    kind: str
    marketplace: str = ""
    map: str = ""
    encoding: str = ""
    first: dt.date | None = None
    last: dt.date | None = None
    add_products: bool = False
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    tally: Tally
    planned: Planned
    first: dt.date
    last: dt.date


def run_import(
    root: Path, files: Sequence[Path], wishes: Wishes, settings: Settings, catalog: Catalog, texts: Texts,
    progress: Progress = lambda *_: None,
) -> Outcome:  # fmt: skip
    """Read ``files``, bring their counts into the archive in ``root`` and say what happened.

    Raises BadReport, before anything is written.
    """
    kind, map = _kind(wishes, settings)
    marketplace = wishes.marketplace or (map.marketplace if map else None) or ""
    if not marketplace:
        raise BadReport("no-marketplace")
    tomorrow = settings.today() + dt.timedelta(1)  # a report of a zone east of the archive's
    days = Days(settings.timezone, marketplace, wishes.first or EARLIEST, wishes.last or tomorrow)
    asins = {p.asin: p.sku for p in reversed(list(catalog.products.values())) if p.asin}
    reasons = Reasons(settings, map.reasons if map else None)
    count = Count(kind, days, reasons, Suggestions(settings), asins, frozenset(catalog.products))
    for path in dict.fromkeys(file.resolve() for file in files):
        shown = next(file for file in files if file.resolve() == path)
        count.read(Source(shown, marketplace, wishes.encoding, kind.sheet), progress)
    tally = count.finish()
    first, last = wishes.first or tally.first, wishes.last or tally.last
    if first is None or last is None:
        raise BadReport("empty", str(files[0]))
    planned = plan_files(root, Owner(kind.source, marketplace, kind.name, kind.prefix), tally, first, last)
    if wishes.add_products and tally.unknown_skus:
        note = texts("imports.added-note")
        planned.files[PRODUCTS] = with_products(root, tally.unknown_skus, catalog, settings, note)
    if not wishes.dry_run:
        replace_files({root / path: text.encode() for path, text in planned.files.items()})
    return Outcome(tally, planned, first, last)


def _kind(wishes: Wishes, settings: Settings) -> tuple[Kind, ImportMap | None]:
    if wishes.kind != "table":
        if wishes.map:
            raise BadReport("map-not-asked", kind=wishes.kind)
        return KINDS[wishes.kind], None
    map = settings.imports.get(wishes.map)
    if map is None:
        key = "map-unknown" if wishes.map else "map-missing"
        raise BadReport(key, value=wishes.map, options=" · ".join(settings.imports) or "-")
    if not (map.columns.sku or map.columns.asin):
        raise BadReport("map-sku", value=wishes.map)
    known = {c.id for c in settings.categories}
    wrong = next((c for c in map.reasons.values() if c not in known), None)
    if wrong:
        raise BadReport("map-category", value=wrong, name=wishes.map)
    return of_map(wishes.map, map), map
