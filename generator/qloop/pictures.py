"""What a picture or video really is, and whether it tells where it was taken.

Location stands in the GPS directory of Exif (CIPA DC-008), in XMP `exif:GPS…` properties (ISO 16684-1) and, in
videos, as an ISO 6709 string. Nothing here decodes or re-encodes pixels.
"""

from __future__ import annotations

import os
import re
import struct
import tempfile
import warnings
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF8", "gif"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"BM", "bmp"),
    (b"%PDF-", "pdf"),
    (b"\x1aE\xdf\xa3", "webm"),
    (b"PK\x03\x04", "zip"),
    (b"\x1f\x8b", "gzip"),
    (b"Rar!", "rar"),
    (b"7z\xbc\xaf", "7z"),
    (b"MZ", "exe"),
    (b"\x7fELF", "elf"),
    (b"#!", "script"),
)
_BRANDS = {b"heic": "heic", b"heix": "heic", b"hevc": "heic", b"mif1": "heic", b"msf1": "heic", b"heim": "heic"}
_BRANDS |= {b"avif": "avif", b"avis": "avif", b"qt  ": "mov"}
_MARKUP = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*<(?:\?xml|!doctype|!--|html|head|body|script|svg)", re.IGNORECASE)
_PICTURES = frozenset({"jpeg", "png", "webp", "gif", "tiff", "bmp", "heic", "avif"})

_ORIENTATION, _GPS_DIRECTORY = 0x0112, 0x8825
# Latitude, longitude, altitude, destination, area: the rest of the directory (version, clock, datum) is no place.
_PLACES = frozenset({2, 4, 6, 20, 22, 27, 28})
_XMP_PLACE = re.compile(rb":GPS(?:Dest)?(?:Latitude|Longitude|Altitude)\s*(?:=\s*(?:\"[^\"]*\"|'[^']*')|>[^<]*<)")
_ISO_6709 = re.compile(rb"[+-]\d{2}\.\d{2,}[+-]\d{3}\.\d{2,}(?:[+-]\d+(?:\.\d+)?)?/?")
_EXIF_IN_FILE = re.compile(rb"(?:Exif\0\0)(?=II\*\0|MM\0\*)")


@dataclass(frozen=True)
class Picture:
    """What `inspect` found: the kind by magic bytes (None: unknown), and why the file cannot be read, if so."""

    kind: str | None
    location: bool
    unreadable: str | None = None


def _sniff(head: bytes) -> str | None:
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12], "mp4")
    if _MARKUP.match(head):
        return "svg" if b"<svg" in head.lower() else "html"
    return next((kind for magic, kind in _MAGIC if head.startswith(magic)), None)


def kind_of(path: Path) -> str | None:
    """Tell a file's real kind (jpeg, png, webp, heic, pdf, mp4, zip, exe, html …) from its first 512 bytes.

    None when it is unknown, empty or cannot be opened; the file's name is not looked at.
    """
    try:
        with path.open("rb") as file:
            return _sniff(file.read(512))
    except OSError:
        return None


def _exif_places(tiff: bytes) -> bool:
    from PIL import Image

    exif = Image.Exif()
    exif.load(tiff)
    return bool(_PLACES & exif.get_ifd(_GPS_DIRECTORY).keys())


def _orientation(data: bytes) -> int:
    from PIL import Image

    with Image.open(BytesIO(data)) as image:
        value = image.getexif().get(_ORIENTATION, 1)
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def _orientation_exif(data: bytes) -> bytes:
    """Give Exif that holds only the picture's orientation; empty when the picture stands upright."""
    value = _orientation(data)
    entry = struct.pack(">HHIHH", _ORIENTATION, 3, 1, value, 0)
    return b"" if value == 1 else b"MM\0*\0\0\0\x08\0\x01" + entry + b"\0\0\0\0"


def _jpeg_segments(data: bytes, at: int = 0) -> Iterator[tuple[int, int, int]]:
    """Yield marker, start and end of each segment from the SOI at `at` to EOI (ISO/IEC 10918-1, annex B)."""
    position = at + 2
    while position + 4 <= len(data):
        if data[position] != 0xFF:
            raise ValueError("JPEG: no marker where one is due")
        marker = data[position + 1]
        if marker == 0xFF:  # a fill byte
            position += 1
            continue
        if marker == 0xD9:
            break
        end = position + 2 + int.from_bytes(data[position + 2 : position + 4], "big")
        if marker == 0xDA:  # the scan goes on to the next marker that is neither stuffing nor a restart
            following = re.compile(rb"\xff(?![\0\xd0-\xd7\xff])").search(data, end)
            if not following:
                raise ValueError("JPEG: the picture is cut off")
            end = following.start()
        yield marker, position, end
        position = end
    if data[position : position + 2] != b"\xff\xd9":
        raise ValueError("JPEG: the picture is cut off")
    yield 0xD9, position, position + 2


def _jpeg_places(data: bytes, at: int = 0) -> bool:
    end = at
    for marker, start, end in _jpeg_segments(data, at):
        body = data[start + 4 : end]
        if marker == 0xE1 and body.startswith(b"Exif\0\0") and _exif_places(body[6:]):
            return True
        if marker == 0xE1 and _XMP_PLACE.search(body):
            return True
    more = data.find(b"\xff\xd8\xff", end)  # a second picture behind the first (MPF, gain map) or a motion photo
    return bool(_ISO_6709.search(data, end)) or (more >= 0 and _trailing_places(data, more))


def _trailing_places(data: bytes, at: int) -> bool:
    try:
        return _jpeg_places(data, at)
    except ValueError:
        return any(_exif_places(data[hit.end() :]) for hit in _EXIF_IN_FILE.finditer(data, at))


def _jpeg_stripped(data: bytes) -> bytes:
    """Drop Exif, XMP, IPTC and the multi-picture index, and what follows the picture; the scan stays as it is."""
    exif = _orientation_exif(data)
    kept = [data[:2]]
    if exif:
        kept.append(b"\xff\xe1" + (len(exif) + 8).to_bytes(2, "big") + b"Exif\0\0" + exif)
    for marker, start, end in _jpeg_segments(data):
        multi_picture = marker == 0xE2 and data[start + 4 : start + 8] == b"MPF\0"
        if marker not in (0xE1, 0xED) and not multi_picture:
            kept.append(data[start:end])
    return b"".join(kept)


def _png_stripped(data: bytes) -> bytes:
    """Drop eXIf and the text chunks that carry XMP or Exif (PNG 3rd edition, 11.3)."""
    exif = _orientation_exif(data)
    kept, position = [data[:8]], 8
    while position + 12 <= len(data):
        end = position + 12 + int.from_bytes(data[position : position + 4], "big")
        name, body = data[position + 4 : position + 8], data[position + 8 : end - 4]
        hidden = name in (b"iTXt", b"tEXt", b"zTXt") and body.startswith((b"XML:com.adobe.xmp", b"Raw profile type"))
        if name != b"eXIf" and not hidden:
            kept.append(data[position:end])
        if name == b"IHDR" and exif:
            chunk = b"eXIf" + exif
            kept.append(len(exif).to_bytes(4, "big") + chunk + zlib.crc32(chunk).to_bytes(4, "big"))
        position = end
    return b"".join(kept)


def _webp_stripped(data: bytes) -> bytes:
    """Drop the EXIF and XMP chunks and their flags in VP8X (RFC 9649, section 2.7)."""
    exif = _orientation_exif(data)
    kept, position = b"", 12
    while position + 8 <= len(data):
        size = int.from_bytes(data[position + 4 : position + 8], "little")
        end = position + 8 + size + size % 2
        chunk = bytearray(data[position:end])
        if chunk[:4] == b"VP8X":
            chunk[8] = chunk[8] & ~0x0C | (0x08 if exif else 0)
        kept += b"" if chunk[:4] in (b"EXIF", b"XMP ") else bytes(chunk)
        position = end
    if exif:
        kept += b"EXIF" + len(exif).to_bytes(4, "little") + exif + b"\0" * (len(exif) % 2)
    return b"RIFF" + (len(kept) + 4).to_bytes(4, "little") + b"WEBP" + kept


def _blank_gps(data: bytearray, tiff: int) -> None:
    """Empty the GPS directory of the TIFF structure at `tiff` in place, its values zeroed (TIFF 6.0, section 2)."""
    order = "<" if data[tiff : tiff + 2] == b"II" else ">"
    sizes = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 9: 4, 10: 8}

    def entries(directory: int) -> Iterator[tuple[int, int, int, int, int]]:
        (count,) = struct.unpack_from(order + "H", data, directory)
        for place in range(directory + 2, directory + 2 + 12 * count, 12):
            yield place, *struct.unpack_from(order + "HHII", data, place)

    (first,) = struct.unpack_from(order + "I", data, tiff + 4)
    for _, tag, _, _, directory in entries(tiff + first):
        if tag == _GPS_DIRECTORY:
            for place, _, kind, count, offset in list(entries(tiff + directory)):
                size = sizes.get(kind, 1) * count
                if 4 < size <= len(data) - tiff - offset:
                    data[tiff + offset : tiff + offset + size] = bytes(size)
                data[place : place + 12] = bytes(12)
            struct.pack_into(order + "H", data, tiff + directory, 0)


def _blanked(data: bytes) -> bytes:
    """Blank location where it stands, the length unchanged: containers (HEIC, AVIF, TIFF, MP4) keep their offsets."""
    result = bytearray(data)
    for tiff in _tiff_structures(data):
        _blank_gps(result, tiff)
    for pattern in (_XMP_PLACE, _ISO_6709):
        for hit in pattern.finditer(data):
            result[hit.start() : hit.end()] = b" " * len(hit[0])
    return bytes(result)


def _tiff_structures(data: bytes) -> list[int]:
    return [0] if _sniff(data[:16]) == "tiff" else [hit.end() for hit in _EXIF_IN_FILE.finditer(data)]
