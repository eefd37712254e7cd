"""Find customer data in text: order numbers, phones, addresses and the rest of `registry.DETECTORS`."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from qloop.privacy.normalise import readings
from qloop.privacy.registry import DETECTORS, KINDS

__all__ = ["KINDS", "Match", "find"]


@dataclass(frozen=True)
class Match:
    """Where customer data stands; the matched text itself is never kept, so it cannot be printed by accident.

    kind is the rule id's second half (`privacy/<kind>`); start and end are offsets into the text given to
    `find`, in characters, end exclusive.
    """

    kind: str
    start: int
    end: int


def find(text: str) -> Iterator[Match]:
    """Yield the customer data in `text`, ordered by start and without overlaps; never raises.

    Where two detectors claim the same characters, the earlier one in the registry wins.
    """
    taken: list[Match] = []
    for reading in readings(text):
        for kind, detector in DETECTORS:
            for start, end in detector(reading):
                _take(taken, Match(kind, *reading.origin(start, end)))
    yield from taken


def _take(taken: list[Match], found: Match) -> None:
    """Insert a match into the list ordered by start, unless its place is taken already."""
    at = bisect_left(taken, found.start, key=lambda match: match.start)
    free_before = at == 0 or taken[at - 1].end <= found.start
    free_after = at == len(taken) or found.end <= taken[at].start
    if free_before and free_after:
        taken.insert(at, found)
