"""An index from nothing: every file of it, from records in any order."""

from __future__ import annotations

import shutil
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from qloop.publish.search import cards, chunks, head, postings
from qloop.publish.search.cards import Card
from qloop.publish.search.chunks import Entry
from qloop.publish.search.places import words
from qloop.publish.search.record import SearchRecord
from qloop.publish.search.shape import Shape, shape_of, twins

PLACES = 8
"""More than there are places: a document and its place are one integer while postings are collected."""


@dataclass(slots=True)
class Collected:
    """What records say, before it is cut into files: cards by file, postings by token, tokens in all."""

    cards: dict[str, dict[int, Card]]
    postings: dict[str, array[int]] = field(default_factory=lambda: defaultdict(lambda: array("Q")))
    length: int = 0


def index_files(records: Iterable[SearchRecord]) -> Iterator[tuple[str, bytes]]:
    """Every file of the index with its name relative to the index folder; equal records give equal files.

    Raises ValueError when two records share kind and id.
    """
    everything = sorted(records, key=lambda record: record.name)
    shape = shape_of(len(everything), {record.kind for record in everything})
    found = _collect(everything, shape)
    yield from ((name, cards.encode(known)) for name, known in found.cards.items())
    starts = []
    for chunk in chunks.cut(_entries(found.postings, shape), shape.chunk_bytes):
        starts.append(chunk[0][0])
        yield chunks.file_name(chunk[0][0]), chunks.encode(chunk)
    known = head.Head().changed((), everything, found.length)
    yield head.FILE, replace(known, chunks=tuple(starts)).encode()


def _collect(records: list[SearchRecord], shape: Shape) -> Collected:
    order = twins(records, shape)
    # a file without cards is written too: an update must know a missing one from an empty one
    found = Collected({cards.file_name(i, shape): {} for i in range(shape.card_files)})
    for record in records:
        home, known = shape.home(record.name), words(record)
        number = shape.number(home, order[record.name], record.kind, known.length_class())
        found.cards[cards.file_name(home, shape)][number] = cards.card(record)
        for token, place in known.places.items():
            found.postings[token].append(number * PLACES + place)
        found.length += known.length
    return found


def _entries(postings_of: dict[str, array[int]], shape: Shape) -> list[Entry]:
    """Tokens in the order of their bytes; what was collected for them is given up on the way."""
    entries = []
    for token in sorted(postings_of):  # by code points, which is the order of UTF-8
        together = sorted(postings_of.pop(token))
        data = postings.encode((divmod(one, PLACES) for one in together), shape.hash_bits)
        entries.append((token.encode(), data))
    return entries


def build_index(records: Iterable[SearchRecord], out: Path, previous: Path | None = None) -> None:
    """Write the index of the records into `out`, replacing what was there; `previous` is not needed any more."""
    stage = out.with_name(f"{out.name}.new")
    shutil.rmtree(stage, ignore_errors=True)
    for folder in ("cards", "terms"):
        (stage / folder).mkdir(parents=True)
    for name, data in index_files(records):
        (stage / name).write_bytes(data)
    shutil.rmtree(out, ignore_errors=True)
    stage.rename(out)
