"""What worked: verified fixes with cause, measures and numbers, for the next time (ISO 9001 7.1.6)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from qloop.derive.periods import month_of
from qloop.derive.verification import Comparison, compare
from qloop.pages.lists.parts import Cut, Cutting, parts, top_links
from qloop.pages.page import Draft, Page, draft
from qloop.pages.shared import issues
from qloop.pages.site import Site
from qloop.pages.templates import render
from qloop.read.entry import Entry
from qloop.records.issue import Action, IssueRecord, Verification
from qloop.records.vocabulary import PROVEN_STATUSES

MOST = 150
"""Lessons on one page; with more of them there are pages by month of proof."""
CUTTING = Cutting(
    "lessons/part",
    lambda x: month_of(x.proof.on),
    lambda x: x.proof.on.isoformat(),
)
_LASTING = ("corrective", "preventive", "packaging", "listing", "reply")


@dataclass(frozen=True, slots=True)
class Lesson:
    """``cause``: the last why, on which the measures act; ``measures``: those that were done and last."""

    entry: Entry
    record: IssueRecord
    cause: str
    cause_class: str
    measures: tuple[Action, ...]
    proof: Verification
    decided_by: ClassVar = ("entry",)

    @property
    def comparison(self) -> Comparison:
        """Computed for the lessons that a page shows."""
        return compare(self.proof)


def lessons(site: Site) -> tuple[Lesson, ...]:
    """Issues proven effective, the newest proof first."""
    found = []
    for entry, record in issues(site):
        proof = record.verification
        if proof and proof.verdict == "effective" and record.status in PROVEN_STATUSES:
            found.append((proof.on, record.id, _lesson(entry, record, proof)))
    return tuple(lesson for _, _, lesson in sorted(found, key=lambda x: x[:2], reverse=True))


def _lesson(entry: Entry, record: IssueRecord, proof: Verification) -> Lesson:
    root = record.root_cause
    done = tuple(a for a in record.actions if a.done and a.kind in _LASTING)
    cause, cause_class = (root.whys[-1], root.class_) if root else ("", "")
    return Lesson(entry, record, cause, cause_class, done, proof)


def lesson_pages(site: Site) -> Iterator[Draft]:
    """``lessons.md``, and ``lessons/part/<month>.md`` of very many."""
    found = lessons(site)
    by_month = parts(site, found, CUTTING) if len(found) > MOST else ()
    yield draft(_page, site, "lessons.md", "", Cut(found[:MOST], len(found), top_links(by_month)))
    for part in by_month:
        yield draft(_page, site, part.uri, part.label, Cut(part.rows, part.total, part.parts))


def _page(site: Site, uri: str, part: str, cut: Cut) -> Page:
    title = site.texts("indexes.lessons.title") + (f" · {part}" if part else "")
    description = site.texts("indexes.lessons.description", count=cut.total)
    meta = {"title": title, "hide": ["toc"], "description": description}
    return render(site, "lessons.md.j2", uri, meta, title=title, part=part, cut=cut)
