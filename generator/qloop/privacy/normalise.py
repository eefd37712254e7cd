"""Fold text to the form that detectors read, and remember where each character came from."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from qloop.privacy.benign import mask, number_windows

# Invisible (Cf) and combining (Mn, Me: keycap digits such as 1 + U+FE0F + U+20E3) characters.
_DROPPED = frozenset({"Cf", "Mn", "Me"})
# Signs that people type for a dash although Unicode does not call them one: minus, bullet, box line, katakana ー.
_DASHES = frozenset("\u2212\u2043\u2500\u30fc\uff70")
# Only these make the two readings differ; a class is far cheaper than asking for each character's category.
_AMBIGUOUS = re.compile(
    "[\u00ad\u00b2\u00b3\u00b9\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2070-\u2089\u2460-\u249b"
    "\u24ea-\u24ff\u2776-\u2793\u3251-\u325f\u32b1-\u32bf\ufe00-\ufe0f\ufeff\U0001f100-\U0001f10c]"
)


def _fold(char: str) -> str:
    category = unicodedata.category(char)
    if category in _DROPPED:
        return ""
    if category == "Pd" or char in _DASHES:
        return "-"
    if category == "Zs":
        return " "
    digit = unicodedata.digit(char, None)  # also ❶ and Arabic-Indic digits, which NFKC leaves alone
    return unicodedata.normalize("NFKC", char) if digit is None else str(digit)


class _Folding(dict[int, str]):
    """A table for `str.translate` that is filled while it is used (Unicode is too large to fold at import)."""

    def __init__(self, apart: bool) -> None:
        self.apart = apart

    def __missing__(self, code: int) -> str:
        char = chr(code)
        folded = " " if self.apart and _AMBIGUOUS.match(char) else _fold(char)
        self[code] = folded
        return folded


_JOINED, _APART = _Folding(apart=False), _Folding(apart=True)


@dataclass(frozen=True)
class Reading:
    """One folded form of a source text: NFKC (UAX #15) per character, dashes and digits in ASCII, invisibles gone."""

    source: str
    text: str
    folding: _Folding | None

    @cached_property
    def masked(self) -> str:
        """The folded text, of equal length, with dates, digests and standards blanked out."""
        return mask(self.text)

    @cached_property
    def windows(self) -> tuple[tuple[int, int], ...]:
        """The parts of `masked` around a number of seven digits or more: all that number detectors look at."""
        return number_windows(self)

    def scan(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Yield the pattern's matches in the windows; one that lies in two windows comes twice."""
        for start, end in self.windows:
            yield from pattern.finditer(self.masked, start, end)

    @cached_property
    def _ends(self) -> list[int]:
        """For each source character, where its folded form ends in `text`."""
        folding = self.folding or {}
        return list(accumulate(len(folding.get(ord(char), char)) for char in self.source))

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Translate a non-empty span of the folded text into offsets of the source."""
        if self.folding is None:
            return start, end
        return bisect_right(self._ends, start), bisect_right(self._ends, end - 1) + 1


def readings(text: str) -> Iterator[Reading]:
    """Yield the ways to read a text: with circled digits and invisible characters as parts of numbers, then without.

    ①③⑧… spells a number, but in "①13812…" the circle is a list mark, and removing a zero-width space may glue two
    numbers together: neither may hide anything.
    """
    if text.isascii():
        yield Reading(text, text, None)
        return
    yield Reading(text, text.translate(_JOINED), _JOINED)
    if _AMBIGUOUS.search(text):
        yield Reading(text, text.translate(_APART), _APART)
