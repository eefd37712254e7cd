"""When each record was created, changed and moved through its states: git is read once, then only what is new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from qloop.derive import gitlog, memory
from qloop.derive.changes import Change, FileHistory, StatusChange, digests_of
from qloop.derive.gitcall import UnreadableError
from qloop.derive.gitlog import LoggedCommit
from qloop.derive.join import News, new_commits
from qloop.derive.known import Known, KnownFiles, change_of, grown
from qloop.derive.position import Position, position
from qloop.read.discover import record_paths

__all__ = ["NO_HISTORY", "Change", "FileHistory", "History", "StatusChange", "read_history"]

MOST_RECENT = 20


@dataclass(frozen=True, slots=True)
class History:
    """``files``: by path relative to the archive, current files only. ``recent``: newest first, at most 20
    merges or direct commits that touched the archive. ``problem``: "" or a key of ``indexes.history``."""

    files: Mapping[str, FileHistory]
    recent: tuple[Change, ...]
    problem: str = ""

    def digest_of(self, path: str) -> str:
        """Changes when anything of the file's history does; "" for a file without one. 24 hex digits."""
        return self._digests(path)[0]

    def statuses_digest_of(self, path: str) -> str:
        """Changes only with the file's creation or its list of statuses, not with another last change."""
        return self._digests(path)[1]

    def _digests(self, path: str) -> tuple[str, str]:
        if isinstance(self.files, KnownFiles):
            return self.files.digests(path)
        found = self.files.get(path)
        return digests_of(found) if found else ("", "")


NO_HISTORY = History({}, (), "no-git")


def read_history(root: Path, state: Path | None = None) -> History:
    """The history of the archive in ``root``; ``NO_HISTORY`` outside of git. Never raises.

    ``state``: a folder in which what was learnt is kept (``memory.py``), so that the next reading asks git for
    new commits only; the result is the same with and without it.
    Authors are names as ``.mailmap`` gives them, never addresses. In a shallow clone what lies before the cut
    is unknown: files that were there already have no history, and ``problem`` is ``shallow``. Files that are
    not committed have none either.
    """
    try:
        here = position(root)
        known = _known(root, here, state)
    except UnreadableError as error:
        return History({}, (), "" if error.problem == "unborn" else error.problem)
    files = KnownFiles(known, record_paths(root))
    return History(files, known.recent, "shallow" if here.cut else "")


def _known(root: Path, here: Position, state: Path | None) -> Known:
    kept = memory.recall(state) if state else None
    if kept and (kept.head, kept.key) == (here.head, here.key):
        return kept
    news = new_commits(root, kept, here) if kept and kept.key == here.key else None
    known = _joined(root, here, kept, news) if kept and news else _whole(root, here)
    if state:
        memory.keep(state, known)
    return known


def _whole(root: Path, here: Position) -> Known:
    log = [c for c in reversed(gitlog.record_log(root, here.head)) if c.commit not in here.cut]
    return _grown(root, here, Known("", here.key), log, _recent(root, here))


def _joined(root: Path, here: Position, kept: Known, news: News) -> Known:
    """Fewer recent changes than the most do not tell why: all are asked for again."""
    if news.straight and len(kept.recent) == MOST_RECENT:
        recent = (*_recent(root, here, f"{kept.head}.."), *kept.recent)[:MOST_RECENT]
    else:
        recent = _recent(root, here)
    return _grown(root, here, kept, news.log, recent)


def _recent(root: Path, here: Position, since: str = "") -> tuple[Change, ...]:
    found = gitlog.recent_log(root, f"{since}{here.head}", MOST_RECENT)
    return tuple(change_of(c, paths) for c, paths in found if c.commit not in here.cut)


def _grown(
    root: Path, here: Position, known: Known, log: Sequence[LoggedCommit], recent: tuple[Change, ...]
) -> Known:
    given = gitlog.statuses(root, (t for c in log for t in c.touches))
    return grown(known, here.head, log, given, recent)
