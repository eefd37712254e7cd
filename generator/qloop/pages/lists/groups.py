"""Records by one of their fields: which fields, and the cross table of counts on top of the issues' pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from qloop.pages.grid import Cell, Column, Grid
from qloop.pages.lists.indexes import named
from qloop.pages.lists.listing import is_complete, rows_of
from qloop.pages.lists.rows import IssueRow, issue_rows, shown
from qloop.pages.lists.sections import (
    NONE,
    Groups,
    Section,
    factory_label,
    grouped_by,
    product_label,
    section_page,
    sections,
)
from qloop.pages.page import Draft, Page, draft
from qloop.pages.site import Site
from qloop.records.vocabulary import VOCABULARIES


@dataclass(frozen=True, slots=True)
class Dimension:
    """A field by which issues are grouped; ``key`` names it in addresses, ``of`` gives an issue's values."""

    key: str
    of: Callable[[IssueRow], Sequence[str]]
    label: Callable[[Site, str], str]
    order: str = ""
    """A vocabulary whose order the values follow; otherwise the largest group comes first."""


DIMENSIONS = (
    Dimension(
        "status", lambda r: (r.record.status,), lambda s, v: s.texts.label("issue-status", v), "issue-status"
    ),
    Dimension(
        "severity", lambda r: (r.record.severity,), lambda s, v: s.texts.label("severity", v), "severity"
    ),
    Dimension("category", lambda r: (r.record.category,), lambda s, v: s.archive.settings.category_label(v)),
    Dimension("product", lambda r: r.record.products or (NONE,), lambda s, v: product_label(s, v)),
    Dimension("factory", lambda r: (r.record.factory or NONE,), lambda s, v: factory_label(s, v)),
    Dimension("owner", lambda r: (r.record.owner,), lambda s, v: s.archive.settings.department_label(v)),
)


@dataclass(frozen=True, slots=True)
class Count:
    """Issues of a value in a column of the cross table."""

    value: str
    column: str
    count: int


def issue_group_pages(site: Site) -> Iterator[Draft]:
    """``issues/by-….md`` for each of DIMENSIONS."""
    for dimension in DIMENSIONS:
        groups = grouped_by(issue_rows(site), dimension.of, VOCABULARIES.get(dimension.order, ()))
        label = _labelled(dimension, site)
        found = tuple(sections(site, "issue", dimension.key, groups, label, shown))
        yield draft(_page, site, f"issues/by-{dimension.key}.md", dimension.key, found,
                    tuple(_counts(groups, _other(dimension))), is_complete(site, "issue"))  # fmt: skip


def _labelled(dimension: Dimension, site: Site) -> Callable[[str], str]:
    return lambda value: dimension.label(site, value)


def _other(dimension: Dimension) -> Dimension:
    """What stands across: status; on the page of statuses severity."""
    return DIMENSIONS[1] if dimension.key == "status" else DIMENSIONS[0]


def _counts(groups: Groups, other: Dimension) -> Iterator[Count]:
    for value, rows in groups.items():
        found: dict[str, int] = {}
        for row in rows:
            for column in other.of(row):
                found[column] = found.get(column, 0) + 1
        yield from (Count(value, column, found[column]) for column in sorted(found))


def _page(
    site: Site, uri: str, key: str, sections: Sequence[Section], counts: Sequence[Count], complete: bool
) -> Page:
    dimension = next(d for d in DIMENSIONS if d.key == key)
    cross = _cross(site, dimension, sections, counts, complete)
    return section_page(site, uri, "issue", f"by-{key}", sections, (), cross, key)


def _cross(
    site: Site, dimension: Dimension, sections: Sequence[Section], counts: Sequence[Count], complete: bool
) -> Grid:
    """Counts by value and status (on the status page: by severity), linked to the filtered index."""
    other, found = _other(dimension), {(c.value, c.column): c.count for c in counts}
    used = [c for c in VOCABULARIES[other.order] if any(one.column == c for one in counts)]
    heads = (
        Column(site.texts(f"indexes.by.{dimension.key}")),
        *(Column(other.label(site, c), True) for c in used),
        Column(site.texts("indexes.column.total"), True),
    )

    def count(number: int, value: str, column: str = "") -> Cell:
        query = {dimension.key: value} | ({other.key: column} if column else {})
        return _count(number, query if complete else {})

    table = tuple(
        (_value(dimension, s), *(count(found.get((s.key, c), 0), s.key, c) for c in used), count(s.cut.total, s.key))
        for s in sections
    )  # fmt: skip
    anchors = tuple("" if s.on_page else s.anchor for s in sections)
    return Grid("cross", heads, table, anchors=anchors)


def _value(dimension: Dimension, section: Section) -> Cell:
    """The value leads to its section; where the page has none, to the page about it."""
    here = f"issues/by-{dimension.key}.md#{section.anchor}"
    return Cell(section.label, uri=here if section.on_page else section.target)


def _count(count: int, query: dict[str, str]) -> Cell:
    filters = "&".join(f"{key}={quote(value)}" for key, value in query.items())
    linked = query and all(query.values())
    return Cell(str(count) if count else "", count, f"issues/index.md?{filters}" if linked and count else "")


def other_group_pages(site: Site) -> Iterator[Draft]:
    """``changes/by-status.md``, ``sop/by-factory.md`` and ``faq/by-category.md``."""
    archive, texts = site.archive, site.texts
    yield _others(site, "changes/by-status.md", "change", "status",
                  grouped_by(rows_of(site, "change"), lambda e: (e.record.status,), VOCABULARIES["change-status"]),
                  lambda v: texts.label("change-status", v))  # fmt: skip
    yield _others(site, "sop/by-factory.md", "sop", "factory",
                  grouped_by(rows_of(site, "sop"), lambda e: e.record.factories or (NONE,),
                             tuple(archive.catalog.factories)),
                  lambda v: factory_label(site, v), lambda v: factory_label(site, v))  # fmt: skip
    yield _others(site, "faq/by-category.md", "faq", "category",
                  grouped_by(rows_of(site, "faq"), lambda e: (e.record.category or NONE,),
                             [c.id for c in archive.settings.categories]),
                  archive.settings.category_label)  # fmt: skip


def _others(
    site: Site,
    uri: str,
    kind: str,
    key: str,
    groups: Groups,
    label: Callable[[str], str],
    word: Callable[[str], str] = str,
) -> Draft:
    found = tuple(sections(site, kind, key, groups, label, _by_id, word))
    rows = [row for s in found for row in s.cut.rows]
    return draft(section_page, site, uri, kind, f"by-{key}", found, named(site, kind, rows))


def _by_id(rows: Sequence[Any], most: int) -> list[Any]:
    """The first rows of the kind's own list, by id; a page without a table on top always shows some."""
    return sorted(rows[: max(most, 1)], key=lambda e: e.id)
