"""What is known of the batches that some records name: what went wrong in them, which fix they begin with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from qloop.derive.involved import Involved
from qloop.read.entry import Entry
from qloop.records.change import ChangeRecord
from qloop.records.issue import IssueRecord


@dataclass(frozen=True, slots=True)
class Batch:
    """One batch: issues found in it, records whose fix begins with it (cut-in), recent feedback cases."""

    name: str
    issues: tuple[Entry, ...]
    fixes: tuple[Entry, ...]
    cases: int


def batches(involved: Involved, cases: Mapping[str, int]) -> tuple[Batch, ...]:
    """Every batch named by the issues, changes or recent feedback of a product, by name."""
    found: dict[str, tuple[dict[str, Entry], dict[str, Entry]]] = {name: ({}, {}) for name in cases}
    for place, name, entry in _named([*involved.issues, *involved.changes]):
        found.setdefault(name, ({}, {}))[place][entry.id] = entry
    return tuple(
        Batch(name, tuple(issues.values()), tuple(fixes.values()), cases.get(name, 0))
        for name, (issues, fixes) in sorted(found.items())
    )


def _named(entries: Iterable[Entry]) -> Iterator[tuple[int, str, Entry]]:
    """(0 found in it / 1 the fix begins with it, batch, record)."""
    for entry in entries:
        record = entry.record
        if isinstance(record, IssueRecord):
            yield from ((0, name, entry) for name in record.batches)
            if record.verification and record.verification.cut_in and not record.changes:
                yield 1, record.verification.cut_in.batch, entry
        elif isinstance(record, ChangeRecord) and record.cut_in:
            yield 1, record.cut_in.batch, entry
