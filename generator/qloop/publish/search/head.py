"""`index.json`: what must be known before a token can be looked up."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from zlib import crc32

from qloop.publish.search.record import SearchRecord
from qloop.publish.search.rice import Damaged
from qloop.publish.search.shape import Shape, shape_of

FILE = "index.json"
FORMAT = 1  # raise it when files change for equal records


@dataclass(frozen=True, slots=True)
class Head:
    """Records by kind, the sum of their digests modulo 2^64, of their lengths, and each term file's first token."""

    kinds: dict[str, int] = field(default_factory=dict)
    version: int = 0
    length: int = 0
    chunks: tuple[bytes, ...] = ()

    @property
    def shape(self) -> Shape:
        return shape_of(sum(self.kinds.values()), self.kinds)

    def changed(self, gone: Iterable[SearchRecord], come: Iterable[SearchRecord], length: int) -> Head:
        """The head after some records have gone and others have come, together longer by ``length``."""
        kinds, version = Counter(self.kinds), self.version
        for sign, records in ((-1, gone), (1, come)):
            for record in records:
                kinds[record.kind] += sign
                version += sign * record.digest
        left = {kind: kinds[kind] for kind in sorted(kinds) if kinds[kind]}
        return replace(self, kinds=left, version=version % (1 << 64), length=self.length + length)

    def encode(self) -> bytes:
        """JSON with the numbers a reader needs (see theme/assets/search-index.js), and a checksum of the rest."""
        facts = {
            "version": f"{FORMAT}.{self.version:016x}", "kinds": self.kinds, "length": self.length,
            "hash_bits": self.shape.hash_bits, "card_files": self.shape.card_files,
            "chunks": [token.decode() for token in self.chunks],
        }  # fmt: skip
        return _json(facts | {"check": crc32(_json(facts))})


def decode(data: bytes | None) -> Head:
    """The head of a published index. Raises Damaged: missing, damaged, of another format."""
    try:
        known = json.loads(data or b"")
        chunks = tuple(token.encode() for token in known["chunks"])
        head = Head(known["kinds"], int(known["version"].split(".")[1], 16), known["length"], chunks)
        whole = head.encode() == data
    except (ValueError, TypeError, LookupError, AttributeError):
        raise Damaged from None
    if not whole:
        raise Damaged
    return head


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
