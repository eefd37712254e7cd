"""An archive that is built in a second, before and after a day's work; its builds in processes of their own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.publish.conftest import TODAY, Archive

TOP = Path(__file__).parents[2]
COMMAND = [sys.executable, "-m", "qloop"]
FIRST, LAST = "QI-260803-7KD", "QI-260805-3CD"


def small(root: Path) -> Archive:
    """Two of its records name each other, so that both pages come and go with dead ends on the way."""
    archive = Archive(root)
    archive.issue(LAST, title="帽檐到货有折痕", related=["QI-260804-2AB"])
    return archive


def work(archive: Archive) -> None:
    """One record changed, two gone, one of them under another id, and one new that names it."""
    archive.issue(FIRST, title="帽围偏小，戴半天头疼", aliases=["AG-0012"], related=["QI-260806-4EF"])
    for id in ("QI-260804-2AB", LAST):
        (archive.root / f"issues/2026/{id}.md").unlink()
    archive.issue("QI-260806-4EF", title="洗标字小看不清", related=["QI-260807-5GH"])
    archive.issue("QI-260807-5GH", title="帽檐到货有折痕")


def copied(archive: Archive, root: Path) -> Archive:
    """The archive with its site and state at another place; times of files stay."""
    shutil.copytree(archive.root, root, symlinks=True)
    copy = object.__new__(Archive)
    copy.root = root
    return copy


def without_state(archive: Archive) -> None:
    shutil.rmtree(archive.root / ".qloop", ignore_errors=True)
    shutil.rmtree(archive.root / "site", ignore_errors=True)


def environment() -> dict[str, str]:
    paths = [str(TOP / "generator"), str(TOP), os.environ.get("PYTHONPATH", "")]
    return os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, paths)), "PYTHONUTF8": "1"}


def start(archive: Archive, command: str, *options: str) -> subprocess.Popen[str]:
    """A command of qloop in a process group of its own."""
    return subprocess.Popen(
        [*COMMAND, command, "--root", str(archive.root), *options], env=environment(), text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", start_new_session=True,
    )  # fmt: skip


def run(archive: Archive, command: str, *options: str) -> tuple[int, str]:
    """A command's exit code and everything that it says."""
    process = start(archive, command, *options)
    out, err = process.communicate(timeout=120)
    return process.returncode, out + err


__all__ = ["FIRST", "LAST", "TODAY", "Archive", "copied", "environment", "run", "small", "start",
           "without_state", "work"]  # fmt: skip
