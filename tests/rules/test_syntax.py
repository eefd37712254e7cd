"""YAML as it is written: places and plain words."""

from __future__ import annotations

from pathlib import Path

import pytest

from .tree import FAQ, diagnostics

YML = "faq/FAQ-x.yml"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: [b", "括号 [ 或 { 没有写完，或各项之间少了逗号"),
        ('a: "b', "引号没有写完"),
        ("a: b: c", "这里的冒号不该出现：值里有冒号要加引号，或上一行少了引号"),
        ("a: b\nc", "这一行少了冒号，或冒号后面没有空格"),
        ("a: *b", "以 * 开头的文字被当成了引用"),
        ("a: @b", "值不能以 @、` 或 % 开头"),
        ("a:\n  b: c\n d: e", "缩进对不齐"),
    ],
)
def test_syntax_is_told_in_plain_words(text: str, said: str, tmp_path: Path) -> None:
    found = [d for d in diagnostics(tmp_path, f"# raw {YML}\n{text}") if d.rule == "yaml/syntax"]
    assert [d.message for d in found] == [said]


def test_duplicate_key_stands_at_the_second_key(tmp_path: Path) -> None:
    sample = f"# raw {YML}\nid: FAQ-x\ntitle: a\n title: b"
    found = diagnostics(tmp_path, sample.replace(" title", "title"))
    twice = [d for d in found if d.rule == "yaml/duplicate-key"]
    assert [(str(d.place), d.field) for d in twice] == [(f"{YML}:3:1", "title")]


def test_reading_goes_on_after_a_tag(tmp_path: Path) -> None:
    assert {d.rule for d in diagnostics(tmp_path, f"# {FAQ}\ntitle: !x 帽子太紧")} == {"yaml/tag"}
