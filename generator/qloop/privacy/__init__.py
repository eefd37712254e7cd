"""Find customer data in text: order numbers, phones, addresses and the rest of `registry.DETECTORS`."""

from __future__ import annotations

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
                found = Match(kind, *reading.origin(start, end))
                if not any(found.start < other.end and other.start < found.end for other in taken):
                    taken.append(found)
    yield from sorted(taken, key=lambda match: match.start)
