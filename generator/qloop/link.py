"""Join records into an archive: ids to records, references to links, links to backlinks."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping

from qloop.archive import Archive, Link
from qloop.lazy import Lazy
from qloop.read.catalog import Catalog
from qloop.read.entry import Entry
from qloop.read.feedback import Feedback
from qloop.records.ids import fold
from qloop.records.kinds import KINDS
from qloop.records.settings import Settings


def link(
    settings: Settings,
    catalog: Catalog,
    entries: Iterable[Entry],
    feedback: Feedback,
    broken: Iterable[str] = (),
) -> Archive:
    """The archive of ``entries``; references to nothing make no link (a rule speaks of them).

    Who names whom is known at once; the links themselves are made for the records that somebody looks at.
    """
    by_id: dict[str, Entry] = {}
    duplicates: list[tuple[Entry, Entry]] = []
    for entry in sorted(entries, key=lambda e: (e.key, e.path)):
        first = by_id.setdefault(entry.key, entry)
        if first is not entry:
            duplicates.append((first, entry))
    naming = _naming(by_id)
    links = Lazy(by_id, lambda key: tuple(_links(by_id[key], by_id)))

    def backlinks(key: str) -> tuple[Link, ...]:
        target = by_id[key]
        return tuple(one for source in naming[key] for one in links[source] if one.target is target)

    return Archive(
        settings, catalog, tuple(by_id.values()), tuple(duplicates), feedback, by_id,
        Lazy(by_id, lambda key: by_id[key].references, keep=False), links, Lazy(naming, backlinks), naming,
        tuple(sorted(broken)),
    )  # fmt: skip


def _naming(by_id: Mapping[str, Entry]) -> dict[str, list[str]]:
    """For each id the ids of records that refer to it, in the order of ids."""
    naming: dict[str, list[str]] = {}
    for key, entry in by_id.items():
        if entry.traits.near != "[]":
            for other in json.loads(entry.traits.near):
                if other in by_id and other != key:
                    naming.setdefault(other, []).append(key)
    return naming


def _links(entry: Entry, by_id: Mapping[str, Entry]) -> Iterator[Link]:
    for reference in entry.references:
        target = by_id.get(fold(reference.value)) if reference.kind in KINDS else None
        if target and target.kind == reference.kind and target is not entry:
            yield Link(entry, target, reference.path)
