"""New commits that may be joined to a known history, or the answer that only a whole reading is right.

``git log`` does not follow every parent: where a merge has the records of one parent, it follows that one alone
(the first such). A joined history is the whole one if the commits that git would follow from the new head
 (1) leave the new ones only to where the known history leads too, and leave nothing of it out, and
 (2) come in an order in which each is newer than every known commit that touched one of its files.
docs/decisions/history.md proves it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from qloop.derive import gitlog
from qloop.derive.gitcall import UnreadableError
from qloop.derive.gitlog import LoggedCommit
from qloop.derive.known import Known
from qloop.derive.position import Position

MOST = 500
"""New commits above which a whole reading is as fast."""
_MOST_ENTRIES = 8
Parents = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class News:
    """``log``: the commits since ``known`` that touched records, oldest first. ``straight``: whether the known
    head lies on the new head's main line (first parents)."""

    log: tuple[LoggedCommit, ...]
    straight: bool


def new_commits(root: Path, known: Known, here: Position) -> News | None:
    """What is new since ``known``; None: read everything."""
    try:
        listed = gitlog.whole_log(root, known.head, here.head)
    except UnreadableError:  # the remembered commit is gone
        return None
    log = [c for c in listed if c and c.commit not in here.cut]
    ancestor = any(known.head in c.parents for c in log)
    if len(log) < len(listed) or len(log) > MOST or not ancestor:
        return None
    merges = [c for c in log if len(c.parents) > 1]
    followed, changing = _followed(root, log, merges)
    reach = _reach(log, followed)
    walked = reach[here.head] | {here.head}
    anchors = _anchors(root, known, walked - reach.keys())
    shown = tuple(c for c in reversed(log) if c.commit in walked and (c.touches or c.commit in changing))
    if anchors is None or not _ordered(shown, known, reach, anchors, _lowest(log)):
        return None
    return News(shown, _straight(log, known.head, here.head))


def _straight(log: Sequence[LoggedCommit], start: str, head: str) -> bool:
    first = {c.commit: c.parents[0] for c in log if c.parents}
    while head in first:
        head = first[head]
    return head == start


def _followed(
    root: Path, log: Sequence[LoggedCommit], merges: Sequence[LoggedCommit]
) -> tuple[Parents, set[str]]:
    """The parents that git follows, and the merges that have the records of none of their parents."""
    parents = {c.commit: c.parents for c in log}
    pairs = [(c.commit, p) for c in merges for p in c.parents]
    same: dict[str, str] = {}
    for (merge, parent), equal in zip(pairs, gitlog.same_records(root, pairs) if pairs else (), strict=True):
        if equal:
            same.setdefault(merge, parent)
    followed = parents | {merge: (parent,) for merge, parent in same.items()}
    return followed, {c.commit for c in merges} - same.keys()


def _reach(log: Sequence[LoggedCommit], followed: Parents) -> dict[str, set[str]]:
    """For each new commit everything below it that git follows to, down to the first old commits."""
    reach: dict[str, set[str]] = {}
    for c in reversed(log):  # parents first
        below = followed[c.commit]
        reach[c.commit] = set(below).union(*(reach.get(p, ()) for p in below))
    return reach


def _anchors(root: Path, known: Known, entries: set[str]) -> set[str] | None:
    """The old commits at which following arrives that lead to everything known; None where (1) fails.

    A path from an old commit is single until its first commit that touched records: what is followed from
    there on is all that counts.
    """
    others = entries - {known.head}
    if len(others) > _MOST_ENTRIES:
        return None
    first = {e: gitlog.first_touching(root, e) for e in others}
    listed = {line[2 : line.index('"', 2)] for line in known.commits} if others else set()
    if not {f for f in first.values() if f} <= listed:
        return None
    if known.head in entries:
        return {known.head}
    newest = gitlog.first_touching(root, known.head)
    return {e for e in others if first[e] == newest} or None


def _lowest(log: Sequence[LoggedCommit]) -> dict[str, int]:
    """For each new commit the earliest date among itself and its descendants, in seconds since 1970.

    Until it is listed, one of these is what git may list next: an older commit comes first only if its date is
    not earlier.
    """
    lowest = {c.commit: c.date for c in log}
    for c in log:  # children first
        for parent in c.parents:
            if parent in lowest:
                lowest[parent] = min(lowest[parent], lowest[c.commit])
    return lowest


def _ordered(
    shown: Sequence[LoggedCommit],
    known: Known,
    reach: Mapping[str, set[str]],
    anchors: set[str],
    lowest: Mapping[str, int],
) -> bool:
    """Whether (2) holds, for commits that come oldest first."""
    earlier: dict[str, list[LoggedCommit]] = {}
    for c in shown:
        for path in {p for t in c.touches for p in t.paths}:
            old = known.life(path)
            if old and old.date >= lowest[c.commit] and not reach[c.commit] & anchors:
                return False
            if any(
                e.commit not in reach[c.commit] and e.date >= lowest[c.commit] for e in earlier.get(path, ())
            ):
                return False
            earlier.setdefault(path, []).append(c)
    return True
