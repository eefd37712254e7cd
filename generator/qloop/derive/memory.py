"""The file ``history.txt`` in an archive's state folder: a known history between two builds; safe to delete.

Plain lines, read and replaced as a whole: two processes at once leave the file of one of them, never a mixture.
"""

from __future__ import annotations

import json
import zlib
from pathlib import Path

from qloop.atomic import replace_file
from qloop.derive import changes
from qloop.derive.changes import Change
from qloop.derive.known import Known

NAME = "history.txt"
_VERSION = b"qloop history 1"
"""Raised whenever the lines, or the steps that make a life of commits, change."""


def recall(state: Path) -> Known | None:
    """What was kept in the folder ``state``; None where there is nothing, or something else, or it is damaged."""
    try:
        mark, _, rest = (state / NAME).read_bytes().partition(b"\n")
        if mark != _mark(rest):
            return None
        first, *lines = rest.decode("utf-8").split("\n")
        head = json.loads(first)
        recent = tuple(_change(*item) for item in head["recent"])
        count = head["commits"]
        lives = dict(line.split("\t", 1) for line in lines[count:] if line)
        return Known(head["head"], head["key"], lines[:count], lives, recent)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def keep(state: Path, known: Known) -> None:
    """Replace what is kept; where the folder cannot be written, the next reading is a whole one."""
    head = {
        "head": known.head,
        "key": known.key,
        "commits": len(known.commits),
        "recent": [(changes.written(c), c.paths) for c in known.recent],
    }
    lines = [json.dumps(head, ensure_ascii=False), *known.commits]
    lines += [f"{path}\t{line}" for path, line in known.lives.items()]
    rest = "\n".join(lines).encode("utf-8")
    try:
        state.mkdir(parents=True, exist_ok=True)
        (state / NAME).touch()
        replace_file(state / NAME, _mark(rest) + b"\n" + rest)
    except OSError:
        pass


def _mark(rest: bytes) -> bytes:
    return b"%s %08x" % (_VERSION, zlib.crc32(rest))


def _change(line: str, paths: list[str]) -> Change:
    found = changes.read(line)
    return Change(found.commit, found.when, found.author, found.subject, tuple(paths))
