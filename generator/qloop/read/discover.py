"""Find the record files of an archive and read their text."""

from __future__ import annotations

import functools
import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from qloop.diagnostics import Place
from qloop.read.findings import Finding
from qloop.records.kinds import KINDS, kind_of_folder

RECORD_SUFFIXES = (".md", ".yml", ".yaml")
MAX_BYTES = 1_000_000
"""A record is a page of text; more is a mistake (a dump, a picture renamed) and would stall every check."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file's text (``\\n`` line ends, no byte-order mark); ``path`` is relative to the archive."""

    path: str
    kind: str
    text: str
    digest: str

    @property
    def name(self) -> str:
        """The file's name without its suffix: the record's id."""
        return self.path.rsplit("/", 1)[-1].rsplit(".", 1)[0]


@dataclass(frozen=True, slots=True)
class Discovered:
    sources: tuple[SourceFile, ...]
    findings: tuple[Finding, ...]


def discover_guides(root: Path) -> Discovered:
    """Read the hand-written pages below ``docs/``: they are published too."""
    paths = sorted(p.relative_to(root).as_posix() for p in (root / "docs").rglob("*.md"))
    found = [read_source_as(root, path, "guide") for path in paths]
    return Discovered(
        tuple(f for f in found if isinstance(f, SourceFile)),
        tuple(f for f in found if isinstance(f, Finding)),
    )


def is_record_name(path: str) -> bool:
    """Whether a path below a record folder is named like a record."""
    name = path.rsplit("/", 1)[-1].lower()
    return name.endswith(RECORD_SUFFIXES) and name[0] != "." and name != "readme.md"


def record_paths(root: Path) -> Iterator[str]:
    """Paths of everything that is named like a record in a record folder, relative and with ``/``."""
    for top in sorted({kind.folder.split("/")[0] for kind in KINDS.values()}):
        for folder, folders, files in os.walk(root / top):
            folders[:] = sorted(f for f in folders if not f.startswith("."))
            inside = Path(folder).relative_to(root).as_posix()
            yield from filter(is_record_name, (f"{inside}/{name}" for name in [*files, *folders]))


def read_source(root: Path, path: str) -> SourceFile | Finding:
    """The text of one record file, or the finding that says why there is none."""
    return read_source_as(root, path, kind_of_folder(path))


def read_source_as(root: Path, path: str, kind: str) -> SourceFile | Finding:
    """The text of one file of the given ``kind``, or the finding that says why there is none."""
    place = Place(path)
    full = root / path
    if not full.is_file():
        return Finding("file/not-a-file", place)
    if not _is_inside(root, full):
        return Finding("file/outside", place)
    try:
        with full.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            return Finding("file/too-large", place, values={"limit": f"{MAX_BYTES // 1000} kB"})
    except OSError as error:
        return Finding("file/unreadable", place, values={"reason": error.strerror or str(error)})
    text = decode(data)
    if isinstance(text, str):
        return SourceFile(path, kind, text, hashlib.sha256(data).hexdigest())
    return Finding(text.rule, place)


def _is_inside(root: Path, full: Path) -> bool:
    """Whether neither the file nor a folder on the way is a link out of the archive."""
    if full.is_symlink():
        return full.resolve().is_relative_to(root.resolve())
    return _folder_is_inside(root, full.parent)


@functools.lru_cache(maxsize=256)
def _folder_is_inside(root: Path, folder: Path) -> bool:
    return folder.resolve().is_relative_to(root.resolve())


@dataclass(frozen=True, slots=True)
class NotText:
    """Why bytes are not the text of a record."""

    rule: str


def decode(data: bytes) -> str | NotText:
    """UTF-8 text with ``\\n`` line ends, without a byte-order mark; or why it is something else."""
    if b"\0" in data:
        return NotText("file/binary")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            data.decode("gb18030")
        except UnicodeDecodeError:
            return NotText("file/binary")
        return NotText("file/encoding")
    return text.replace("\r\n", "\n").replace("\r", "\n")
