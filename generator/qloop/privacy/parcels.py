"""Tracking numbers of carriers: with one, anybody reads a customer's delivery."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from qloop.privacy.checksums import s10

if TYPE_CHECKING:
    from qloop.privacy.normalise import Reading

_START, _END = r"(?<![0-9A-Za-z])", r"(?![0-9A-Za-z])"
_UPS = rf"{_START}1Z(?: ?[0-9A-Z]){{6}}(?: ?[0-9]){{10}}{_END}"
_USPS = rf"{_START}(?:420 ?[0-9]{{5}}(?:[0-9]{{4}})? ?)?9[1-5](?:[ -]?[0-9]){{18,20}}{_END}"
_PREFIXED = rf"{_START}(?:SF|TBA|YT|ZTO|ZT|STO|JT|LP|JDV[A-Z]?|JDX?|JJD|DPK|YD)[ -]?[0-9]{{12,20}}{_END}"
_LABELLED = (
    r"(?:(?:快递|快遞|运单|運單|物流|面单|包裹|跟踪|追踪)(?:单号|單號|号码|号|编号)|快递|顺丰|圆通|中通"
    r"|申通|韵达|极兔|百世|EMS"
    r"|追跡番号|伝票番号|お問い合わせ番号|(?<![A-Za-z])(?:tracking|waybill|FedEx|DHL|DPD|GLS|UPS|USPS"
    r"|Hermes|Evri"
    r"|Royal Mail|Sendungsnummer|Paketnummer|Sendungsverfolgung|num[eé]ro de suivi|seguimiento))"
    r"(?:[ .:#=(-]|number|no|nr|ID|速递|快递|单号|号|是|为|is){0,6}"
    rf"(?P<number>[A-Z]{{0,4}}(?:[0-9]{{10,22}}|[0-9]{{4}} [0-9]{{4}} [0-9]{{4}}(?: [0-9]{{2,4}})?)){_END}"
)
_CARRIERS = re.compile("|".join((_UPS, _USPS, _PREFIXED, _LABELLED)), re.IGNORECASE)
_POSTAL = re.compile(rf"{_START}[A-Z]{{2}} ?((?:[0-9] ?){{9}})[A-Z]{{2}}{_END}")


def tracking_number(reading: Reading) -> Iterator[tuple[int, int]]:
    """Tracking numbers: UPS 1Z, USPS IMpb (Publication 199), carriers' prefixes, labelled ones, UPU S10."""
    for start, end, _ in reading.scan(_CARRIERS, "number"):
        yield start, end
    for start, end, item in reading.scan(_POSTAL):
        if s10("".join(filter(str.isdigit, item))):
            yield start, end
