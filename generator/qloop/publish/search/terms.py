"""Words for the search index: tokens that no segmenter cuts differently.

Chinese has no spaces. Pagefind cuts it with one dictionary when it indexes and with the browser's own when it
searches, and the two disagree: the word 佩戴 in 帽围过小，佩戴压头 is not found. So both sides of ours use
plain tokens: a pair of neighbouring CJK characters becomes one Latin word, `zq` and their hexadecimal UTF-16
units, which no segmenter cuts. `theme/assets/search.js` rewrites what the reader types in the same way.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

KANA = r"\u3005-\u3007\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff"
CJK = KANA + r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af\U00020000-\U0003ffff"
WORD = rf"[^\W_{CJK}]+"
RUNS = re.compile(rf"[{CJK}]+|\d+(?:\.\d+)+|{WORD}(?:[-_'’‐‑–]{WORD})*")
IS_CJK = re.compile(rf"[{CJK}]")


def terms(text: str) -> list[str]:
    """The tokens under which a text is found, each once, in the order of first appearance.

    A compound such as `QI-260803-7KD` gives every tail (`qi2608037kd 2608037kd 7kd`): Pagefind matches the
    beginnings of words, so every part of it is found, with and without hyphens.
    """
    return list(dict.fromkeys(token for run in RUNS.findall(fold(text)) for token in _tokens(run)))


def fold(text: str) -> str:
    """One spelling of a text: NFKC, lower case (ß as ss)."""
    return unicodedata.normalize("NFKC", text).casefold()


def identity(name: str) -> str:
    """The token that only the bearer of an id or alias has; "" for a name that is not in ASCII."""
    joined = re.sub(r"[\W_]+", "", fold(name))
    return f"zqi{joined}" if joined.isascii() and joined else ""


def facet(key: str, value: str) -> str:
    """The token that narrows a search to one value; Pagefind's own filter files differ from run to run."""
    return f"zqk{fold(key)}{''.join(_code(character) for character in fold(value))}"


def _tokens(run: str) -> Iterator[str]:
    if IS_CJK.match(run):
        codes = [_code(character) for character in run]
        yield from (f"zq{first}{second}" for first, second in pairwise(codes))
        yield f"zq{codes[-1]}z"  # the end of a run is found alone, but is no beginning of another pair
    elif run[0].isdigit() and "." in run:
        yield run.replace(".", "p")
    else:
        parts = [_plain(part) for part in re.split(r"[-_‐‑–]", run)]
        yield from ("".join(parts[start:]) for start in range(len(parts)))


def _code(character: str) -> str:
    return character.encode("utf-16-be").hex()


def _plain(word: str) -> str:
    letters = unicodedata.normalize("NFD", word)
    return "".join(letter for letter in letters if letter.isalnum())
