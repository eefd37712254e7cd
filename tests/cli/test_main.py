"""The entry point: help in two languages, fast; users' errors end with words and an exit code."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

import pytest

from qloop import __version__
from qloop.cli import COMMANDS
from tests.cli.conftest import COMMAND, Run, outside, spoil


@pytest.mark.parametrize(
    ("locale", "word"), [("zh_CN.UTF-8", "检查档案"), ("en_US.UTF-8", "Check the archive")]
)
def test_help_speaks_the_language_of_the_environment(locale: str, word: str) -> None:
    shown = outside("--help", LC_ALL=locale)
    assert shown.returncode == 0
    assert word in shown.stdout
    assert all(f"  {name} " in shown.stdout for name in COMMANDS)


def test_every_command_explains_itself(run: Run) -> None:
    for name in COMMANDS:
        assert run(name, "--help").exit_code == 0


def test_help_is_fast() -> None:
    """What takes its time to import stays outside."""
    code = (
        "import sys\nfrom qloop.cli import cli\ncli(['--help'], standalone_mode=False)\nprint(*sys.modules)"
    )
    loaded = subprocess.run(
        [COMMAND[0], "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {
        "pydantic",
        "mkdocs",
        "rich",
        "PIL",
        "rapidfuzz",
        "watchdog",
        "jinja2",
    } & set(loaded)


def test_help_takes_less_than_a_second() -> None:
    start = time.monotonic()
    assert outside("--help").returncode == 0
    assert time.monotonic() - start < 1


def test_version(run: Run) -> None:
    assert __version__ in run("--version").output


def test_unknown_command_names_the_nearest(run: Run) -> None:
    result = run("chek")
    assert result.exit_code == 2
    assert "check" in result.stderr


@pytest.mark.parametrize("command", [["check"], ["build"], ["serve"], ["new", "issue"], ["show", "QI-1"]])
def test_a_folder_without_settings_is_exit_code_two(tmp_path: Path, command: list[str]) -> None:
    result = outside(*command, "--root", tmp_path)
    assert result.returncode == 2
    assert "file/missing" in result.stdout + result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("command", ["check", "build", "show"])
def test_a_folder_that_does_not_exist_is_exit_code_two(run: Run, tmp_path: Path, command: str) -> None:
    more = ["X"] if command == "show" else []
    assert run(command, *more, "--root", tmp_path / "nowhere").exit_code == 2


def test_broken_settings_name_their_line(run: Run, archive: Path) -> None:
    spoil(archive / "qloop.yml", "departments:", "departements:")
    result = run("check", "--root", archive)
    assert result.exit_code == 2
    assert "qloop.yml:" in result.stdout
    assert "schema/unknown-key" in result.stdout


def test_a_closed_pipe_is_quiet(archive: Path) -> None:
    process = subprocess.Popen(
        [*COMMAND, "rules", "--format", "json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout
    assert process.stderr
    process.stdout.close()
    assert b"Traceback" not in process.stderr.read()
    process.stderr.close()
    process.wait(timeout=60)


def test_a_terminal_without_chinese_gets_question_marks(archive: Path) -> None:
    shown = outside("check", "--root", archive, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert shown.returncode == 0
    assert "Traceback" not in shown.stderr


def test_a_folder_that_cannot_be_written_is_exit_code_two(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    result = run("init", tmp_path / "file" / "archive")
    assert result.exit_code == 2
    assert "file" in result.stderr
