"""The documents of one token as bytes, about a byte and a half each for a common token.

Documents stand in groups, one for each place (see places.py) that occurs:

- a byte: the place in the upper three bits, the number of documents in the lower five, 31 when it follows;
- that number, if so, and the first document;
- with more than one document: how many bits follow, and the bits, filled up to a byte (see rice.py).

Numbers are written seven bits a byte, lowest first, the high bit set on all bytes but the last.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from qloop.publish.search import rice
from qloop.publish.search.rice import Damaged, Run

MANY = 31


def encode(documents: Mapping[int, list[int]], hash_bits: int) -> bytes:
    """Documents' numbers, rising, by the place of the token in them; `hash_bits` as in the index's shape."""
    return _join({place: rice.run(numbers, hash_bits) for place, numbers in documents.items()})


def decode(data: bytes, hash_bits: int) -> dict[int, int]:
    """Place by document. Raises Damaged."""
    return {d: place for place, run in _groups(data) for d in rice.documents(run, hash_bits)}


def edited(data: bytes, changes: Mapping[int, tuple[int | None, int | None]], hash_bits: int) -> bytes:
    """Postings with the places of some documents changed from the first of a pair to the other one, None for absent.

    Raises Damaged when a document does not stand where it should.
    """
    groups = dict(_groups(data))
    by_place: dict[int, dict[int, bool]] = defaultdict(dict)
    for document, (before, after) in changes.items():
        if before is not None:
            by_place[before][document] = False
        if after is not None:
            by_place[after][document] = True
    for place, moves in by_place.items():
        groups[place] = rice.edited(groups.get(place, rice.EMPTY), moves, hash_bits)
    return _join(groups)


def append_number(out: bytearray, number: int) -> None:
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    out.append(number)


def read_number(data: bytes, position: int) -> tuple[int, int]:
    """The number at a position, and the position after it. Raises Damaged at the end of the bytes."""
    number = shift = 0
    try:
        while (byte := data[position]) > 127:
            number |= (byte & 127) << shift
            shift += 7
            position += 1
    except IndexError:
        raise Damaged from None
    return number | byte << shift, position + 1


def _join(groups: Mapping[int, Run]) -> bytes:
    out = bytearray()
    for place, run in sorted(groups.items()):
        if not run.count:
            continue
        out.append(place << 5 | min(run.count, MANY))
        if run.count >= MANY:
            append_number(out, run.count)
        append_number(out, run.first)
        if run.count > 1:
            append_number(out, len(run.bits))
            size = (len(run.bits) + 7) // 8
            out += int(run.bits.ljust(8 * size, "0"), 2).to_bytes(size, "big")
    return bytes(out)


def _groups(data: bytes) -> Iterator[tuple[int, Run]]:
    position = 0
    while position < len(data):
        place, count = data[position] >> 5, data[position] & MANY
        position += 1
        if count == MANY:
            count, position = read_number(data, position)
        first, position = read_number(data, position)
        bits = ""
        if count > 1:
            length, position = read_number(data, position)
            size = (length + 7) // 8
            bits = f"{int.from_bytes(data[position : position + size], 'big'):0{8 * size}b}"[:length]
            position += size
        yield place, Run(count, first, bits)
