"""Lists of records: all of a kind, and the rest of a long list by month, category or area.

An index page holds at most MOST_ROWS rows, so that one changed record of a large archive does not rebuild a
page of megabytes. Beyond that every record also stands on one of the part pages, whose members never move.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from qloop.derive.flow import life
from qloop.derive.priority import priority
from qloop.pages.page import Page
from qloop.pages.site import Site
from qloop.pages.templates import render
from qloop.pages.urls import slug
from qloop.read.entry import Entry
from qloop.records.issue import IssueRecord
from qloop.records.kinds import KINDS
from qloop.records.vocabulary import OPEN_STATUSES, VOCABULARIES

MOST_ROWS = 500


@dataclass(frozen=True, slots=True)
class IssueRow:
    """An issue as lists show it. ``days``: open for so many, or ended after them; ranks are for sorting."""

    entry: Entry
    record: IssueRecord
    priority: str
    days: int
    ended: dt.date | None
    status_rank: int
    severity_rank: int
    priority_rank: int

    @property
    def open(self) -> bool:
        return self.record.status in OPEN_STATUSES


@dataclass(frozen=True, slots=True)
class Part:
    """A page with a fixed part of a long list; ``label`` names it."""

    key: str
    label: str
    rows: tuple[Any, ...]
    uri: str


def kept() -> Callable[..., Any]:
    """For one page: calls a macro once for each set of arguments and keeps what it wrote."""
    found: dict[Any, Any] = {}

    def keep(macro: Any, *arguments: Any) -> Any:
        key = (macro.name, arguments)
        if key not in found:
            found[key] = macro(*arguments)
        return found[key]

    return keep


def issue_rows(site: Site) -> tuple[IssueRow, ...]:
    """Every issue, the newest first."""
    rows = [_issue_row(site, entry) for entry in site.archive.of_kind("issue")]
    return tuple(sorted(rows, key=lambda r: (r.record.opened, r.record.id), reverse=True))


def _issue_row(site: Site, entry: Entry) -> IssueRow:
    record = entry.record
    assert isinstance(record, IssueRecord)
    level = priority(record)
    ended = life(record, site.today, site.history_of(entry)).ended
    days = max(0, ((ended or site.today) - record.opened).days)
    ranks = [
        VOCABULARIES[name].index(value)
        for name, value in (
            ("issue-status", record.status),
            ("severity", record.severity),
            ("priority", level),
        )
    ]
    return IssueRow(entry, record, level, days, ended, *ranks)


def index_pages(site: Site) -> Iterator[Page]:
    """``index.md`` of issues, changes, sop, faq and reviews, and their parts."""
    yield from _issues(site)
    yield from _pages(
        site,
        "change",
        _of(site, "change", lambda e: (e.record.requested, e.id), newest=True),
        lambda e: f"{e.record.requested:%Y-%m}",
    )
    yield from _pages(site, "sop", _of(site, "sop", lambda e: e.id), lambda e: e.id.split("-")[1].upper())
    yield from _pages(
        site,
        "faq",
        _of(site, "faq", lambda e: (e.record.category or "", e.id)),
        lambda e: e.record.category or "",
        site.archive.settings.category_label,
    )
    yield from _pages(
        site,
        "review",
        _of(site, "review", lambda e: (e.record.period.from_, e.id), newest=True),
        lambda e: f"{e.record.period.from_:%Y}",
    )


def _issues(site: Site) -> Iterator[Page]:
    rows = issue_rows(site)
    first = shown(rows, MOST_ROWS)
    yield from _pages(site, "issue", rows, lambda r: f"{r.record.opened:%Y-%m}", first=first)


def shown(rows: Sequence[IssueRow], most: int) -> tuple[IssueRow, ...]:
    """At most ``most`` rows, open issues before ended ones, in the order of ``rows``."""
    if len(rows) <= most:
        return tuple(rows)
    chosen = sorted(rows, key=lambda r: not r.open)[:most]
    kept = {r.record.id for r in chosen}
    return tuple(r for r in rows if r.record.id in kept)


def is_complete(site: Site) -> bool:
    """Whether ``issues/index.md`` holds every issue, so that a link to it with a filter tells the truth."""
    return len(site.archive.issues) <= MOST_ROWS


def _of(site: Site, kind: str, key: Callable[[Any], Any], newest: bool = False) -> tuple[Entry, ...]:
    return tuple(sorted(site.archive.of_kind(kind), key=key, reverse=newest))


def _pages(
    site: Site,
    kind: str,
    rows: Sequence[Any],
    part_of: Callable[[Any], str],
    label: Callable[[str], str] = str,
    first: Sequence[Any] | None = None,
) -> Iterator[Page]:
    section = KINDS[kind].section
    parts = tuple(_parts(section, rows, part_of, label)) if len(rows) > MOST_ROWS else ()
    yield _page(site, kind, f"{section}/index.md", "", first or rows[:MOST_ROWS], len(rows), parts)
    for part in parts:
        yield _page(site, kind, part.uri, part.label, part.rows, len(part.rows), ())


def _parts(
    section: str, rows: Sequence[Any], part_of: Callable[[Any], str], label: Callable[[str], str]
) -> Iterator[Part]:
    groups: dict[str, list[Any]] = {}
    for row in rows:
        groups.setdefault(part_of(row), []).append(row)
    for key, members in groups.items():
        name = slug(key) if key else "none"
        yield Part(key, label(key) or "-", tuple(members), f"{section}/part/{name}.md")


def _page(
    site: Site, kind: str, uri: str, part: str, rows: Sequence[Any], total: int, parts: Sequence[Part]
) -> Page:
    texts = site.texts
    title = texts(f"indexes.{kind}.title") + (f" · {part}" if part else "")
    meta = {"title": title, "hide": ["toc"], "description": texts(f"indexes.{kind}.description", count=total)}
    links = tuple((p.label, len(p.rows), p.uri) for p in parts)
    return render(
        site,
        "index_list.md.j2",
        uri,
        meta,
        kind=kind,
        title=title,
        rows=rows,
        total=total,
        parts=links,
        section=KINDS[kind].section,
        part=part,
        kept=kept(),
    )
