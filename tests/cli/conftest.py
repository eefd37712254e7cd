"""Archives as ``qloop init`` writes them, and the command line in and out of this process."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from qloop.cli import cli
from qloop.scaffold.starter import archive as start

DAY = dt.date(2026, 11, 23)
Run = Callable[..., Result]
COMMAND = [sys.executable, "-c", "from qloop.cli import main; main()"]


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A lean archive, sound on DAY and long after."""
    folder = tmp_path / "archive"
    start(folder, DAY, "AlturaGo", "zh")
    return folder


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """``run("check", "--root", …)`` in this process; crashes are raised."""
    for name in ("GITHUB_STEP_SUMMARY", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)

    def call(*arguments: object) -> Result:
        return CliRunner().invoke(cli, [str(a) for a in arguments], catch_exceptions=False)

    return call


def outside(
    *arguments: object, cwd: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """The command line as a process of its own."""
    return subprocess.run(
        [*COMMAND, *map(str, arguments)], cwd=cwd, env=os.environ | environment, text=True, encoding="utf-8",
        capture_output=True, timeout=120,
    )  # fmt: skip


def issue_of(archive: Path) -> Path:
    """The example's issue."""
    return next((archive / "issues").glob("20*/QI-*.md"))


def spoil(path: Path, old: str, new: str) -> None:
    """Replace the first ``old`` of a file, which must be there."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
