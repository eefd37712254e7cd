"""Numbers that name an order, a citizen or a payment card."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from qloop.privacy.checksums import ean, luhn, mod_11_2

if TYPE_CHECKING:
    from qloop.privacy.normalise import Reading

_GAP = r"[ \-_./\\*~:#]{0,3}"
_ORDER = re.compile(
    rf"(?<![0-9])(?![0-9]{{17}}(?<=[0-9]\.[0-9]{{17}}))"  # not the digits of a fraction
    rf"[0-9]{{3}}{_GAP}[0-9]{{7}}{_GAP}[0-9]{{7}}(?![0-9])"
)
_CITIZEN = re.compile(
    r"(?<![0-9A-Za-z])(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|91)[0-9]{4}[ -]?"
    r"(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[ -]?[0-9]{3}[0-9Xx](?![0-9A-Za-z])"
)
_CARD = re.compile(
    r"(?<![0-9A-Za-z])(?<![0-9][.-])(?:"
    r"[0-9]{4}(?P<a>[ -]?)[0-9]{4}(?P=a)[0-9]{4}(?P=a)[0-9]{4}(?:(?P=a)[0-9]{1,3})?"
    r"|3[0-9]{3}(?P<b>[ -]?)[0-9]{6}(?P=b)[0-9]{5}|3[0-9]{3}(?P<c>[ -])[0-9]{6}(?P=c)[0-9]{4}"
    r"|4[0-9]{3}(?P<d>[ -])[0-9]{3}(?P=d)[0-9]{3}(?P=d)[0-9]{3}|62[0-9]{4}[ -][0-9]{10,13}"
    r")(?![0-9A-Za-z])(?!-[0-9])"
)
_ISSUER = re.compile(
    r"4(?:[0-9]{12}|[0-9]{15}|[0-9]{18})|5[1-5][0-9]{14}|2(?:22[1-9]|2[3-9]|[3-6]|7[01]|720)[0-9]+"
    r"|3[47][0-9]{13}"
    r"|3(?:0[0-5]|[689][0-9])[0-9]{11}|35(?:2[89]|[3-8][0-9])[0-9]{12,15}|6(?:011|4[4-9]|5)[0-9]{12,15}"
    r"|62[0-9]{14,17}"
)


def order_number(reading: Reading) -> Iterator[tuple[int, int]]:
    """Amazon order id: 3-7-7 digits (Selling Partner API, AmazonOrderId), with any separators or none."""
    for start, end, _ in reading.scan(_ORDER):
        yield start, end


def id_number(reading: Reading) -> Iterator[tuple[int, int]]:
    """Chinese citizen number, 18 places (GB 11643-1999): region by GB/T 2260, birth date, MOD 11-2 check."""
    for start, end, number in reading.scan(_CITIZEN):
        if mod_11_2(re.sub(r"[ -]", "", number)):
            yield start, end


def card_number(reading: Reading) -> Iterator[tuple[int, int]]:
    """Payment card number of 13-19 digits (ISO/IEC 7812-1): a known issuer's prefix, and Luhn's digit."""
    for start, end, number in reading.scan(_CARD):
        digits = re.sub(r"[ -]", "", number)
        barcode = len(digits) <= 14 and ean(digits)
        if _ISSUER.fullmatch(digits) and luhn(digits) and not barcode:
            yield start, end
