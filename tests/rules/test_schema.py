"""Fields: value errors at the value, unknown keys at the key, missing keys at the first line."""

from __future__ import annotations

from pathlib import Path

from qloop.diagnostics import Fix

from .tree import CHANGE, ISSUE, SOP, at, diagnostics, where


def test_missing_field_of_a_part_is_told_at_the_part(tmp_path: Path) -> None:
    assert where(tmp_path, "schema/missing", "containment: {action: 暂停发货, by: qc}") == [f"{ISSUE}:20:14"]


def test_missing_field_of_the_record_is_told_at_its_first_line(tmp_path: Path) -> None:
    assert where(tmp_path, "schema/missing", f"# {CHANGE}\nafter:") == [f"{CHANGE}:2:1"]


def test_unknown_key_is_told_at_the_key_with_the_nearest(tmp_path: Path) -> None:
    (found,) = diagnostics(tmp_path, f"# {SOP}\naprover: qc")
    assert (str(found.place), found.field) == (at(tmp_path, SOP, "|aprover:"), "aprover")
    assert found.hint == "是不是 approver？"


def test_label_as_a_key_gets_the_fields_name_and_a_fix(tmp_path: Path) -> None:
    (found,) = diagnostics(tmp_path, "复发自: ")
    assert (found.rule, str(found.place)) == ("schema/unknown-key", at(tmp_path, ISSUE, "|复发自"))
    assert found.hint == "是不是 recurrence_of？"
    assert found.fix == Fix("复发自", "recurrence_of")


def test_label_as_a_key_is_not_rewritten_beside_the_field_itself(tmp_path: Path) -> None:
    (found,) = diagnostics(tmp_path, "负责人: qc")
    assert found.hint == "是不是 owner？"
    assert found.fix is None


def test_key_that_is_like_nothing_gets_no_guess(tmp_path: Path) -> None:
    (found,) = diagnostics(tmp_path, "zzqq: 1")
    assert "是不是" not in found.hint


def test_misspelt_key_without_a_value_is_told(tmp_path: Path) -> None:
    (found,) = diagnostics(tmp_path, "sevrity:\ncost: {refund: , reship: 5}")
    assert (found.rule, str(found.place)) == ("schema/unknown-key", at(tmp_path, ISSUE, "|sevrity"))


def test_thousands_separator_is_no_second_key(tmp_path: Path) -> None:
    (found,) = diagnostics(tmp_path, "cost: {refund: 1,840}")
    assert (found.rule, str(found.place)) == ("yaml/comma", at(tmp_path, ISSUE, "1,|840"))


def test_blanks_of_free_fields_are_fine(tmp_path: Path) -> None:
    assert diagnostics(tmp_path, "details: {measured_cm: 54.8, grade: }") == []


def test_label_is_named_with_its_id_and_a_fix(tmp_path: Path) -> None:
    (found,) = diagnostics(tmp_path, "severity: 重大")
    assert found.hint.startswith("应写 critical；可用的值：critical · major · minor")
    assert found.fix == Fix("重大", "critical")


def test_misspelt_choice_gets_a_hint_but_no_fix(tmp_path: Path) -> None:
    (found,) = diagnostics(tmp_path, "severity: mayor")
    assert "major" in found.hint
    assert found.fix is None


def test_choice_in_a_list_is_told_at_the_item(tmp_path: Path) -> None:
    assert where(tmp_path, "schema/choice", "sources: [review, 问一问]") == [f"{ISSUE}:12:19"]


def test_a_wrong_mapping_is_not_repeated(tmp_path: Path) -> None:
    (found,) = diagnostics(tmp_path, "opened: {day: 1}")
    assert "{…}" in found.message
