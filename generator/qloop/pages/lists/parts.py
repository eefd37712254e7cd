"""How a long list is cut into pages, and the links to them.

Which part a record is on depends on the record alone (its month, its area, its category), never on its number in
the list: one more record changes one part. A part that is itself too long is cut once more, by day or the like.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from qloop.derive.periods import month_of
from qloop.pages.lists.rows import issue_rows, shown
from qloop.pages.shared import once
from qloop.pages.site import Site
from qloop.pages.urls import slug
from qloop.records.kinds import KINDS

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


CUTTINGS = {
    "issue": Cutting(
        "issues/part",
        lambda r: month_of(r.record.opened),
        lambda r: r.record.opened.isoformat(),
        first=shown,
    ),
    "change": Cutting(
        "changes/part", lambda r: month_of(r.record.requested), lambda r: r.record.requested.isoformat()
    ),
    "sop": Cutting(
        "sop/part", lambda r: r.id.split("-")[1].upper(), lambda r: r.id.upper().removeprefix("SOP-")[:-2]
    ),
    "faq": Cutting(
        "faq/part",
        lambda r: r.record.category or "",
        lambda r: f"{r.record.category or 'none'}-{month_of(r.record.review_due)}",
        lambda site, key: site.archive.settings.category_label(key),
    ),
    "review": Cutting(
        "reviews/part",
        lambda r: f"{r.record.period.from_.year:04}",
        lambda r: month_of(r.record.period.from_),
    ),
}
"""How the lists of each kind are cut."""


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


def grouped(rows: Iterable[Any], of: Callable[[Any], str]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for row in rows:
        found.setdefault(of(row), []).append(row)
    return found


def rows_of(site: Site, kind: str) -> tuple[Any, ...]:
    """Every record of a kind in the order of its list; issues as IssueRow."""
    return issue_rows(site) if kind == "issue" else once(site, f"rows {kind}", lambda: _sorted(site, kind))


def _sorted(site: Site, kind: str) -> tuple[Any, ...]:
    keys: dict[str, Callable[[Any], Any]] = {
        "change": lambda e: (e.record.requested, e.id),
        "sop": lambda e: e.id,
        "faq": lambda e: (e.record.category or "", e.id),
        "review": lambda e: (e.record.period.from_, e.id),
    }
    return tuple(sorted(site.archive.of_kind(kind), key=keys[kind], reverse=kind in ("change", "review")))


def is_complete(site: Site, kind: str) -> bool:
    """Whether the kind's index holds every record, so that a link to it with a filter tells the truth."""
    count = once(site, "counts", lambda: Counter(e.kind for e in site.archive.entries))
    return count[kind] <= MOST_ROWS


def elsewhere(site: Site, kind: str, rows: Sequence[Any], key: str, value: str) -> tuple[Link, ...]:
    """Where all of ``rows`` stand, which are the ones whose column ``key`` has ``value``: the index, or its parts."""
    if is_complete(site, kind):
        uri = f"{KINDS[kind].section}/index.md"
        return (Link(site.texts("indexes.whole-list"), len(rows), filtered(uri, key, value)),)
    cutting = CUTTINGS[kind]
    long = once(site, f"long {kind}", lambda: too_long(rows_of(site, kind), cutting))
    return by_part(site, rows, cutting, long, key, value)


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


def cut(site: Site, kind: str, rows: Sequence[Any], most: int, key: str, value: str) -> Cut:
    """The first ``most`` records of a kind that have ``value``, with links to where all of them stand."""
    rest = elsewhere(site, kind, rows, key, value) if len(rows) > most else ()
    return Cut(tuple(rows[:most]), len(rows), rest)
