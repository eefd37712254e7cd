"""Pictures: a place inside them, and ones that cannot be opened."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from qloop.diagnostics import Fix
from qloop.fix import apply
from qloop.pipeline import check

from .tree import ISSUE, TODAY, at, tree

PHOTO = "QI-260803-7KD/home.jpg"


def photo(root: Path) -> Path:
    """A photo that says it was taken at 30°N 120°E."""
    exif = Image.Exif()
    gps = exif.get_ifd(0x8825)
    gps |= {1: "N", 2: (30.0, 0.0, 0.0), 3: "E", 4: (120.0, 0.0, 0.0)}
    file = root / "issues/2026" / PHOTO
    Image.new("RGB", (8, 8), (180, 90, 60)).save(file, exif=exif)
    return file


def test_location_is_found_and_stripped(tmp_path: Path) -> None:
    root = tree(tmp_path, f"attachments: [{{file: {PHOTO}}}]")
    file = photo(root)
    (found,) = check(root, TODAY).diagnostics
    assert (found.rule, str(found.place)) == ("pictures/location", at(root, ISSUE, "file: |QI"))
    assert found.fix == Fix(PHOTO, strip=True)
    assert apply(root, [found]) == 1
    assert check(root, TODAY).diagnostics == ()
    assert Image.open(file).getpixel((4, 4))


def test_picture_that_is_cut_off(tmp_path: Path) -> None:
    root = tree(tmp_path, "attachments: [{file: QI-260803-7KD/cut.png}]")
    whole = (root / "issues/2026/QI-260803-7KD/tape.png").read_bytes()
    (root / "issues/2026/QI-260803-7KD/cut.png").write_bytes(whole[: len(whole) // 2])
    assert [d.rule for d in check(root, TODAY).diagnostics] == ["pictures/unreadable"]
