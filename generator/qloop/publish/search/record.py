"""What the search box can find: one value for each page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from hashlib import blake2b


@dataclass(frozen=True)
class SearchRecord:
    """One findable page; `url` is relative to the site's root, `filters` may name kind-specific facets.

    No two records share both kind and id.
    """

    id: str
    kind: str
    url: str
    title: str
    text: str
    language: str = "zh"
    aliases: tuple[str, ...] = ()
    status: str = ""
    filters: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> str:
        known = {field.name: getattr(self, field.name) for field in fields(self)}
        return json.dumps(known | {"filters": dict(self.filters)}, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> SearchRecord:
        known = json.loads(text)
        return cls(**(known | {"aliases": tuple(known["aliases"])}))

    @property
    def name(self) -> str:
        """Kind and id: what an edit of the record does not change."""
        return f"{self.kind}/{self.id}"

    @cached_property
    def digest(self) -> int:
        """64 bits of everything that the record says."""
        return short_hash(json.dumps([
            self.id, self.kind, self.url, self.title, self.text, self.language, self.aliases, self.status,
            sorted(self.filters.items()),
        ]))  # fmt: skip


def short_hash(text: str) -> int:
    """64 bits of a text."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")
