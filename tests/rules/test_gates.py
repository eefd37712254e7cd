"""Gates: of which statuses and severities, and relaxed ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from .tree import FAQ, ISSUE, SOP, diagnostics, ids, where

OPEN = "{id: A1, what: 首件测帽围, kind: corrective, owner: qc, due: 2027-08-20}"


@pytest.mark.parametrize("status", ["fixed", "verified", "closed"])
def test_statuses_after_fixed_inherit_its_gates(status: str, tmp_path: Path) -> None:
    closed = "" if status == "closed" else "closed:\n"
    found = ids(tmp_path, f"status: {status}\n{closed}severity: minor\nroot_cause:\nactions: [{OPEN}]")
    assert found == {"gates/fixed-root-cause", "gates/fixed-actions"}


@pytest.mark.parametrize("status", ["open", "analyzing", "improving", "rejected"])
def test_other_statuses_do_not(status: str, tmp_path: Path) -> None:
    bare = "root_cause:\ncontainment:\nverification:\nsops: []\nfaqs: []\nclosed:"
    assert ids(tmp_path, f"status: {status}\nactions: [{OPEN}]\n{bare}") == set()


def test_open_action_is_told_at_the_action(tmp_path: Path) -> None:
    assert where(tmp_path, "gates/fixed-actions", f"actions: [{OPEN}]") == [f"{ISSUE}:26:11"]


def test_only_corrective_actions_hold_a_fix_back(tmp_path: Path) -> None:
    assert ids(tmp_path, f"actions: [{OPEN.replace('corrective', 'preventive')}]") == set()


@pytest.mark.parametrize(("severity", "wrong"), [("critical", True), ("major", True), ("minor", False)])
def test_closing_asks_more_of_weighty_issues(severity: str, wrong: bool, tmp_path: Path) -> None:
    bare = "containment:\nsops: []\nfaqs: []\nroot_cause: {class: design, whys: [弹片 0.25 mm 太薄]}"
    unnamed = f"# {FAQ}\nissues: []"
    found = ids(tmp_path, f"severity: {severity}\n{bare}", unnamed)
    names = {"containment", "escape", "standard", "faq"}
    assert found == ({f"gates/closed-{n}" for n in names} if wrong else set())


def test_checkpoint_that_names_the_issue_is_a_standard(tmp_path: Path) -> None:
    named = f"# {SOP}\ncheckpoints: [{{id: CP1, item: 帽围, issues: [QI-260803-7KD]}}]"
    assert ids(tmp_path, "sops: []", named) == set()


def test_faq_that_names_the_issue_is_an_answer(tmp_path: Path) -> None:
    assert ids(tmp_path, "faqs: []") == set()


def test_relaxed_gate_leaves_the_others(tmp_path: Path) -> None:
    gate = "# qloop.yml\ngates: {gates/closed-containment: 小团队，不单独记录遏制}"
    found = diagnostics(tmp_path, "containment:\nroot_cause: {class: design, whys: [弹片太薄]}", gate)
    assert [d.rule for d in found] == ["gates/closed-escape"]
