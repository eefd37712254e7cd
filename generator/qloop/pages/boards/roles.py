"""Each department's desk: what it has to do, which issues wait for it, where time goes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from qloop.derive.actions import ActionItem, unfinished
from qloop.derive.stages import StageRow, Stay, middle, present, stage_rows, stays
from qloop.pages.boards.overdue import Due, review_items
from qloop.pages.grid import Cell, Column, Grid
from qloop.pages.page import Page
from qloop.pages.site import Site
from qloop.pages.templates import number, render
from qloop.read.entry import Entry
from qloop.records.issue import IssueRecord
from qloop.records.vocabulary import OPEN_STATUSES

REVIEW_SOON = dt.timedelta(days=30)
MOST_ROWS = 100
"""Measures and issues shown of a department."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An open issue with its present stay."""

    entry: Entry
    stay: Stay


@dataclass(frozen=True, slots=True)
class Desk:
    """One department on the site's day. ``issues``: longest in their state first; ``reviews``: most late first;
    ``stages``: of all issues it has ever owned."""

    id: str
    label: str
    uri: str
    actions: tuple[ActionItem, ...]
    issues: tuple[Waiting, ...]
    reviews: tuple[Due, ...]
    stages: tuple[StageRow, ...]

    @property
    def late(self) -> int:
        return sum(a.state == "overdue" for a in self.actions) + sum(r.late for r in self.reviews)

    @property
    def median_days(self) -> float | None:
        """Days that its open issues have been in their present state."""
        return middle([w.stay.days for w in self.issues])


def role_pages(site: Site) -> Iterator[Page]:
    """``roles/index.md`` and ``roles/<id>.md`` of each department in qloop.yml."""
    lived = {e.id: _stays(site, e) for e in site.archive.of_kind("issue")}
    found = desks(site, lived)
    rows = stage_rows(stay for one in lived.values() for stay in one)
    texts = site.texts
    meta: dict[str, Any] = {"title": texts("indexes.roles.title"), "description": texts("indexes.roles.description"),
            "hide": ["toc"]}  # fmt: skip
    grid, stages = _summary(site, found), _stages(site, rows)
    yield render(
        site, "roles.md.j2", "roles/index.md", meta, grid=grid, stages=stages, slowest=_slowest(rows)
    )
    for desk in found:
        yield _page(site, desk)


def _page(site: Site, desk: Desk) -> Page:
    meta: dict[str, Any] = {
        "title": site.texts("indexes.roles.of", name=desk.label),
        "description": site.texts("indexes.roles.of-description", name=desk.label),
        "hide": ["toc"],
    }
    stages, slowest = _stages(site, desk.stages), _slowest(desk.stages)
    values: dict[str, Any] = {"desk": desk, "stages": stages, "slowest": slowest, "most": MOST_ROWS}
    return render(site, "role.md.j2", desk.uri, meta, **values)


def desks(site: Site, lived: dict[str, tuple[Stay, ...]]) -> tuple[Desk, ...]:
    """The departments in the order of qloop.yml; ``lived``: the stays of every issue by its id."""
    actions = unfinished(site.archive, site.today)
    reviews = [r for r in review_items(site.archive, site.today) if r.due <= site.today + REVIEW_SOON]
    reviews.sort(key=lambda r: (-r.days, r.entry.id))
    issues = list(site.archive.of_kind("issue"))
    found = []
    for one in site.archive.settings.departments:
        own = [e for e in issues if _issue(e).owner == one.id]
        found.append(
            Desk(
                one.id,
                one.label,
                site.role_uri(one.id),
                tuple(a for a in actions if a.action.owner == one.id),
                tuple(sorted(_waiting(own, lived), key=lambda w: (-w.stay.days, w.entry.id))),
                tuple(r for r in reviews if r.owner == one.id),
                stage_rows(stay for e in own for stay in lived[e.id]),
            )
        )
    return tuple(found)


def _issue(entry: Entry) -> IssueRecord:
    assert isinstance(entry.record, IssueRecord)
    return entry.record


def _stays(site: Site, entry: Entry) -> tuple[Stay, ...]:
    return stays(_issue(entry), site.today, site.history_of(entry))


def _waiting(own: list[Entry], lived: dict[str, tuple[Stay, ...]]) -> Iterator[Waiting]:
    for entry in own:
        stay = present(lived[entry.id])
        if stay and stay.status in OPEN_STATUSES:
            yield Waiting(entry, stay)


def _summary(site: Site, found: tuple[Desk, ...]) -> Grid:
    t = site.texts["indexes.roles"]
    columns = (
        Column(t["department"]),
        *(Column(t[key], True) for key in ("open-issues", "open-actions", "late", "reviews", "in-state")),
    )
    rows = tuple(
        (
            Cell(d.label, uri=d.uri),
            _count(len(d.issues), f"{d.uri}#issues"),
            _count(len(d.actions), f"{d.uri}#actions"),
            _count(d.late, "overdue.md"),
            _count(len(d.reviews), f"{d.uri}#reviews"),
            _days(d.median_days),
        )
        for d in found
    )
    return Grid("roles", columns, rows, cards=True)


def _stages(site: Site, rows: tuple[StageRow, ...]) -> Grid | None:
    """None where no issue was ever in a stage."""
    t = site.texts["indexes.roles"]
    if not any(r.finished or r.now for r in rows):
        return None
    columns = (
        Column(t["stage"]),
        *(Column(t[key], True) for key in ("finished", "median", "now", "now-median")),
        Column(t["mark"]),
    )
    cells = tuple(
        (
            Cell(site.texts.label("issue-status", r.status)),
            _count(r.finished),
            _days(r.median_days),
            _count(r.now),
            _days(r.now_median_days),
            Cell(t["slowest"] if r.slowest else ""),
        )
        for r in rows
    )
    return Grid("stages", columns, cells, sortable=False, cards=True)


def _slowest(rows: tuple[StageRow, ...]) -> StageRow | None:
    return next((r for r in rows if r.slowest), None)


def _count(n: int, uri: str = "") -> Cell:
    return Cell(str(n) if n else "", n, uri if n else "")


def _days(value: float | None) -> Cell:
    return Cell(number(value), -1 if value is None else value)
