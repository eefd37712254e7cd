"""Location in pictures: found wherever it stands, removed without touching pixels or orientation."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops

from qloop import atomic
from qloop.pictures import has_location, inspect, kind_of, strip_location

ORIENTATION, GPS = 0x0112, 0x8825
XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<rdf:Description xmlns:exif="http://ns.adobe.com/exif/1.0/" exif:GPSLatitude="29,52.1N"/>'
    b"</rdf:RDF></x:xmpmeta>"
)
FORMATS = {"jpeg": ".jpg", "png": ".png", "webp": ".webp", "tiff": ".tif", "avif": ".avif"}


def picture() -> Image.Image:
    image = Image.new("RGB", (32, 16), (200, 30, 30))
    image.paste((20, 60, 220), (0, 0, 9, 7))
    return image


def exif(*, gps: dict[int, object] | None = None, orientation: int | None = None) -> Image.Exif:
    data = Image.Exif()
    data[0x010F] = "Maker"
    if orientation:
        data[ORIENTATION] = orientation
    if gps is not None:
        data.get_ifd(GPS).update(gps)
    return data


PLACE: dict[int, object] = {1: "N", 2: (29.0, 52.0, 6.5), 3: "E", 4: (121.0, 33.0, 1.25)}


def save(path: Path, kind: str, **options: object) -> Path:
    picture().save(path, format=kind.upper(), **options)  # type: ignore[arg-type]
    return path


def pixels(path: Path) -> bytes:
    with Image.open(path) as image:
        return image.convert("RGB").tobytes()


def scan_of(data: bytes) -> bytes:
    return data[data.index(b"\xff\xda") :]


@pytest.mark.parametrize("kind", FORMATS)
def test_gps_in_exif_is_found_and_stripped(tmp_path: Path, kind: str) -> None:
    path = save(tmp_path / f"a{FORMATS[kind]}", kind, exif=exif(gps=PLACE, orientation=6).tobytes())
    before = pixels(path)
    assert kind_of(path) == kind
    assert has_location(path)
    assert strip_location(path)
    assert not has_location(path)
    assert inspect(path).unreadable is None
    with Image.open(path) as image:
        assert image.getexif().get(ORIENTATION) == 6
        assert not image.getexif().get_ifd(GPS)
    assert pixels(path) == before
    assert not strip_location(path), "a second strip changes nothing"
    assert os.listdir(tmp_path) == [path.name], "no temporary file is left"


@pytest.mark.parametrize("kind", FORMATS)
def test_without_gps_nothing_is_touched(tmp_path: Path, kind: str) -> None:
    path = save(tmp_path / "a", kind, exif=exif(orientation=3))
    before = path.read_bytes()
    assert not has_location(path)
    assert not strip_location(path)
    assert path.read_bytes() == before


def test_a_gps_directory_with_only_a_version_is_no_place(tmp_path: Path) -> None:
    path = save(tmp_path / "a.jpg", "jpeg", exif=exif(gps={0: b"\2\3\0\0", 29: "2026:08:03"}))
    assert not has_location(path)


@pytest.mark.parametrize("kind", ["jpeg", "webp", "png"])
def test_gps_in_xmp_is_found_and_stripped(tmp_path: Path, kind: str) -> None:
    options: dict[str, object] = {"xmp": XMP}
    if kind == "png":
        from PIL.PngImagePlugin import PngInfo

        info = PngInfo()
        info.add_itxt("XML:com.adobe.xmp", XMP.decode(), zip=True)
        options = {"pnginfo": info}
    path = save(tmp_path / "a", kind, **options)
    before = pixels(path)
    assert has_location(path)
    assert strip_location(path)
    assert not has_location(path)
    assert b"GPSLatitude" not in path.read_bytes()
    assert pixels(path) == before


@pytest.mark.parametrize("progressive", [False, True])
def test_jpeg_scan_stays_bit_for_bit(tmp_path: Path, progressive: bool) -> None:
    path = save(tmp_path / "a.jpg", "jpeg", exif=exif(gps=PLACE), progressive=progressive, quality=60)
    before = scan_of(path.read_bytes())
    assert strip_location(path)
    assert scan_of(path.read_bytes()) == before
    assert b"Maker" not in path.read_bytes()


def test_a_second_picture_behind_the_first_hides_nothing(tmp_path: Path) -> None:
    first, second = save(tmp_path / "1", "jpeg"), save(tmp_path / "2", "jpeg", exif=exif(gps=PLACE))
    path = tmp_path / "both.jpg"
    path.write_bytes(first.read_bytes() + b"\0" * 9 + second.read_bytes())
    assert has_location(path)
    assert strip_location(path)
    assert path.read_bytes() == first.read_bytes()


def test_heic_is_blanked_in_place(tmp_path: Path) -> None:
    head = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0\0\0\x20mdat" + b"\0\0\0\x06"
    body = head + exif(gps=PLACE).tobytes() + b"end"
    path = tmp_path / "a.heic"
    path.write_bytes(body)
    assert kind_of(path) == "heic"
    assert has_location(path)
    assert strip_location(path)
    assert not has_location(path)
    assert len(path.read_bytes()) == len(body)
    assert b"Maker" in path.read_bytes(), "only the place is blanked"


def test_place_of_a_video(tmp_path: Path) -> None:
    body = (
        b"\0\0\0\x18ftypmp42\0\0\0\0isommp42"
        + b"\0\0\0\x1e\xa9xyz\0\x12\x15\xc7"
        + b"+29.8683+121.5440/"
        + b"moov"
    )
    path = tmp_path / "a.mp4"
    path.write_bytes(body)
    assert (kind_of(path), has_location(path)) == ("mp4", True)
    assert strip_location(path)
    assert not has_location(path)
    assert len(path.read_bytes()) == len(body)


HEADS = {
    "exe": b"MZ\x90\0" + bytes(60),
    "elf": b"\x7fELF\2\1",
    "html": b"\xef\xbb\xbf\n<!DOCTYPE html><script>1</script>",
    "svg": b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
    "pdf": b"%PDF-1.7\n",
    "zip": b"PK\x03\x04",
    "gif": b"GIF89a",
    "mov": b"\0\0\0\x14ftypqt  ",
    "avif": b"\0\0\0\x1cftypavif",
}


@pytest.mark.parametrize("kind", HEADS)
def test_the_kind_is_read_from_the_content(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "harmless.jpg"
    path.write_bytes(HEADS[kind])
    assert kind_of(path) == kind


def test_unknown_empty_and_missing_files_have_no_kind(tmp_path: Path) -> None:
    (tmp_path / "empty.jpg").touch()
    (tmp_path / "text.jpg").write_text("帽围 54.8 cm", "utf-8")
    assert [kind_of(tmp_path / name) for name in ("empty.jpg", "text.jpg", "missing.jpg", ".")] == [None] * 4
    assert inspect(tmp_path / "missing.jpg").unreadable
    assert inspect(tmp_path).unreadable


@pytest.mark.parametrize("kind", FORMATS)
def test_a_picture_cut_off_is_unreadable_and_stays(tmp_path: Path, kind: str) -> None:
    path = save(tmp_path / "a", kind, exif=exif(gps=PLACE).tobytes())
    path.write_bytes(path.read_bytes()[:60])
    before = path.read_bytes()
    assert inspect(path).unreadable
    assert not strip_location(path)
    assert path.read_bytes() == before


@given(kind=st.sampled_from(sorted(FORMATS)), at=st.floats(0, 1), junk=st.binary(max_size=12))
def test_damage_never_raises(
    tmp_path_factory: pytest.TempPathFactory, kind: str, at: float, junk: bytes
) -> None:
    path = save(tmp_path_factory.mktemp("damage") / "a", kind, exif=exif(gps=PLACE, orientation=8).tobytes())
    data = path.read_bytes()
    place = int(at * len(data))
    path.write_bytes(data[:place] + junk + data[place + len(junk) :])
    inspect(path)
    if strip_location(path):
        assert not has_location(path)


def test_a_failed_write_leaves_the_picture_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = save(tmp_path / "a.jpg", "jpeg", exif=exif(gps=PLACE))
    before = path.read_bytes()

    def fail(*_: object) -> None:
        raise OSError("disk full")

    replace: Callable[..., None] = fail
    monkeypatch.setattr(atomic.os, "replace", replace)
    with pytest.raises(OSError, match="disk full"):
        strip_location(path)
    assert path.read_bytes() == before
    assert os.listdir(tmp_path) == ["a.jpg"]


def test_pictures_differ_when_pixels_do() -> None:
    """The comparison that the tests above rest on can fail."""
    other = picture()
    other.putpixel((3, 3), (0, 0, 0))
    assert ImageChops.difference(picture(), other).getbbox()
