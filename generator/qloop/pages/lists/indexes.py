"""Lists of all records of a kind: ``index.md``, and the parts of a long one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from qloop.pages.kept import kept
from qloop.pages.lists.listing import CUTTINGS, rows_of
from qloop.pages.lists.parts import MOST_ROWS, Link, Part, parts, top_links
from qloop.pages.page import Draft, Page, draft
from qloop.pages.shared import Ref, refs
from qloop.pages.site import Site
from qloop.pages.templates import render
from qloop.records.kinds import KINDS

_NAMED = {"change": ("issues", "sops"), "review": ("issues",)}
"""Fields whose records are named in a row."""


def index_pages(site: Site) -> Iterator[Draft]:
    """``index.md`` of issues, changes, sop, faq and reviews, and their parts."""
    for kind in CUTTINGS:
        yield from _pages(site, kind)


def _pages(site: Site, kind: str) -> Iterator[Draft]:
    rows, cutting = rows_of(site, kind), CUTTINGS[kind]
    found = parts(site, rows, cutting) if len(rows) > MOST_ROWS else ()
    uri = f"{KINDS[kind].section}/index.md"
    index = Part("", "", uri, cutting.first(rows, MOST_ROWS), len(rows), top_links(found))
    for one in (index, *found):
        yield draft(_page, site, one.uri, kind, one.label, one.rows, one.total, one.parts,
                    named(site, kind, one.rows))  # fmt: skip


def named(site: Site, kind: str, rows: Sequence[Any]) -> tuple[Ref, ...]:
    """The records that rows of this kind name."""
    fields = _NAMED.get(kind, ())
    return refs(site, (getattr(x, "id", x) for r in rows for f in fields for x in getattr(r.record, f)))


def _page(
    site: Site,
    uri: str,
    kind: str,
    part: str,
    rows: Sequence[Any],
    total: int,
    parts: Sequence[Link],
    named: Sequence[Ref],
) -> Page:
    texts = site.texts
    title = texts(f"indexes.{kind}.title") + (f" · {part}" if part else "")
    meta = {"title": title, "hide": ["toc"], "description": texts(f"indexes.{kind}.description", count=total)}
    return render(
        site,
        "index_list.md.j2",
        uri,
        meta,
        kind=kind,
        title=title,
        rows=rows,
        total=total,
        parts=parts,
        section=KINDS[kind].section,
        part=part,
        named={r.id: r for r in named},
        kept=kept(site, uri),
    )
