"""How an index of so many records is laid out, and which number a record has in it: pure functions of the records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from qloop.publish.search.places import LENGTH_CLASSES
from qloop.publish.search.record import short_hash

SPARE_BITS = 8
"""A new record meets the number of another one with a chance of one in 256 at most; see update.py."""
CHUNK_BYTES = 4096
CARDS_A_FILE = 8
"""At most, on average: twelve results are twelve small requests."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What follows from the number of records rounded up to a power of two, and from the kinds there are."""

    bits: int
    kinds: tuple[str, ...]

    @property
    def hash_bits(self) -> int:
        return self.bits + SPARE_BITS

    @property
    def card_files(self) -> int:
        return max(1, (1 << self.bits) // CARDS_A_FILE)

    @property
    def chunk_bytes(self) -> int:
        """The usual size of a term file; it grows with the root of the records, as does the list of term files."""
        return CHUNK_BYTES << max(0, self.bits - 14) // 2

    def home(self, name: str) -> int:
        """The number that a record has but for its kind, its length, and twins with the same home."""
        return short_hash(name) % (1 << self.hash_bits)

    def number(self, home: int, twin: int, kind: str, length_class: int) -> int:
        """A document's number: which of its twins, kind, length, home from the highest digit to the lowest."""
        group = (twin * len(self.kinds) + self.kinds.index(kind)) * LENGTH_CLASSES + length_class
        return group << self.hash_bits | home

    def twin_of(self, number: int) -> int:
        return number // ((len(self.kinds) * LENGTH_CLASSES) << self.hash_bits)

    def home_of(self, number: int) -> int:
        return number % (1 << self.hash_bits)


def shape_of(count: int, kinds: Iterable[str]) -> Shape:
    return Shape(max(0, count - 1).bit_length(), tuple(sorted(kinds)))


def twins(names: Iterable[str], shape: Shape) -> dict[str, int]:
    """By name, which one of the records with the same home a record is, in the order of names: nearly always 0.

    Raises ValueError when two records have one name.
    """
    homes: dict[int, list[str]] = defaultdict(list)
    for name in names:
        homes[shape.home(name)].append(name)
    found = {name: i for names in homes.values() for i, name in enumerate(sorted(names))}
    if len(found) != sum(map(len, homes.values())):
        raise ValueError("two search records have the same kind and id")
    return found
