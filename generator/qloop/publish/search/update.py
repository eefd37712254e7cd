"""The published index after some records have changed, without reading the rest of it.

What comes out is what an index from nothing would be, byte for byte, or nothing: then the caller builds one. Nothing
comes out when the layout changes (the records pass a power of two, the first of a kind comes, the last one goes),
when a record comes or goes that shares its home with another one, and when a file is missing or says something else
than it should.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from qloop.publish.search import head
from qloop.publish.search.edit_cards import CardTable
from qloop.publish.search.edit_chunks import Moves, edit
from qloop.publish.search.places import Words, words
from qloop.publish.search.record import SearchRecord
from qloop.publish.search.rice import Damaged

Old = Callable[[str], bytes | None]
Change = tuple[SearchRecord | None, SearchRecord | None]


@dataclass(frozen=True, slots=True)
class Patch:
    """Files of an index to write, by name relative to its folder, and files to delete."""

    files: Mapping[str, bytes]
    deleted: tuple[str, ...]


def update(old: Old, changes: Iterable[Change]) -> Patch | None:
    """What to write over a published index so that it is the one of the records after the changes.

    `old` reads a file of it, None when it is missing; all its files must be of one build. A change is a record before
    and after, None for absent; each record stands in one change at most. None: build the index anew.
    """
    try:
        return _update(old, [pair for pair in changes if pair[0] != pair[1]])
    except Damaged:
        return None


def _update(old: Old, changes: list[Change]) -> Patch:
    before = head.decode(old(head.FILE))
    gone = [(record, words(record)) for record, _ in changes if record]
    come = [(record, words(record)) for _, record in changes if record]
    longer = sum(known.length for _, known in come) - sum(known.length for _, known in gone)
    after = before.changed((record for record, _ in gone), (record for record, _ in come), longer)
    if after.shape != before.shape:
        raise Damaged
    table = CardTable(old, before.shape)
    moves = _moves(table, gone, come)
    starts, files, deleted = edit(old, before, moves)
    files |= table.files() | {head.FILE: replace(after, chunks=starts).encode()}
    return Patch({name: data for name, data in files.items() if old(name) != data}, deleted)


def _moves(
    table: CardTable, gone: list[tuple[SearchRecord, Words]], come: list[tuple[SearchRecord, Words]]
) -> Moves:
    """Swap the cards; by token and document, the place before and after."""
    moves: Moves = defaultdict(dict)
    staying = {record.name for record, _ in come}
    for record, known in gone:
        number = table.take(record, record.name in staying)
        for token, place in known.places.items():
            moves[token.encode()][number] = place, None
    for record, known in come:
        number = table.put(record, known.length_class())
        for token, place in known.places.items():
            was = moves[token.encode()].get(number, (None, None))[0]
            moves[token.encode()][number] = was, place
    return moves
