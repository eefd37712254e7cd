"""When each record was created, changed and moved through its states: one pass over git."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


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
    """``files``: by path relative to the archive, current files only. ``recent``: newest first, at most 20 merges
    or direct commits that touched the archive. ``problem``: "" or a texts key: no git, shallow clone."""

    files: Mapping[str, FileHistory]
    recent: tuple[Change, ...]
    problem: str = ""


NO_HISTORY = History({}, (), "no-git")


def read_history(root: Path) -> History:
    """The history of the archive in ``root``; ``NO_HISTORY`` outside of git."""
    return NO_HISTORY
