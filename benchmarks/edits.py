"""Edits of a seeded archive, one at a time, as a team makes them: each takes the archive and a number."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path


def issues(root: Path) -> list[Path]:
    return sorted((root / "issues").rglob("QI-*.md"))


def text(root: Path, n: int) -> None:
    """A sentence more in one issue's body."""
    append(issues(root)[n % 97], f"第 {n + 1} 次复测。")


def five(root: Path, n: int) -> None:
    """A sentence more in five issues."""
    for i in range(5):
        text(root, n * 7 + i)


def status(root: Path, n: int) -> None:
    """An open issue moves on: lists and counts change with it."""
    found = next(p for p in issues(root)[n * 13 :] if '\nstatus: "open"\n' in p.read_text("utf-8"))
    replace(found, '\nstatus: "open"\n', '\nstatus: "analyzing"\n')


def title(root: Path, n: int) -> None:
    path = issues(root)[n * 11]
    path.write_text(re.sub(r'\ntitle: "', f'\ntitle: "改{n} ', path.read_text("utf-8"), count=1), "utf-8")


def add(root: Path, n: int) -> None:
    """A new issue like another one."""
    _copy(issues(root)[n * 5], f"{n % 10}ZZ")


def delete(root: Path, n: int) -> None:
    """An issue that no other record refers to goes."""
    everything = "\n".join(p.read_text("utf-8") for top in ("sop", "faq") for p in (root / top).rglob("*.md"))
    free = next(p for p in issues(root)[n * 17 :] if p.stem not in everything)
    free.unlink()


def rename(root: Path, n: int) -> None:
    """An issue gets another id; everything that refers to it follows."""
    old = issues(root)[n * 3 + 1]
    new = _copy(old, f"{n % 10}YY")
    old.unlink()
    for top in ("issues", "sop", "faq"):
        listed = subprocess.run(["grep", "-rl", old.stem, str(root / top)], capture_output=True, text=True)
        for path in map(Path, listed.stdout.split()):
            replace(path, old.stem, new.stem)


def _copy(path: Path, ending: str) -> Path:
    new = path.with_name(f"{path.stem[:-3]}{ending}.md")
    source = path.read_text("utf-8").replace(path.stem, new.stem)
    new.write_text(re.sub(r"\naliases: .*", "", source), "utf-8")
    return new


def append(path: Path, sentence: str) -> None:
    path.write_text(f"{path.read_text('utf-8')}\n{sentence}\n", "utf-8")


def replace(path: Path, old: str, new: str) -> None:
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


EDITS: dict[str, Callable[[Path, int], None]] = {
    "one issue's text edited": text,
    "five issues edited": five,
    "one issue's status changed": status,
    "one title changed": title,
    "one issue added": add,
    "one issue deleted": delete,
    "one issue renamed": rename,
}
