"""Where an archive stands in its repository: the commit, and everything else that its history depends on."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from qloop.derive.gitcall import UnreadableError, git
from qloop.derive.gitlog import ARCHIVE_PATHS, STATUSES
from qloop.read.discover import RECORD_SUFFIXES


@dataclass(frozen=True, slots=True)
class Position:
    """``key``: a digest of what a history depends on beside ``head``; two archives with the same of both have
    the same history. ``cut``: the commits at which a shallow clone was cut off: what came before is unknown.
    """

    head: str
    key: str
    cut: frozenset[str]


def position(root: Path) -> Position:
    """One git process; raises UnreadableError, with the problem "unborn" where nothing is committed yet."""
    shallow, up, prefix, boundary, head = _answers(root)
    cut = _cut(root / boundary) if shallow == "true" else frozenset()
    parts = [prefix, sorted(cut), _names(root / up / ".mailmap"), ARCHIVE_PATHS, sorted(STATUSES)]
    text = json.dumps([*parts, RECORD_SUFFIXES])
    return Position(head, hashlib.sha256(text.encode()).hexdigest(), cut)


def _answers(root: Path) -> list[str]:
    asked = ("--is-shallow-repository", "--show-cdup", "--show-prefix", "--git-path", "shallow", "HEAD^0")
    try:
        lines = git(root, "rev-parse", *asked).decode("utf-8", "replace").splitlines()
    except UnreadableError as error:
        if error.problem == "broken":
            git(root, "log", "-n1", "--format=%H")  # whose error tells "no commit yet" from a broken one
        raise
    if len(lines) != 5:  # a folder with a line break in its name
        raise UnreadableError("broken")
    return lines


def _cut(boundary: Path) -> frozenset[str]:
    try:
        return frozenset(boundary.read_text("ascii").split())
    except (OSError, ValueError):
        return frozenset()


def _names(mailmap: Path) -> str:
    """A digest of the file by which git names authors, as it lies on disk; "" for none."""
    try:
        return hashlib.sha256(mailmap.read_bytes()).hexdigest()
    except OSError:
        return ""
