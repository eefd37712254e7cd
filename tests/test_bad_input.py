"""Bad input: each file gives its rule at its line, never a traceback, and hides no other record."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from qloop.diagnostics import Diagnostic
from qloop.pipeline import BrokenSettings, check
from qloop.read.discover import decode
from qloop.read.yaml import MAX_DEPTH, load

SETTINGS = """\
brand: AlturaGo
departments: [{id: qc, label: 品控}]
categories: [{id: other, label: 其他}]
"""
FIELDS = """\
id: {id}
title: 帽口开线 3 cm
status: open
opened: 2026-08-03
category: other
severity: minor
owner: qc
products: []
"""
GOOD, BAD = "issues/2026/QI-260803-7KD.md", "issues/2026/QI-260804-8MF.md"
GOOD_RECORD = "---\n" + FIELDS.format(id="QI-260803-7KD") + "---\n"
BAD_FIELDS = FIELDS.format(id="QI-260804-8MF")


def put(root: Path, path: str, data: str | bytes) -> Path:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data.encode() if isinstance(data, str) else data)
    return file


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "archive"
    put(root, "qloop.yml", SETTINGS)
    put(root, GOOD, GOOD_RECORD)
    return root


def found(root: Path) -> list[str]:
    """``line:column rule`` of everything in the bad file; the good record must have been read."""
    checked = check(root)
    assert [e.id for e in checked.archive.entries][:1] == ["QI-260803-7KD"]
    assert all(d.message and d.hint for d in checked.diagnostics)
    return [spot(d) for d in checked.diagnostics if d.place.path == BAD]


def spot(diagnostic: Diagnostic) -> str:
    return f"{diagnostic.place.line}:{diagnostic.place.column} {diagnostic.rule}"


def record(fields: str = "", body: str = "") -> str:
    return f"---\n{BAD_FIELDS}{fields}---\n{body}"


CASES: dict[str, tuple[str | bytes, list[str]]] = {
    "GBK": (record().encode("gbk"), ["1:1 file/encoding"]),
    "UTF-16": (record().encode("utf-16"), ["1:1 file/binary"]),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)), ["1:1 file/binary"]),
    "bytes of nothing": (b"\xff\xfe\xfd\xfc" * 9, ["1:1 file/binary"]),
    "NUL": (record("severity\0: x\n"), ["1:1 file/binary"]),
    "5 MB": (record("details: {a: " + "x" * 5_000_000 + "}\n"), ["1:1 file/too-large"]),
    "empty": ("", ["1:1 file/empty"]),
    "blanks": (" \n\n\t\n", ["1:1 file/empty"]),
    "only a byte-order mark": (b"\xef\xbb\xbf", ["1:1 file/empty"]),
    "no front matter": ("# 帽口开线\n", ["1:1 file/no-front-matter"]),
    "unclosed front matter": ("---\n" + BAD_FIELDS, ["1:1 file/unclosed-front-matter"]),
    "nothing between the lines": ("---\n---\n", ["2:1 yaml/not-a-mapping"]),
    "a list": ("---\n- a\n- b\n---\n", ["2:1 yaml/not-a-mapping"]),
    "a word": ("---\nhello\n---\n", ["2:1 yaml/not-a-mapping"]),
    "tab": (record("impact:\n\ttier: vip\n"), ["11:1 yaml/tab"]),
    "unclosed bracket": (record("batches: [KN2607\n"), ["10:17 yaml/syntax"]),
    "unclosed quote": (record('demand: "refund\n'), ["10:16 yaml/syntax"]),
    "colon in a value": (record("demand: a: b\n"), ["10:10 yaml/syntax"]),
    "an end in the middle": (record("...\nid: x\n"), ["11:1 yaml/syntax"]),
    "control character": (record("demand: a\x07b\n"), ["10:10 yaml/character"]),
    "tag": (record("demand: !!python/name:os.system refund\n"), ["10:9 yaml/tag"]),
    "a tag of one's own": (record("impact: !vip {tier: vip}\n"), ["10:9 yaml/tag"]),
    "duplicate key": (record("severity: major\n"), ["10:1 yaml/duplicate-key"]),
    "key is a list": (record("[a, b]: c\n"), ["10:1 yaml/key"]),
    "undefined alias": (record("demand: *refund\n"), ["10:9 yaml/syntax"]),
    "merge key": (record("<<: {demand: refund}\n"), ["10:1 schema/unknown-key"]),
    "deep": (record(f"details: {'[' * 60}{']' * 60}\n"), [f"10:{10 + MAX_DEPTH} yaml/too-large"]),
    "very deep": (record(f"details: {'[' * 200_000}\n"), [f"10:{10 + MAX_DEPTH} yaml/too-large"]),
    "very deep steps": (record(f"details:\n {'- ' * 200_000}\n"), [f"11:{2 + 2 * MAX_DEPTH} yaml/too-large"]),
    "no such day": (record("closed: 2026-02-30\n"), ["10:9 schema/type"]),
    "no such key": (record("sevrity: major\n"), ["10:1 schema/unknown-key"]),
}


@pytest.mark.parametrize("name", CASES)
def test_bad_file(name: str, root: Path) -> None:
    data, wanted = CASES[name]
    put(root, BAD, data)
    assert found(root) == wanted


@pytest.mark.parametrize("name", CASES)
def test_bad_settings_are_told(name: str, root: Path) -> None:
    put(root, "qloop.yml", CASES[name][0])
    with pytest.raises(BrokenSettings) as broken:
        check(root)
    assert broken.value.diagnostics
    assert all(d.place.path == "qloop.yml" and d.message for d in broken.value.diagnostics)


def test_two_documents_in_one_file(root: Path) -> None:
    put(root, "issues/2026/QI-260804-8MF.yml", f"{BAD_FIELDS}---\n{BAD_FIELDS}")
    assert [spot(d) for d in check(root).diagnostics] == ["9:1 yaml/several-documents"]


def test_alias_bomb(root: Path) -> None:
    bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
    for name, before in zip("bcdefghi", "abcdefgh", strict=True):
        bomb += f"{name}: &{name} [{', '.join(['*' + before] * 10)}]\n"
    put(root, BAD, record(bomb))
    rules = [r.split()[1] for r in found(root)]
    assert rules == ["yaml/too-large"]


def test_alias_to_its_own_parent(root: Path) -> None:
    put(root, BAD, record("details: &a {b: *a}\n"))
    assert [r.split()[1] for r in found(root)] == ["yaml/too-large"]


def test_missing_key_is_shown_at_the_first_line(root: Path) -> None:
    put(root, BAD, record().replace("severity: minor\n", ""))
    assert found(root) == ["2:1 schema/missing"]


def test_capital_letters_in_a_suffix_are_read_too(root: Path) -> None:
    (root / GOOD).rename(root / GOOD.replace(".md", ".MD"))
    assert found(root) == []


def test_language_that_is_not_there_names_those_that_are(root: Path) -> None:
    put(root, "qloop.yml", SETTINGS + "language: fr\n")
    with pytest.raises(BrokenSettings) as broken:
        check(root)
    (told,) = broken.value.diagnostics
    assert told.hint == "可用的值：zh · en"


def test_byte_order_mark_and_windows_line_ends_are_fine(root: Path) -> None:
    put(root, BAD, b"\xef\xbb\xbf" + record().replace("\n", "\r\n").encode())
    assert found(root) == []
    put(root, BAD, b"\xef\xbb\xbf" + record("closed: soon\n").replace("\n", "\r\n").encode())
    assert found(root) == ["10:9 schema/type"]


def test_folder_named_like_a_record(root: Path) -> None:
    (root / BAD).mkdir()
    assert found(root) == ["1:1 file/not-a-file"]


def test_link_to_nothing(root: Path) -> None:
    (root / BAD).symlink_to("nowhere.md")
    assert found(root) == ["1:1 file/not-a-file"]


def test_link_out_of_the_archive(root: Path) -> None:
    outside = put(root.parent, "outside.md", record())
    (root / BAD).symlink_to(outside)
    assert found(root) == ["1:1 file/outside"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_unreadable(root: Path) -> None:
    put(root, BAD, record()).chmod(0)
    assert found(root) == ["1:1 file/unreadable"]


def test_missing_settings(tmp_path: Path) -> None:
    with pytest.raises(BrokenSettings) as broken:
        check(tmp_path)
    assert [spot(d) for d in broken.value.diagnostics] == ["1:1 file/missing"]


def test_every_mistake_of_a_file_is_told_at_once(root: Path) -> None:
    put(root, BAD, record("sevrity: major\nclosed: soon\n").replace("status: open", "status: 已验收"))
    assert found(root) == ["4:9 schema/choice", "10:1 schema/unknown-key", "11:9 schema/type"]


def test_message_does_not_repeat_customer_data(root: Path) -> None:
    number = "138" + "1234" + "5678"
    put(root, BAD, record(f"closed: '{number}'\nowner_phone: x\n").replace("owner: qc", f"owner: '{number}'"))
    said = [str(d) for d in check(root).diagnostics]
    assert any("privacy/phone" in text for text in said)
    assert not any(number in text for text in said)


@given(st.text())
@example("[" * 5000)
@example("a: \u2028b\n\x85c: 1")
@example("? a\n: b\n? [c]\n: d")
@settings(deadline=None)
def test_any_text_is_read_or_refused_at_a_place_in_it(text: str) -> None:
    data, positions, problems = load(text)
    lines = text.split("\n")
    places = [*positions.values.values(), *positions.keys.values(), *((p.line, p.column) for p in problems)]
    for line, column in places:
        assert 1 <= line <= len(lines)
        assert 1 <= column <= len(lines[line - 1]) + 1
    assert data is None or positions.value(()) == positions.values[()]


YAML_TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufeff\u2028\u2029"))
DATA = st.recursive(
    YAML_TEXT | st.booleans() | st.integers(-(10**14), 10**14),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(YAML_TEXT, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(YAML_TEXT, DATA, max_size=5))
@settings(deadline=None)
def test_what_is_dumped_comes_back(data: dict[str, object]) -> None:
    import yaml

    text = yaml.safe_dump(data, allow_unicode=True)
    back, positions, problems = load(text)
    assert (back, problems) == (data, ())
    for key in data:
        line, column = positions.key((key,))
        assert text.split("\n")[line - 1][column - 1 :] != ""


@given(st.binary())
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    found = decode(data)
    assert isinstance(found, str) or found.rule.startswith("file/")
