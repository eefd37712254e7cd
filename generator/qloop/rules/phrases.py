"""Words that say nothing, and words that judge: what the wording rules look for, in Chinese and English.

Texts are compared after NFKC and in lower case.
"""

from __future__ import annotations

import re

VAGUE = re.compile(
    "|".join(
        (
            r"不(?:太|怎么|大)?好用|(?:不能|没法|无法)用",
            r"(?:有|出|是|存在)(?:些|点|一点|一些|很多|较多|大)?问题|(?:质量|品质)问题",
            r"(?:质量|品质|做工|体验|效果)(?:很|太|较|非常|特别|比较)?(?:不好|不行|不佳|差|一般|堪忧|不过关)",
            r"有(?:点|些)?瑕疵|有缺陷|(?:很|太|非常)(?:差|烂|糟)|不满意|不合格产品",
            r"\bnot (?:very |so |really )?good\b|\bisn't (?:very |so )?good\b",
            r"\b(?:bad|poor|low|terrible|awful) (?:product|quality|item)\b",
            r"\bquality (?:is |was )?(?:issue|problem|bad|poor|low)s?\b",
            r"\b(?:has|have|had|with) (?:a |some )?(?:problem|issue)s?\b",
            r"\b(?:does not|doesn't|did not|didn't|not) work(?:ing)?\b",
            r"\bdefective\b|\b(?:terrible|awful|disappointing)\b",
        )
    )
)

FINE = re.compile(
    "|".join(
        (
            r"(?:没|没有|無|无|毫无|如|如果|若|倘若|假如|万一|任何|是否|有没|有无)(?:有|任何|出现|发生|存在)?"
            r"(?:什么|任何)?(?:质量|品质)?问题",
            r"有没有问题|有问题(?:请|可|随时|联系|时|的话)",
            r"\bno (?:quality )?(?:problem|issue)s?\b",
            r"\b(?:if|any)\b[^,.]*\b(?:problem|issue)s?\b",
        )
    )
)
"""Where vague words are no complaint: 没有问题, 如有问题请联系."""

EMPTY = re.compile(
    "|".join(
        (
            r"针织帽|棒球帽|渔夫帽|帽子|帽|手链|手镯|首饰|产品|商品|货品|货物|东西|宝贝|该款|这款|新款",
            r"买家|客户|顾客|消费者|用户|亚马逊|差评|投诉|反馈|反映|评价|表示|认为|觉得|收到|购买|使用",
            r"退货|退款|售后|客服|怎么办|怎么回复|如何回复|怎么|如何|回复|处理|解决|应该|我们|他们|可以|需要",
            r"质量|品质|做工|情况|现象|原因|问题|批次|部分|个别|大量|很多|有些|一些",
            r"[说称的了是很太都也就还和与及等吗呢吧啊在把被给让这那有个款些]",
            r"\b(?:the|a|an|is|are|was|it|this|that|of|and|or|very|so|too|with|has|have|how|to|do|i|we|about|what)\b",
            r"\b(?:customers?|buyers?|says?|said|complains?|reply|answer|hats?|caps?|bracelets?|products?|items?)\b",
            r"\b(?:quality|issues?|problems?)\b",
        )
    )
)
"""Words that are no phenomenon by themselves."""

CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+", re.ASCII)
"""SKUs, batches, ids: they say which, not what."""

VERDICT = re.compile(
    "|".join(
        (
            r"偷工减料|失职|渎职|不负责|没责任心|责任心(?:差|不强)|玩忽|糊弄|敷衍|黑心|无良|骗人|欺骗|坑人|垃圾",
            r"无理取闹|胡搅蛮缠|恶意(?:差评|退货|买家)|故意(?:刁难|找茬)|都怪",
            r"(?:工厂|供应商|质检|品控|客服|仓库|运营|物流|快递|车间|工人)(?:的|有)?"
            r"(?:错(?![发漏])|锅|责任|过错|不用心|不认真|不专业|不靠谱|太差|乱来|没做好|甩锅|推责)",
            r"\b(?:supplier|factory|vendor|qc|warehouse|worker|customer|buyer)s?(?:'s|')? "
            r"(?:fault|negligence|mistake|is to blame)\b",
            r"\bfault of\b|\bcut(?:ting)? corners\b|\bcheat(?:s|ed|ing)?\b",
            r"\bcareless(?:ness)?\b|\bnegligen(?:t|ce)\b|\bincompeten\w+",
        )
    )
)
