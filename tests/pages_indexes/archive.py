"""A generated archive of every status, category, product, factory and owner, and what its pages show."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from qloop.pages.site import Site
from qloop.records.vocabulary import VOCABULARIES
from tests.pages import tree

SETTINGS = """\
language: zh
brand: 小样
as_of: 2026-11-22
departments: [{id: qc, label: 品控}, {id: supply-chain, label: 供应链}]
categories: [{id: size-small, label: 尺码偏小}, {id: shedding, label: 掉毛}, {id: late, label: 送达迟}]
product_categories: [{id: hats, label: 帽子}]
events: [{on: 2026-07-08, label: 大促日}]
"""
PRODUCTS = """\
- {sku: AG-1, name: 帽一, category: hats, factory: ningbo}
- {sku: AG-2, name: 帽二, category: hats, factory: shaoxing}
"""
FACTORIES = "- {id: ningbo, name: 宁波厂}\n- {id: shaoxing, name: 绍兴厂}\n"


def write(root: Path, path: str, record: dict[str, object]) -> None:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(yaml.safe_dump(record, allow_unicode=True), "utf-8")


def empty(root: Path) -> Path:
    (root / "catalog").mkdir(parents=True)
    (root / "qloop.yml").write_text(SETTINGS, "utf-8")
    (root / "catalog/products.yml").write_text(PRODUCTS, "utf-8")
    (root / "catalog/factories.yml").write_text(FACTORIES, "utf-8")
    return root


def issue(number: int) -> dict[str, object]:
    """The ``number``-th issue: its fields go round their vocabularies at different paces."""
    status = VOCABULARIES["issue-status"][number % 8]
    opened = f"2026-{1 + number % 11:02}-{1 + number % 28:02}"
    record: dict[str, object] = {
        "id": f"QI-26{1 + number % 11:02}{1 + number % 28:02}-{number:03}",
        "title": f"问题第 {number} 号",
        "status": status,
        "opened": opened,
        "category": ("size-small", "shedding", "late")[number % 3],
        "severity": VOCABULARIES["severity"][number % 3],
        "owner": ("qc", "supply-chain")[number % 2],
        "products": [[], ["AG-1"], ["AG-2"], ["AG-1", "AG-2"]][number % 4],
        "cost": {"refund": number, "currency": ("CNY", "USD")[number % 5 == 0]},
    }
    if number % 5:
        record["factory"] = ("ningbo", "shaoxing")[number % 2]
    if status in ("verified", "closed"):
        day = {"from": opened, "to": opened}
        sides = {"before": day | {"defects": 9, "units": 100}, "after": day | {"defects": 1, "units": 100}}
        record["verification"] = {"verdict": "effective", "by": "qc", "on": "2026-11-20", **sides}
        record["root_cause"] = {"class": "production", "whys": ["为什么", f"根因 {number}"]}
        record["actions"] = [
            {
                "id": "A1",
                "what": f"做法 {number}",
                "kind": "corrective",
                "owner": "qc",
                "due": "2026-11-01",
                "done": "2026-11-01",
            }
        ]
    if status == "closed":
        record["closed"] = "2026-11-21"
    return record


def with_issues(root: Path, count: int) -> Path:
    for number in range(count):
        one = issue(number)
        write(root, f"issues/2026/{one['id']}.yml", one)
    return root


def rows(site: Site, uri: str) -> list[str]:
    """The ids of the records in the tables of a page, in their order."""
    return re.findall(r'<tr data-id="([^"]+)"', tree.page(site, uri).markdown)


def sections(site: Site, uri: str) -> dict[str, list[str]]:
    """Rows by the anchor of the heading above them."""
    parts = re.split(r"^## .*\{ #(\S+) \}$", tree.page(site, uri).markdown, flags=re.MULTILINE)
    return {
        anchor: re.findall(r'<tr data-id="([^"]+)"', text)
        for anchor, text in zip(parts[1::2], parts[2::2], strict=True)
    }
