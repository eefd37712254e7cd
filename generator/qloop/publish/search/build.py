"""An index from nothing: every file of it, from records in any order."""

from __future__ import annotations

import shutil
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from qloop.publish.search import cards, chunks, head, postings
from qloop.publish.search.cards import Card
from qloop.publish.search.chunks import Entry
from qloop.publish.search.places import words
from qloop.publish.search.record import SearchRecord
from qloop.publish.search.shape import shape_of, twins

PLACES = 8
"""More than there are places: a document and its place are one integer while postings are collected."""


def index_files(records: Iterable[SearchRecord]) -> Iterator[tuple[str, bytes]]:
    """Every file of the index with its name relative to the index folder; equal records give equal files.

    Raises ValueError when two records share kind and id.
    """
    everything = sorted(records, key=lambda record: record.name)
    shape = shape_of(len(everything), {record.kind for record in everything})
    order = twins(everything, shape)
    found: dict[str, array[int]] = defaultdict(lambda: array("Q"))
    files: dict[str, dict[int, Card]] = {cards.file_name(i, shape): {} for i in range(shape.card_files)}
    length = 0
    for record in everything:
        home, known = shape.home(record.name), words(record)
        number = shape.number(home, order[record.name], record.kind, known.length_class())
        files[cards.file_name(home, shape)][number] = cards.card(record)
        for token, place in known.places.items():
            found[token].append(number * PLACES + place)
        length += known.length
    yield from ((name, cards.encode(files[name])) for name in sorted(files))
    starts = []
    for chunk in chunks.cut(_entries(found, shape.hash_bits), shape.chunk_bytes):
        starts.append(chunk[0][0])
        yield chunks.file_name(chunk[0][0]), chunks.encode(chunk)
    yield head.FILE, replace(head.Head().changed((), everything, length), chunks=tuple(starts)).encode()


def _entries(found: dict[str, array[int]], hash_bits: int) -> list[Entry]:
    """Tokens in the order of their bytes; what was collected for them is given up on the way."""
    entries = []
    for token in sorted(found):  # by code points, which is the order of UTF-8
        together = sorted(found.pop(token))
        data = postings.encode((divmod(one, PLACES) for one in together), hash_bits)
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
