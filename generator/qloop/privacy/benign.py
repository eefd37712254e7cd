"""Numbers that are nobody's data (dates, digests, standards), and the places where other long numbers stand."""

from __future__ import annotations

import re
from typing import Protocol

# Seven digits or more, at most three separators between two of them.
_RUN = re.compile(r"[0-9](?:[ ./()\-_\\*~:#]{0,3}[0-9]){6,}")
# How far a prefix or label (TBA, 快递单号) and a suffix (X, CN) may stand from the digits.
_BEFORE, _AFTER = 28, 8

_YMD = r"(?:19|20)[0-9]{2}(?:[-./][01]?[0-9][-./][0-3]?[0-9]|[01][0-9][0-3][0-9])(?![0-9])"
_TIME = r"(?:[T ][0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9](?:\.[0-9]{1,6})?)?)?"
_DATE = (
    rf"(?<![0-9])(?<![0-9)][-.])(?:{_YMD}{_TIME}(?: ?[-~/] ?(?:{_YMD}{_TIME}|[01]?[0-9][-./][0-3]?[0-9](?![0-9])))?"
    r"(?:-[0-9]{1,3}(?![0-9-]))?"  # the running number of a lot: 20260803-01
    r"|[0-3]?[0-9](?P<s>[-./])[0-3]?[0-9](?P=s)(?:19|20)[0-9]{2}(?![0-9])(?!-[0-9]))"
)
_DATES_ONLY = re.compile(rf"(?:{_DATE}[ .:/()~_-]*)+".replace("?P<s>", "").replace("(?P=s)", "[-./]"))
_HEX = r"[0-9A-Fa-f]"
_UUID = rf"(?<![0-9A-Za-z]){_HEX}{{8}}(?:-{_HEX}{{4}}){{3}}-{_HEX}{{12}}(?![0-9A-Za-z])"
_DIGEST = (
    r"(?<![0-9A-Za-z])(?=(?:[0-9]{0,40}[a-f]){2})[0-9a-f]{7,128}(?![0-9A-Za-z])"
    r"|(?<![0-9A-Za-z])(?=(?:[0-9]{0,40}[A-F]){2})[0-9A-F]{32,128}(?![0-9A-Za-z])"
)
_STANDARD = r"(?:ISO|IEC|EN|GB|DIN|ASTM|JIS|QB|FZ|AATCC|BS)(?:/[A-Z]{1,3})?[ -]?[0-9]{2,6}(?:[.:-][0-9]{1,4}){0,3}(?![0-9])"
_BENIGN = re.compile("|".join((_DATE, _UUID, _DIGEST, rf"(?<![A-Za-z]){_STANDARD}")))


class Folded(Protocol):
    """What a window needs of a reading."""

    @property
    def text(self) -> str: ...

    @property
    def masked(self) -> str: ...


def _blank(match: re.Match[str]) -> str:
    return "\0" * (match.end() - match.start())


def mask(text: str) -> str:
    """Blank out dates and lots (ISO 8601 and national forms), UUIDs (RFC 9562), hex digests and standards' numbers.

    The result has the same length, so that offsets stay valid.
    """
    return _BENIGN.sub(_blank, text)


def number_windows(reading: Folded) -> tuple[tuple[int, int], ...]:
    """Give the spans around numbers of seven digits or more that are not benign.

    Nearly all long numbers of a record are dates: a text that has only such is not masked at all.
    """
    if all(_DATES_ONLY.fullmatch(run) for run in _RUN.findall(reading.text)):
        return ()
    runs = _RUN.finditer(reading.masked)
    return tuple((max(0, run.start() - _BEFORE), run.end() + _AFTER) for run in runs)
