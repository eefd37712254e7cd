"""An index from nothing: every file of it, from records in any order."""

from __future__ import annotations

import shutil
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from qloop.publish.search import cards, chunks, head, postings
from qloop.publish.search.cards import Card
from qloop.publish.search.chunks import Entry
from qloop.publish.search.places import words
from qloop.publish.search.record import SearchRecord
from qloop.publish.search.shape import Shape, shape_of, twins

PLACES = 8
"""More than there are places: a record and its place are one integer while postings are collected."""


class Collector:
    """Takes records one at a time; which files it makes does not depend on their order."""

    def __init__(self) -> None:
        self.cards: list[Card] = []
        self.lengths = bytearray()
        self.postings: dict[str, array[int]] = defaultdict(lambda: array("I"))
        self.kinds: Counter[str] = Counter()
        self.version = self.length = 0

    def add(self, record: SearchRecord) -> None:
        known, number = words(record), len(self.cards)
        self.cards.append(cards.card(record))
        self.lengths.append(known.length_class())
        for token, place in known.places.items():
            self.postings[token].append(number * PLACES + place)
        self.kinds[record.kind] += 1
        self.version += record.digest
        self.length += known.length

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Every file of the index with its name relative to the index folder; what was collected is used up.

        Raises ValueError when two records share kind and id.
        """
        shape = shape_of(len(self.cards), self.kinds)
        numbers, card_files = self._numbered(shape)
        yield from ((name, cards.encode(known)) for name, known in card_files.items())
        starts = []
        for chunk in chunks.cut(self._entries(numbers, shape.hash_bits), shape.chunk_bytes):
            starts.append(chunk[0][0])
            yield chunks.file_name(chunk[0][0]), chunks.encode(chunk)
        kinds = {kind: self.kinds[kind] for kind in sorted(self.kinds)}
        yield head.FILE, head.Head(kinds, self.version % (1 << 64), self.length, tuple(starts)).encode()

    def _numbered(self, shape: Shape) -> tuple[list[int], dict[str, dict[int, Card]]]:
        """The number of each record in the index, and the card files."""
        names = [f"{card[1]}/{card[0]}" for card in self.cards]
        order = twins(names, shape)
        # a file without cards is written too: an update must know a missing one from an empty one
        found: dict[str, dict[int, Card]] = {cards.file_name(i, shape): {} for i in range(shape.card_files)}
        numbers = []
        for name, card, length in zip(names, self.cards, self.lengths, strict=True):
            home = shape.home(name)
            numbers.append(shape.number(home, order[name], str(card[1]), length))
            found[cards.file_name(home, shape)][numbers[-1]] = card
        return numbers, found

    def _entries(self, numbers: list[int], hash_bits: int) -> list[Entry]:
        """Tokens in the order of their bytes."""
        entries = []
        for token in sorted(self.postings):  # by code points, which is the order of UTF-8
            groups: dict[int, list[int]] = {}
            for one in self.postings.pop(token):
                groups.setdefault(one % PLACES, []).append(numbers[one // PLACES])
            for group in groups.values():
                group.sort()
            entries.append((token.encode(), postings.encode(groups, hash_bits)))
        return entries


def index_files(records: Iterable[SearchRecord]) -> Iterator[tuple[str, bytes]]:
    """Every file of an index of ``records``; see ``Collector.files``."""
    collector = Collector()
    for record in records:
        collector.add(record)
    yield from collector.files()


def build_index(records: Iterable[SearchRecord], out: Path) -> None:
    """Write the index of the records into `out`, replacing what was there."""
    stage = out.with_name(f"{out.name}.new")
    shutil.rmtree(stage, ignore_errors=True)
    for folder in ("cards", "terms"):
        (stage / folder).mkdir(parents=True)
    for name, data in index_files(records):
        (stage / name).write_bytes(data)
    shutil.rmtree(out, ignore_errors=True)
    stage.rename(out)
