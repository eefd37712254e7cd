"""Words for the search index, cut so that writer and reader always agree.

Chinese has no spaces, and dictionaries disagree about where its words end. So a pair of neighbouring CJK characters
is one token: 佩戴 is found in 帽围过小，佩戴压头 whatever a segmenter thinks of it. `theme/assets/search-index.js`
cuts what the reader types in the same way; a test compares the two.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator
from itertools import chain
from operator import add

KANA = r"\u3005-\u3007\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff"
CJK = KANA + r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af\U00020000-\U0003ffff"
WORD = rf"[^\W_{CJK}]+"
RUNS = re.compile(rf"[{CJK}]+|\d+(?:\.\d+)+|{WORD}(?:[-_'’‐‑–]{WORD})*")
IS_CJK = re.compile(rf"[{CJK}]")
HYPHENS = re.compile(r"[-_‐‑–]")
LONGEST = 30
"""Characters of a token: the rest of a longer word is not compared, and a file may bear any token as its name."""


def terms(text: str) -> list[str]:
    """The tokens under which a text is found, each once, in the order of first appearance.

    A compound such as `QI-260803-7KD` gives every tail (`qi2608037kd 2608037kd 7kd`): a typed word is compared with
    the beginnings of tokens, so every part of it is found, with and without hyphens.
    """
    return list(dict.fromkeys(occurrences(text)))


def occurrences(text: str) -> Iterator[str]:
    """The tokens of a text as often as they stand in it."""
    return chain.from_iterable(map(_tokens, RUNS.findall(fold(text))))


def fold(text: str) -> str:
    """One spelling of a text: NFKC, lower case (ß as ss)."""
    return unicodedata.normalize("NFKC", text).casefold()


def identity(name: str) -> str:
    """The token that only the bearers of an id or alias have; "" for a name without letters and digits."""
    joined = re.sub(r"[\W_]+", "", fold(name))
    return f"={joined}"[:LONGEST] if joined else ""


def facet(key: str, value: str) -> str:
    """The token of a record's property, such as a product; no text gives such a token."""
    return f"={fold(key)}={fold(value)}"[:LONGEST]


@functools.lru_cache(maxsize=20_000)
def _tokens(run: str) -> tuple[str, ...]:
    """The tokens of a run of letters; records repeat words, names and numbers all the time."""
    if IS_CJK.match(run):
        # the last character is found alone; the others are found alone as beginnings of pairs
        return (*map(add, run, run[1:]), run[-1])
    if run[0].isdigit() and "." in run:
        return (run[:LONGEST],)
    parts = [_plain(part) for part in HYPHENS.split(run)]
    return tuple("".join(parts[start:])[:LONGEST] for start in range(len(parts)))


def _plain(word: str) -> str:
    if word.isascii() and word.isalnum():
        return word
    letters = unicodedata.normalize("NFD", word)
    return "".join(letter for letter in letters if letter.isalnum())
