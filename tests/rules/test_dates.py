"""Dates: order, future, overdue."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from qloop.pipeline import check

from .tree import CHANGE, FAQ, ISSUE, REVIEW, SOP, TODAY, at, diagnostics, ids, tree, where


def test_both_places_and_labels_are_named(tmp_path: Path) -> None:
    (found,) = diagnostics(tmp_path, "containment: {action: 暂停发货, by: qc, on: 2026-08-02}")
    assert (str(found.place), [str(p) for p in found.related]) == (
        at(tmp_path, ISSUE, "on: |2026-08-02}"),
        [f"{ISSUE}:5:9"],
    )
    assert found.message == "临时遏制 › 日期 2026-08-02 早于 发现日期 2026-08-03"


@pytest.mark.parametrize(
    "sample",
    [
        "trials: [{on: 2026-08-01, old: KN2607, new: KN2609}]",
        "closed: 2026-12-11",
        f"# {CHANGE}\napprovals: [{{role: qc, on: 2026-08-09}}]",
        f"# {CHANGE}\napprovals: [{{role: qc, on: 2026-09-11}}]",
        f"# {REVIEW}\nperiod: {{from: 2026-08-03, to: 2026-08-02}}",
        f"# {SOP}\nreview_due: 2026-08-31",
    ],
)
def test_out_of_order(sample: str, tmp_path: Path) -> None:
    assert "lifecycle/date-order" in ids(tmp_path, sample)


def test_same_day_is_in_order(tmp_path: Path) -> None:
    assert ids(tmp_path, "containment: {action: 暂停发货, by: qc, on: 2026-08-03}") == set()


@pytest.mark.parametrize(("day", "wrong"), [("2026-12-21", False), ("2026-12-22", True)])
def test_one_day_of_leave(day: str, wrong: bool, tmp_path: Path) -> None:
    found = where(tmp_path, "lifecycle/future", f"closed: {day}")
    assert found == ([at(tmp_path, ISSUE, "closed: |")] if wrong else [])


def test_plans_may_lie_ahead(tmp_path: Path) -> None:
    planned = f"# {CHANGE}\nstatus: approved\ncut_in: {{batch: KN2701, on: 2027-01-10}}"
    assert ids(tmp_path, planned, f"# {SOP}\nstatus: draft\neffective: 2027-01-01") == set()


def test_effective_change_lies_not_ahead(tmp_path: Path) -> None:
    assert ids(tmp_path, f"# {CHANGE}\ncut_in: {{batch: KN2701, on: 2027-01-10}}") == {"lifecycle/future"}


def test_due_today_is_not_overdue(tmp_path: Path) -> None:
    due = "due: 2026-12-20"
    action = f"actions: [{{id: A1, what: 更新尺码图, kind: listing, owner: qc, {due}}}]"
    root = tree(tmp_path, action)
    assert check(root, TODAY).diagnostics == ()
    (found,) = check(root, TODAY + dt.timedelta(days=1)).diagnostics
    assert (found.severity, found.rule) == ("warning", "lifecycle/overdue-action")


def test_nobody_works_on_a_rejected_issue(tmp_path: Path) -> None:
    action = "actions: [{id: A1, what: 更新尺码图, kind: listing, owner: qc, due: 2026-08-20}]"
    assert ids(tmp_path, f"status: rejected\nclosed:\n{action}") == set()


def test_action_of_a_review_is_overdue(tmp_path: Path) -> None:
    action = "actions: [{id: A1, what: 更新尺码图, kind: listing, owner: qc, due: 2026-08-20}]"
    assert where(tmp_path, "lifecycle/overdue-action", f"# {REVIEW}\n{action}") == [
        at(tmp_path, REVIEW, "due: |2026-08-20")
    ]


def test_obsolete_sop_needs_no_review(tmp_path: Path) -> None:
    late = "effective: 2025-01-01\nreview_due: 2026-01-01"
    assert "lifecycle/overdue-review" in ids(tmp_path, f"# {SOP}\n{late}")
    assert "lifecycle/overdue-review" not in ids(tmp_path, f"# {SOP}\n{late}\nstatus: obsolete")
    assert "lifecycle/overdue-review" in ids(tmp_path, f"# {FAQ}\nreview_due: 2026-12-19")
