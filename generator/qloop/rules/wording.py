"""Wording: scene and phenomenon instead of complaint and verdict."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from qloop.read.findings import Finding, KeyPath
from qloop.read.validate import Entry
from qloop.records.faq import FaqRecord
from qloop.records.issue import IssueRecord
from qloop.rules.base import Context, found, rule

_VAGUE = re.compile(
    "不好用|不太好用|不能用|没法用|(?:有|出|是|存在)(?:些|点|一点|一些|很多|较多|大)?问题|(?:质量|品质)问题|"
    "(?:质量|品质|做工|体验|效果)(?:很|太|较|非常|特别|比较)?(?:不好|不行|不佳|差|一般|堪忧|不过关)|"
    "有(?:点|些)?瑕疵|有缺陷|(?:很|太|非常)(?:差|烂|糟)|不满意|不合格产品|"
    r"\b(?:is|was|are|were)?n[o']t (?:very |so )?good\b|\b(?:bad|poor|low|terrible|awful) (?:product|quality|item)\b|"
    r"\bquality (?:is |was )?(?:issue|problem|bad|poor|low)s?\b|\b(?:has|have|had|with) (?:a |some )?(?:problem|issue)s?\b|"
    r"\b(?:does not|doesn't|did not|didn't|not) work(?:ing)?\b|\bdefective\b|\b(?:terrible|awful|disappointing)\b"
)
_FINE = re.compile(
    "(?:没|没有|無|无|毫无|如|如果|若|倘若|假如|万一|任何|是否|有没|有无)(?:有|任何|出现|发生|存在)?(?:什么|任何)?"
    r"(?:质量|品质)?问题|有没有问题|有问题(?:请|可|随时|联系|时|的话)|\bno (?:problem|issue|quality issue)s?\b|"
    r"\b(?:if|any)\b[^,.]*\b(?:problem|issue)s?\b"
)
_EMPTY_WORDS = re.compile(
    "针织帽|棒球帽|渔夫帽|帽子|帽|手链|手镯|首饰|产品|商品|货品|货物|东西|宝贝|该款|这款|新款|"
    "买家|客户|顾客|消费者|用户|亚马逊|差评|投诉|反馈|反映|评价|表示|认为|觉得|收到|购买|使用|退货|退款|售后|客服|"
    "怎么办|怎么回复|如何回复|怎么|如何|回复|处理|解决|应该|我们|他们|可以|需要|"
    "质量|品质|做工|情况|现象|原因|问题|批次|部分|个别|大量|很多|有些|一些|"
    "[说称的了是很太都也就还和与及等吗呢吧啊在把被给让这那有个款些]|"
    r"\b(?:the|a|an|is|are|was|it|this|that|of|and|or|very|so|too|customers?|buyers?|says?|said|complains?|hats?|caps?|"
    r"bracelets?|products?|items?|quality|issues?|problems?|with|has|have|how|to|do|i|we|reply|answer|about|what)\b"
)
_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+", re.ASCII)
_CONCRETE_CHARACTERS = 4
_CONCRETE_WORDS = 2

_VERDICT = re.compile(
    "偷工减料|失职|渎职|不负责|没责任心|责任心(?:差|不强)|玩忽|糊弄|敷衍|黑心|无良|骗人|欺骗|坑人|垃圾|"
    "无理取闹|胡搅蛮缠|恶意(?:差评|退货|买家)|故意(?:刁难|找茬)|都怪|"
    "(?:工厂|供应商|质检|品控|客服|仓库|运营|物流|快递|车间|工人)(?:的|有)?"
    "(?:错|锅|责任|过错|不用心|不认真|不专业|不靠谱|太差|乱来|没做好|甩锅|推责)|"
    r"\b(?:supplier|factory|vendor|qc|warehouse|worker|customer|buyer)s?(?:'s|')? (?:fault|negligence|mistake|is to blame)\b|"
    r"\bfault of\b|\bcut(?:ting)? corners\b|\bcheat(?:s|ed|ing)?\b|\bcareless(?:ness)?\b|\bnegligen(?:t|ce)\b|\bincompeten\w+"
)


@rule("wording/vague", severity="warning")
def vague(context: Context) -> Iterator[Finding]:
    """A title, a question, a why names the phenomenon: what is seen, measured, felt, and where; not "not good".

    Bad::

        title: 帽子质量差，不好用

    Good::

        title: 帽子质量差：戴两次帽口就开线

    Source: 8D, D2 (problem description: what, where, when, how many).
    """
    for entry, path, text in _descriptions(context):
        phrase = vague_phrase(text)
        if phrase:
            yield found("wording/vague", entry, path, text="message", phrase=phrase)


@rule("wording/verdict", severity="warning")
def verdict(context: Context) -> Iterator[Finding]:
    """A title says what the customer suffers, not who is to blame: the cause is found in the analysis.

    Bad::

        title: 工厂偷工减料，帽口开线

    Good::

        title: 洗两次后帽口开线 3 cm

    Source: 8D, D2 before D4.
    """
    for entry in context.archive.entries:
        match = _VERDICT.search(_plain(entry.record.title))
        if match:
            yield found("wording/verdict", entry, ("title",), phrase=match[0])


def vague_phrase(text: str) -> str | None:
    """The vague words of a text that says nothing concrete beside them, else None."""
    plain = _FINE.sub("", _plain(text))
    match = _VAGUE.search(plain)
    if not match or _concrete(_VAGUE.sub(" ", plain)):
        return None
    return match[0].strip()


def _concrete(rest: str) -> bool:
    """Whether words are left that can be a phenomenon: a number, some Chinese characters, some English words."""
    rest = _EMPTY_WORDS.sub(" ", _CODE.sub(" ", rest))
    characters = sum("\u4e00" <= c <= "\u9fff" for c in rest)
    words = re.findall(r"[a-zà-ÿ]{3,}", rest)
    return characters >= _CONCRETE_CHARACTERS or len(words) >= _CONCRETE_WORDS or any(c.isdigit() for c in rest)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


def _descriptions(context: Context) -> Iterator[tuple[Entry, KeyPath, str]]:
    """The texts that must say what is the matter."""
    for entry in context.archive.entries:
        record = entry.record
        if isinstance(record, IssueRecord):
            yield entry, ("title",), record.title
            for i, why in enumerate(record.root_cause.whys if record.root_cause else ()):
                yield entry, ("root_cause", "whys", i), why
        elif isinstance(record, FaqRecord):
            yield entry, ("title",), record.title
            yield entry, ("question",), record.question
