"""A digest of plain values: what a page about many records is given."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping

from pydantic import BaseModel

from qloop.read.entry import Entry


class Fingerprints:
    """Digests of values, each of the shared ones computed once.

    Values are texts, numbers, days, tuples, mappings, frozen dataclasses, entries (by their facts) and parts
    of records; TypeError for anything else, since its change would not be seen.
    """

    def __init__(self) -> None:
        self.kept: dict[int, tuple[object, str]] = {}

    def of(self, *values: object) -> str:
        """A digest of the values."""
        digest = hashlib.blake2b(digest_size=16)
        for part in self._parts(values):
            digest.update(part.encode("utf-8", "surrogatepass"))
            digest.update(b"\0")
        return digest.hexdigest()

    def _parts(self, value: object) -> Iterator[str]:
        if value is None or isinstance(value, str | int | float):
            yield f"{type(value).__name__}:{value}"
        elif isinstance(value, tuple | list | frozenset):
            items = sorted(value) if isinstance(value, frozenset) else value
            yield f"({len(value)}"
            for item in items:
                yield from self._parts(item)
        elif isinstance(value, Mapping):
            yield f"{{{len(value)}"
            for pair in value.items():
                yield from self._parts(pair)
        elif isinstance(value, dt.date | dt.datetime):
            yield value.isoformat()
        else:
            yield self._once(value)

    def _once(self, value: object) -> str:
        """Rows and entries stand on several pages."""
        found = self.kept.get(id(value))
        if found is None:
            found = self.kept[id(value)] = value, self._compound(value)  # kept alive: its id is not reused
        return found[1]

    def _compound(self, value: object) -> str:
        if isinstance(value, Entry):
            return f"{value.path} {value.id} {value.facts}"
        if isinstance(value, BaseModel):
            return f"{type(value).__name__} {value.model_dump_json()}"
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            fields = [getattr(value, field.name) for field in dataclasses.fields(value)]
            own = [field.record for field in fields if isinstance(field, Entry)]
            # a row has its entry and, at hand, the entry's record: the entry's facts say it already
            return self.of(type(value).__name__, *(f for f in fields if not any(f is r for r in own)))
        raise TypeError(f"no fingerprint of {type(value).__name__}")
