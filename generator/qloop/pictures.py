"""What a picture or video really is, and whether it tells where it was taken."""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from qloop.atomic import replace_file
from qloop.picture_metadata import READERS, STRIPPERS

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
_BRANDS = dict.fromkeys((b"heic", b"heix", b"heim", b"hevc", b"mif1", b"msf1"), "heic")
_BRANDS |= {b"avif": "avif", b"avis": "avif", b"qt  ": "mov"}
_MARKUP = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*<(?:\?xml|!doctype|!--|html|head|body|script|svg)", re.I)
_PICTURES = frozenset({"jpeg", "png", "webp", "gif", "tiff", "bmp", "heic", "avif"})


@dataclass(frozen=True)
class Picture:
    """What `inspect` found: the kind by magic bytes (None: unknown), and why it is unreadable, if so."""

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


def _verify(kind: str | None, data: bytes) -> None:
    from PIL import Image

    if kind in _PICTURES - {"heic"}:  # Pillow reads no HEIC of its own
        with Image.open(BytesIO(data)) as image:
            image.verify()


def _inspected(data: bytes) -> Picture:
    kind = _sniff(data[:512])
    reader = READERS.get(kind or "")
    try:
        with warnings.catch_warnings():  # Pillow warns of damage that is reported here as unreadable
            warnings.simplefilter("ignore")
            _verify(kind, data)
            return Picture(kind, reader is not None and reader(data))
    except Exception as error:  # a broken picture makes Pillow raise nearly anything; none may end a check
        return Picture(kind, False, f"{type(error).__name__}: {error}")


def inspect(path: Path) -> Picture:
    """Tell a file's kind, whether it holds a location, and why it cannot be read, if so; never raises."""
    try:
        return _inspected(path.read_bytes())
    except OSError as error:
        return Picture(None, False, f"{type(error).__name__}: {error.strerror}")


def has_location(path: Path) -> bool:
    """Whether the picture or video tells where it was taken; False for the unreadable (see `inspect`)."""
    return inspect(path).location


def strip_location(path: Path) -> bool:
    """Rewrite the file without location, pixels and orientation untouched; True when it was changed.

    JPEG, PNG and WebP lose their Exif and XMP; in TIFF, HEIC, AVIF and MP4 the location alone is blanked.
    The file is replaced at once or not at all; a file without location, or unreadable, stays. OSError when
    it cannot be written.
    """
    before = inspect(path)
    if not before.location or before.kind is None:
        return False
    stripped = _stripped(before.kind, path.read_bytes())
    if stripped is not None:
        replace_file(path, stripped)
    return stripped is not None


def _stripped(kind: str, data: bytes) -> bytes | None:
    """Give the bytes without location; None when they are damaged or a location stays."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            stripped = STRIPPERS[kind](data)
    except Exception:  # as in _inspected
        return None
    after = _inspected(stripped)
    return None if after.location or after.unreadable else stripped
