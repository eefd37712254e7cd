"""Feedback tables: the line of each slip."""

from __future__ import annotations

from pathlib import Path

from .tree import diagnostics, where

WEEK = "feedback/2026/2026-W31.csv"
UNITS = "feedback/units/2026.csv"
HEAD = "source,marketplace,sku,batch,category,reason,count"


def test_cells_and_counts_are_told_at_their_line(tmp_path: Path) -> None:
    found = diagnostics(
        tmp_path, f"# raw {UNITS}\nweek,marketplace,sku,units\n2026-W31,US\n2026-W31,US,AG-CAP-01,x"
    )
    assert [(str(d.place), d.rule) for d in found] == [
        (f"{UNITS}:2:1", "feedback/cells"),
        (f"{UNITS}:3:1", "feedback/count"),
    ]


def test_unknown_sku_is_told_once_a_file(tmp_path: Path) -> None:
    rows = f"# raw {WEEK}\n{HEAD}\nreview,US,AG-CAP-09,,,,1\nreturn,US,AG-CAP-09,,,,1"
    (found,) = diagnostics(tmp_path, rows)
    assert (str(found.place), found.field) == (f"{WEEK}:2:1", "sku")
    assert "AG-CAP-0" in found.hint


def test_unknown_category_and_label_of_a_source(tmp_path: Path) -> None:
    found = diagnostics(tmp_path, f"# raw {WEEK}\n{HEAD}\n退货,US,AG-CAP-01,,size-smal,,1")
    assert {d.rule: d.hint[:12] for d in found} == {
        "feedback/reference": "是不是 size-sma",
        "feedback/source": "应写 return；可用",
    }


def test_year_of_folder_and_file_agree(tmp_path: Path) -> None:
    wrong = "feedback/2025/2026-W31.csv"
    assert where(tmp_path, "feedback/name", f"# raw {wrong}\n{HEAD}") == [f"{wrong}:1:1"]


def test_a_week_that_does_not_exist(tmp_path: Path) -> None:
    bad = "feedback/2025/2025-W53.csv"
    row = "review,US,AG-CAP-01,,,,1"
    assert where(
        tmp_path, "feedback/week", f"# raw {bad}\n{HEAD}\n{row}\n{row}".replace(",1\nreview", ",1\nqc")
    ) == [f"{bad}:2:1"]


def test_same_line_for_another_batch_is_no_repetition(tmp_path: Path) -> None:
    rows = f"# raw {WEEK}\n{HEAD}\nreview,US,AG-CAP-01,KN2607,,,1\nreview,US,AG-CAP-01,KN2608,,,1"
    assert diagnostics(tmp_path, rows) == []
