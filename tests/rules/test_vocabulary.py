"""Details and facts: required, typed, within limits."""

from __future__ import annotations

from pathlib import Path

import pytest

from qloop.diagnostics import Fix

from .tree import ISSUE, at, diagnostics, ids, where

PRODUCTS = "catalog/products.yml"


def details(text: str) -> str:
    return f"details: {{measured_cm: 54.8, {text}}}"


@pytest.mark.parametrize("value", ["54.8", "54.80", "55", "'54.8'", "40", "70"])
def test_numbers(value: str, tmp_path: Path) -> None:
    assert ids(tmp_path, f"details: {{measured_cm: {value}}}") == set()


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("measured_cm: 54.8 cm", "vocabulary/type"),
        ("measured_cm: true", "vocabulary/type"),
        ("measured_cm: 1e3", "vocabulary/type"),
        ("measured_cm: 39.9", "vocabulary/limits"),
        ("measured_cm: 54.8, grade: 0", "vocabulary/limits"),
        ("measured_cm: 54.8, seen_on: 2026-02-30", "vocabulary/type"),
        ("measured_cm: 54.8, found_at: 上身", "vocabulary/type"),
    ],
)
def test_bad_values(text: str, rule: str, tmp_path: Path) -> None:
    assert ids(tmp_path, f"details: {{{text}}}") == {rule}


def test_missing_details_are_told_at_the_key(tmp_path: Path) -> None:
    (found,) = diagnostics(tmp_path, "details:")
    assert (str(found.place), found.message) == (
        at(tmp_path, ISSUE, "|details:"),
        "尺码偏小要求填写 measured_cm（实测帽围）",
    )


def test_missing_in_details_is_told_at_details(tmp_path: Path) -> None:
    assert where(tmp_path, "vocabulary/missing", "details: {grade: 4}") == [at(tmp_path, ISSUE, "|details:")]


def test_value_is_told_at_the_value_with_the_nearest(tmp_path: Path) -> None:
    (found,) = diagnostics(tmp_path, details("found_at: 上身试带"))
    assert str(found.place) == at(tmp_path, ISSUE, "found_at: |上身试带")
    assert found.hint == "是不是 上身试戴？可选：上身试戴 · 出货抽检"


def test_label_instead_of_a_name_is_mended(tmp_path: Path) -> None:
    (found,) = diagnostics(tmp_path, details("发现环节: 出货抽检"))
    assert (found.severity, found.fix, str(found.place)) == (
        "warning",
        Fix("发现环节", "found_at"),
        at(tmp_path, ISSUE, "|发现环节: 出货"),
    )


@pytest.mark.parametrize("status", ["rejected", "duplicate"])
def test_nothing_is_asked_of_what_did_not_hold(status: str, tmp_path: Path) -> None:
    assert "vocabulary/missing" not in ids(tmp_path, f"status: {status}\nclosed:\ndetails:")


def test_facts_of_products(tmp_path: Path) -> None:
    rows = """# raw catalog/products.yml
- {sku: AG-CAP-01, name: 帽, category: hats, facts: {weight_g: 920, girht_cm: 56-58}}
"""
    found = diagnostics(tmp_path, rows)
    assert [(str(d.place), d.rule) for d in found] == [
        (at(tmp_path, PRODUCTS, "|facts:"), "vocabulary/missing"),
        (at(tmp_path, PRODUCTS, "weight_g: |920"), "vocabulary/limits"),
        (at(tmp_path, PRODUCTS, "|girht_cm"), "vocabulary/unknown"),
    ]
