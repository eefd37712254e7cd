"""Privacy: exact places in every kind of file, never the text itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from qloop.pipeline import check
from qloop.privacy import KINDS
from qloop.rules import all_rules

from .tree import FAQ, ISSUE, PRIVATE, TODAY, at, diagnostics, ids, tree

PHONE = "138" + "1234" + "5678"


def places(root: Path, *samples: str) -> list[str]:
    return [str(d.place) for d in diagnostics(root, *samples) if d.rule == "privacy/phone"]


def test_every_kind_has_its_rule() -> None:
    assert {r.id for r in all_rules().values() if r.family == "privacy"} == {f"privacy/{k}" for k in KINDS}


@pytest.mark.parametrize("kind", KINDS)
def test_message_never_repeats_the_text(kind: str, tmp_path: Path) -> None:
    found = diagnostics(tmp_path, f"title: 买家«{kind}»说压头", f"# {FAQ}\nanswer: 见 «{kind}» 处")
    mine = [d for d in found if d.rule == f"privacy/{kind}"]
    assert {d.place.path for d in mine} == {ISSUE, FAQ}
    assert not any(PRIVATE[kind] in f"{d} {d.as_json()}" for d in found)


def test_between_chinese_characters(tmp_path: Path) -> None:
    assert places(tmp_path, "title: 买家«phone»说压头") == [f"{ISSUE}:3:10"]


def test_in_the_body(tmp_path: Path) -> None:
    assert places(tmp_path, "body: 电话 «phone»") == [at(tmp_path, ISSUE, "电话 |138")]


def test_in_a_table(tmp_path: Path) -> None:
    path = "feedback/2026/2026-W31.csv"
    head = "source,marketplace,sku,batch,category,reason,count"
    assert places(tmp_path, f"# raw {path}\n{head}\nreview,US,AG-CAP-01,,,«phone»,2") == [f"{path}:2:23"]


def test_in_settings_and_catalogue(tmp_path: Path) -> None:
    factory = "# raw catalog/factories.yml\n- {id: ningbo-knit, name: 宁波针织厂 «phone»}"
    assert places(tmp_path, "# qloop.yml\nbrand: «phone»", factory) == [
        "catalog/factories.yml:1:33",
        "qloop.yml:2:8",
    ]


def test_in_a_broken_record(tmp_path: Path) -> None:
    assert places(tmp_path, f"# raw {FAQ}\n没有字段的文件 «phone»") == [f"{FAQ}:1:9"]


def test_byte_order_mark_and_windows_line_ends(tmp_path: Path) -> None:
    root = tree(tmp_path, "title: 买家«phone»说压头")
    file = root / ISSUE
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    found = [d for d in check(root, TODAY).diagnostics if d.rule == "privacy/phone"]
    assert [str(d.place) for d in found] == [f"{ISSUE}:3:10"]


def test_skus_batches_dates_and_measures_are_no_customer_data(tmp_path: Path) -> None:
    text = "AG-CAP-01 KN2607 2026-08-03 54.8 cm B0C1234567 X001ABC123 6901234567892 AQL 2.5 II 5,120 件"
    assert ids(tmp_path, f"body: {text}") == set()
