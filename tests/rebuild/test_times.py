"""An edit is noticed whatever the file's times say."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest

from .sites import differing
from .small import Archive, small, without_state

PATH = "issues/2026/QI-260803-7KD.md"
PAGE = "issues/QI-260803-7KD.html"


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return small(tmp_path / "archive")


def settled(archive: Archive) -> Path:
    """A record that was last touched long enough before a build for its times to be believed."""
    path = archive.root / PATH
    time.sleep(2.1)
    archive.build()
    assert archive.build().built == 0
    return path


def edited(path: Path, old: str = "过小", new: str = "过大") -> bytes:
    """The record with another text of the same length."""
    text = path.read_text("utf-8")
    assert old in text
    assert len(old.encode()) == len(new.encode())
    return text.replace(old, new).encode()


def noticed(archive: Archive, text: str = "过大") -> None:
    assert archive.build().built
    kept = archive.site()
    assert text in kept[PAGE].decode()
    without_state(archive)
    archive.build()
    assert differing(kept, archive.site()) == []


def test_an_edit_in_the_moment_after_a_build(archive: Archive) -> None:
    """A file system with coarse clocks: written before and after the build with one and the same time."""
    path = archive.root / PATH
    archive.build()
    stat = path.stat()
    path.write_bytes(edited(path))
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    noticed(archive)


@pytest.mark.parametrize("round_", range(5))
def test_quick_edits_after_each_other(archive: Archive, round_: int) -> None:
    path = archive.root / PATH
    archive.build()
    for new in ("过大", "过松", "过长"):
        path.write_bytes(edited(path, path.read_text("utf-8").split("帽围")[1][:2], new))
        assert archive.build().built
        assert new in archive.site()[PAGE].decode()


def test_a_file_copied_over_with_the_old_time(archive: Archive, tmp_path: Path) -> None:
    """As ``cp -p`` does: size and time of the last change are the same, that of the inode is not."""
    path = settled(archive)
    other = tmp_path / "other.md"
    other.write_bytes(edited(path))
    stat = path.stat()
    os.utime(other, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    shutil.copy2(other, path)
    assert path.stat().st_mtime_ns == stat.st_mtime_ns
    noticed(archive)


def test_a_file_moved_over_with_the_old_time(archive: Archive, tmp_path: Path) -> None:
    path = settled(archive)
    other = path.with_name("other.tmp")
    other.write_bytes(edited(path))
    os.utime(other, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns))
    os.replace(other, path)
    noticed(archive)


def test_a_clock_that_was_set_back(archive: Archive) -> None:
    """What was written before the clock was set has times of the future; they prove nothing yet."""
    path = archive.root / PATH
    future = time.time_ns() + 3600 * 10**9
    os.utime(path, ns=(future, future))
    archive.build()
    path.write_bytes(edited(path))
    os.utime(path, ns=(future, future))
    noticed(archive)


def test_files_that_were_touched_only_are_not_built(archive: Archive) -> None:
    path = settled(archive)
    os.utime(path)
    assert archive.build().built == 0
