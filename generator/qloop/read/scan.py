"""Which files an archive has and what is in them, without reading those that have not been touched.

As git's index does: a file whose size, times and inode are those of the last look has the content of the last
look, unless it was written so shortly before that look that a clock tick may hide another change.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from qloop.records.kinds import KINDS
from qloop.store import Store

RACY = 2_000_000_000
"""Nanoseconds before a look within which a file's times prove nothing (FAT keeps two seconds)."""
RECORD_FOLDERS = tuple(sorted({kind.folder.split("/")[0] for kind in KINDS.values()}))
FOLDERS = (*RECORD_FOLDERS, "feedback")
"""Everything below them is looked at: records, their attachments, tables."""


@dataclass
class Scan:
    """The files below FOLDERS by path relative to the archive, each with its stat; digests when asked for.

    What has the name of a record and is no file (a folder, a link to nothing) is there with the stat "".
    """

    root: Path
    stats: Mapping[str, str]
    known: Mapping[str, tuple[str, str]]
    fresh: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Stat and digest of files that were read in this run."""

    def known_digest(self, path: str) -> str | None:
        """The digest of a file that was not touched since it was last read; else None."""
        stat = self.stats.get(path)
        before = self.fresh.get(path) or self.known.get(path)
        return before[1] if stat and before and before[0] == stat else None

    def note(self, path: str, digest: str) -> None:
        """Remember what was read just now."""
        if stat := self.stats.get(path):
            self.fresh[path] = (stat, digest)

    def digest(self, path: str) -> str:
        """The SHA-256 of a file's bytes; "" where there is no such file."""
        if (found := self.known_digest(path)) is not None:
            return found
        try:
            with (self.root / path).open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            return ""
        self.note(path, digest)
        return digest

    def files(self, top: str, suffixes: tuple[str, ...]) -> list[str]:
        """Paths below the folder ``top`` with one of ``suffixes``, in order; also folders that look like a file."""
        start = f"{top}/"
        return [path for path in self.stats if path.startswith(start) and path.lower().endswith(suffixes)]

    def save(self, store: Store) -> None:
        """Keep the digests for the next run; files that are gone are forgotten."""
        limit = time.time_ns() - RACY
        store.put("files", ((path, stat, digest) for path, (stat, digest) in self.fresh.items()
                            if _written(stat) < limit))  # fmt: skip
        store.drop("files", (path for path in self.known if path not in self.stats))


def scan(root: Path, store: Store) -> Scan:
    """Look at every file's stat; no file is opened."""
    known = {path: (stat, digest) for path, stat, digest in store.rows("files")}
    return Scan(root, dict(sorted(_stats(root))), known)


def unseen(root: Path) -> Scan:
    """For a process that need not look at records: another one has just done so. Tables are found as always."""
    return Scan(root, dict(sorted(_stats(root, ("feedback",)))), {})


def _stats(root: Path, folders: Iterable[str] = FOLDERS) -> Iterator[tuple[str, str]]:
    for top in folders:
        yield from _walk(f"{root}/{top}", top)


def _walk(folder: str, inside: str) -> Iterator[tuple[str, str]]:
    try:
        with os.scandir(folder) as entries:
            found = list(entries)
    except OSError:
        return
    for entry in found:
        path = f"{inside}/{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            if entry.name[0] != ".":
                yield path, ""
                yield from _walk(entry.path, path)
            continue
        try:
            # what a link leads to counts, not the link
            stat = Path(entry.path).stat() if entry.is_symlink() else entry.stat()
        except OSError:
            yield path, ""
            continue
        yield path, f"{stat.st_size} {stat.st_mtime_ns} {stat.st_ctime_ns} {stat.st_ino}"


def _written(stat: str) -> int:
    """The later of a stat's two times, in nanoseconds."""
    _, changed, inode_changed, _ = stat.split()
    return max(int(changed), int(inode_changed))
