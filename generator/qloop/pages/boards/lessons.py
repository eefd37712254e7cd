"""What worked: verified fixes with cause, measures and numbers, for the next time (ISO 9001 7.1.6)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from qloop.derive.verification import Comparison, compare
from qloop.pages.page import Page
from qloop.pages.site import Site
from qloop.pages.templates import render
from qloop.read.entry import Entry
from qloop.records.issue import Action, IssueRecord
from qloop.records.vocabulary import PROVEN_STATUSES

MOST = 300
_LASTING = ("corrective", "preventive", "packaging", "listing", "reply")


@dataclass(frozen=True, slots=True)
class Lesson:
    """``cause``: the last why, on which the measures act; ``measures``: those that were done and last."""

    entry: Entry
    record: IssueRecord
    cause: str
    cause_class: str
    measures: tuple[Action, ...]
    comparison: Comparison


def lessons(site: Site) -> tuple[Lesson, ...]:
    """Issues proven effective, the newest proof first."""
    found = []
    for entry in site.archive.of_kind("issue"):
        record = entry.record
        assert isinstance(record, IssueRecord)
        proof, root = record.verification, record.root_cause
        if proof and proof.verdict == "effective" and record.status in PROVEN_STATUSES:
            done = tuple(a for a in record.actions if a.done and a.kind in _LASTING)
            found.append(
                Lesson(
                    entry,
                    record,
                    root.whys[-1] if root else "",
                    root.class_ if root else "",
                    done,
                    compare(proof),
                )
            )
    return tuple(sorted(found, key=_newest, reverse=True))


def _newest(lesson: Lesson) -> tuple[str, str]:
    proof = lesson.record.verification
    return (proof.on.isoformat() if proof else "", lesson.record.id)


def lesson_pages(site: Site) -> Iterator[Page]:
    """``lessons.md``."""
    found = lessons(site)
    meta = {
        "title": site.texts("indexes.lessons.title"),
        "hide": ["toc"],
        "description": site.texts("indexes.lessons.description", count=len(found)),
    }
    yield render(site, "lessons.md.j2", "lessons.md", meta, lessons=found[:MOST], total=len(found))
