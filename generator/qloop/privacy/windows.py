"""Where long numbers stand that are not dates, digests or barcodes: there the number detectors look."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

# Seven digits or more, up to three separators between two of them; not a lone ISO date, the most frequent.
_NEXT = r"[ ./()\-_\\*~:#]{0,3}[0-9]"
_RUN = re.compile(
    rf"[0-9](?<![0-9].)(?!(?<=2)0[0-9]{{2}}-[01][0-9]-[0-3][0-9](?!{_NEXT}))(?:{_NEXT}){{6,}}", re.DOTALL
)
# How far a label (TBA, 快递单号) and a suffix (X, CN) may stand from the digits, and room for a digest.
_BEFORE, _AFTER, _MARGIN = 28, 8, 40

_YEAR = "(?:19|20)[0-9]{2}"
_COMPACT = rf"(?<![0-9] ){_YEAR}[01][0-9][0-3][0-9]"  # not the birth date in a spaced citizen number
_YMD = rf"(?:{_YEAR}[-./][01]?[0-9][-./][0-3]?[0-9]|{_COMPACT})(?![0-9])"
_TIME = r"(?:[T ][0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9](?:\.[0-9]{1,6})?)?)?"
_MD = r"[01]?[0-9][-./][0-3]?[0-9](?![0-9])"
_LOT = r"(?:-[0-9]{1,3}(?![0-9-]))?"  # the running number in 20260803-01
_ISO_DATE = rf"{_YMD}{_TIME}(?: ?[-~/] ?(?:{_YMD}{_TIME}|{_MD}))?{_LOT}"
_DMY_DATE = r"[0-3]?[0-9][-./][0-3]?[0-9][-./](?:19|20)[0-9]{2}(?![0-9])(?!-[0-9])"
_DATE = rf"(?<![0-9])(?<![0-9)][-.])(?:{_ISO_DATE}|{_DMY_DATE})"
_DATES_ONLY = re.compile(rf"(?:{_DATE}[ .:/()~_-]*)+")

_HEX = "[0-9A-Fa-f]"
_UUID = rf"(?<![0-9A-Za-z]){_HEX}{{8}}(?:-{_HEX}{{4}}){{3}}-{_HEX}{{12}}(?![0-9A-Za-z])"
_DIGEST = (
    r"(?<![0-9A-Za-z])(?:(?=(?:[0-9]{0,40}[a-f]){2})[0-9a-f]{7,128}"
    r"|(?=(?:[0-9]{0,40}[A-F]){2})[0-9A-F]{32,128})(?![0-9A-Za-z])"
)
_STANDARD = (
    r"(?<![A-Za-z])(?:ISO|IEC|EN|GB|DIN|ASTM|JIS|QB|FZ|AATCC|BS)(?:/[A-Z]{1,3})?[ -]?"
    r"[0-9]{2,6}(?:[.:-][0-9]{1,4}){0,3}(?![0-9])"
)
_BENIGN = re.compile("|".join((_DATE, _UUID, _DIGEST, _STANDARD)))
_STANDARD_BEFORE = re.compile(r"(?<![A-Za-z])(?:ISO|IEC|EN|GB|DIN|ASTM|JIS|QB|FZ)(?:/[A-Z]{1,3})?[ -]?\Z")

# Eight and 12-14 digits are a barcode (GTIN), fewer than nine a quantity, unless a word says more.
_BARCODE_LENGTHS = frozenset({8, 12, 13, 14})
_LONG = 9
_BARCODE_WORD = re.compile(
    r"(?:EAN|UPC|GTIN|JAN|LOT|条码|条形码|barcode)(?:-?1[234]|-?8)?[ :#.]{0,3}\Z", re.I
)
_TELEPHONE_HINT = re.compile(r"[话話机機帯联聯系☎☏✆📞📱]|tel|tél|phone|ph|mob|móv|cell|fax|whats|handy", re.I)
_NO_WORD = re.compile(r"[^A-Za-z\u3040-\u9fff\u260e-\u2706\U0001f4de\U0001f4f1]*\Z")


@dataclass(frozen=True)
class Window:
    """Text around one long number, dates and the like blanked; matches start in first..last, from `base`."""

    base: int
    first: int
    last: int
    text: str


@lru_cache(maxsize=4096)
def _only_dates(run: str) -> bool:
    # The same dates come again and again over an archive.
    return len(run) < 64 and _DATES_ONLY.fullmatch(run) is not None


def _is_plain(text: str, run: re.Match[str]) -> bool:
    """Whether a number, by its own form and the word before it, cannot be customer data."""
    number = run[0]
    if _only_dates(number):
        return True
    before = text[max(0, run.start() - _BEFORE) : run.start()]
    if _STANDARD_BEFORE.search(before[-12:]):
        return True
    if (
        len(number) in _BARCODE_LENGTHS
        and number.isdigit()
        and not (number.startswith("86") or before.endswith("+"))
    ):
        return bool(_BARCODE_WORD.search(before) or _NO_WORD.match(before))
    short = len(number) < 2 * _LONG and sum(map(str.isdigit, number)) < _LONG
    return short and not _TELEPHONE_HINT.search(before)


def mask(text: str) -> str:
    """Blank out dates and lots (ISO 8601 and others), UUIDs (RFC 9562), hex digests, standards' numbers.

    The result has the same length, so that offsets stay valid.
    """
    return _BENIGN.sub(lambda match: "\0" * (match.end() - match.start()), text)


def _windows(text: str) -> Iterator[Window]:
    for run in _RUN.finditer(text):
        if not _is_plain(text, run):
            base = max(0, run.start() - _BEFORE - _MARGIN)
            masked = mask(text[base : run.end() + _AFTER + _MARGIN])
            if _RUN.search(masked):
                yield Window(base, max(0, run.start() - _BEFORE - base), run.end() - base, masked)


def number_windows(text: str) -> tuple[Window, ...]:
    """Give a window for each number of seven digits or more that may be customer data."""
    return tuple(_windows(text))
