"""Records by one of their fields: a section for each value, with a cross table of counts on top."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from qloop.pages.boards.indexes import IssueRow, is_complete, issue_rows, kept, shown
from qloop.pages.grid import Cell, Column, Grid
from qloop.pages.page import Page
from qloop.pages.site import Site
from qloop.pages.templates import render
from qloop.pages.urls import slug
from qloop.read.entry import Entry
from qloop.records.vocabulary import VOCABULARIES

SECTION_ROWS = 50
NONE = ""


@dataclass(frozen=True, slots=True)
class Dimension:
    """A field by which issues are grouped; ``key`` names it in addresses, ``of`` gives an issue's values."""

    key: str
    of: Callable[[IssueRow], Sequence[str]]
    label: Callable[[Site, str], str]
    order: str = ""
    """A vocabulary whose order the values follow; otherwise the largest group comes first."""


@dataclass(frozen=True, slots=True)
class Section:
    """One value's records: ``rows`` are shown of ``total``; ``target``: the page about the value, or ""."""

    key: str
    label: str
    anchor: str
    rows: tuple[Any, ...]
    total: int
    target: str = ""


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


def product_label(site: Site, sku: str) -> str:
    product = site.archive.catalog.products.get(sku)
    return f"{product.name} {sku}" if product else sku


def factory_label(site: Site, id: str) -> str:
    factory = site.archive.catalog.factories.get(id)
    return factory.name if factory else id


def issue_group_pages(site: Site) -> Iterator[Page]:
    """``issues/by-….md`` for each of DIMENSIONS."""
    rows = issue_rows(site)
    for dimension in DIMENSIONS:
        sections = tuple(_sections(site, rows, dimension))
        yield _page(
            site,
            f"issues/by-{dimension.key}.md",
            f"by-{dimension.key}",
            "issue",
            sections,
            cross=_cross(site, rows, dimension, sections),
            without=dimension.key,
        )


def other_group_pages(site: Site) -> Iterator[Page]:
    """``changes/by-status.md``, ``sop/by-factory.md`` and ``faq/by-category.md``."""
    archive, texts = site.archive, site.texts
    order = VOCABULARIES["change-status"]
    changes = _grouped(archive.of_kind("change"), lambda e: (e.record.status,), order)
    yield _page(
        site,
        "changes/by-status.md",
        "by-status",
        "change",
        _named(site, changes, lambda v: texts.label("change-status", v)),
    )
    sops = _grouped(
        archive.of_kind("sop"), lambda e: e.record.factories or (NONE,), tuple(archive.catalog.factories)
    )
    yield _page(
        site,
        "sop/by-factory.md",
        "by-factory",
        "sop",
        _named(site, sops, lambda v: factory_label(site, v), "factory"),
    )
    faqs = _grouped(
        archive.of_kind("faq"),
        lambda e: (e.record.category or NONE,),
        [c.id for c in archive.settings.categories],
    )
    yield _page(
        site, "faq/by-category.md", "by-category", "faq", _named(site, faqs, archive.settings.category_label)
    )


def _sections(site: Site, rows: Sequence[IssueRow], dimension: Dimension) -> Iterator[Section]:
    order = VOCABULARIES.get(dimension.order, ())
    for key, members in _grouped(rows, dimension.of, order).items():
        label = dimension.label(site, key) if key else site.texts("indexes.nothing")
        kept = shown(members, SECTION_ROWS)
        yield Section(key, label, _anchor(key), kept, len(members), _target(site, dimension.key, key))


def _named(
    site: Site, groups: dict[str, list[Entry]], label: Callable[[str], str], kind: str = ""
) -> tuple[Section, ...]:
    return tuple(
        Section(
            key,
            label(key) if key else site.texts("indexes.nothing"),
            _anchor(key),
            tuple(members),
            len(members),
            _target(site, kind, key),
        )
        for key, members in groups.items()
    )


def _grouped(rows: Any, of: Callable[[Any], Sequence[str]], order: Sequence[str]) -> dict[str, list[Any]]:
    """Rows by value: in the given order, else the largest group first; rows without a value come last."""
    groups: dict[str, list[Any]] = {}
    for row in rows:
        for key in dict.fromkeys(of(row)):
            groups.setdefault(key, []).append(row)
    rank = {key: i for i, key in enumerate(order)}
    return dict(
        sorted(groups.items(), key=lambda g: (g[0] == NONE, rank.get(g[0], len(rank)), -len(g[1]), g[0]))
    )


def _anchor(key: str) -> str:
    return f"g-{slug(key).lower()}" if key else "g-none"


def _target(site: Site, dimension: str, key: str) -> str:
    if dimension == "product" and key in site.archive.catalog.products:
        return site.product_uri(key)
    if dimension == "factory" and key in site.archive.catalog.factories:
        return site.factory_uri(key)
    if dimension == "owner" and any(d.id == key for d in site.archive.settings.departments):
        return site.role_uri(key)
    return ""


def _cross(site: Site, rows: Sequence[IssueRow], dimension: Dimension, sections: Sequence[Section]) -> Grid:
    """Counts by value and status (on the status page: by severity), linked to the filtered index."""
    other = DIMENSIONS[1] if dimension.key == "status" else DIMENSIONS[0]
    counts: dict[tuple[str, str], int] = {}
    for row in rows:
        for value in dict.fromkeys(dimension.of(row)):
            for column in other.of(row):
                counts[value, column] = counts.get((value, column), 0) + 1
    used = [c for c in VOCABULARIES[other.order] if any((s.key, c) in counts for s in sections)]
    heads = (
        Column(site.texts(f"indexes.by.{dimension.key}")),
        *(Column(other.label(site, c), True) for c in used),
        Column(site.texts("indexes.column.total"), True),
    )
    table = tuple(
        (
            Cell(s.label, uri=f"issues/by-{dimension.key}.md#{s.anchor}"),
            *(_count(site, counts.get((s.key, c), 0), dimension.key, s.key, other.key, c) for c in used),
            _count(site, s.total, dimension.key, s.key),
        )
        for s in sections
    )
    return Grid("cross", heads, table)


def _count(site: Site, count: int, *query: str) -> Cell:
    if not count:
        return Cell("", 0)
    pairs = list(zip(query[::2], query[1::2], strict=True))
    filters = "&".join(f"{key}={quote(value)}" for key, value in pairs)
    linked = is_complete(site) and all(value for _, value in pairs)
    return Cell(str(count), count, f"issues/index.md?{filters}" if linked else "")


def _page(site: Site, uri: str, name: str, kind: str, sections: Sequence[Section], **values: Any) -> Page:
    title = site.texts(f"indexes.{kind}.{name}")
    meta: dict[str, Any] = {"title": title, "description": site.texts(f"indexes.{kind}.{name}-description")}
    if "cross" in values:
        meta["hide"] = ["toc"]  # the table on top leads to the sections
    values = {"cross": None, "without": "", "kept": kept()} | values
    return render(
        site,
        "index_groups.md.j2",
        uri,
        meta,
        kind=kind,
        title=title,
        sections=sections,
        description=meta["description"],
        **values,
    )
