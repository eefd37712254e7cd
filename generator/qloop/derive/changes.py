"""Values of a file's history as readers see them, and digests of them for the keys of other stages."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass


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


def written(change: Change) -> str:
    """A change without its paths as one line of JSON."""
    return json.dumps([change.commit, change.when.isoformat(), change.author, change.subject],
                      ensure_ascii=False)  # fmt: skip


def read(line: str) -> Change:
    commit, when, author, subject = json.loads(line)
    return Change(commit, dt.datetime.fromisoformat(when), author, subject)


def digests(created: str, changed: str, steps: Iterable[tuple[str, str]]) -> tuple[str, str]:
    """Of a file's whole history, and of its creation and statuses alone; 24 hex digits each.

    The changes are given as ``written``; the steps are (status, change), oldest first.
    """
    lasting = "\n".join([created, *(f"{status} {change}" for status, change in steps)])
    return _digest(f"{lasting}\n{changed}"), _digest(lasting)


def digests_of(history: FileHistory) -> tuple[str, str]:
    """The same for values."""
    steps = ((s.status, written(s.change)) for s in history.statuses)
    return digests(written(history.created), written(history.changed), steps)


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
