"""Files: reported where they are, tests/test_bad_input.py has the bytes."""

from __future__ import annotations

from pathlib import Path

from .tree import FAQ, diagnostics, where


def test_empty_file_is_told_at_its_start(tmp_path: Path) -> None:
    assert where(tmp_path, "file/empty", f"# raw {FAQ}\n") == [f"{FAQ}:1:1"]


def test_broken_file_makes_no_second_error_for_what_refers_to_it(tmp_path: Path) -> None:
    found = diagnostics(tmp_path, f"# raw {FAQ}\n# 帽子太紧")
    assert [d.rule for d in found] == ["file/no-front-matter"]
