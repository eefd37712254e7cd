"""Customer data in text: what is found, what is left alone, and where it stands.

No sample stands in this file as it is searched for: `|` cuts each one and is taken out at run time.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qloop.privacy import KINDS, Match, find
from qloop.privacy.checksums import ean, luhn, mod_11_2, s10


def whole(sample: str) -> str:
    return sample.replace("|", "")


def kinds(text: str) -> list[str]:
    return [match.kind for match in find(text)]


BAD: dict[str, list[str]] = {
    "order-number": [
        "112-12|34567-12|34567",
        "订单号112-12|34567-12|34567的买家",
        "11212|34567|1234567",
        "112 12|34567 12|34567",
        "112 - 12|34567 - 12|34567",
        "112–12|34567—12|34567",
        "112－12|34567－12|34567",
        "１１２－１２|３４５６７－１２|３４５６７",
        "①①②-12|34567-12|34567",
        "❶❶❷-12|34567-12|34567",
        "11\u200b2-12|345\u00ad67-12|34567",
        "1\ufe0f\u20e312-12|34567-12|34567",
        "112\u221212|34567\u221212|34567",
        "order112-12|34567-12|34567",
        "① 112\u200b-12|34567-12|34567",
        "LOT 20260803-01 112-12|34567-12|34567",
        "112\\-12|34567\\-12|34567",
        "D01-12|34567-12|34567 / 112_12|34567_12|34567",
    ],
    "email": [
        "lily.smith+a@|example.com",
        "邮箱lily@|qq.com的买家",
        "lily＠|example．com",
        "LILY@|EXAMPLE.CO.UK.",
        "mailto:lily@|mail.example.de",
        "lily\u200b@|example.com",
    ],
    "phone": [
        "138|1234|5678",
        "买家手机138|1234|5678打不通",
        "+86 138|-1234|-5678",
        "+86|13812|345678",
        "86|13812|345678",
        "(+86)138 |1234 |5678",
        "138 |1234 |5678",
        "①138|1234|5678",
        "１３８|１２３４|５６７８",
        "tel138|1234|5678",
        "138|1234|5678wx同号",
        "138|\u200b1234|\u200b5678",
        "0574-|8712|3456",
        "010-|1234|5678",
        "(010) |1234|5678",
        "+86 574 |8712 |3456",
        "电话：8712|3456",
        "(212) |555-|0123",
        "212-|555-|0123",
        "212.|555.|0123",
        "+1 212 |555 |0123",
        "+1212|555|0123",
        "1-800-|555-|0199",
        "Phone: 212 |555 |0123",
        "Tel. 212|555|0123",
        "+44 20 |7946 |0958",
        "+44 (0)20 |7946 |0958",
        "+44|7911|123456",
        "020 |7946 |0958",
        "07911 |123|456",
        "+49 30 |1234|5678",
        "+49 (0)171 |123|4567",
        "0049 171 |123|4567",
        "030/|1234|567",
        "0171-|123|4567",
        "Telefon: 030 12 |34 56 |78",
        "+33 6 12 |34 56 |78",
        "06 12 |34 56 |78",
        "01.23.|45.67.|89",
        "+39 06 |6982 |1234",
        "+39 333 |123 |4567",
        "333-|123|4567",
        "+34 612 |345 |678",
        "móvil 612 |345 |678",
        "612-|345-|678",
        "090-|1234-|5678",
        "090|1234|5678",
        "03-|1234-|5678",
        "0123-|45-|6789",
        "03(1234)|5678",
        "+81 90 |1234 |5678",
        "電話番号：03 |1234 |5678",
    ],
    "id-number": ["11010519|4912310|02X", "身份证11010519|4912310|02x号", "110105 1949|1231 002|X"],
    "card-number": [
        "4111 |1111 |1111 |1111",
        "4111-|1111-|1111-|1111",
        "4111|1111|1111|1111",
        "卡号5555|5555|5555|4444尾号",
        "3782 |822463 |10005",
        "3782|822463|10005",
        "6011|1111|1111|1117",
        "3530|1113|3330|0000",
        "3056 |930902 |5904",
    ],
    "address": [
        "收件人：小李，浙江省宁波市鄞州区中山东路|128号3幢502室",
        "上海市浦东新区世纪大道|100号，张女士收",
        "杭州市西湖区文三路|12号 310012",
        "广东省深圳市南山区阳光花园|3栋2单元501室 王先生",
        "123 Main |Street, Apt 4, Los Angeles, CA |90210",
        "Ship to: Lily Smith, 123 N. Main |Street",
        "45 Elm |Rd, Springfield\nIL |62704",
        "10 Downing |Street, London SW1A |2AA",
        "Musterstraße |12, 12345 |Berlin",
        "Berliner Str. |5a\n10115 |Berlin",
        "Am Ring |5, 50667 |Köln",
        "12 rue |de la Paix, 75002 |Paris",
        "Via Roma |12, 00184 |Roma",
        "Calle Mayor |5, 28013 |Madrid",
        "〒150-0001 東京|都渋谷|区神宮前1丁|目2|-3",
        "東京|都渋谷|区神宮前1|-2-|3 田中様",
    ],
    "tracking-number": [
        "1Z999AA|10123|456784",
        "1Z 999 AA1 |01 2345 |6784",
        "9400 1000 |0000 0000 |0000 00",
        "94001|0000000|0000000000",
        "SF|12345|67890123",
        "TBA|12345|6789012",
        "YT|12345|67890123",
        "快递单号：43012|345678901",
        "运单号 7312|3456|789012",
        "中通 7312|3456|789012",
        "FedEx 1234 |5678 |9012",
        "RR47312|4829|GB",
        "包裹RR 473 |124 |829 GB已签收",
        "JD01|4600|0123456789|01",
        "JJD0|14600|0123456789",
    ],
    "profile-link": [
        "https://www.amazon.com/gp/|profile/amzn1.|account.AEXAMPLE123",
        "amzn1.|account.AEXAMPLE123",
        "见www.facebook.com/|lily.smith.12",
        "facebook.com/|profile.php?id=1000123",
        "https://instagram.com/|lily_smith",
        "https://x.com/|lily_smith",
        "https://twitter.com/|lily_smith/status/1",
        "tiktok.com/|@lily",
        "https://weibo.com/u/|123456",
        "https://www.xiaohongshu.com/user/|profile/5f00abc",
        "wa.me/|861381",
        "face|book.com/people/Lily/100012",
        "insta|gram.com/stories/lily/1",
        "linked|in.com/in/lily",
    ],
    "signed-url": [
        "https://b.s3.amazonaws.com/a.jpg?X-Amz-|Signature=0a1b2c3d4e5f",
        "![](https://b.oss-cn-hangzhou.aliyuncs.com/a.jpg?OSSAccess|KeyId=LTAI1234&Expires=1&Signa|ture=abcdefgh)",
        "图https://b.cos.ap-shanghai.myqcloud.com/a.jpg?q-sign-algorithm=sha1&q-|signature=0a1b2c3d",
        "https://example.com/a?access_|token=abcdefghij0123456789",
        "https://x.blob.core.windows.net/a.jpg?sp=r&s|ig=abcdefghij0123456789%3D",
    ],
    "contact-handle": [
        "微信号：lily_|smith",
        "加微信lily|8866",
        "WeChat: lily|smith88",
        "WeChat ID lily|smith",
        "买家QQ123|456789",
        "QQ号：123|456789",
        "vx：lily|8866",
        "微信 lily-|88",
        "wxid_|abc123def456",
    ],
}
BAD_ROWS = [(kind, sample) for kind, samples in BAD.items() for sample in samples]

GOOD = [
    *(
        "AG-CAP-01",
        "KN2609",
        "KN2609-01",
        "ASIN B0C1D2E3F4",
        "B012345678",
        "FNSKU X001234567",
        "PO-4500012345-10",
    ),
    *(
        "4006381333931",
        "EAN 4006381333931",
        "条码6901234567892合格",
        "0 12345 67890 5",
        "012345678905",
        "96385074",
    ),
    *("00614141000012", "4 006381 333931", "EAN: 40063813 33931"),
    *("QI-260803-7KD", "PC-260810-M2Q", "SOP-KNIT-001", "FAQ-cap-too-tight", "AG-0012", "2026-W31"),
    *(
        "2026-08-03",
        "20260803",
        "2026-08-03 2026-08-04",
        "2026.08.01-08.07",
        "2026-08-01~2026-08-07",
        "03.08.2026",
    ),
    *(
        "2026年8月3日",
        "2026-08-03T12:30:45",
        "2026-08-03 12:30",
        "20260801-20260807",
        "12/31/2026",
        "08.01-08.07 6 件",
    ),
    *("54.8 cm", "56-58", "120x80x40 mm", "±0.5", "帽围 56-58 cm ±0.5", "0.5-0.8 123", "1.41 1.33 1.28"),
    *("¥1,840.00", "$12,345,678.90", "1840 320 0", "5.3 %", "127 / 5120 → 5 / 5300", "units: 5120"),
    *("LOT 20260803-01", "批次20260803-02", "LOT 20260803-01 至 LOT 20260803-12"),
    *(
        "ISO 9001:2015",
        "ISO 2859-1:1999",
        "GB 18401-2010",
        "GB/T 2912.1-2009",
        "EN 14682:2014",
        "符合GB 18401-2010的A类",
    ),
    *(
        "1.10.3",
        "v2026.8.3",
        "192.168.1.100",
        "3.11.7-1",
        "12 34 56",
        "08 5120 5300",
        "5120 5300 4980",
        "0930-1130",
    ),
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "3f13812345678ab9c0d1e2f3a4b5c6d7e8f90a1b",
    "123e4567-e89b-12d3-a456-426614174000",
    *("logo@2x.png", "git@github.com:team/archive.git", "@media print", "a @ b", "小心@所有人"),
    *(
        "https://www.amazon.com/dp/B0C1D2E3F4",
        "https://example.com/a?week=31&sku=AG-CAP-01",
        "https://facebook.com/help",
    ),
    *("https://x.com/i/flow", "https://netflix.com/title", "https://example.com/profile/a", "token=none"),
    *(
        "宁波市北仑区大港路 12 号工厂",
        "测量区 1 通道 2 号工位，女士帽",
        "3 号线路 12 号机",
        "适合女士，王女士帽",
        "上海市内环路 3 号门",
    ),
    *("5 Why on the way", "wear it 2 Days", "Size 12345 Fits", "about 200 Street caps sold"),
    *(
        "微信群里反馈 12 条",
        "WeChat message",
        "微信：AG-CAP-01",
        "微信 KN2609",
        "微信：KN2609",
        "QQ 20260803",
        "微信 2026-08-03 回复",
    ),
    *("电话 3 次", "电话 2026-08-03 回访", "手机壳 12 件", "快递 2026-08-03 到", "hotel 12", "RR473124828GB"),
    *("110105194912310021", "4111111111111112", "1754188800000"),
    *("path:line:column", "line = bisect_right", "0.09551020408163" + "265,0.18368571343549"),
    *("count: 2}, {week: 2026-W31, source: return, count: 4}", "2024 2025 2026 2027", "01 02 03 04 05 06 07"),
]


@pytest.mark.parametrize(("kind", "sample"), BAD_ROWS)
def test_customer_data_is_found(kind: str, sample: str) -> None:
    assert kind in kinds(whole(sample))


@pytest.mark.parametrize(("kind", "sample"), BAD_ROWS)
def test_it_is_found_between_chinese_characters_and_in_yaml(kind: str, sample: str) -> None:
    assert kind in kinds(f"title: 反馈\nnote: 「{whole(sample)}」\nopened: 2026-08-03\n")


@pytest.mark.parametrize("sample", GOOD)
def test_trade_numbers_are_left_alone(sample: str) -> None:
    assert kinds(sample) == []
    assert kinds(f"- 反馈：{sample}，已处理\n") == []


def test_every_kind_has_samples() -> None:
    assert set(KINDS) == set(BAD)


def test_this_file_holds_no_sample() -> None:
    lines = Path(__file__).read_text("utf-8").splitlines()
    assert [number for number, line in enumerate(lines, 1) if kinds(line)] == []


def test_offsets_are_those_of_the_original() -> None:
    order, mail = whole("１１\u200b２－12|34567－12|34567"), whole("a＠|example.com")
    text = f"（㌔）ﬁ①：{order}，{mail}。"
    assert [(match.kind, text[match.start : match.end]) for match in find(text)] == [
        ("order-number", order),
        ("email", mail),
    ]


def test_one_place_is_reported_once() -> None:
    text = whole("112-12|34567-12|34567")
    assert list(find(text)) == [Match("order-number", 0, len(text))]


def test_a_match_keeps_no_text() -> None:
    match = next(find(whole("lily@|example.com")))
    assert "lily" not in repr(match)
    with pytest.raises(AttributeError):
        match.kind = "phone"  # type: ignore[misc]


HAN = st.text(
    st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF) | st.sampled_from("，。：（）、①\n"),
    max_size=40,
)
DIGITS = st.text("0123456789", min_size=7, max_size=7)


def outside(text: str, match: Match) -> Iterator[bool]:
    yield not 0 <= match.start < match.end <= len(text)


@given(st.text() | st.text("0123456789 -+().@:/微信号路①\u200b-XaZ", max_size=80))
def test_any_text_gives_ordered_valid_offsets(text: str) -> None:
    matches = list(find(text))
    assert not any(flag for match in matches for flag in outside(text, match))
    assert all(one.end <= two.start for one, two in pairwise(matches))


@given(
    before=HAN,
    after=HAN,
    area=st.integers(100, 999),
    left=DIGITS,
    right=DIGITS,
    dash=st.sampled_from(["-", "－", "–", ""]),
)
def test_an_order_number_is_always_found(
    before: str, after: str, area: int, left: str, right: str, dash: str
) -> None:
    number = dash.join((str(area), left, right))
    text = f"{before}{number}{after}"
    spans = [(match.start, match.end) for match in find(text) if match.kind == "order-number"]
    assert any(start <= len(before) and end >= len(before) + len(number) for start, end in spans)


@given(
    before=HAN,
    after=HAN,
    second=st.sampled_from("3456789"),
    rest=st.text("0123456789", min_size=9, max_size=9),
)
def test_a_chinese_mobile_number_is_always_found(before: str, after: str, second: str, rest: str) -> None:
    text = f"{before}1{second}{rest}{after}"
    assert any(match.start <= len(before) < match.end for match in find(text))


def with_check(body: str) -> str:
    return next(body + digit for digit in "0123456789" if ean(body + digit))


GS1 = st.sampled_from(
    ["690", "695", "699", "400", "440", "490", "471", "880", "001", "012", "300", "500", "978"]
)
CODE = st.text("ABCDEFGHJKMNPQRSTVWXYZ", min_size=2, max_size=4)


@given(
    st.dates().map(lambda day: f"{day.isoformat()}").filter(lambda day: "1900" <= day[:4] < "2100")
    | st.builds(lambda a, b, n: f"{a}-{b}-{n:02}", CODE, CODE, st.integers(0, 999))
    | st.builds(
        lambda a, n: f"{a}{n}",
        CODE.filter(lambda code: code[:2] not in ("EN", "GB")),
        st.integers(1000, 9999),
    )
    | st.builds(
        lambda prefix, rest: with_check(prefix + rest), GS1, st.text("0123456789", min_size=9, max_size=9)
    )
    | st.builds(lambda year, week: f"{year}-W{week:02}", st.integers(2020, 2039), st.integers(1, 53))
    | st.builds(
        lambda low, width: f"{low / 10}-{(low + width) / 10} cm", st.integers(0, 9999), st.integers(0, 99)
    )
    | st.uuids().map(str)
    | st.binary(min_size=20, max_size=32).map(bytes.hex),
    HAN.filter(lambda text: "①" not in text),
)
def test_dates_skus_and_barcodes_never_match(sample: str, around: str) -> None:
    assert kinds(sample) == []
    assert kinds(f"{around} {sample}，") == []


def test_check_digits() -> None:
    assert luhn(whole("4111|1111|1111|1111"))
    assert not luhn(whole("4111|1111|1111|1112"))
    assert ean("4006381333931")
    assert not ean("4006381333932")
    assert mod_11_2(whole("11010519|4912310|02X"))
    assert not mod_11_2("110105194912310021")
    assert s10("473124829")
    assert not s10("473124828")
