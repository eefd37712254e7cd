"""Every way in which a rule puts its finding into words, in both languages: nothing is left unfilled."""

from __future__ import annotations

from pathlib import Path

import pytest

from .tree import CHANGE, FAQ, ISSUE, REVIEW, SOP, diagnostics

WEEK = "feedback/2026/2026-W31.csv"
HEAD = "source,marketplace,sku,batch,category,reason,count"
FACTS = "- {sku: AG-CAP-01, name: 帽, category: %s, facts: {%s}}"
MONTH = "issues/reviews/2026-08-ningbo-knit.md"
PROOF = """verification:
  before: {from: 2026-06-01, to: 2026-08-31, defects: 0, units: 5120}
  after: {from: 2026-09-10, to: 2026-12-10, defects: 0, units: 5300}
  verdict: effective
  by: qc
  on: 2026-12-12
"""
FIELDS = "categories: [{id: size-small, label: 小, fields: [%s]}]"

VARIANTS = {
    "feedback/reference none": f"# raw {WEEK}\n{HEAD}\nreview,US,ZZZ,,qqqq,,1",
    "feedback/source options": f"# raw {WEEK}\n{HEAD}\nzzzzz,US,AG-CAP-01,,,,1",
    "settings/gate options": "# qloop.yml\ngates: {zzz: 不要}",
    "settings/field repeated": f"# qloop.yml\n{FIELDS % '{name: a, label: 甲}, {name: a, label: 甲}'}",
    "identity/pattern message": "# faq/FAQ-x_y.md\nid: FAQ-x_y",
    "identity/review factory": f"# {MONTH}\nperiod: {{from: 2026-08-01, to: 2026-08-31}}\nfactory: yiwu",
    "references/unknown product-category": f"# raw catalog/products.yml\n{FACTS % ('hat', 'girth_cm: 56')}",
    "attachments/missing none": "attachments: [{file: zz/yy.png}]",
    "attachments/missing case": "attachments: [{file: QI-260803-7KD/TAPE.png}]",
    "lifecycle/closed-date still-open": "status: open",
    "gates/verified-sample no-defects": PROOF,
    "vocabulary/type text": f"# raw catalog/products.yml\n{FACTS % ('hats', 'girth_cm: true')}",
    "vocabulary/type options": "details: {measured_cm: 54.8, found_at: 12}",
    "vocabulary/type unit": "details: {measured_cm: 五十四}",
    "vocabulary/limits max": f"# raw catalog/products.yml\n{FACTS % ('hats', 'girth_cm: 56, weight_g: 999')}",
    "vocabulary/unknown options": "details: {measured_cm: 54.8, zzzz: 1}",
    "vocabulary/unknown none": "category: delivery-late\ndetails: {zzzz: 1}",
    "wording/placeholder-undeclared none": f'# {FAQ}\nreplies: [{{lang: en, meaning: a, text: "{{{{z}}}}"}}]',
    "schema/unknown-key none": "zzqq: 1",
    "schema/choice options": "severity: zzqq",
    "schema/type list": "products: AG-CAP-01",
    "schema/type empty": 'title: ""',
    "schema/type empty-list": f"# {SOP}\nrevisions: []",
    "schema/type mapping": "containment: 暂停发货",
    "schema/type whole-number": "occurrences: [{week: 2026-W31, source: qc, count: 1.5}]",
    "schema/type number": "cost: {refund: 1840 元}",
    "yaml/comma message": "cost: {refund: 1,840}",
    "schema/type yes-no": "impact: {safety: maybe}",
    "schema/type week": "occurrences: [{week: 2026-31, source: qc, count: 1}]",
    "schema/type no-such-week": "occurrences: [{week: 2026-W60, source: qc, count: 1}]",
    "schema/type pattern": "cost: {currency: 元}",
    "schema/type text": f"# {CHANGE}\nrisk: [a]",
    "schema/type date": f"# {REVIEW}\nperiod: {{from: 8 月 3 日, to: 2026-08-09}}",
}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", VARIANTS)
def test_variant_is_put_into_words(name: str, language: str, tmp_path: Path) -> None:
    spoken = f"# qloop.yml\nlanguage: {language}"
    sample = VARIANTS[name]
    both = sample.replace("# qloop.yml", spoken) if "# qloop.yml" in sample else f"{sample}\n{spoken}"
    if not sample.startswith("#"):
        both = f"# {ISSUE}\n{both}"
    found = diagnostics(tmp_path, both)
    rule = name.split()[0]
    assert rule in {d.rule for d in found}
    for one in found:
        assert one.message.strip()
        assert "None" not in f"{one.message} {one.hint}"
        assert language == "zh" or "，" not in one.message
