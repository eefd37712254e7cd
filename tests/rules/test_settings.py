"""qloop.yml: gates, fields, forge."""

from __future__ import annotations

from pathlib import Path

from .tree import at, diagnostics


def test_nearest_gate_is_named_at_the_key(tmp_path: Path) -> None:
    (found,) = diagnostics(tmp_path, "# qloop.yml\ngates:\n  gates/fixed-action: 试销")
    assert str(found.place) == at(tmp_path, "qloop.yml", "|gates/fixed-action:")
    assert found.hint == "是不是 gates/fixed-actions？"


def test_rule_that_cannot_be_relaxed(tmp_path: Path) -> None:
    (found,) = diagnostics(tmp_path, "# qloop.yml\ngates: {privacy/phone: 懒}")
    assert (found.rule, found.message) == ("settings/gate", "privacy/phone 不可放宽")


def test_gate_without_a_reason_is_no_gate(tmp_path: Path) -> None:
    sample = "# qloop.yml\ngates: {gates/closed-faq: , gates/closed-escape: }"
    assert diagnostics(tmp_path, sample) == []


def test_limits_that_no_value_passes(tmp_path: Path) -> None:
    sample = """# qloop.yml
categories:
  - {id: size-small, label: 小, fields: [{name: measured_cm, label: 帽围, type: number, min: 70, max: 40}]}
"""
    messages = [d.message for d in diagnostics(tmp_path, sample) if d.rule == "settings/field"]
    assert messages == ["measured_cm 的 min 大于 max，没有值能通过"]


def test_department_that_does_not_exist(tmp_path: Path) -> None:
    sample = "# qloop.yml\ncategories: [{id: size-small, label: 小, department: 品控}]"
    (found,) = [d for d in diagnostics(tmp_path, sample) if d.rule == "references/unknown"]
    assert (found.field, found.hint) == ("categories[0].department", "这里写 id：qc")
