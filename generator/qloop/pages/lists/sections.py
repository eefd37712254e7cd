"""The pages of records by one of their fields: a section for each value, with as many rows as the page bears."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from qloop.pages.grid import Grid
from qloop.pages.kept import kept
from qloop.pages.lists.listing import elsewhere
from qloop.pages.lists.parts import Cut, Link
from qloop.pages.page import Page
from qloop.pages.shared import Ref
from qloop.pages.site import Site
from qloop.pages.templates import render
from qloop.pages.urls import slug

NONE = ""
SECTION_ROWS = 50
"""Rows of a section where all sections together have few."""
PAGE_ROWS = 160
"""Rows of all sections of one page; with very many values the sections are left out and the table remains."""
LEAST_ROWS = 3
HOLDERS = ("product", "factory")
"""Whose own pages list the records and lead to all of them."""


@dataclass(frozen=True, slots=True)
class Section:
    """One value's records; ``target``: the page about the value, or ""."""

    key: str
    label: str
    anchor: str
    cut: Cut
    target: str = ""

    @property
    def on_page(self) -> bool:
        """Where no row is shown and a page is about the value, the table on top leads there."""
        return bool(self.cut.rows or not self.target)

    @property
    def about(self) -> str:
        """The page about the value; "" where the link to the rest of the records leads there already."""
        return "" if any(link.uri.split("#")[0] == self.target for link in self.cut.rest) else self.target


Groups = dict[str, list[Any]]
First = Callable[[Sequence[Any], int], Sequence[Any]]


def grouped_by(rows: Sequence[Any], of: Callable[[Any], Sequence[str]], order: Sequence[str]) -> Groups:
    """Rows by value: in the given order, else the largest group first; rows without a value come last."""
    groups: Groups = {}
    for row in rows:
        for key in dict.fromkeys(of(row)):
            groups.setdefault(key, []).append(row)
    rank = {key: i for i, key in enumerate(order)}
    return dict(
        sorted(groups.items(), key=lambda g: (g[0] == NONE, rank.get(g[0], len(rank)), -len(g[1]), g[0]))
    )


def most_rows(groups: Groups) -> int:
    """How many rows each section shows; 0 where they would be too few to say anything."""
    if sum(min(len(rows), SECTION_ROWS) for rows in groups.values()) <= PAGE_ROWS:
        return SECTION_ROWS
    share = PAGE_ROWS // len(groups)
    return min(SECTION_ROWS, share) if share >= LEAST_ROWS else 0


def sections(
    site: Site,
    kind: str,
    key: str,
    groups: Groups,
    label: Callable[[str], str],
    first: First,
    word: Callable[[str], str] = str,
) -> Iterator[Section]:
    """The sections of records of ``kind`` by ``key``; ``word``: a value as the filters of tables know it."""
    most = most_rows(groups)
    for value, rows in groups.items():
        shown, about = tuple(first(rows, most)), target(site, key, value)
        name = label(value) if value else site.texts("indexes.nothing")
        rest: tuple[Link, ...] = ()
        if len(shown) < len(rows):
            if about and key in HOLDERS:
                rest = (Link(site.texts("indexes.about", name=name), len(rows), f"{about}#{kind}s"),)
            else:
                rest = elsewhere(site, kind, rows, key, word(value))
        yield Section(value, name, anchor(value), Cut(shown, len(rows), rest), about)


def anchor(key: str) -> str:
    return f"g-{slug(key).lower()}" if key else "g-none"


def target(site: Site, key: str, value: str) -> str:
    """The page about a product, a factory or a department."""
    if key == "product" and value in site.archive.catalog.products:
        return site.product_uri(value)
    if key == "factory" and value in site.archive.catalog.factories:
        return site.factory_uri(value)
    if key == "owner" and any(d.id == value for d in site.archive.settings.departments):
        return site.role_uri(value)
    return ""


def product_label(site: Site, sku: str) -> str:
    product = site.archive.catalog.products.get(sku)
    return f"{product.name} {sku}" if product else sku


def factory_label(site: Site, id: str) -> str:
    factory = site.archive.catalog.factories.get(id)
    return factory.name if factory else id


def section_page(
    site: Site,
    uri: str,
    kind: str,
    name: str,
    sections: Sequence[Section],
    named: Sequence[Ref],
    cross: Grid | None = None,
    without: str = "",
) -> Page:
    """``name``: the key of its title; ``cross``: the table on top; ``without``: the column that says nothing here."""
    title = site.texts(f"indexes.{kind}.{name}")
    description = site.texts(f"indexes.{kind}.{name}-description")
    meta: dict[str, Any] = {"title": title, "description": description}
    if cross:
        meta["hide"] = ["toc"]  # the table on top leads to the sections
    return render(
        site,
        "index_groups.md.j2",
        uri,
        meta,
        kind=kind,
        title=title,
        description=description,
        sections=[s for s in sections if s.on_page],
        cross=cross,
        without=without,
        empty=not sections,
        named={r.id: r for r in named},
        kept=kept(site, uri),
    )
