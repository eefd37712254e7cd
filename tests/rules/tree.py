"""Tiny archives: the clean records of ``base/`` with a sample laid over them.

A sample's top-level keys replace those of a base record, as text, so that lines and columns stay what they
look like. ``# issues/2026/QI-260803-7KD.md`` names the file (else it is the base issue), ``# raw PATH`` makes
the text the whole file; one sample may hold several files.
"""

from __future__ import annotations

import datetime as dt
import re
import shutil
from pathlib import Path

from qloop.diagnostics import Diagnostic
from qloop.pipeline import check
from qloop.records.kinds import kind_of_folder

BASE = Path(__file__).parent / "base"
ISSUE = "issues/2026/QI-260803-7KD.md"
CHANGE = "sop/changes/2026/PC-260810-M2Q.md"
SOP = "sop/SOP-KNIT-001.md"
FAQ = "faq/FAQ-cap-too-tight.md"
REVIEW = "issues/reviews/2026-W32.md"
TODAY = dt.date(2026, 12, 20)
"""The day on which the base archive is clean: nothing overdue, nothing in the future."""

_BASE_OF_KIND = {"issue": ISSUE, "change": CHANGE, "sop": SOP, "faq": FAQ, "review": REVIEW}
_HEADER = re.compile(r"# (raw )?((?:issues|sop|faq|catalog|feedback)/\S+|qloop\.yml)")
_KEY = re.compile(r"([A-Za-z_]\w*):")


def id_number() -> str:
    """A citizen's number with the right check character (GB 11643, ISO 7064 MOD 11-2), of nobody."""
    digits = "110101" + "19900307" + "123"
    total = sum(int(d) * pow(2, 17 - i, 11) for i, d in enumerate(digits))
    return digits + "0123456789X"[(12 - total) % 11]


PRIVATE = {
    "order-number": "-".join(("1" + "12", "1234" + "567", "7654" + "321")),
    "email": "li.hua" + "@" + "mail.example.com",
    "phone": "138" + "1234" + "5678",
    "id-number": id_number(),
    "card-number": "4111 1111 " + "1111 1111",
    "address": "John Smith, 742 Evergreen " + "Terrace, Springfield, IL 62704",
    "tracking-number": "1Z999AA1" + "0123456784",
    "profile-link": "https://www.amazon.com/gp/" + "profile/amzn1.account.AEXAMPLE" + "7KDM2QW3RT",
    "signed-url": "https://files.example.com/a.jpg?X-Amz-" + "Signature=" + "0a1b2c3d" * 8,
    "contact-handle": "wxid_" + "a1b2c3d4e5",
    "tab": "\t",
    "bell": "\a",
}
"""What stands in for ``«name»`` in samples: built here, so that it stands in no file."""


def expand(text: str) -> str:
    return re.sub(r"«([\w-]+)»", lambda m: PRIVATE[m[1]], text)


def tree(root: Path, *samples: str) -> Path:
    """The base archive in ``root`` with the samples laid over it."""
    shutil.copytree(BASE, root, dirs_exist_ok=True)
    for sample in samples:
        for path, raw, text in files(sample):
            lay(root / path, path, raw, expand(text))
    return root


def diagnostics(root: Path, *samples: str) -> list[Diagnostic]:
    return list(check(tree(root, *samples), TODAY).diagnostics)


def where(root: Path, rule: str, *samples: str) -> list[str]:
    """Path, line and column of what a rule finds: ``issues/….md:9:11``."""
    return [str(d.place) for d in diagnostics(root, *samples) if d.rule == rule]


def ids(root: Path, *samples: str) -> set[str]:
    return {d.rule for d in diagnostics(root, *samples)}


def at(root: Path, path: str, spot: str) -> str:
    """The place of ``|`` in the file: ``at(root, SOP, "revision: |3")`` is where that 3 stands."""
    before, after = spot.split("|")
    text = (root / path).read_text("utf-8")
    offset = text.index(before + after) + len(before)
    return f"{path}:{text.count(chr(10), 0, offset) + 1}:{offset - text.rfind(chr(10), 0, offset)}"


def files(sample: str) -> list[tuple[str, bool, str]]:
    """(path, whether the text is the whole file, text) of each file in a sample."""
    found: list[tuple[str, bool, list[str]]] = []
    for line in sample.split("\n"):
        if header := _HEADER.fullmatch(line.strip()):
            found.append((header[2], bool(header[1]), []))
        elif found or line.strip():
            if not found:
                found.append((ISSUE, False, []))
            found[-1][2].append(line)
    return [(path, raw, "\n".join(lines)) for path, raw, lines in found]


def lay(file: Path, path: str, raw: bool, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    if raw:
        file.write_text(text, "utf-8")
        return
    if path == "qloop.yml":
        file.write_text("\n".join(merged(file.read_text("utf-8"), text)), "utf-8")
        return
    base = BASE / (path if (BASE / path).exists() else _BASE_OF_KIND[kind_of_folder(path)])
    _, head, body = base.read_text("utf-8").split("---\n", 2)
    lines = merged(head, text)
    if base.name != file.name and not any(line.startswith("id:") for line in text.split("\n")):
        lines = [f"id: {file.stem}" if line.startswith("id:") else line for line in lines]
    if file.suffix == ".md":
        said = [line for line in lines if line.startswith("body:")]
        lines = [line for line in lines if line not in said]
        body = said[0].removeprefix("body:").strip() if said else body
        lines = ["---", *lines, "---", body]
    file.write_text("\n".join(lines), "utf-8")


def merged(base: str, over: str) -> list[str]:
    """The lines of ``base`` with the top-level keys of ``over`` in their place, new ones at the end."""
    mine, theirs = blocks(base), blocks(over)
    kept = {key: theirs.pop(key, lines) for key, lines in mine.items()}
    return [line for group in (kept, theirs) for lines in group.values() for line in lines]


def blocks(text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    key = ""
    for line in text.rstrip("\n").split("\n"):
        if match := _KEY.match(line):
            key = match[1]
        if key or line.strip():
            found.setdefault(key, []).append(line)
    return found
