"""The term files of a published index after some tokens have moved in some documents."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Mapping

from qloop.publish.search import chunks, postings
from qloop.publish.search.chunks import Entry
from qloop.publish.search.head import Head
from qloop.publish.search.rice import Damaged

Places = dict[int, tuple[int | None, int | None]]
"""By document, the place of a token before and after, None for absent."""
Moves = dict[bytes, Places]
"""By token."""


def edit(
    old: Callable[[str], bytes | None], head: Head, moves: Moves
) -> tuple[tuple[bytes, ...], dict[str, bytes], tuple[str, ...]]:
    """The first tokens of all chunks, the files of those that were cut anew, the names of files that are gone.

    Raises Damaged when a file is missing, or does not say what a move says of the time before.
    """
    fresh = _fresh(old, head, _by_chunk(head.chunks, moves))
    cut = [chunk for found in fresh.values() for chunk in found]
    files = {chunks.file_name(chunk[0][0]): chunks.encode(chunk) for chunk in cut}
    starts = {i: [start] for i, start in enumerate(head.chunks)}
    starts |= {i: [chunk[0][0] for chunk in found] for i, found in fresh.items()}
    replaced = (chunks.file_name(head.chunks[i]) for i in fresh if i < len(head.chunks))
    ordered = tuple(token for _, tokens in sorted(starts.items()) for token in tokens)
    return ordered, files, tuple(sorted(name for name in replaced if name not in files))


def _by_chunk(starts: tuple[bytes, ...], moves: Moves) -> dict[int, Moves]:
    """What really moves, by the number of the chunk in which the token stands or would stand."""
    found: dict[int, Moves] = defaultdict(dict)
    for token, places in moves.items():
        moved = {document: pair for document, pair in places.items() if pair[0] != pair[1]}
        if moved:
            found[max(0, bisect_right(starts, token) - 1)][token] = moved
    return found


def _fresh(
    old: Callable[[str], bytes | None], head: Head, moves: Mapping[int, Moves]
) -> dict[int, list[list[Entry]]]:
    """For each chunk that changes what takes its place: from the last to the first, since what no longer begins
    a chunk goes to the end of the one before."""
    found: dict[int, list[list[Entry]]] = {}
    rest: list[Entry] = []
    todo = set(moves)
    while todo:
        i = max(todo)
        todo.remove(i)
        entries = _edited(_read(old, head.chunks, i), moves.get(i, {}), head.shape.hash_bits) + rest
        if i and not (entries and chunks.begins(entries[0], head.shape.chunk_bytes)):
            found[i], rest = [], entries
            todo.add(i - 1)
        else:
            found[i], rest = list(chunks.cut(entries, head.shape.chunk_bytes)), []
    return found


def _read(old: Callable[[str], bytes | None], starts: tuple[bytes, ...], i: int) -> list[Entry]:
    if not starts:
        return []
    entries = chunks.decode(old(chunks.file_name(starts[i])))
    if not entries or entries[0][0] != starts[i]:
        raise Damaged
    return entries


def _edited(entries: list[Entry], moves: Moves, hash_bits: int) -> list[Entry]:
    known = dict(entries)
    for token, places in moves.items():
        known[token] = postings.edited(known.get(token, b""), places, hash_bits)
    return sorted((token, data) for token, data in known.items() if data)
