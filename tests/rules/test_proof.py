"""Proof: exposure, verdict, enough units."""

from __future__ import annotations

from pathlib import Path

import pytest

from .tree import ISSUE, at, ids, where

PROOF = """status: verified
closed:
verification:
  before: {{from: 2026-06-01, to: 2026-08-31, defects: {}, units: {}}}
  after: {{from: 2026-09-10, to: 2026-12-10, defects: {}, units: {}}}
  verdict: {}
  by: qc
  on: 2026-12-12
"""


def proof(*numbers: int, verdict: str = "effective") -> str:
    return PROOF.format(*numbers, verdict)


@pytest.mark.parametrize(
    ("numbers", "rule"),
    [
        ((127, 5120, 5, 5300), None),
        ((127, 5120, 0, 200), None),
        ((127, 5120, 0, 130), "gates/verified-sample"),
        ((127, 5120, 0, 100), "gates/verified-sample"),
        ((0, 5120, 0, 5300), "gates/verified-sample"),
        ((10, 1000, 10, 1000), "gates/verified-effect"),
        ((10, 1000, 9, 1000), "gates/verdict-unsupported"),
        ((6, 113, 0, 60), "gates/verified-sample"),
        ((127, 0, 5, 5300), "gates/verified-exposure"),
        ((127, 5120, 0, 0), "gates/verified-exposure"),
    ],
)
def test_numbers(numbers: tuple[int, ...], rule: str | None, tmp_path: Path) -> None:
    found = {r for r in ids(tmp_path, proof(*numbers)) if r.startswith("gates/")}
    assert found == ({rule} if rule else set())


def test_zero_units_are_told_at_the_number(tmp_path: Path) -> None:
    assert where(tmp_path, "gates/verified-exposure", proof(127, 5120, 0, 0)) == [
        at(tmp_path, ISSUE, "units: |0}")
    ]


@pytest.mark.parametrize("verdict", ["ineffective", "not-implemented", "insufficient-data"])
def test_verdict_that_proves_nothing(verdict: str, tmp_path: Path) -> None:
    sample = proof(127, 5120, 5, 5300, verdict=verdict)
    assert where(tmp_path, "gates/verified-verdict", sample) == [
        at(tmp_path, ISSUE, f"  verdict: |{verdict}")
    ]
    told = ids(tmp_path, sample.replace("status: verified", "status: fixed"))
    assert told == (set() if verdict == "not-implemented" else {"gates/verdict-unsupported"})


def test_a_closed_issue_without_proof_is_a_warning_when_it_matters(tmp_path: Path) -> None:
    assert ids(tmp_path, "severity: minor\nverification:") == set()
    assert ids(tmp_path, "severity: major\nverification:") == {"gates/closed-proof"}
    without_units = proof(127, 5120, 0, 0).replace("status: verified\nclosed:\n", "severity: major\n")
    assert ids(tmp_path, without_units) == {"gates/closed-proof"}


@pytest.mark.parametrize(
    ("numbers", "supported"),
    [
        ((6, 113, 0, 60), "insufficient-data"),
        ((127, 5120, 120, 5300), "ineffective"),
        ((127, 5120, 5, 5300), "effective"),
    ],
)
def test_only_the_supported_verdict_stands(numbers: tuple[int, ...], supported: str, tmp_path: Path) -> None:
    for verdict in ("effective", "ineffective", "insufficient-data"):
        sample = proof(*numbers, verdict=verdict).replace("status: verified", "status: fixed")
        found = {r for r in ids(tmp_path / verdict, sample) if r.startswith("gates/")}
        assert bool(found) == (verdict != supported), verdict


def test_a_count_before_the_first_good_batch_is_no_proof(tmp_path: Path) -> None:
    cut_in = "verification:\n  cut_in: {batch: KN2609, on: 2026-09-20}"
    sample = proof(127, 5120, 5, 5300).replace("verification:", cut_in)
    assert "lifecycle/date-order" in ids(tmp_path, sample)
