"""Street addresses that lead to a person's door."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qloop.privacy.normalise import Reading

_HAN = r"[\u4e00-\u9fff]"
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏"
    "钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段钱汤尹黎易常武乔贺赖龚文張劉陳楊趙黃吳孫馬羅鄭謝"
    "韓馮蕭鄧許蘇盧蔣賈葉閻鍾譚鄒陸錢湯龔"
)
# Road and house number, or building and room; a region before it and a recipient near it decide.
_CN_DOOR = re.compile(
    r"[路街巷弄道同区园寓苑村厦](?:"
    rf"(?:(?<=[路街巷弄])|(?<=大道)"
    rf"|(?<=胡同))(?:{_HAN}{{1,3}}段)? {{0,2}}[0-9]{{1,5}}(?:-[0-9]{{1,4}})? {{0,2}}[号號弄]"
    r"|(?:(?<=小区)|(?<=[花家]园)|(?<=公寓)|(?<=苑)|(?<=新村)|(?<=大厦)) {0,2}[0-9A-Z]{1,4} {0,2}"
    r"(?:[栋幢座]|号楼|號樓|单元)[ 0-9A-Z单元层樓楼-]{0,12}[0-9]{1,4} ?室?)"
)
_CN_REGION = re.compile(rf"{_HAN}{{1,12}}[省市区區县縣镇鎮乡州][\u4e00-\u9fff0-9A-Za-z ,]{{0,30}}\Z")
_CN_RECIPIENT = re.compile(
    r"收件|收货|收貨|收方|姓名|联系人|聯絡人|客户名|买家名|[( :]收[) :]|邮编|郵編|邮政编码"
    rf"|[{_SURNAMES}]{_HAN}{{0,2}}(?:先生|女士|小姐|太太)(?![帽款装式鞋包手项戴用围])"
)
_CN_POSTCODE = re.compile(r"[ ,(]{1,3}[0-8][0-9]{5}(?![0-9A-Za-z.-])")

_JP_RECIPIENT = re.compile(r"[〒様宛殿]|氏名|お届け先")
_JP_HINT = re.compile(r"[〒様宛殿氏届]")
_JP_BLOCK = r"(?:[0-9一二三四五六七八九十]{1,3} ?(?:丁目|番地?)|[0-9]{1,4}-[0-9]{1,4})[0-9丁目番地号 -]{0,16}"
_JP_POSTAL = re.compile(rf"〒 ?[0-9]{{3}}-?[0-9]{{4}}[^〒]{{2,40}}?{_JP_BLOCK}")
_JP_PLACE = re.compile(rf"[都道府県][^\n]{{1,20}}?[市区町村郡][^\n]{{0,20}}?{_JP_BLOCK}")

# Western addresses hold a number before a word: 123 Main …, 12345 Berlin. The space is found quickest.
_SPACE_AFTER_NUMBER = re.compile(r" (?:(?<=[0-9] )|(?<=[0-9][A-Za-z,] )) ?(?=[A-ZÄÖÜÉÈ]|[0-9]{1,3}[a-z]{2} )")
_US_STATES = (
    r"A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|P[AR]|RI|S[CD]|T[NX]"
    r"|UT|V[AT]"
    r"|W[AIVY]|Alabama|Arizona|California|Colorado|Florida|Georgia|Illinois|Massachusetts|Michigan"
    r"|New York|Ohio"
    r"|Oregon|Pennsylvania|Texas|Virginia|Washington"
)
_EN_POSTCODE = (
    rf"(?:(?:{_US_STATES})[ ,.]{{1,3}}[0-9]{{5}}(?:-[0-9]{{4}})?(?![0-9])"
    r"|[A-CEGHJ-NPR-TVXY][0-9][A-Z] ?[0-9][A-Z][0-9](?![0-9A-Za-z])"  # Canada
    r"|(?<![A-Za-z0-9])[A-Z]{1,2}[0-9][0-9A-Z]? [0-9][A-Z]{2}(?![0-9A-Za-z]))"  # United Kingdom
)
_EN_STREETS = (
    r"(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court|Ct|Way|Place|Pl|Parkway|Pkwy"
    r"|Circle|Cir"
    r"|Terrace|Highway|Hwy|Square|Close|Crescent|Gardens)(?![A-Za-z])\.?"
)
_EN_NUMBER = re.compile(r"(?<![0-9A-Za-z.,-])[0-9]{1,6}[A-Za-z]?,?\Z")
_EN_DOOR = re.compile(rf"[0-9]{{1,6}}[A-Za-z]?,? (?:[A-Z0-9][A-Za-z0-9.'-]* ){{1,5}}?{_EN_STREETS}")
_EN_REST = re.compile(rf"[^\n]{{0,60}}?(?:\n[^\n]{{0,60}}?){{0,2}}?{_EN_POSTCODE}")
_EN_RECIPIENT = re.compile(
    r"(?:[Ss]hip(?:ping)? to|[Dd]eliver(?:ed)? to|[Rr]ecipient|[Nn]ame|Attn|Mrs?|Ms)[.: ]"
)

_EU_POSTCODE = re.compile(r"(?<![0-9.,-])(?:[A-Z]{1,2}-)?[0-9]{4,5}\Z")
_DE_DOOR = (
    r"(?:[A-ZÄÖÜ][a-zäöüß.-]{1,30}[ -]?(?:[Ss]traße|[Ss]trasse|[Ss]tr\.|[Ww]eg|[Pp]latz|[Aa]llee"
    r"|[Gg]asse|[Rr]ing"
    r"|[Dd]amm|[Uu]fer)|(?:Am|An der|Im|Zum|Zur|Auf der) [A-ZÄÖÜ][a-zäöüß-]{2,30}) ?[0-9]{1,4} ?[a-z]?"
)
_FR_DOOR = (
    r"(?<![0-9])[0-9]{1,4}(?: ?bis| ?ter)?,? (?:[Rr]ue|[Aa]venue|[Bb]oulevard|[Pp]lace|[Cc]hemin"
    r"|[Aa]llée|[Ii]mpasse"
    r"|[Qq]uai|[Rr]oute) [^\n,0-9]{2,40}"
)
_IT_ES_DOOR = (
    r"(?:Via|Viale|Piazza|Corso|Vicolo|Calle|C/|Avenida|Avda\.?|Plaza|Paseo"
    r"|Rua) ?[^\n,0-9]{2,40},? (?:n[º°o.] ?)?"
    r"[0-9]{1,4}[^\n]{0,20}?"
)
_EU_DOOR = re.compile(rf"(?<![a-zäöüß])(?:{_DE_DOOR}|{_FR_DOOR}|{_IT_ES_DOOR})[ ,;\n]{{0,4}}\Z")


def _chinese(text: str) -> Iterator[tuple[int, int]]:
    for door in _CN_DOOR.finditer(text):
        region = _CN_REGION.search(text, max(0, door.start() - 45), door.start())
        around = text[max(0, door.start() - 90) : door.end() + 50]
        if region and (_CN_RECIPIENT.search(around) or _CN_POSTCODE.match(text, door.end())):
            yield region.start(), door.end()


def _japanese(text: str) -> Iterator[tuple[int, int]]:
    yield from (match.span() for match in _JP_POSTAL.finditer(text))
    for match in _JP_PLACE.finditer(text):
        around = text[max(0, match.start() - 40) : match.end() + 40]
        if _JP_RECIPIENT.search(around):
            yield match.span()


def _english(text: str, space: int) -> Iterator[tuple[int, int]]:
    number = _EN_NUMBER.search(text, max(0, space - 9), space)
    door = number and _EN_DOOR.match(text, number.start())
    if door:
        rest = _EN_REST.match(text, door.end())
        if rest or _EN_RECIPIENT.search(text, max(0, door.start() - 60), door.start()):
            yield door.start(), (rest or door).end()


def _european(text: str, space: int) -> Iterator[tuple[int, int]]:
    code = _EU_POSTCODE.search(text, max(0, space - 9), space)
    door = code and _EU_DOOR.search(text, max(0, code.start() - 90), code.start())
    if code and door:
        yield door.start(), code.end()


def address(reading: Reading) -> Iterator[tuple[int, int]]:
    """Street and house number with a recipient or a postal code (elements of UPU S42), seven languages."""
    text = reading.text
    yield from _chinese(text)
    if _JP_HINT.search(text):
        yield from _japanese(text)
    for space in _SPACE_AFTER_NUMBER.finditer(text):
        yield from _english(text, space.start())
        yield from _european(text, space.start())
