"""Sums and numbers at their values."""

from __future__ import annotations

from pathlib import Path

import pytest

from .tree import FAQ, ISSUE, at, diagnostics, where


@pytest.mark.parametrize(
    ("sample", "path", "spot"),
    [
        ("occurrences: [{week: 2026-W31, source: qc, count: -1}]", ISSUE, "count: |-1"),
        ("cost: {refund: 5, scrap: -0.5}", ISSUE, "scrap: |-0.5"),
        ("trials: [{on: 2026-08-22, old: KN2607, new: KN2609, testers: -6}]", ISSUE, "testers: |-6"),
        (f"# {FAQ}\nauthority: {{max_refund: -500}}", FAQ, "max_refund: |-500"),
        ("# qloop.yml\npolicy: {return_days: -1}", "qloop.yml", "return_days: |-1"),
    ],
)
def test_negative(sample: str, path: str, spot: str, tmp_path: Path) -> None:
    assert where(tmp_path, "numbers/negative", sample) == [at(tmp_path, path, spot)]


def test_negative_count_of_a_table(tmp_path: Path) -> None:
    path = "feedback/units/2026.csv"
    table = f"# raw {path}\nweek,marketplace,sku,units\n2026-W31,US,AG-CAP-01,-4"
    (found,) = diagnostics(tmp_path, table)
    assert (str(found.place), found.rule, found.message) == (
        f"{path}:2:1",
        "numbers/negative",
        "销量不能是负数（-4）",
    )


def test_repeated_week_names_the_first(tmp_path: Path) -> None:
    row = "{week: 2026-W31, source: qc, count: 1}"
    (found,) = diagnostics(tmp_path, f"occurrences:\n  - {row}\n  - {row}")
    assert (str(found.place), str(found.related[0])) == (f"{ISSUE}:19:5", f"{ISSUE}:18:5")


def test_as_many_defects_as_units_can_be(tmp_path: Path) -> None:
    proof = """verification:
  before: {from: 2026-06-01, to: 2026-08-31, defects: 20, units: 20}
  after: {from: 2026-09-10, to: 2026-12-10, defects: 5, units: 5300}
  verdict: effective
  by: qc
  on: 2026-12-12
"""
    assert diagnostics(tmp_path, proof) == []
