"""``qloop check``: exit codes, paths, --strict, --today, --fix."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run, issue_of, spoil


def answer(run: Run, archive: Path, *more: object) -> dict[str, dict[str, int]]:
    shown: dict[str, dict[str, int]] = json.loads(
        run("check", "--root", archive, "--format", "json", *more).stdout
    )
    return shown


def test_a_sound_archive_is_zero(run: Run, archive: Path) -> None:
    result = run("check", "--root", archive, "--strict")
    assert result.exit_code == 0
    assert "5 个文件" in result.stdout


def test_an_error_is_one_and_has_its_place(run: Run, archive: Path) -> None:
    path = issue_of(archive)
    spoil(path, "status: closed", "status: clsed")
    result = run("check", "--root", archive)
    assert result.exit_code == 1
    first = result.stdout.splitlines()[0]
    assert first.startswith(f"{path.relative_to(archive).as_posix()}:4:9: error[schema/choice] status: ")
    assert "closed" in first
    assert result.stdout.splitlines()[-1].startswith("1 个错误，0 个提醒；5 个文件，4 条记录")


def test_english_archives_count_in_english(run: Run, archive: Path) -> None:
    spoil(archive / "qloop.yml", "language: zh", "language: en")
    assert "All is well: 5 files, 5 records." in run("check", "--root", archive).stdout


def test_warnings_are_zero_and_strict_makes_them_errors(run: Run, archive: Path) -> None:
    spoil(
        next(archive.glob("faq/*.md")), "en: [too tight, gives me a headache, runs small]", "en: [too tight]"
    )
    assert run("check", "--root", archive).exit_code == 0
    assert answer(run, archive)["summary"]["warnings"] == 1
    assert run("check", "--root", archive, "--strict").exit_code == 1
    assert answer(run, archive, "--strict")["summary"] == {
        "errors": 1, "warnings": 0, "files": 5, "records": 5, "fixed": 0,
    }  # fmt: skip


def test_today_moves_the_clock(run: Run, archive: Path) -> None:
    late = answer(run, archive, "--today", "2029-01-01")
    assert {d["rule"] for d in late["diagnostics"]} == {"lifecycle/overdue-review"}  # type: ignore[index]
    assert run("check", "--root", archive, "--today", "2026-02-30").exit_code == 2


def test_paths_limit_what_is_printed_and_counted(
    run: Run, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoil(issue_of(archive), "status: closed", "status: clsed")
    assert run("check", "--root", archive, "faq").exit_code == 0
    assert answer(run, archive, "faq")["summary"]["files"] == 1
    assert run("check", "--root", archive, archive / "issues").exit_code == 1
    monkeypatch.chdir(archive / "issues")
    assert run("check", "--root", archive, ".").exit_code == 1
    assert run("check", "--root", archive, "reviews").exit_code == 0
    assert run("check", "--root", archive, "nowhere.md").exit_code == 2
    assert run("check", "--root", archive, "/").exit_code == 2


def test_everything_is_read_even_when_a_path_is_given(run: Run, archive: Path) -> None:
    """The FAQ names the issue: it must not be reported as missing."""
    assert run("check", "--root", archive, next(archive.glob("faq/*.md"))).exit_code == 0


def test_fix_rewrites_and_counts(run: Run, archive: Path) -> None:
    pytest.importorskip("qloop.fix", reason="qloop.fix is written beside this")
    path = issue_of(archive)
    spoil(path, "severity: major", "severity: 严重")
    assert run("check", "--root", archive).exit_code == 1
    summary = answer(run, archive, "--fix")["summary"]
    assert (summary["fixed"], summary["errors"]) == (1, 0)
    assert "severity: major\n" in path.read_text("utf-8")


def test_fix_goes_on_where_one_rewrite_lets_more_be_seen(run: Run, archive: Path) -> None:
    """A label in ``severity`` hides the wrong owner: the record cannot be read before it is mended."""
    path = issue_of(archive)
    spoil(path, "severity: major", "严重度: 严重")
    spoil(path, "owner: qc", "owner: 品控")
    summary = answer(run, archive, "--fix")["summary"]
    assert (summary["fixed"], summary["errors"]) == (3, 0)
    assert "severity: major\nowner: qc\n" in path.read_text("utf-8")


def test_fix_leaves_other_files_alone(run: Run, archive: Path) -> None:
    pytest.importorskip("qloop.fix", reason="qloop.fix is written beside this")
    path = issue_of(archive)
    spoil(path, "severity: major", "severity: 严重")
    assert answer(run, archive, "--fix", "faq")["summary"]["fixed"] == 0
    assert "severity: 严重" in path.read_text("utf-8")


def test_no_colour_outside_a_terminal(run: Run, archive: Path) -> None:
    spoil(issue_of(archive), "status: closed", "status: clsed")
    assert "\033" not in run("check", "--root", archive).stdout
