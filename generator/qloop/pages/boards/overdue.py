"""What is late or due soon, by owner; and everything that waits, by month."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qloop.pages.boards import due
from qloop.pages.boards.due import Due, due_items
from qloop.pages.kept import kept
from qloop.pages.lists.parts import Cut, Part, parts
from qloop.pages.page import Draft, Page, draft
from qloop.pages.site import Site
from qloop.pages.templates import render
from qloop.pages.urls import slug

LEAST_ROWS = 5


@dataclass(frozen=True, slots=True)
class OwnerBoard:
    """``items``: late ones first; ``late`` and ``soon`` are their numbers."""

    owner: str
    label: str
    anchor: str
    late: int
    soon: int
    items: Cut


def overdue_pages(site: Site) -> Iterator[Draft]:
    """``overdue.md``, and ``overdue/part/<month>.md`` where very much waits."""
    near = tuple(d for d in due_items(site) if d.due <= site.today + due.SOON)
    late = sum(d.late for d in near)
    shown = due.cut(site, near, "", "")
    yield draft(_page, site, "overdue.md", shown, late, boards(site, near))
    for part in parts(site, due_items(site), due.CUTTING) if due.has_parts(site) else ():
        yield draft(_part, site, part.uri, part)


def boards(site: Site, near: Sequence[Due]) -> tuple[OwnerBoard, ...]:
    """By owner, the one with most late things first."""
    owners: dict[str, list[Due]] = {}
    for one in near:
        owners.setdefault(one.owner, []).append(one)
    whole = len(near) <= due.MOST_ROWS
    most = len(near) if whole else max(LEAST_ROWS, due.MOST_ROWS // len(owners))
    found = [_board(site, owner, mine, most) for owner, mine in owners.items()]
    return tuple(sorted(found, key=lambda b: (-b.late, -b.soon, b.owner)))


def _board(site: Site, owner: str, mine: Sequence[Due], most: int) -> OwnerBoard:
    late, soon = [d for d in mine if d.late], [d for d in reversed(mine) if not d.late]
    items = due.cut(site, [*late, *soon], "owner", owner, most)
    label = site.archive.settings.department_label(owner)
    return OwnerBoard(owner, label, f"o-{slug(owner).lower()}", len(late), len(soon), items)


def _page(site: Site, uri: str, items: Cut, late: int, boards: Sequence[OwnerBoard]) -> Page:
    description = site.texts("indexes.overdue.description", late=late, soon=items.total - late)
    meta = {"title": site.texts("indexes.overdue.title"), "hide": ["toc"], "description": description}
    return render(
        site,
        "overdue.md.j2",
        uri,
        meta,
        description=description,
        items=items,
        boards=boards,
        kept=kept(site, uri),
    )


def _part(site: Site, uri: str, part: Part) -> Page:
    title = f"{site.texts('indexes.overdue.waiting')} · {part.label}"
    description = site.texts("indexes.overdue.waiting-description", month=part.label, count=part.total)
    meta = {"title": title, "hide": ["toc"], "description": description}
    items = Cut(part.rows, part.total, part.parts)
    return render(site, "overdue_part.md.j2", uri, meta, title=title, description=description,
                  part=part, items=items, kept=kept(site, uri))  # fmt: skip
