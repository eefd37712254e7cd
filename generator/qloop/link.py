"""Join records into an archive: ids to records, references to links, links to backlinks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from qloop.archive import Archive, Link
from qloop.read.catalog import Catalog
from qloop.read.feedback import Feedback
from qloop.read.validate import Entry
from qloop.records.ids import fold
from qloop.records.kinds import KINDS
from qloop.records.references import Reference, references
from qloop.records.settings import Settings


def link(
    settings: Settings,
    catalog: Catalog,
    entries: Iterable[Entry],
    feedback: Feedback,
    broken: Iterable[str] = (),
) -> Archive:
    """The archive of ``entries``; references to nothing make no link (a rule speaks of them)."""
    by_id: dict[str, Entry] = {}
    duplicates: list[tuple[Entry, Entry]] = []
    for entry in sorted(entries, key=lambda e: (fold(e.id), e.path)):
        first = by_id.setdefault(fold(entry.id), entry)
        if first is not entry:
            duplicates.append((first, entry))
    found: dict[str, tuple[Reference, ...]] = {}
    links: dict[str, tuple[Link, ...]] = {}
    backlinks: dict[str, list[Link]] = defaultdict(list)
    for key, entry in by_id.items():
        found[key] = tuple(references(entry.record))
        links[key] = tuple(_links(entry, found[key], by_id))
        for one in links[key]:
            backlinks[fold(one.target.id)].append(one)
    return Archive(
        settings, catalog, tuple(by_id.values()), tuple(duplicates), feedback, by_id, found, links,
        {key: tuple(value) for key, value in backlinks.items()}, tuple(sorted(broken)),
    )  # fmt: skip


def _links(entry: Entry, found: Iterable[Reference], by_id: dict[str, Entry]) -> Iterable[Link]:
    for reference in found:
        target = by_id.get(fold(reference.value)) if reference.kind in KINDS else None
        if target and target.kind == reference.kind and target is not entry:
            yield Link(entry, target, reference.path)
