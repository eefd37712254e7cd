"""The page of a quality issue, laid out as an 8D sheet."""

from __future__ import annotations

from qloop.derive.actions import items
from qloop.derive.occurrences import weekly
from qloop.derive.priority import priority
from qloop.derive.related import sources
from qloop.derive.verification import compare
from qloop.pages.page import Page
from qloop.pages.records.figures import occurrences_chart, proof_chart
from qloop.pages.records.record import details, duration, record_page, tools
from qloop.pages.records.similar import similar_url
from qloop.pages.site import Site
from qloop.read.entry import Entry
from qloop.records.issue import IssueRecord


def issue_page(site: Site, entry: Entry) -> Page:
    """The page of an issue."""
    record = entry.record
    assert isinstance(record, IssueRecord)
    return _page(site, entry, record)


def _page(site: Site, entry: Entry, record: IssueRecord) -> Page:
    category = site.archive.settings.category(record.category)
    cases = weekly(record.occurrences)
    level = priority(record)
    comparison = compare(record.verification) if record.verification else None
    return record_page(
        site, entry, entry.body or record.title,
        tools=tools(site, entry, similar_url(site, record)),
        priority=level,
        service=_service(site, level),
        details=details(site, category.fields if category else (), record.details),
        cases_data=cases,
        chart=occurrences_chart(site, cases, record.title),
        actions=items(entry, site.today),
        comparison=comparison,
        proof_chart=proof_chart(site, comparison) if comparison else "",
        guards=sources(site.archive, entry, "sop", "checkpoints"),
        duplicates=sources(site.archive, entry, "issue", "duplicate_of"),
        recurrences=sources(site.archive, entry, "issue", "recurrence_of"),
    )  # fmt: skip


def _service(site: Site, level: str) -> tuple[str, str] | None:
    """The times in which an issue of this priority is to be answered and solved, in words."""
    found = next((s for s in site.archive.settings.sla if s.priority == level), None)
    return (duration(site, found.respond), duration(site, found.resolve)) if found else None
