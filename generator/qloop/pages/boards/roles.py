"""Each department's desk: what it has to do, which issues wait for it, where time goes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from qloop.derive.actions import ActionItem
from qloop.derive.stages import StageRow, Stay, middle, present, stage_rows, stays
from qloop.pages.boards import due
from qloop.pages.grid import Cell, Column, Grid
from qloop.pages.lists.listing import cut
from qloop.pages.lists.parts import Cut, grouped
from qloop.pages.page import Draft, Page, draft
from qloop.pages.shared import issues, waiting
from qloop.pages.site import Site
from qloop.pages.templates import number, render
from qloop.read.entry import Entry
from qloop.records.issue import IssueRecord
from qloop.records.settings import Department
from qloop.records.vocabulary import OPEN_STATUSES

Lived = tuple[Entry, IssueRecord, tuple[Stay, ...]]
"""An issue with its stays."""
SummaryRow = tuple[str, str, int, int, int, int, float | None]
"""Label and page of a department, its open issues, measures, late things, documents, days in the present state."""
MOST_ROWS = 100
"""Measures, issues and documents shown of a department."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An open issue with its present stay."""

    entry: Entry
    record: IssueRecord
    stay: Stay


@dataclass(frozen=True, slots=True)
class Desk:
    """One department on the site's day. ``issues``: longest in their state first; ``reviews``: most late first;
    ``late``: of measures and documents; ``median_days`` that its open issues have been in their present state;
    ``stages``: of all issues it has ever owned."""

    id: str
    label: str
    uri: str
    actions: Cut
    issues: Cut
    reviews: Cut
    late: int
    median_days: float | None
    stages: tuple[StageRow, ...]


def role_pages(site: Site) -> Iterator[Draft]:
    """``roles/index.md`` and ``roles/<id>.md`` of each department in qloop.yml."""
    lived = tuple((e, r, stays(r, site.today, site.history_of(e))) for e, r in issues(site))
    found = desks(site, lived)
    rows = tuple((d.label, d.uri, d.issues.total, d.actions.total, d.late, d.reviews.total, d.median_days)
                 for d in found)  # fmt: skip
    yield draft(_index, site, "roles/index.md", rows, stage_rows(s for _, _, one in lived for s in one))
    for desk in found:
        yield draft(_page, site, desk.uri, desk)


def _index(site: Site, uri: str, rows: Sequence[SummaryRow], found: tuple[StageRow, ...]) -> Page:
    texts = site.texts
    meta: dict[str, Any] = {"title": texts("indexes.roles.title"), "description": texts("indexes.roles.description"),
            "hide": ["toc"]}  # fmt: skip
    grid, stages = _summary(site, rows), _stages(site, found)
    return render(site, "roles.md.j2", uri, meta, grid=grid, stages=stages, slowest=_slowest(found))


def _page(site: Site, uri: str, desk: Desk) -> Page:
    meta: dict[str, Any] = {
        "title": site.texts("indexes.roles.of", name=desk.label),
        "description": site.texts("indexes.roles.of-description", name=desk.label),
        "hide": ["toc"],
    }
    stages, slowest = _stages(site, desk.stages), _slowest(desk.stages)
    return render(site, "role.md.j2", uri, meta, desk=desk, stages=stages, slowest=slowest)


def desks(site: Site, lived: Sequence[Lived]) -> tuple[Desk, ...]:
    """The departments in the order of qloop.yml."""
    reviews = sorted((r for r in due.review_items(site) if r.due <= site.today + due.REVIEW_SOON),
                     key=lambda r: (-r.days, r.entry.id))  # fmt: skip
    actions_of = grouped(waiting(site), lambda a: a.action.owner)
    reviews_of, issues_of = grouped(reviews, lambda r: r.owner), grouped(lived, lambda x: x[1].owner)
    return tuple(
        _desk(site, one, actions_of.get(one.id, []), issues_of.get(one.id, []), reviews_of.get(one.id, []))
        for one in site.archive.settings.departments
    )


def _desk(
    site: Site,
    one: Department,
    actions: Sequence[ActionItem],
    own: Sequence[Lived],
    reviews: Sequence[due.Due],
) -> Desk:
    open_issues = sorted(_waiting(own), key=lambda w: (-w.stay.days, w.entry.id))
    late = sum(a.state == "overdue" for a in actions) + sum(r.late for r in reviews)
    return Desk(
        one.id,
        one.label,
        site.role_uri(one.id),
        due.cut(site, actions, "owner", one.id, MOST_ROWS),
        cut(site, "issue", open_issues, MOST_ROWS, "owner", one.id),
        due.cut(site, reviews, "owner", one.id, MOST_ROWS),
        late,
        middle([w.stay.days for w in open_issues]),
        stage_rows(stay for _, _, stays in own for stay in stays),
    )


def _waiting(own: Sequence[Lived]) -> Iterator[Waiting]:
    for entry, record, found in own:
        stay = present(found)
        if stay and stay.status in OPEN_STATUSES:
            yield Waiting(entry, record, stay)


def _summary(site: Site, found: Sequence[SummaryRow]) -> Grid:
    t = site.texts["indexes.roles"]
    columns = (
        Column(t["department"]),
        *(Column(t[key], True) for key in ("open-issues", "open-actions", "late", "reviews", "in-state")),
    )
    rows = tuple(
        (
            Cell(label, uri=uri),
            _count(issues, f"{uri}#issues"),
            _count(actions, f"{uri}#actions"),
            _count(late, "overdue.md"),
            _count(reviews, f"{uri}#reviews"),
            _days(days),
        )
        for label, uri, issues, actions, late, reviews, days in found
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
