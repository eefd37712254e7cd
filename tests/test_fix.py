"""Fixes: written where they belong, only over what they replace, and nothing else of a file moves."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qloop.diagnostics import Diagnostic, Fix, Place
from qloop.fix import apply, offset, rewritten
from qloop.pipeline import check
from qloop.read.yaml import load

SETTINGS = """\
brand: AlturaGo
departments: [{id: qc, label: 品控}, {id: supply-chain, label: 供应链}]
categories: [{id: other, label: 其他}]
"""
RECORD = """\
---
id: QI-260803-7KD
title: 帽口开线 3 cm
status: 待改善   # 刚报上来
opened: 2026-08-03
Category: "其他"
severity: '一般'
owner: 供应链
sources: [差评, review, 退货]
products: []
---
正文里的 供应链 不动。
"""
PATH = "issues/2026/QI-260803-7KD.md"


def archive(root: Path, record: str | bytes = RECORD) -> Path:
    (root / "issues/2026").mkdir(parents=True)
    (root / "qloop.yml").write_text(SETTINGS, "utf-8")
    (root / PATH).write_bytes(record.encode() if isinstance(record, str) else record)
    return root


def fix_all(root: Path) -> int:
    """As ``qloop check --fix`` does: again while something is mended, for one mistake may hide another."""
    total = 0
    while done := apply(root, check(root).diagnostics):
        total += done
    return total


def test_labels_synonyms_and_keys_are_rewritten(tmp_path: Path) -> None:
    root = archive(tmp_path)
    assert fix_all(root) == 7
    assert check(root).diagnostics == ()
    assert (root / PATH).read_text("utf-8").split("\n") == [
        "---",
        "id: QI-260803-7KD",
        "title: 帽口开线 3 cm",
        "status: open   # 刚报上来",
        "opened: 2026-08-03",
        'category: "other"',
        "severity: 'minor'",
        "owner: supply-chain",
        "sources: [review, review, return]",
        "products: []",
        "---",
        "正文里的 供应链 不动。",
        "",
    ]


def test_line_ends_and_byte_order_mark_stay(tmp_path: Path) -> None:
    data = b"\xef\xbb\xbf" + RECORD.replace("\n", "\r\n").encode()
    root = archive(tmp_path, data)
    assert fix_all(root) == 7
    after = (root / PATH).read_bytes()
    assert after.startswith(b"\xef\xbb\xbf---\r\n")
    assert after.count(b"\r\n") == after.count(b"\n") == RECORD.count("\n")


def test_permissions_stay_and_nothing_is_left_behind(tmp_path: Path) -> None:
    root = archive(tmp_path)
    (root / PATH).chmod(0o640)
    fix_all(root)
    assert (root / PATH).stat().st_mode & 0o777 == 0o640
    assert [p.name for p in (root / "issues/2026").iterdir()] == ["QI-260803-7KD.md"]


def test_a_second_run_changes_nothing(tmp_path: Path) -> None:
    root = archive(tmp_path)
    fix_all(root)
    before = (root / PATH).read_bytes()
    assert fix_all(root) == 0
    assert (root / PATH).read_bytes() == before


def test_file_that_has_changed_since_is_left_alone(tmp_path: Path) -> None:
    root = archive(tmp_path)
    found = check(root).diagnostics
    (root / PATH).write_text("---\n" + RECORD, "utf-8")
    assert apply(root, found) == 0
    assert (root / PATH).read_text("utf-8") == "---\n" + RECORD


def test_broken_file_keeps_its_bytes(tmp_path: Path) -> None:
    root = archive(tmp_path, "id: 供应链".encode("gbk"))
    wanted = Diagnostic(Place(PATH, 1, 5), "error", "x/y", "", "", fix=Fix("供应链", "supply-chain"))
    assert apply(root, [wanted]) == 0


def test_picture_outside_the_archive_is_left_alone(tmp_path: Path) -> None:
    root = archive(tmp_path / "archive")
    wanted = Diagnostic(Place(PATH, 1, 1), "error", "x/y", "", "", fix=Fix("../../../x.jpg", strip=True))
    assert apply(root, [wanted]) == 0


@pytest.mark.parametrize(
    ("text", "old", "new", "wanted"),
    [
        ("a: 其他", "其他", "other", "a: other"),
        ("a: 其他的", "其他", "other", None),
        ("a: '其他'", "其他", "other", "a: 'other'"),
        ('a: "其他的"', "其他", "other", None),
        ("a: 其他 # b", "其他", "other", "a: other # b"),
        ("a: x", "x", "b: c", 'a: "b: c"'),
        ("a: x", "x", "3", 'a: "3"'),
        ("a: 'x'", "x", "it's", "a: 'it''s'"),
        ("a: 别的", "其他", "other", None),
        ("a: ", "", "other", None),
    ],
)
def test_only_the_whole_value_is_replaced(text: str, old: str, new: str, wanted: str | None) -> None:
    assert rewritten(text, Place("x.yml", 1, 4), Fix(old, new)) == wanted


@pytest.mark.parametrize(("line", "column"), [(9, 1), (1, 99)])
def test_place_beyond_the_text(line: int, column: int) -> None:
    assert offset("a: b\n", Place("x.yml", line, column)) is None


@given(st.text(min_size=1).filter(str.isprintable))
def test_what_is_written_reads_back(new: str) -> None:
    for text in ("a: x\n", "a: 'x'\n", 'a: "x"\n'):
        after = rewritten(text, Place("x.yml", 1, 4), Fix("x", new))
        assert after is not None
        assert load(after)[0] == {"a": new}
