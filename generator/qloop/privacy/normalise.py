"""Fold text to the form that detectors read, and remember where each character came from."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate

from qloop.privacy.windows import Window, number_windows

# Invisible (Cf) and combining (Mn, Me: keycap digits such as 1 + U+FE0F + U+20E3) characters.
_DROPPED = frozenset({"Cf", "Mn", "Me"})
# People type these for a dash though Unicode calls them none: minus, bullet, box line, katakana ー.
_DASHES = frozenset("\u2212\u2043\u2500\u30fc\uff70")
# Full-width punctuation of nearly every Chinese text; replacing it unasked leaves few characters to look up.
_COMMON = {
    "\uff0c": ",",
    "\uff1a": ":",
    "\uff1b": ";",
    "\uff08": "(",
    "\uff09": ")",
    "\uff1f": "?",
    "\uff01": "!",
}
# Not ASCII, kana, ideographs or the like, which fold to themselves.
_ODD = re.compile(
    r"[^\x00-\x7f\xb0\xb1\xd7\xdf-\xff\u2018-\u201d\u3001-\u3011\u3041-\u3096\u30a1-\u30fb\u4e00-\u9fff]"
)
# Circled, raised and lowered digits and invisible characters.
_LOOSE = re.compile(
    "[\u00ad\u00b2\u00b3\u00b9\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2070-\u2089\u2460-\u249b"
    "\u24ea-\u24ff\u2776-\u2793\u3251-\u325f\u32b1-\u32bf\ufe00-\ufe0f\ufeff]"
)


@cache
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


@dataclass(frozen=True)
class Reading:
    """One folded form of a text: NFKC (UAX #15) by character, ASCII dashes and digits, nothing invisible."""

    text: str
    source: str
    folds: Mapping[str, str]

    @cached_property
    def lower(self) -> str:
        """The folded text in lower case, for cheap questions whether a word occurs at all."""
        return self.text.lower()

    @cached_property
    def windows(self) -> tuple[Window, ...]:
        """The surroundings of each long number that is no date or the like: what number detectors read."""
        return number_windows(self.text)

    def has(self, *words: str) -> bool:
        """Whether one of the words, given in lower case, occurs."""
        return any(word in self.lower for word in words)

    def scan(self, pattern: re.Pattern[str], group: str | int = 0) -> Iterator[tuple[int, int, str]]:
        """Yield start, end and text of what the pattern (or that group of it) matches in the windows."""
        for window in self.windows:
            for match in pattern.finditer(window.text, window.first):
                if match.start() <= window.last:
                    name = group if match[group] is not None else 0
                    yield window.base + match.start(name), window.base + match.end(name), match[name]

    @cached_property
    def _ends(self) -> list[int]:
        """For each source character, where its folded form ends in `text`."""
        return list(accumulate(len(self.folds.get(char, char)) for char in self.source))

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Translate a non-empty span of the folded text into offsets of the source."""
        if not self.folds:
            return start, end
        return bisect_right(self._ends, start), bisect_right(self._ends, end - 1) + 1


def _replaced(text: str, folds: Mapping[str, str]) -> str:
    for char, folded in folds.items():
        text = text.replace(char, folded)
    return text


def _touches_number(text: str, char: str) -> bool:
    pieces = text.split(char)
    return any(piece[-1:].isdecimal() for piece in pieces[:-1]) or any(
        piece[:1].isdecimal() for piece in pieces[1:]
    )


def readings(text: str) -> Iterator[Reading]:
    """Yield the ways to read a text: circled digits and invisibles as parts of numbers, then as spaces.

    ①③⑧… spells a number, but in "①13812…" the circle is a list mark, and a removed zero-width space may glue
    two numbers together: neither may hide anything.
    """
    if text.isascii():
        yield Reading(text, text, {})
        return
    common = _replaced(text, _COMMON)
    odd = {char: folded for char in set(_ODD.findall(common)) if (folded := _fold(char)) != char}
    folds = _COMMON | odd
    yield Reading(_replaced(common, odd), text, folds)
    loose = {char: " " for char in odd if _LOOSE.match(char)}
    if any(_touches_number(text, char) for char in loose):
        yield Reading(_replaced(common, odd | loose), text, folds | loose)
