"""What an import brings up and nobody has registered: told, and written as issues with --drafts."""

from __future__ import annotations

from pathlib import Path

from qloop import pipeline

from .conftest import RETURNS, Import, returned, table

WEEKS = [f"2026-{month:02}-{day:02}" for month in (9, 10) for day in (1, 8, 15, 22)]


def report(tmp_path: Path, cases: int) -> Path:
    """One return a week, and ``cases`` of them in the week before the archive's day."""
    rows = [returned(day, number) for number, day in enumerate(WEEKS)]
    rows += [returned("2026-11-11", 100)]
    rows += [returned("2026-11-18", 200 + number) for number in range(cases)]
    return table(tmp_path / "returns.csv", RETURNS, rows)


def bring_in(bring: Import, tmp_path: Path, *more: str, cases: int = 8) -> str:
    return bring(
        "amazon-returns", report(tmp_path, cases), "--marketplace", "US",
        "--from", "2026-08-31", "--to", "2026-11-22", *more,
    ).output  # fmt: skip


def issues(archive: Path) -> list[Path]:
    return sorted((archive / "issues").rglob("QI-*.md")) if (archive / "issues").exists() else []


def test_a_jump_is_told_and_nothing_is_written(bring: Import, archive: Path, tmp_path: Path) -> None:
    said = bring_in(bring, tmp_path)
    assert "--drafts" in said
    assert "AG-CAP-01 的尺码偏小一周内成倍增加：2026-W47 8 件，前一周 1 件" in said
    assert not issues(archive)


def test_quiet_weeks_ask_for_nothing(bring: Import, archive: Path, tmp_path: Path) -> None:
    assert "--drafts" not in bring_in(bring, tmp_path, cases=1)
    assert "--drafts" not in bring_in(bring, tmp_path, "--drafts", cases=1)
    assert not issues(archive)


def test_drafts_carry_the_numbers_and_lack_only_what_somebody_must_measure(
    bring: Import, archive: Path, tmp_path: Path
) -> None:
    said = bring_in(bring, tmp_path, "--drafts")
    (path,) = issues(archive)
    assert str(path) in said
    checked = pipeline.check(archive)
    assert [(d.rule, d.field) for d in checked.errors] == [("vocabulary/missing", "details")]
    record = checked.archive.issues[0]
    assert (record.category, record.products, record.status) == ("size-small", ("AG-CAP-01",), "open")
    assert "2026-W47 8 件" in checked.archive.entries[0].body


def test_a_draft_is_not_written_twice(bring: Import, archive: Path, tmp_path: Path) -> None:
    bring_in(bring, tmp_path, "--drafts")
    first = {path: path.read_bytes() for path in issues(archive)}
    assert "--drafts" not in bring_in(bring, tmp_path, "--drafts")
    assert {path: path.read_bytes() for path in issues(archive)} == first


def test_a_dry_run_suggests_nothing_for_what_it_did_not_write(
    bring: Import, archive: Path, tmp_path: Path
) -> None:
    bring_in(bring, tmp_path, "--dry-run", "--drafts")
    assert not issues(archive)
