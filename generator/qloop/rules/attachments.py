"""Attachments: files beside a record that exist, are what they claim to be, and stay inside the archive."""

from __future__ import annotations

import functools
import os
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from qloop.diagnostics import Fix
from qloop.nearest import nearest
from qloop.read.entry import Entry
from qloop.read.findings import Finding, KeyPath
from qloop.rules.base import Context, found, rule

ALLOWED = ("jpeg", "png", "webp", "gif", "pdf", "mp4")
SUFFIXES = {
    "jpg": "jpeg",
    "jpeg": "jpeg",
    "png": "png",
    "webp": "webp",
    "gif": "gif",
    "pdf": "pdf",
    "mp4": "mp4",
}
MAX_BYTES = 5 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Attached:
    """One attachment of a record; ``real`` is its file, or None where there is none inside the archive."""

    entry: Entry
    path: KeyPath
    file: str
    real: Path | None
    inside: bool
    case: str = ""
    """How the file's name is really written, where only the case differs."""


@rule("attachments/missing")
def missing(context: Context) -> Iterator[Finding]:
    """An attachment lies beside its record under exactly this name: ``Tape.jpg`` is another file.

    Bad::

        attachments: [{file: QI-260803-7KD/tap.png}]

    Good::

        attachments: [{file: QI-260803-7KD/tape.png}]
    """
    for one in attached(context):
        if not one.inside or one.real:
            continue
        fix = Fix(one.file, one.case) if one.case else None
        guess = one.case or _nearest_file(context, one)
        yield found(
            "attachments/missing",
            one.entry,
            one.path,
            text="case" if one.case else "message",
            hint="hint" if guess else "none",
            fix=fix,
            file=one.file,
            nearest=guess,
            folder=one.entry.path.rpartition("/")[0],
        )


@rule("attachments/outside")
def outside(context: Context) -> Iterator[Finding]:
    """An attachment is a file of the archive: no address, no absolute path, no ``..`` or link out of it.

    Bad::

        attachments: [{file: ../../../tape.jpg}]

    Good::

        attachments: [{file: QI-260803-7KD/tape.png}]

    Source: CWE-22 (path traversal), CWE-59 (link following).
    """
    for one in attached(context):
        if not one.inside:
            yield found("attachments/outside", one.entry, one.path)


@rule("attachments/type")
def type_(context: Context) -> Iterator[Finding]:
    """An attachment is a JPEG, PNG, WebP, GIF, PDF or MP4 by its content, and its suffix says so.

    Bad::

        # raw issues/2026/QI-260803-7KD/notes.png
        这是文字
        # issues/2026/QI-260803-7KD.md
        attachments: [{file: QI-260803-7KD/notes.png}]

    Good::

        attachments: [{file: QI-260803-7KD/tape.png}]

    Source: CWE-434, unrestricted upload of a file with dangerous type.
    """
    from qloop.pictures import kind_of

    for one in attached(context):
        if not one.real:
            continue
        is_ = kind_of(one.real)
        if is_ not in ALLOWED:
            yield found("attachments/type", one.entry, one.path, file=one.file)
        elif SUFFIXES.get(one.file.rpartition(".")[2].lower()) != is_:
            yield found("attachments/type", one.entry, one.path, text="suffix", file=one.file, kind=is_)


@rule("attachments/size")
def size(context: Context) -> Iterator[Finding]:
    """An attachment has at most 5 MB, so that clones and pages stay quick."""
    for one in attached(context):
        if one.real and (bytes_ := one.real.stat().st_size) > MAX_BYTES:
            yield found(
                "attachments/size", one.entry, one.path, file=one.file, size=f"{bytes_ / 1024**2:.1f}"
            )


def attached(context: Context) -> tuple[Attached, ...]:
    """Every attachment of every record; looked up once."""
    if "attached" not in context.memo:
        context.memo["attached"] = tuple(_look(context))
    found: tuple[Attached, ...] = context.memo["attached"]
    return found


def _look(context: Context) -> Iterator[Attached]:
    folders = Folders(context.root.resolve())
    for entry in context.archive.entries:
        for i, one in enumerate(entry.record.attachments):
            yield _locate(folders, entry, ("attachments", i, "file"), one.file)


def _locate(folders: Folders, entry: Entry, path: KeyPath, file: str) -> Attached:
    beside = entry.path.rpartition("/")[0]
    name = posixpath.normpath(f"{beside}/{file}")
    if "\0" in file or "\\" in file or "://" in file or file.startswith("/") or name.split("/")[0] == "..":
        return Attached(entry, path, file, None, inside=False)
    written = folders.as_written(name)
    if written is None or written != name:
        case = posixpath.relpath(written, beside) if written else ""
        return Attached(entry, path, file, None, inside=True, case=case)
    if not folders.is_inside(name):
        return Attached(entry, path, file, None, inside=False)
    real = folders.root / name
    return Attached(entry, path, file, real if folders.is_file(name) else None, inside=True)


class Folders:
    """The folders of an archive, each listed once: ten thousand attachments cost a few listings."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.listing = functools.cache(self._listing)
        self.leads_inside = functools.cache(self._leads_inside)
        self.folder_as_written = functools.cache(self.as_written)

    def _listing(self, folder: str) -> dict[str, os.DirEntry[str]]:
        try:
            with os.scandir(self.root / folder) as entries:
                return {entry.name: entry for entry in entries}
        except OSError:
            return {}

    def _leads_inside(self, path: str) -> bool:
        return (self.root / path).resolve().is_relative_to(self.root)

    def as_written(self, name: str) -> str | None:
        """The path as the folders spell it, found without regard to case; None where there is nothing."""
        folder, _, last = name.rpartition("/")
        parent = self.folder_as_written(folder) if folder else ""
        if parent is None:
            return None
        known = self.listing(parent)
        same = [last] if last in known else sorted(n for n in known if n.casefold() == last.casefold())
        return f"{parent}/{same[0]}".lstrip("/") if same else None

    def is_inside(self, name: str) -> bool:
        """Whether neither the file nor a folder on the way is a link out of the archive."""
        folder, _, last = name.rpartition("/")
        return self.leads_inside(name if self.listing(folder)[last].is_symlink() else folder)

    def is_file(self, name: str) -> bool:
        folder, _, last = name.rpartition("/")
        return self.listing(folder)[last].is_file()


def _nearest_file(context: Context, one: Attached) -> str | None:
    beside = context.root / Path(one.entry.path).parent
    folder = (beside / one.file).parent
    if not folder.is_dir():
        return None
    return nearest(one.file, [p.relative_to(beside).as_posix() for p in folder.iterdir() if p.is_file()])
