"""The archive: every record by id, what it links to, and what links to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from qloop.read.catalog import Catalog
from qloop.read.entry import Entry
from qloop.read.feedback import Feedback
from qloop.read.findings import KeyPath
from qloop.records.change import ChangeRecord
from qloop.records.faq import FaqRecord
from qloop.records.ids import fold
from qloop.records.issue import IssueRecord
from qloop.records.references import Reference
from qloop.records.review import ReviewRecord
from qloop.records.settings import Settings
from qloop.records.sop import SopRecord

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Link:
    """One reference from a record to another: stored once, in the file of ``source``."""

    source: Entry
    target: Entry
    path: KeyPath

    @property
    def field(self) -> str:
        """The field's name without positions: ``sops`` for ``sops[1].id``."""
        return str(self.path[0])


@dataclass(frozen=True)
class Archive:
    """What was read, joined; built by ``link.link``. Broken records are not in it.

    ``entries`` are sorted by id; the first of two records with one id is kept.
    """

    settings: Settings
    catalog: Catalog
    entries: tuple[Entry, ...]
    duplicates: tuple[tuple[Entry, Entry], ...]
    feedback: Feedback
    by_id: Mapping[str, Entry] = field(repr=False)
    references: Mapping[str, tuple[Reference, ...]] = field(repr=False)
    links: Mapping[str, tuple[Link, ...]] = field(repr=False)
    backlinks: Mapping[str, tuple[Link, ...]] = field(repr=False)
    naming: Mapping[str, Sequence[str]] = field(repr=False)
    """For each folded id the folded ids of the records that refer to it."""
    broken: tuple[str, ...] = ()
    """Paths of record files that could not be read (shown on the home page with --allow-errors)."""

    def get(self, id: str) -> Entry | None:
        return self.by_id.get(fold(id))

    def only(self, entries: Iterable[Entry], duplicates: Iterable[tuple[Entry, Entry]] = ()) -> Archive:
        """The same archive with eyes for some records: the others are known, but nobody goes through them."""
        return replace(self, entries=tuple(entries), duplicates=tuple(duplicates))

    def of_kind(self, kind: str) -> Iterator[Entry]:
        return (e for e in self.entries if e.kind == kind)

    # not kept: they would hold every record when the entries have given theirs up
    def _records(self, model: type[R]) -> tuple[R, ...]:
        return tuple(e.record for e in self.entries if isinstance(e.record, model))

    @property
    def issues(self) -> Sequence[IssueRecord]:
        return self._records(IssueRecord)

    @property
    def changes(self) -> Sequence[ChangeRecord]:
        return self._records(ChangeRecord)

    @property
    def sops(self) -> Sequence[SopRecord]:
        return self._records(SopRecord)

    @property
    def faqs(self) -> Sequence[FaqRecord]:
        return self._records(FaqRecord)

    @property
    def reviews(self) -> Sequence[ReviewRecord]:
        return self._records(ReviewRecord)
