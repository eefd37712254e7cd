"""When each record was created, changed and moved through its states: one pass over git."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from qloop.derive import gitlog
from qloop.derive.gitlog import LoggedCommit, Touch, UnreadableError
from qloop.read.discover import record_paths

MOST_RECENT = 20


@dataclass(frozen=True, slots=True)
class Change:
    """One commit as a reader sees it: when (with its own zone), by whom, why, which files of the archive."""

    commit: str
    when: dt.datetime
    author: str
    subject: str
    paths: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StatusChange:
    """The day a record's ``status`` became ``status``."""

    status: str
    change: Change


@dataclass(frozen=True, slots=True)
class FileHistory:
    created: Change
    changed: Change
    statuses: tuple[StatusChange, ...]
    """Oldest first; the first one is the status it was created with."""


@dataclass(frozen=True, slots=True)
class History:
    """``files``: by path relative to the archive, current files only. ``recent``: newest first, at most 20
    merges or direct commits that touched the archive. ``problem``: "" or a key of ``indexes.history``."""

    files: Mapping[str, FileHistory]
    recent: tuple[Change, ...]
    problem: str = ""


NO_HISTORY = History({}, (), "no-git")


def read_history(root: Path) -> History:
    """The history of the archive in ``root``; ``NO_HISTORY`` outside of git. Never raises.

    Authors are names as ``.mailmap`` gives them, never addresses. In a shallow clone what lies before the cut
    is unknown: files that were there already have no history, and ``problem`` is ``shallow``. Files that are
    not committed have none either.
    """
    try:
        cut = gitlog.shallow_commits(root)
        log = [c for c in gitlog.record_log(root) if c.commit not in cut]
        given = gitlog.statuses(root, (t for c in log for t in c.touches))
        recent = [(c, paths) for c, paths in gitlog.recent_log(root, MOST_RECENT) if c.commit not in cut]
    except UnreadableError as error:
        return History({}, (), error.problem)
    files = file_histories(log, given, frozenset(record_paths(root)))
    return History(files, tuple(_change(c, paths) for c, paths in recent), "shallow" if cut else "")


def file_histories(
    log: Iterable[LoggedCommit], given: Mapping[str, str], current: Container[str]
) -> dict[str, FileHistory]:
    """The lives of the ``current`` files, from commits that come newest first; ``given``: status by blob.

    Walking back in time, ``lives`` leads from a file's path at that time to its life now; where the file was
    created its life begins, and an earlier file of the same name is another one.
    """
    lives: dict[str, _Life] = {}
    finished: dict[str, FileHistory] = {}
    for logged in log:
        change = _change(logged)
        for touch in logged.touches:
            if touch.path in current and touch.path not in lives and touch.path not in finished:
                lives[touch.path] = _Life(touch.path, change)
            life = lives.get(touch.path)
            if life and not touch.deleted:
                _live(life, touch, change, given.get(touch.blob, ""), lives, finished)
    return finished


@dataclass
class _Life:
    path: str
    changed: Change
    states: list[tuple[str, Change]] = field(default_factory=list)
    """The status after each commit, newest first."""

    def since(self, created: Change) -> FileHistory:
        steps: list[StatusChange] = []
        for status, change in reversed(self.states):
            if status and (not steps or steps[-1].status != status):
                steps.append(StatusChange(status, change))
        return FileHistory(created, self.changed, tuple(steps))


def _live(
    life: _Life,
    touch: Touch,
    change: Change,
    status: str,
    lives: dict[str, _Life],
    finished: dict[str, FileHistory],
) -> None:
    life.states.append((status, change))
    if touch.created:
        finished[life.path] = life.since(change)
        del lives[touch.path]
    elif touch.before:
        lives[touch.before] = lives.pop(touch.path)


def _change(logged: LoggedCommit, paths: tuple[str, ...] = ()) -> Change:
    return Change(logged.commit, logged.when, logged.author, logged.subject, paths)
