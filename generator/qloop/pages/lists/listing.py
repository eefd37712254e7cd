"""The list of each kind of record: its order, how it is cut, and where given records of it stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from qloop.derive.periods import month_of
from qloop.pages.lists.parts import MOST_ROWS, Cut, Cutting, Link, by_part, filtered, too_long
from qloop.pages.lists.rows import issue_rows, shown
from qloop.pages.shared import once
from qloop.pages.site import Site
from qloop.records.kinds import KINDS

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


def cut(site: Site, kind: str, rows: Sequence[Any], most: int, key: str, value: str) -> Cut:
    """The first ``most`` records of a kind that have ``value``, with links to where all of them stand."""
    rest = elsewhere(site, kind, rows, key, value) if len(rows) > most else ()
    return Cut(tuple(rows[:most]), len(rows), rest)
