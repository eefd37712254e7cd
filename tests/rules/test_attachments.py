"""Attachments: spelt as they are, inside, of an allowed type and size."""

from __future__ import annotations

from pathlib import Path

import pytest

from qloop.diagnostics import Fix
from qloop.pipeline import check
from qloop.rules.attachments import MAX_BYTES

from .tree import ISSUE, TODAY, at, diagnostics, ids, tree, where

FOLDER = "issues/2026/QI-260803-7KD"


def attach(file: str) -> str:
    return f"attachments: [{{file: {file}}}]"


def test_missing_is_told_at_the_name_with_the_nearest(tmp_path: Path) -> None:
    (found,) = diagnostics(tmp_path, attach("QI-260803-7KD/tapes.png"))
    assert (str(found.place), found.rule) == (
        at(tmp_path, ISSUE, "file: |QI-260803-7KD/tapes"),
        "attachments/missing",
    )
    assert found.hint == "是不是 QI-260803-7KD/tape.png？"


def test_case_is_exact_and_mended(tmp_path: Path) -> None:
    (found,) = diagnostics(tmp_path, attach("qi-260803-7kd/Tape.PNG"))
    assert found.fix == Fix("qi-260803-7kd/Tape.PNG", "QI-260803-7KD/tape.png")


@pytest.mark.parametrize(
    "file", ["../../../x.png", "/etc/passwd", "https://example.com/a.png", "'C:\\a.png'"]
)
def test_outside(file: str, tmp_path: Path) -> None:
    assert ids(tmp_path, attach(file)) == {"attachments/outside"}


def test_detour_that_stays_inside_is_fine(tmp_path: Path) -> None:
    assert ids(tmp_path, attach("../2026/QI-260803-7KD/tape.png")) == set()


def test_link_out_of_the_archive(tmp_path: Path) -> None:
    root = tree(tmp_path / "archive", attach("QI-260803-7KD/secret.png"))
    (tmp_path / "secret.png").write_bytes((root / FOLDER / "tape.png").read_bytes())
    (root / FOLDER / "secret.png").symlink_to(tmp_path / "secret.png")
    assert [d.rule for d in check(root, TODAY).diagnostics] == ["attachments/outside"]


def test_folder_that_is_a_link_out_of_the_archive(tmp_path: Path) -> None:
    root = tree(tmp_path / "archive", attach("far/tape.png"))
    (root / FOLDER).rename(tmp_path / "far")
    (root / "issues/2026/far").symlink_to(tmp_path / "far")
    assert [d.rule for d in check(root, TODAY).diagnostics] == ["attachments/outside"]


def test_link_inside_the_archive_is_fine(tmp_path: Path) -> None:
    root = tree(tmp_path, attach("QI-260803-7KD/same.png"))
    (root / FOLDER / "same.png").symlink_to("tape.png")
    assert check(root, TODAY).diagnostics == ()


def test_more_than_5_mb(tmp_path: Path) -> None:
    root = tree(tmp_path, attach("QI-260803-7KD/film.mp4"))
    film = root / FOLDER / "film.mp4"
    film.write_bytes((b"\0\0\0\x18ftypisom" + bytes(MAX_BYTES))[:MAX_BYTES])
    assert [d.rule for d in check(root, TODAY).diagnostics if d.rule.startswith("attach")] == []
    film.write_bytes(film.read_bytes() + b"\0")
    sizes = [d for d in check(root, TODAY).diagnostics if d.rule == "attachments/size"]
    assert [str(d.place) for d in sizes] == [at(root, ISSUE, "file: |QI-260803-7KD/film")]


def test_suffix_says_what_the_content_is(tmp_path: Path) -> None:
    root = tree(tmp_path, attach("QI-260803-7KD/tape.jpg"))
    (root / FOLDER / "tape.png").rename(root / FOLDER / "tape.jpg")
    (found,) = check(root, TODAY).diagnostics
    assert (found.rule, "其实是 png" in found.message) == ("attachments/type", True)


def test_folder_is_no_attachment(tmp_path: Path) -> None:
    assert where(tmp_path, "attachments/missing", attach("QI-260803-7KD")) == [
        at(tmp_path, ISSUE, "file: |QI-260803-7KD}")
    ]
