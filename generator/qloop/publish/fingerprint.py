"""A digest of plain values: what a page about many records is given."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import hashlib
import json
from collections.abc import Mapping

from pydantic import BaseModel

from qloop.read.entry import Entry


class Fingerprints:
    """Digests of values, each of the shared ones computed once.

    Values are texts, numbers, days, tuples, mappings by text, frozen dataclasses, entries (by their facts) and
    parts of records; TypeError for anything else, since its change would not be seen.
    """

    def __init__(self) -> None:
        self.kept: dict[int, tuple[object, object]] = {}
        self.encoder = json.JSONEncoder(
            default=self._plain, ensure_ascii=False, check_circular=False, separators=(",", ":")
        )

    def of(self, *values: object) -> str:
        """A digest of the values."""
        text = self.encoder.encode(values)
        return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()

    def _plain(self, value: object) -> object:
        """What JSON has no word for. Rows and entries stand on several pages: each is taken apart once."""
        found = self.kept.get(id(value))
        if found is None:
            found = self.kept[id(value)] = value, _apart(value)  # kept alive: its id is not reused
        return found[1]


def _apart(value: object) -> object:
    if isinstance(value, dt.date | dt.datetime):
        return f"day {value.isoformat()}"
    if isinstance(value, frozenset):
        return {"set": sorted(value)}
    if isinstance(value, Mapping):
        return {"pairs": list(value.items())}
    if isinstance(value, Entry):
        return f"entry {value.path} {value.id} {value.facts}"
    if isinstance(value, BaseModel):
        return {type(value).__name__: value.model_dump_json()}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        parts = [getattr(value, name) for name in _names(type(value))]
        # a row has its entry and, at hand, the entry's record: the entry's facts say it already
        said = {id(part.record) for part in parts if isinstance(part, Entry)}
        return {type(value).__name__: [part for part in parts if id(part) not in said] if said else parts}
    raise TypeError(f"no fingerprint of {type(value).__name__}")


@functools.cache
def _names(kind: type) -> tuple[str, ...]:
    """The fields to look at: all of them, or those in ``decided_by`` where the others follow from these."""
    found: tuple[str, ...] = getattr(kind, "decided_by", ())
    return found or tuple(field.name for field in dataclasses.fields(kind))
