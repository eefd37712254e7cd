"""How a long list is cut into pages, and the links to them.

Which part a record is on depends on the record alone (its month, its area, its category), never on its number in
the list: one more record changes one part. A part that is itself too long is cut once more, by day or the like.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from qloop.pages.site import Site
from qloop.pages.urls import slug

MOST_ROWS = 200
"""Rows of the first page of a list; what a phone still scrolls. Shorter lists have no parts."""
MOST_PART = 250
"""Rows of a part; a longer one is cut once more."""


@dataclass(frozen=True, slots=True)
class Link:
    """A page with some of the rows: their number there, and its address, with a filter where it has one."""

    label: str
    count: int
    uri: str


@dataclass(frozen=True, slots=True)
class Cut:
    """The first rows of a list of ``total``; ``rest`` leads to all of them where some are left out."""

    rows: tuple[Any, ...]
    total: int
    rest: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A page with the rows of one key; ``parts`` are the pages of a part that is cut once more."""

    key: str
    label: str
    uri: str
    rows: tuple[Any, ...]
    total: int
    parts: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Cutting:
    """``of`` gives the part of a row, ``finer`` the part within it; ``label`` names a part."""

    folder: str
    of: Callable[[Any], str]
    finer: Callable[[Any], str]
    label: Callable[[Site, str], str] = lambda _, key: key
    first: Callable[[Sequence[Any], int], tuple[Any, ...]] = lambda rows, most: tuple(rows[:most])

    def uri(self, key: str) -> str:
        return f"{self.folder}/{slug(key) if key else 'none'}.md"


def parts(site: Site, rows: Sequence[Any], cutting: Cutting) -> tuple[Part, ...]:
    """The pages of a list in the order of its rows, each followed by its own parts."""
    found: list[Part] = []
    for key, members in grouped(rows, cutting.of).items():
        label = cutting.label(site, key) or "-"
        if len(members) <= MOST_PART:
            found.append(Part(key, label, cutting.uri(key), tuple(members), len(members)))
            continue
        finer = [
            Part(name, name, cutting.uri(name), tuple(rows), len(rows))
            for name, rows in grouped(members, cutting.finer).items()
        ]
        first = cutting.first(members, MOST_ROWS)
        found += [Part(key, label, cutting.uri(key), first, len(members), links(finer)), *finer]
    return tuple(found)


def links(found: Iterable[Part]) -> tuple[Link, ...]:
    return tuple(Link(p.label, p.total, p.uri) for p in found)


def top_links(found: Sequence[Part]) -> tuple[Link, ...]:
    """Links to the parts that are no part of another one: together they hold every row once."""
    finer = {link.uri for part in found for link in part.parts}
    return links(p for p in found if p.uri not in finer)


def grouped(rows: Iterable[Any], of: Callable[[Any], str]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for row in rows:
        found.setdefault(of(row), []).append(row)
    return found


def too_long(rows: Sequence[Any], cutting: Cutting) -> frozenset[str]:
    """The parts that are cut once more: a filter on their first page would not tell the truth."""
    return frozenset(k for k, members in grouped(rows, cutting.of).items() if len(members) > MOST_PART)


def by_part(
    site: Site, rows: Sequence[Any], cutting: Cutting, long: frozenset[str], key: str, value: str
) -> tuple[Link, ...]:
    """Links to the parts that hold ``rows``, filtered by them where the part is whole."""
    return tuple(
        Link(
            cutting.label(site, part) or "-",
            len(members),
            cutting.uri(part) if part in long else filtered(cutting.uri(part), key, value),
        )
        for part, members in grouped(rows, cutting.of).items()
    )


def filtered(uri: str, key: str, value: str) -> str:
    """A page with its table filtered; a value that tables cannot tell (none, several words) is left out."""
    return f"{uri}?{key}={quote(value)}" if value and len(value.split()) == 1 else uri
