"""Telephone numbers as people write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qloop.privacy.normalise import Reading

_START = r"(?<![0-9A-Za-z])(?<![0-9A-Za-z][-._])"  # not inside a SKU, a decimal or a longer number
_END = r"(?![0-9])"

# China, mobile: 1[3-9] and nine digits, in the three usual groupings. Letters may follow (13812…wx).
# 86 without a plus is safe beside barcodes: GS1 has not given out the prefix 861.
_CHINA_MOBILE = (
    r"(?:(?<![0-9A-Za-z])(?<![0-9]\.)|(?<=tel)|(?<=phone))(?:\(?(?:\+|00)?86\)?[ .-]{0,3})?1[3-9][0-9]"
    r"(?:[ .-]{0,3}[0-9]{4}[ .-]{0,3}[0-9]{4}|[ .-][0-9]{3}[ .-][0-9]{5}|[0-9][ .-][0-9]{3}[ .-][0-9]{4})"
) + _END

# North America (NANP), 3-3-4. Spaces alone may be columns: one dash, dot, bracket or +1 is asked for.
_AMERICAN = (
    rf"{_START}(?:\+?1[ .-]{{0,2}})?(?:\([0-9]{{3}}\)[ .-]{{0,3}}[0-9]{{3}}[ .-]{{1,3}}"
    rf"|[0-9]{{3}}[-.][0-9]{{3}}[-.]|[2-9][0-9]{{2}} [2-9][0-9]{{2}}-)[0-9]{{4}}{_END}"
    r"|(?<![0-9])\+1[ .-]{0,2}\(?[2-9][0-9]{2}\)?[ .-]{0,2}[2-9][0-9]{2}[ .-]{0,2}[0-9]{4}" + _END
)

# The country codes of ITU-T E.164, without 1; at most fifteen digits in all.
_CODES = (
    r"(?:2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|7|8[1246]|9[0-58]|2[1-689][0-9]|3[578][0-9]|42[013]"
    r"|5[09][0-9]|6[7-9][0-9]|8[0578][0-9]|9[679][0-9])"
)
_ABROAD = r"(?:\(0\)|0)?[ ]?\(?[1-9](?:[ ./()-]{0,2}[0-9]){6,12}" + _END
_INTERNATIONAL = rf"(?<![0-9])\(?\+{_CODES}\)?[ ./-]{{0,3}}{_ABROAD}|{_START}00{_CODES}[ ./-]{{1,3}}{_ABROAD}"

# National with trunk zero (China, Germany, UK, Italy, Japan): area code, separator, subscriber, 9-12 digits.
# After a two-digit area code (02, 03, 06) spaces are not enough: "08 5120 5300" is a row of a table.
_TRUNK_ZERO = (
    rf"{_START}(?=(?:[^0-9]{{0,3}}[0-9]){{9,12}}(?![ -]?[0-9]))"
    r"(?:\(0[1-9][0-9]{0,3}\)[ -]{0,2}|0[1-9][0-9]{1,3}(?: ?[/-] ?| )|0[1-9](?: ?[/-] ?))"
    rf"[0-9]{{3,8}}(?:[ -][0-9]{{2,4}}){{0,3}}{_END}"
)
_JAPANESE = (
    rf"{_START}(?:0[1-9][0-9]{{0,3}}-[0-9]{{1,4}}-[0-9]{{4}}|0[1-9][0-9]{{0,3}}\([0-9]{{1,4}}\)[0-9]{{4}}"
    rf"|0[5789]0[0-9]{{8}}){_END}"
)
# France: five pairs. Spain 3-2-2-2 or 3-3-3 and Italy 3-7 only with dashes or dots.
_FRENCH = rf"{_START}(?<![0-9] )0[1-9]([ .-])[0-9]{{2}}(?:\1[0-9]{{2}}){{3}}(?![ .-]?[0-9])"
_SPANISH = (
    rf"{_START}[6-9][0-9]{{2}}([.-])(?:[0-9]{{2}}\1[0-9]{{2}}\1[0-9]{{2}}|[0-9]{{3}}\1[0-9]{{3}})"
    r"(?![ .-]?[0-9])"
)
_ITALIAN_MOBILE = rf"{_START}3[0-9]{{2}}[-/.][0-9]{{6,7}}{_END}"

# Anything of seven digits or more behind a word that announces a telephone number.
_LABELLED = (
    r"(?:(?<![A-Za-z])(?:tel|phone|ph|mobile|mob|cell|fax|whatsapp|handy|mobil|telefon(?:nummer)?"
    r"|t[eé]l[eé]phone"
    r"|t[eé]l|tel[eé]fono|cellulare|m[oó]vil)(?![A-Za-z])|(?:电话|電話|手机|手機|座机|联系方式|联络方式|携帯)"
    r"|[\u260e\u260f\u2706\U0001f4de\U0001f4f1])(?:[ .:#=)]|号码|号碼|番号|number|no|nr|num|号|是|为|is){0,5}"
    r"(?P<number>[+(]{0,2}[0-9](?:[ ./()-]{0,3}[0-9]){6,14})"
) + _END

_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        _CHINA_MOBILE,
        _AMERICAN,
        _INTERNATIONAL,
        _TRUNK_ZERO,
        _JAPANESE,
        _FRENCH,
        _SPANISH,
        _ITALIAN_MOBILE,
    )
)
_AFTER_WORD = re.compile(_LABELLED, re.IGNORECASE)


def phone(reading: Reading) -> Iterator[tuple[int, int]]:
    """Telephone numbers of China, North America, Europe and Japan (ITU-T E.123 and E.164, national plans)."""
    for form in _FORMS:
        for start, end, _ in reading.scan(form):
            yield start, end
    for start, end, _ in reading.scan(_AFTER_WORD, "number"):
        yield start, end
