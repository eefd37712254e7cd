"""A status and the fields that belong to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from .tree import CHANGE, ISSUE, SOP, at, ids, where


def test_closed_without_a_date_is_told_at_the_status(tmp_path: Path) -> None:
    assert where(tmp_path, "lifecycle/closed-date", "closed:") == [f"{ISSUE}:4:9"]


def test_date_of_closing_while_work_goes_on(tmp_path: Path) -> None:
    assert where(tmp_path, "lifecycle/closed-date", "status: improving") == [
        at(tmp_path, ISSUE, "closed: |2026")
    ]


def test_duplicate_of_without_the_status(tmp_path: Path) -> None:
    other = "# issues/2026/QI-260804-8MF.md\naliases: []"
    assert where(tmp_path, "lifecycle/duplicate-of", "duplicate_of: QI-260804-8MF", other) == [
        at(tmp_path, ISSUE, "duplicate_of: |QI")
    ]


@pytest.mark.parametrize("status", ["approved", "trial", "effective"])
def test_signed_changes_need_approvals(status: str, tmp_path: Path) -> None:
    sample = f"# {CHANGE}\nstatus: {status}\napprovals: []"
    assert where(tmp_path, "lifecycle/approvals", sample) == [f"{CHANGE}:4:9"]


@pytest.mark.parametrize("status", ["requested", "rejected", "withdrawn"])
def test_unsigned_changes_do_not(status: str, tmp_path: Path) -> None:
    assert ids(tmp_path, f"# {CHANGE}\nstatus: {status}\napprovals: []\ncut_in:") == set()


def test_two_approvals_of_the_authors_own_role(tmp_path: Path) -> None:
    own = "{role: factory-engineering, on: 2026-08-12}"
    sample = f"# {CHANGE}\napprovals: [{own}, {own}]"
    assert where(tmp_path, "lifecycle/approvals", sample) == [at(tmp_path, CHANGE, "approvals: |[")]


def test_change_without_an_author_needs_one_approval(tmp_path: Path) -> None:
    assert ids(tmp_path, f"# {CHANGE}\nauthor:\napprovals: [{{role: qc, on: 2026-08-12}}]") == set()


def test_approver_of_a_revision_is_not_the_sops_author(tmp_path: Path) -> None:
    revision = '{revision: "3", on: 2026-09-01, reason: 首件, approver: factory-engineering}'
    assert where(tmp_path, "lifecycle/approver", f"# {SOP}\nrevisions: [{revision}]") == [
        at(tmp_path, SOP, "approver: |factory-engineering}")
    ]
