"""What a record is related to, in both directions: links stored in its file, and those that others store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from qloop.archive import Archive, Link
from qloop.read.entry import Entry
from qloop.records.ids import fold
from qloop.records.kinds import KINDS
from qloop.records.review import ReviewRecord
from qloop.records.sop import SopRecord

SAID_TWICE = {
    "in.change.issues": "out.issue.changes", "in.issue.changes": "out.change.issues",
    "in.faq.issues": "out.issue.faqs", "in.issue.faqs": "out.faq.issues",
    "in.issue.related": "out.issue.related", "in.change.sops": "out.sop.revisions",
    "in.issue.sops": "out.sop.checkpoints",
}  # fmt: skip
"""Both files may store one relation: the other's side says nothing new where ours is there."""


@dataclass(frozen=True, slots=True)
class How:
    """One way in which a record is related: ``key`` such as ``in.sop.checkpoints`` (direction, the kind in
    whose file the link stands, field); ``detail`` names the place inside (checkpoint, revision,
    action), or ""."""

    key: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Relation:
    entry: Entry
    hows: tuple[How, ...]


def related(archive: Archive, entry: Entry) -> dict[str, tuple[Relation, ...]]:
    """Relations by kind, kinds in their fixed order, each other record once with every way it is related."""
    hows: dict[str, dict[How, None]] = defaultdict(dict)
    for other, how in _ways(archive, entry):
        hows[fold(other.id)][how] = None
    found = [Relation(archive.by_id[id], _told_once(ways)) for id, ways in sorted(hows.items())]
    grouped = {kind: tuple(r for r in found if r.entry.kind == kind) for kind in KINDS}
    return {kind: relations for kind, relations in grouped.items() if relations}


def _told_once(ways: Collection[How]) -> tuple[How, ...]:
    keys = {how.key for how in ways}
    return tuple(how for how in ways if SAID_TWICE.get(how.key) not in keys)


def _ways(archive: Archive, entry: Entry) -> Iterator[tuple[Entry, How]]:
    key = fold(entry.id)
    for link in archive.links.get(key, ()):
        yield link.target, How(f"out.{entry.kind}.{link.field}", detail(link))
    for link in archive.backlinks.get(key, ()):
        yield link.source, How(f"in.{link.source.kind}.{link.field}", detail(link))


def detail(link: Link) -> str:
    """The part of the source's record in which the link stands: ``CP1``, revision ``3``, action ``A1``."""
    record, field = link.source.record, link.field
    index = link.path[1] if len(link.path) > 1 else None
    if not isinstance(index, int):
        return ""
    if isinstance(record, SopRecord) and field == "checkpoints":
        return record.checkpoints[index].id
    if isinstance(record, SopRecord) and field == "revisions":
        return record.revisions[index].revision
    if isinstance(record, ReviewRecord) and field == "actions":
        return record.actions[index].id
    return ""


def sources(archive: Archive, entry: Entry, kind: str, field: str) -> tuple[Entry, ...]:
    """Records of ``kind`` whose ``field`` names ``entry``, each once, by id."""
    links = archive.backlinks.get(fold(entry.id), ())
    found = {fold(x.source.id): x.source for x in links if x.source.kind == kind and x.field == field}
    return tuple(found[id] for id in sorted(found))
