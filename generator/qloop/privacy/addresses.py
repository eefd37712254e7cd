"""Street addresses that lead to a person's door."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qloop.privacy.normalise import Reading

_HAN = r"[\u4e00-\u9fff]"
_NUMBER = r" {0,2}[0-9]{1,5}(?:-[0-9]{1,4})? {0,2}"
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏"
    "钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段钱汤尹黎易常武乔贺赖龚文張劉陳楊趙黃吳孫馬羅鄭謝"
    "韓馮蕭鄧許蘇盧蔣賈葉閻鍾譚鄒陸錢湯龔"
)
# Chinese: road and house number, or building and room; a region before it and a recipient near it decide.
_CN_DOOR = re.compile(
    rf"(?:路|街|大道|巷|胡同|弄)(?:{_HAN}{{1,3}}段)?{_NUMBER}[号號弄]"
    r"|(?:小区|花园|公寓|苑|新村|家园|广场|大厦) {0,2}[0-9A-Z]{1,4} {0,2}(?:栋|幢|座|号楼|號樓|单元)[ 0-9A-Z单元层樓楼-]{0,12}[0-9]{1,4} ?室?"
)
_CN_REGION = re.compile(rf"{_HAN}{{1,12}}(?:省|市|区|區|县|縣|镇|鎮|乡|州)[\u4e00-\u9fff0-9A-Za-z ,]{{0,30}}\Z")
_CN_RECIPIENT = re.compile(
    r"收件|收货|收貨|收方|姓名|联系人|聯絡人|客户名|买家名|[( :]收[) :]|收\s*$"
    rf"|[{_SURNAMES}]{_HAN}{{0,2}}(?:先生|女士|小姐|太太)(?![帽款装式鞋包手项戴用围])|邮编|郵編|邮政编码"
)
_CN_POSTCODE = re.compile(r"[ ,(]{1,3}[0-8][0-9]{5}(?![0-9A-Za-z.-])")

_JP_BLOCK = r"(?:[0-9一二三四五六七八九十]{1,3} ?(?:丁目|番地?)|[0-9]{1,4}-[0-9]{1,4})"
_JP = re.compile(
    rf"〒 ?[0-9]{{3}}-?[0-9]{{4}}[^〒]{{2,40}}?{_JP_BLOCK}[0-9丁目番地号 -]{{0,16}}"
    rf"|(?:東京都|北海道|(?:大阪|京都)府|{_HAN}{{2,3}}県)[^\n]{{1,20}}?[市区町村郡][^\n]{{0,20}}?{_JP_BLOCK}[0-9丁目番地号 -]{{0,16}}"
    r"(?=[^〒]{0,40}?(?:様|宛|殿))"
)
_JP_RECIPIENT = re.compile(r"氏名|お届け先|受取人|お名前|宛名")

_US_STATE = (
    r"(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|P[AR]|RI|S[CD]|T[NX]|UT|V[AT]"
    r"|W[AIVY]|Alabama|Arizona|California|Colorado|Florida|Georgia|Illinois|Massachusetts|Michigan|New York|Ohio|Oregon"
    r"|Pennsylvania|Texas|Virginia|Washington)"
)
_POSTCODE = (
    rf"(?:{_US_STATE}[ ,.]{{1,3}}[0-9]{{5}}(?:-[0-9]{{4}})?(?![0-9])"
    r"|[A-CEGHJ-NPR-TVXY][0-9][A-Z] ?[0-9][A-Z][0-9](?![0-9A-Za-z])"  # Canada
    r"|(?<![A-Za-z0-9])[A-Z]{1,2}[0-9][0-9A-Z]? [0-9][A-Z]{2}(?![0-9A-Za-z]))"  # United Kingdom
)
_EN_STREET_WORD = (
    r"(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court|Ct|Way|Place|Pl|Parkway|Pkwy|Circle|Cir|Terrace"
    r"|Highway|Hwy|Square|Close|Crescent|Gardens)(?![A-Za-z])"
)
_EN_DOOR = rf"(?<![0-9A-Za-z.,-])[0-9]{{1,6}}[A-Za-z]?,? (?:[NSEW]\.? |[NS][EW] )?(?:[A-Z0-9][A-Za-z0-9.'-]* ){{1,4}}?{_EN_STREET_WORD}"
_EN = re.compile(rf"{_EN_DOOR}\.?[^\n]{{0,60}}?(?:\n[^\n]{{0,60}}?){{0,2}}?{_POSTCODE}", re.ASCII)
_EN_NAMED = re.compile(
    rf"(?:[Ss]hip(?:ping)? to|[Dd]eliver(?:ed)? to|[Rr]ecipient|[Nn]ame|Attn|Mr|Mrs|Ms)[.: ][^0-9]{{1,60}}?(?P<door>{_EN_DOOR})"
)
_EN_HINT = re.compile(rf" {_EN_STREET_WORD}")

_CITY = r" {1,2}[A-ZÄÖÜÉÈ]"
_FIVE = rf"[ ,;\n]{{1,4}}(?:[A-Z]{{1,2}}-)?[0-9]{{4,5}}(?![0-9]){_CITY}"
_DE = re.compile(
    rf"(?:[A-ZÄÖÜ][a-zäöüß.-]{{1,30}}[ -]?(?:[Ss]traße|[Ss]trasse|[Ss]tr\.|[Ww]eg|[Pp]latz|[Aa]llee|[Gg]asse|[Rr]ing|[Dd]amm|[Uu]fer)"
    rf"|(?:Am|An der|Im|Zum|Zur|Auf der) [A-ZÄÖÜ][a-zäöüß-]{{2,30}}) ?[0-9]{{1,4}} ?[a-z]?{_FIVE}"
)
_ROMANCE = re.compile(
    r"(?:(?<![0-9])[0-9]{1,4}(?: ?bis| ?ter)?,? (?:[Rr]ue|[Aa]venue|[Bb]oulevard|[Pp]lace|[Cc]hemin|[Aa]llée|[Ii]mpasse|[Qq]uai|[Rr]oute)"
    r" [^\n,0-9]{2,40}"
    r"|(?:Via|Viale|Piazza|Corso|Vicolo|Calle|C/|Avenida|Avda\.?|Plaza|Paseo|Rua) ?[^\n,0-9]{2,40},? (?:n[º°o.] ?)?[0-9]{1,4}[^\n]{0,20}?)"
    + _FIVE
)


def _chinese(text: str) -> Iterator[tuple[int, int]]:
    for door in _CN_DOOR.finditer(text):
        region = _CN_REGION.search(text, max(0, door.start() - 45), door.start())
        around = text[max(0, door.start() - 90) : door.end() + 50]
        if region and (_CN_RECIPIENT.search(around) or _CN_POSTCODE.match(text, door.end())):
            yield region.start(), door.end()


def _japanese(text: str) -> Iterator[tuple[int, int]]:
    for match in _JP.finditer(text):
        yield match.span()
    if _JP_RECIPIENT.search(text):
        for match in re.finditer(rf"[都道府県][^\n]{{1,20}}?[市区町村郡][^\n]{{0,20}}?{_JP_BLOCK}", text):
            yield match.span()


def _western(text: str) -> Iterator[tuple[int, int]]:
    if _EN_HINT.search(text):
        yield from (match.span() for match in _EN.finditer(text))
        yield from (match.span("door") for match in _EN_NAMED.finditer(text))
    yield from (match.span() for match in _DE.finditer(text))
    yield from (match.span() for match in _ROMANCE.finditer(text))


def address(reading: Reading) -> Iterator[tuple[int, int]]:
    """Street and house number together with a recipient or a postal code (UPU S42 elements), in seven languages."""
    yield from _chinese(reading.text)
    yield from _japanese(reading.text)
    yield from _western(reading.text)
