"""References: the nearest, labels with a fix, kinds."""

from __future__ import annotations

from pathlib import Path

from qloop.diagnostics import Fix

from .tree import CHANGE, ISSUE, REVIEW, SOP, at, diagnostics, ids, where


def test_unknown_sop_is_told_at_the_item_with_the_nearest(tmp_path: Path) -> None:
    (found,) = diagnostics(tmp_path, "sops: [SOP-KNIT-001, SOP-KNIT-010]")
    assert (str(found.place), found.field) == (f"{ISSUE}:29:22", "sops[1]")
    assert (found.message, found.hint) == ("SOP-KNIT-010 不存在", "是不是 SOP-KNIT-001？")


def test_deep_reference(tmp_path: Path) -> None:
    checkpoint = "checkpoints: [{id: CP1, item: 帽围, issues: [QI-260803-7KX]}]"
    assert where(tmp_path, "references/unknown", f"# {SOP}\n{checkpoint}") == [
        at(tmp_path, SOP, "|QI-260803-7KX")
    ]


def test_label_of_a_department_is_rewritten(tmp_path: Path) -> None:
    (found,) = diagnostics(tmp_path, "owner: 供应链")
    assert (found.fix, found.hint) == (Fix("供应链", "supply-chain"), "这里写 id：supply-chain")


def test_keyword_of_a_category_is_a_synonym(tmp_path: Path) -> None:
    (found,) = [d for d in diagnostics(tmp_path, "category: 勒头") if d.rule == "references/unknown"]
    assert found.fix == Fix("勒头", "size-small")


def test_names_of_products_and_factories(tmp_path: Path) -> None:
    found = diagnostics(tmp_path, "products: [针织保暖帽]\nfactory: 宁波针织厂")
    assert [d.fix for d in found] == [Fix("针织保暖帽", "AG-CAP-01"), Fix("宁波针织厂", "ningbo-knit")]


def test_sku_in_the_wrong_case_is_mended(tmp_path: Path) -> None:
    (found,) = diagnostics(tmp_path, "products: [ag-cap-01]")
    assert (found.rule, found.fix) == ("references/unknown", Fix("ag-cap-01", "AG-CAP-01"))


def test_ids_of_records_are_compared_without_case(tmp_path: Path) -> None:
    assert diagnostics(tmp_path, "sops: [sop-knit-001]") == []


def test_wrong_kind_is_named(tmp_path: Path) -> None:
    (found,) = diagnostics(tmp_path, "sops: [PC-260810-M2Q]")
    assert (found.rule, str(found.place)) == ("references/kind", f"{ISSUE}:29:8")
    assert found.message == "PC-260810-M2Q 是工艺变更，这里要写作业指导书的编号"


def test_role_that_is_a_factory(tmp_path: Path) -> None:
    assert ids(tmp_path, f"# {REVIEW}\nattendees: [ningbo-knit]") == {"references/kind"}


def test_catalogue_rows_are_checked(tmp_path: Path) -> None:
    row = "- {sku: AG-CAP-01, name: 帽, category: hat, factory: ningbo, facts: {girth_cm: 56-58}}"
    found = diagnostics(tmp_path, f"# raw catalog/products.yml\n{row}")
    assert [(str(d.place), d.rule) for d in found] == [
        (at(tmp_path, "catalog/products.yml", "category: |hat,"), "references/unknown"),
        (at(tmp_path, "catalog/products.yml", "factory: |ningbo"), "references/unknown"),
    ]


def test_something_like_nothing_gets_no_guess(tmp_path: Path) -> None:
    (found,) = diagnostics(tmp_path, f"# {CHANGE}\nfactory: zzzz")
    assert found.hint == "检查编号，或先建立它"


def test_self_link_is_no_unknown(tmp_path: Path) -> None:
    assert ids(tmp_path, "related: [QI-260803-7KD]") == {"references/self"}
