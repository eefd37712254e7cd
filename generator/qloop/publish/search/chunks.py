"""The term files: all tokens in order of their UTF-8 bytes, cut into chunks of a few kB.

Where a chunk begins depends on the token there and on nothing before it: a token begins one when its hash is small
for the size of its entry. So an edit changes the chunks of its own tokens and leaves all others as they are, and the
cuts of an index say nothing about its history. A chunk's file bears its first token as its name.

An entry is the token and its postings, each with its number of bytes before it (see postings.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from zlib import crc32

from qloop.publish.search.postings import append_number, read_number
from qloop.publish.search.rice import Damaged

Entry = tuple[bytes, bytes]
"""A token in UTF-8 and its postings."""


def file_name(token: bytes) -> str:
    return f"terms/{token.hex()}.bin"


def begins(entry: Entry, chunk_bytes: int) -> bool:
    """Whether a chunk begins with this entry, wherever it stands."""
    token, postings = entry
    return crc32(token) % chunk_bytes < len(token) + len(postings) + 2


def cut(entries: list[Entry], chunk_bytes: int) -> Iterator[list[Entry]]:
    """The chunks of sorted entries; the very first entry begins one whatever it is."""
    starts = [i for i, entry in enumerate(entries) if not i or begins(entry, chunk_bytes)]
    for start, end in pairwise([*starts, len(entries)]):
        yield entries[start:end]


def encode(entries: Iterable[Entry]) -> bytes:
    out = bytearray()
    for part in (part for entry in entries for part in entry):
        append_number(out, len(part))
        out += part
    return seal(bytes(out))


def decode(data: bytes | None) -> list[Entry]:
    """The entries of a term file. Raises Damaged, also for a file that is missing."""
    body = unseal(data)
    parts = []
    position = 0
    while position < len(body):
        length, start = read_number(body, position)
        position = start + length
        parts.append(body[start:position])
    return list(zip(parts[::2], parts[1::2], strict=True))


def seal(body: bytes) -> bytes:
    """A file's bytes behind their checksum: an update must not build upon a damaged file."""
    return crc32(body).to_bytes(4, "little") + body


def unseal(data: bytes | None) -> bytes:
    """The bytes behind a checksum. Raises Damaged, also for a file that is missing."""
    if data is None or len(data) < 4 or crc32(data[4:]) != int.from_bytes(data[:4], "little"):
        raise Damaged
    return data[4:]
