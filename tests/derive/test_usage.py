"""Use of fields: every count by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from qloop.archive import Archive
from qloop.derive.usage import FieldUse, detail_use, fact_use, is_filled, kind_use
from qloop.records.kinds import KINDS
from tests.pages import tree
from tests.pages_indexes import archive as written

SETTINGS = """\
brand: 小样
as_of: 2026-11-22
departments: [{id: qc, label: 品控}]
categories:
  - id: tight
    label: 偏小
    fields: [{name: girth, label: 帽围, type: number}, {name: found, label: 环节}]
  - {id: late, label: 送达迟}
  - {id: rare, label: 少见, fields: [{name: never, label: 没有}]}
product_categories:
  - {id: hats, label: 帽子, facts: [{name: weight, label: 重量, type: number}, {name: lining, label: 里布}]}
  - {id: bags, label: 包}
"""
PRODUCTS = """\
- {sku: NEW, name: 新帽, category: hats, launched: 2026-05-01, facts: {weight: 90}}
- {sku: OLD, name: 旧帽, category: hats, launched: 2025-05-01, facts: {weight: 80}}
"""


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    root = tmp_path_factory.mktemp("archive") / "a"
    written.empty(root)
    (root / "qloop.yml").write_text(SETTINGS, "utf-8")
    (root / "catalog/products.yml").write_text(PRODUCTS, "utf-8")
    given: tuple[tuple[str, str, dict[str, object]], ...] = (
        ("QI-260901-ZZZ", "tight", {"details": {"girth": 0}, "batches": ["KN1"]}),
        ("QI-261001-AAA", "tight", {"details": {"girth": 54.8}, "cost": {"refund": 0}, "batches": []}),
        ("QI-261101-AAA", "late", {}),
    )
    for id, category, more in given:
        opened = f"2026-{id[5:7]}-{id[7:9]}"
        base = {"id": id, "title": "t", "status": "open", "opened": opened, "severity": "minor", "owner": "qc",
                "products": [], "category": category}  # fmt: skip
        written.write(root, f"issues/2026/{id}.yml", base | more)
    text = (root / "issues/2026/QI-260901-ZZZ.yml").read_text("utf-8")
    (root / "issues/2026/QI-260901-ZZZ.yml").unlink()
    Path(root / "issues/2026/QI-260901-ZZZ.md").write_text(f"---\n{text}---\n正文\n", "utf-8")
    return tree.site(root).archive


def test_every_field_of_every_kind(archive: Archive) -> None:
    for kind, one in KINDS.items():
        assert [u.key for u in kind_use(archive, kind)] == list(one.model.model_fields)


def test_counts_of_issue_fields(archive: Archive) -> None:
    found = {u.key: u for u in kind_use(archive, "issue")}
    assert found["title"] == FieldUse("title", 3, 3, "QI-261101-AAA")
    assert found["batches"] == FieldUse("batches", 1, 3, "QI-260901-ZZZ")  # an empty list is nothing
    assert found["details"] == FieldUse("details", 2, 3, "QI-261001-AAA")
    assert found["cost"] == FieldUse("cost", 1, 3, "QI-261001-AAA")
    assert found["body"] == FieldUse("body", 1, 3, "QI-260901-ZZZ")  # Markdown below the fields
    assert found["trials"].unused
    assert found["title"].share == 1


def test_details_of_categories(archive: Archive) -> None:
    tight, rare = detail_use(archive)
    assert (tight.id, tight.total) == ("tight", 2)
    assert [use for _, use in tight.fields] == [
        FieldUse("girth", 2, 2, "QI-261001-AAA"),  # 0 is an answer
        FieldUse("found", 0, 2, ""),
    ]
    assert [(u.unused, u.share) for _, u in tight.fields] == [(False, 1.0), (True, 0.0)]
    assert [(u.unused, u.share) for _, u in rare.fields] == [(False, None)]  # without records nobody knows


def test_facts_of_product_categories(archive: Archive) -> None:
    (hats,) = fact_use(archive)
    assert [use for _, use in hats.fields] == [FieldUse("weight", 2, 2, "NEW"), FieldUse("lining", 0, 2, "")]


@pytest.mark.parametrize("value", [0, False, "x", ("x",), {"x": 1}, 0.0])
def test_filled(value: object) -> None:
    assert is_filled(value)


@pytest.mark.parametrize("value", [None, "", (), [], {}])
def test_not_filled(value: object) -> None:
    assert not is_filled(value)
