"""``qloop build`` and ``qloop pages``: errors stop them first; a summary at the end."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run, issue_of, outside, spoil

pytestmark = pytest.mark.slow


def files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_summary_and_second_build(archive: Path) -> None:
    first = outside("build", cwd=archive)
    assert first.returncode == 0, first.stderr
    assert "问题 1" in first.stdout
    assert "常见问答 1" in first.stdout
    assert "\r" not in first.stderr
    again = outside("build", cwd=archive)
    assert "新做 0" in again.stdout


def test_errors_stop_before_anything_is_touched(archive: Path) -> None:
    assert outside("build", cwd=archive).returncode == 0
    before = files(archive / "site")
    spoil(issue_of(archive), "status: closed", "status: clsed")
    result = outside("build", cwd=archive)
    assert result.returncode == 1
    assert "schema/choice" in result.stdout
    assert files(archive / "site") == before


def test_errors_before_the_first_build_leave_no_site(archive: Path) -> None:
    spoil(issue_of(archive), "status: closed", "status: clsed")
    assert outside("build", cwd=archive).returncode == 1
    assert not (archive / "site").exists()


def test_allow_errors_leaves_the_broken_record_out(archive: Path) -> None:
    issue = issue_of(archive)
    spoil(issue, "status: closed", "status: clsed")
    result = outside("build", "--allow-errors", cwd=archive)
    assert result.returncode == 0, result.stderr
    assert "1 个文件有错误" in result.stdout
    home = (archive / "site" / "index.html").read_text("utf-8")
    assert issue.name in home
    assert not list((archive / "site").rglob(f"{issue.stem}*.html"))


def test_allow_errors_leaves_out_what_a_rule_objects_to(archive: Path) -> None:
    """A record that can be read and still has an error is not published either."""
    issue = issue_of(archive)
    spoil(issue, "owner: qc", "owner: nobody-here")
    result = outside("build", "--allow-errors", cwd=archive)
    assert result.returncode == 0, result.stderr
    assert not list((archive / "site").rglob(f"{issue.stem}*.html"))


def test_strict_stops_at_warnings(archive: Path) -> None:
    spoil(
        archive / "faq" / "FAQ-cap-too-tight.md",
        "en: [too tight, gives me a headache, runs small]",
        "en: [tight]",
    )
    assert outside("build", "--strict", cwd=archive).returncode == 1
    assert outside("build", cwd=archive).returncode == 0


def test_a_folder_of_somebody_elses_is_refused(archive: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "thesis.txt").write_text("x", "utf-8")
    for more in ([], ["--clean"]):
        result = outside("build", "--site", mine, *more, cwd=archive)
        assert result.returncode == 2
        assert "Traceback" not in result.stderr
        assert files(mine) == {"thesis.txt": b"x"}


def test_broken_publisher_settings_are_exit_code_two(archive: Path) -> None:
    spoil(archive / "mkdocs.yml", "name: material", "name: nowhere")
    result = outside("build", cwd=archive)
    assert result.returncode == 2
    assert "mkdocs.yml" in result.stderr
    assert "Traceback" not in result.stderr


def test_an_archive_of_settings_and_records_only(archive: Path) -> None:
    (archive / "mkdocs.yml").unlink()
    (archive / "docs" / "guide.md").unlink()
    (archive / "docs").rmdir()
    result = outside("build", "--root", archive)
    assert result.returncode == 0, result.stderr
    assert (archive / "site" / "index.html").is_file()


def test_pages_writes_markdown(run: Run, archive: Path, tmp_path: Path) -> None:
    assert run("pages", "--root", archive, "--out", tmp_path / "tree").exit_code == 0
    assert list((tmp_path / "tree").rglob("*.md"))
    assert not (archive / "site").exists()


def test_profile_tells_where_the_time_went(archive: Path) -> None:
    result = outside("build", "--profile", cwd=archive)
    assert result.returncode == 0, result.stderr
    lines = dict(line.split(maxsplit=1) for line in result.stdout.splitlines() if line.endswith("%"))
    assert {"读取记录", "检查规则", "发布", "合计"} <= set(lines)
    assert lines["合计"].endswith("100%")


def test_shares_are_built_and_joined(archive: Path) -> None:
    for number in (1, 2):
        result = outside("build", "--shard", f"{number}/2", "--site", f"part{number}", cwd=archive)
        assert result.returncode == 0, result.stderr
    missing = outside("join", "part1", cwd=archive)
    assert missing.returncode == 2
    assert "2/2" in missing.stderr
    joined = outside("join", "part1", "part2", cwd=archive)
    assert joined.returncode == 0, joined.stderr
    assert (archive / "site" / "index.html").is_file()
    assert "0" in outside("build", cwd=archive).stdout.partition("新做")[2][:3]


def test_a_share_is_written_as_k_of_n(archive: Path) -> None:
    result = outside("build", "--shard", "3/2", cwd=archive)
    assert result.returncode == 2
    assert "3/2" in result.stderr
