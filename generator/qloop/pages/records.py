"""One page per record."""

from __future__ import annotations

from collections.abc import Iterator

from qloop.pages.page import Page
from qloop.pages.site import Site


def issue_pages(site: Site) -> Iterator[Page]:
    """A page for each quality issue."""
    for entry in site.archive.of_kind("issue"):
        meta = {"title": f"{entry.id} {entry.record.title}"}
        yield site.render("issue.md.j2", site.uri(entry), meta, entry=entry, record=entry.record)
