"""Wording: vague words are found, concrete sentences are left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from qloop.rules.phrases import VERDICT
from qloop.rules.wording import vague_phrase

from .tree import FAQ, ISSUE, at, where


@pytest.mark.parametrize(
    "text",
    [
        "帽子不好用",
        "帽子质量差，不好用",
        "产品有问题",
        "客户反馈质量不好",
        "AG-CAP-01 有质量问题",
        "买家说质量差，怎么回复？",
        "包装很差",
        "做工差",
        "扣头有问题",
        "The hat is not good",
        "Bad quality",
        "Customer says product does not work",
        "quality issue",
    ],
)
def test_vague(text: str) -> None:
    assert vague_phrase(text)


@pytest.mark.parametrize(
    "text",
    [
        "帽子质量差：戴两次帽口就开线",
        "没有问题",
        "抽检没有发现问题，帽围 54.8 cm",
        "如有问题请联系客服",
        "出货检验无质量问题记录",
        "有没有问题由工厂确认",
        "包装很差，外箱压塌，帽顶塌陷 30 mm",
        "手链扣头断开，手链当场掉落",
        "工艺卡没有规定换线后的检查",
        "魔术贴不能用力拉扯，毛面脱落",
        "Not good: the seam opens after two washes",
        "No problem found in inspection",
        "If you have any issue contact us",
        "Velcro strap does not hold after three weeks",
    ],
)
def test_concrete(text: str) -> None:
    assert vague_phrase(text) is None


@pytest.mark.parametrize(
    "text", ["工厂偷工减料", "质检失职", "供应商的错", "supplier's fault", "factory cut corners"]
)
def test_verdicts(text: str) -> None:
    assert VERDICT.search(text)


@pytest.mark.parametrize(
    "text", ["仓库错发漏发", "工厂改用 0.25 mm 弹片", "质检没有帽围测量点", "客服回复慢"]
)
def test_facts_are_no_verdicts(text: str) -> None:
    assert not VERDICT.search(text)


def test_places(tmp_path: Path) -> None:
    samples = (
        "root_cause: {class: design, whys: [弹片太薄断裂, 质量不好], escape: 无测量点}",
        f"# {FAQ}\nquestion: 帽子有问题",
    )
    assert where(tmp_path, "wording/vague", *samples) == [f"{FAQ}:4:11", at(tmp_path, ISSUE, "|质量不好]")]
