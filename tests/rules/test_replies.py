"""FAQ entries: ways of asking, placeholders."""

from __future__ import annotations

from pathlib import Path

from .tree import FAQ, diagnostics, ids, where

REPLY = 'replies: [{{lang: en, meaning: 道歉, text: "{}"}}]'


def faq(text: str) -> str:
    return f"# {FAQ}\n{REPLY.format(text)}\nplaceholders: {{buyer_name: {{label: 称呼}}}}"


def test_undeclared_is_told_at_the_text_with_the_nearest(tmp_path: Path) -> None:
    (found,) = [
        d for d in diagnostics(tmp_path, faq("{{buyer_nam}} {{buyer_name}}")) if d.severity == "error"
    ]
    assert (str(found.place), found.field) == (f"{FAQ}:10:41", "replies[0].text")
    assert found.message == "回复里用了 {{buyer_nam}}，placeholders 里却没有它"
    assert found.hint.startswith("是不是 {{buyer_name}}？")


def test_blanks_inside_the_braces_do_not_matter(tmp_path: Path) -> None:
    assert ids(tmp_path, faq("Hello {{ buyer_name }}")) == set()


def test_unused_is_told_at_the_key(tmp_path: Path) -> None:
    assert where(tmp_path, "wording/placeholder-unused", faq("Hello")) == [f"{FAQ}:11:16"]


def test_one_brace_is_no_placeholder(tmp_path: Path) -> None:
    assert ids(tmp_path, faq("{{buyer_name}} {x}")) == set()


def test_no_aliases_at_all(tmp_path: Path) -> None:
    found = diagnostics(tmp_path, f"# {FAQ}\naliases: {{}}")
    assert {d.rule for d in found} == {"wording/aliases-language"}
    assert len(found) == 2
    assert {d.severity for d in found} == {"error"}


def test_too_few_aliases(tmp_path: Path) -> None:
    assert where(tmp_path, "wording/aliases", f"# {FAQ}\naliases: {{zh: [勒头], en: [too tight]}}") == [
        f"{FAQ}:5:15",
        f"{FAQ}:5:25",
    ]
