"""Boards by any two dimensions: the browser crosses what ``publish/files/cross.py`` gives; without it one table."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from qloop.pages.grid import Cell, Column, Grid
from qloop.pages.lists.listing import is_complete
from qloop.pages.page import Draft, Page, draft
from qloop.pages.shared import issues
from qloop.pages.site import Site
from qloop.pages.templates import render
from qloop.records.vocabulary import VOCABULARIES

LISTED = ("status", "severity", "category", "product", "factory", "owner")
"""Dimensions by which the list of all issues can be filtered."""


@dataclass(frozen=True, slots=True)
class Count:
    """Issues of a category in a status."""

    category: str
    status: str
    count: int


def cross_pages(site: Site) -> Iterator[Draft]:
    """``boards/cross.md``."""
    found = Counter((record.category, record.status) for _, record in issues(site))
    counts = tuple(Count(*key, number) for key, number in sorted(found.items()))
    yield draft(_page, site, "boards/cross.md", counts, is_complete(site, "issue"))


def _page(site: Site, uri: str, counts: tuple[Count, ...], complete: bool) -> Page:
    texts = site.texts
    meta = {
        "title": texts("indexes.cross.title"),
        "description": texts("indexes.cross.description"),
        "hide": ["toc"],
    }
    said = json.dumps(
        dict(texts["indexes.cross.script"]) | {"none": texts("indexes.nothing")}, ensure_ascii=False
    )
    return render(
        site, "cross.md.j2", uri, meta, table=_table(site, counts), texts=said, empty=not counts,
        listed=" ".join(LISTED) if complete else "",
    )  # fmt: skip


def _table(site: Site, counts: tuple[Count, ...]) -> Grid:
    """Categories, the largest first, by status."""
    texts, settings = site.texts, site.archive.settings
    found = {(c.category, c.status): c.count for c in counts}
    totals: Counter[str] = Counter()
    for one in counts:
        totals[one.category] += one.count
    used = [s for s in VOCABULARIES["issue-status"] if any(c.status == s for c in counts)]
    heads = (
        Column(texts("indexes.by.category")),
        *(Column(texts.label("issue-status", s), True) for s in used),
        Column(texts("indexes.column.total"), True),
    )
    rows = tuple(
        (
            Cell(settings.category_label(category)),
            *(_count(found.get((category, status), 0)) for status in used),
            _count(total),
        )
        for category, total in sorted(totals.items(), key=lambda item: (-item[1], item[0]))
    )
    return Grid("cross", heads, rows, texts("indexes.cross.static"), sortable=False)


def _count(number: int) -> Cell:
    return Cell(str(number) if number else "", number)
