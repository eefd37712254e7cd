"""Which encoding a report is in: found strictly, or asked for; never guessed in silence.

UTF-8 proves itself: other text hardly ever decodes as it. The code pages accept almost any bytes, so what they
give must look like text of their language as well.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

from qloop.imports.errors import BadReport

_PIECE = 1 << 20
_HIGH = re.compile(rb"[\x80-\xff]+")
_SMALL_PAIR = re.compile(rb"[\xdf-\xf6\xf8-\xff]{2}")
"""Two small letters in a row (Grüße, déçu); Chinese text has hardly a lead byte among them (GB 2312, rows 63 on)."""
_WESTERN_RUNS = 0.3
"""Most of the high bytes that may stand beside another one: accented letters of Western words stand alone."""
_HALF_WIDTH = 0.25
"""Most of the non-ASCII characters that may be half-width katakana: GB bytes read as cp932 become those."""


def find_encoding(path: Path, marketplace: str, wish: str = "") -> str:
    """The name of the encoding in which all of ``path`` is text.

    ``wish``: what the user asks for. Raises BadReport (encoding, encoding-unknown, encoding-wrong, not-a-table).
    """
    with path.open("rb") as file:
        start = file.read(8)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise BadReport("old-excel", str(path))
    if wish:
        return _asked(path, wish)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _asked(path, "utf-16")
    if broken_at(path, "utf-8-sig") == 0:
        return "utf-8-sig"
    page = "cp932" if marketplace == "JP" else "cp1252"
    plausible = _japanese if page == "cp932" else _western
    if broken_at(path, page) or not plausible(path):
        raise BadReport("encoding", str(path), broken_at(path, "utf-8-sig"), page=page)
    return page


def _asked(path: Path, wish: str) -> str:
    try:
        name = codecs.lookup(wish).name
        "".encode(name)
    except LookupError:
        raise BadReport("encoding-unknown", value=wish) from None
    name = "utf-8-sig" if name == "utf-8" else name
    line = broken_at(path, name)
    if line:
        raise BadReport("encoding-wrong", str(path), line, value=wish)
    return name


def broken_at(path: Path, encoding: str) -> int:
    """The line (from 1) near which ``path`` is not text in ``encoding``; 0 where all of it is."""
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    for piece in _pieces(path):
        try:
            line += decoder.decode(piece, final=not piece).count("\n")
        except UnicodeError as error:
            upto = getattr(error, "start", 0)
            return line + piece[:upto].count(b"\n")
    return 0


def _pieces(path: Path) -> Iterator[bytes]:
    """The file in pieces, and an empty one at its end."""
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece
    yield b""


def _western(path: Path) -> bool:
    """Whether high bytes stand alone among ASCII, as in French or German, not in rows, as in Chinese."""
    high = together = 0
    for piece in _pieces(path):
        for run in _HIGH.findall(piece):
            high += len(run)
            together += len(run) if len(run) > 1 and not _SMALL_PAIR.fullmatch(run) else 0
    return together <= _WESTERN_RUNS * high


def _japanese(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("cp932")()
    wide = half = 0
    for piece in _pieces(path):
        text = decoder.decode(piece, final=not piece)
        if text.isascii():
            continue
        wide += sum(character > "\x7f" for character in text)
        half += len(re.findall("[\uff61-\uff9f]", text))
    return half <= _HALF_WIDTH * wide
