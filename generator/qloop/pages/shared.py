"""What several makers need of an archive, computed once a site."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar, cast

from qloop.derive.actions import ActionItem, unfinished
from qloop.derive.flow import Life
from qloop.derive.involved import Involved, involved
from qloop.derive.trends import lives_of
from qloop.pages.site import Site
from qloop.read.entry import Entry
from qloop.records.issue import IssueRecord

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Ref:
    """A record that another one names; ``title`` and ``uri`` are "" where it is missing."""

    id: str
    title: str = ""
    uri: str = ""


def once(site: Site, name: str, compute: Callable[[], T]) -> T:
    """What ``compute`` gave when ``name`` was asked for first."""
    if name not in site.memo:
        site.memo[name] = compute()
    return cast(T, site.memo[name])


def issues(site: Site) -> tuple[tuple[Entry, IssueRecord], ...]:
    """Every issue with its record, by id."""
    return once(
        site,
        "issues",
        lambda: tuple((e, e.record) for e in site.archive.entries if isinstance(e.record, IssueRecord)),
    )


def lives(site: Site) -> tuple[Life, ...]:
    """The lives of ``issues``, in the same order."""
    return once(site, "lives", lambda: lives_of(site.archive, site.today, site.history))


def waiting(site: Site) -> tuple[ActionItem, ...]:
    """Unfinished measures, the most urgent date first."""
    return once(site, "waiting", lambda: unfinished(site.archive, site.today))


def involved_in(site: Site, kind: str) -> Mapping[str, Involved]:
    """Records by ``product`` or by ``factory``."""
    return once(site, "involved", lambda: involved(site.archive))[kind]


def ref(site: Site, id: str) -> Ref:
    entry = site.archive.get(id)
    return Ref(entry.id, entry.record.title, site.uri(entry)) if entry else Ref(id)


def refs(site: Site, ids: Iterable[str]) -> tuple[Ref, ...]:
    """The records of these ids, each once, for ``list.ids``."""
    return tuple(ref(site, id) for id in dict.fromkeys(ids))
