"""An edit is noticed whatever the file's times say."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest

from qloop import store
from qloop.read import scan

from .small import Archive, small

PATH = "issues/2026/QI-260803-7KD.md"
PAGE = "issues/QI-260803-7KD.html"


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return small(tmp_path / "archive")


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Times are believed sooner, so that a test need not wait for seconds."""
    monkeypatch.setattr(scan, "RACY", 50_000_000)


def settled(archive: Archive) -> Path:
    """A record that was last touched long enough before a build for its times to be believed."""
    path = archive.root / PATH
    time.sleep(0.1)
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
    assert text in archive.site()[PAGE].decode()


def in_the_same_tick(archive: Archive) -> None:
    """As on a file system with coarse clocks: what the store knows of a file's times are its times of now."""
    kept = store.open_store(archive.root)
    now = scan.scan(archive.root, kept).stats[PATH]
    kept.run("UPDATE files SET stat = ? WHERE path = ?", (now, PATH))
    assert kept.save()
    kept.close()


def test_an_edit_in_the_moment_after_a_build(archive: Archive) -> None:
    path = archive.root / PATH
    archive.build()
    path.write_bytes(edited(path))
    in_the_same_tick(archive)
    noticed(archive)


def test_quick_edits_after_each_other(archive: Archive) -> None:
    path = archive.root / PATH
    archive.build()
    for old, new in (("过小", "过大"), ("过大", "过松"), ("过松", "过长")):
        path.write_bytes(edited(path, old, new))
        in_the_same_tick(archive)
        noticed(archive, new)


@pytest.mark.usefixtures("quick")
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


@pytest.mark.usefixtures("quick")
def test_a_file_moved_over_with_the_old_time(archive: Archive, tmp_path: Path) -> None:
    path = settled(archive)
    other = path.with_name("other.tmp")
    other.write_bytes(edited(path))
    os.utime(other, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns))
    os.replace(other, path)
    noticed(archive)


@pytest.mark.usefixtures("quick")
def test_a_clock_that_was_set_back(archive: Archive) -> None:
    """What was written before the clock was set has a time of the future, which proves nothing yet."""
    path = archive.root / PATH
    future = time.time_ns() + 3600 * 10**9
    os.utime(path, ns=(future, future))
    settled(archive)
    path.write_bytes(edited(path))
    os.utime(path, ns=(future, future))
    in_the_same_tick(archive)
    noticed(archive)


@pytest.mark.usefixtures("quick")
def test_files_that_were_touched_only_are_not_built(archive: Archive) -> None:
    path = settled(archive)
    os.utime(path)
    assert archive.build().built == 0
