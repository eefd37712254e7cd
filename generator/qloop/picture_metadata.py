"""Location in the bytes of a picture or video: whether there is one, and the same bytes without it.

Location stands in the GPS directory of Exif (CIPA DC-008), in XMP `exif:GPS…` properties (ISO 16684-1) and,
in videos, as an ISO 6709 string. Nothing here decodes or re-encodes pixels. Damaged bytes raise whatever they
like (ValueError, struct.error, what Pillow raises): `qloop.pictures` turns that into a result.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO

_ORIENTATION, _GPS_DIRECTORY = 0x0112, 0x8825
# Latitude, longitude, altitude, destination, area; version, clock and datum are no place.
_PLACES = frozenset({2, 4, 6, 20, 22, 27, 28})
_XMP_PLACE = re.compile(
    rb":GPS(?:Dest)?(?:Latitude|Longitude|Altitude)\s*(?:=\s*(?:\"[^\"]*\"|'[^']*')|>[^<]*<)"
)
_ISO_6709 = re.compile(rb"[+-]\d{2}\.\d{2,}[+-]\d{3}\.\d{2,}(?:[+-]\d+(?:\.\d+)?)?/?")
_EXIF_IN_FILE = re.compile(rb"(?:Exif\0\0)(?=II\*\0|MM\0\*)")


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
    more = data.find(b"\xff\xd8\xff", end)  # a second picture behind the first (MPF, gain map)
    return bool(_ISO_6709.search(data, end)) or (more >= 0 and _trailing_places(data, more))


def _trailing_places(data: bytes, at: int) -> bool:
    try:
        return _jpeg_places(data, at)
    except ValueError:
        return any(_exif_places(data[hit.end() :]) for hit in _EXIF_IN_FILE.finditer(data, at))


def _jpeg_stripped(data: bytes) -> bytes:
    """Drop Exif, XMP, IPTC, the multi-picture index and what follows the picture; the scan stays as it is."""
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
        hidden = name in (b"iTXt", b"tEXt", b"zTXt") and body.startswith(
            (b"XML:com.adobe.xmp", b"Raw profile type")
        )
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
        if chunk.startswith(b"VP8X"):
            chunk[8] = chunk[8] & ~0x0C | (0x08 if exif else 0)
        kept += b"" if chunk.startswith((b"EXIF", b"XMP ")) else bytes(chunk)
        position = end
    if exif:
        kept += b"EXIF" + len(exif).to_bytes(4, "little") + exif + b"\0" * (len(exif) % 2)
    return b"RIFF" + (len(kept) + 4).to_bytes(4, "little") + b"WEBP" + kept


def _blank_gps(data: bytearray, tiff: int) -> None:
    """Empty the GPS directory of the TIFF at `tiff` in place, its values zeroed (TIFF 6.0, section 2)."""
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
    """Blank location where it stands, the length unchanged: containers (HEIC, TIFF, MP4) keep offsets."""
    result = bytearray(data)
    for tiff in _tiff_structures(data):
        _blank_gps(result, tiff)
    for pattern in (_XMP_PLACE, _ISO_6709):
        for hit in pattern.finditer(data):
            result[hit.start() : hit.end()] = b" " * len(hit[0])
    return bytes(result)


def _tiff_structures(data: bytes) -> list[int]:
    return (
        [0] if data.startswith((b"II*\0", b"MM\0*")) else [hit.end() for hit in _EXIF_IN_FILE.finditer(data)]
    )


def _pillow_places(data: bytes) -> bool:
    from PIL import Image

    with Image.open(BytesIO(data)) as image:
        places = bool(_PLACES & image.getexif().get_ifd(_GPS_DIRECTORY).keys())
        xmp = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or b""
    return places or bool(_XMP_PLACE.search(xmp.encode() if isinstance(xmp, str) else xmp))


def _container_places(data: bytes) -> bool:
    found = any(_exif_places(data[start:]) for start in _tiff_structures(data))
    return found or bool(_XMP_PLACE.search(data) or _ISO_6709.search(data))


# By kind (see `pictures.kind_of`): whether the bytes hold a location, and the bytes without it.
READERS: dict[str, Callable[[bytes], bool]] = {
    "jpeg": _jpeg_places,
    "png": _pillow_places,
    "webp": _pillow_places,
}
READERS |= dict.fromkeys(("tiff", "heic", "avif", "mp4", "mov", "gif"), _container_places)
STRIPPERS: dict[str, Callable[[bytes], bytes]] = {"jpeg": _jpeg_stripped, "png": _png_stripped}
STRIPPERS |= {"webp": _webp_stripped} | dict.fromkeys(("tiff", "heic", "avif", "mp4", "mov", "gif"), _blanked)
