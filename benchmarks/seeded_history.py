"""A git repository of a seeded archive: record after record, issues first as open; equal files, equal commits."""

from __future__ import annotations

import datetime as dt
import itertools
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

from seeded_records import LOOP, START, TODAY

AUTHORS = ("QC", "Factory QC", "Supply chain", "Customer service")
Step = tuple[dt.date, str, bytes]
"""The day on which a file got a text."""
_STATUS = re.compile(rb'^status: "(\w+)"$', re.MULTILINE)
_DAY = re.compile(r"(?:QI|PC)-(\d{6})-")


def write_history(root: Path, commits: int) -> None:
    """``commits`` commits (fewer where there are fewer texts to commit), through one ``git fast-import``."""
    steps = sorted(step for path in sorted(_files(root)) for step in _steps(root, path))
    _git(root, "init", "-q", "-b", "main")
    _git(root, "fast-import", "--quiet", "--force", stream=b"".join(_stream(steps, min(commits, len(steps)))))
    _git(root, "reset", "-q")


def _files(root: Path) -> Iterator[Path]:
    return (p for p in root.rglob("*") if p.is_file() and ".git" not in p.relative_to(root).parts)


def _steps(root: Path, path: Path) -> Iterator[Step]:
    """A record appears on its day, an issue as open; settings, SOPs and FAQ on the first day."""
    name, text = path.relative_to(root).as_posix(), path.read_bytes()
    found = _DAY.search(path.name)
    day = dt.datetime.strptime(found[1], "%y%m%d").date() if found else START
    status = _STATUS.search(text)
    if name.startswith("issues/") and status and status[1] != b"open":
        yield day, name, _STATUS.sub(b'status: "open"', text, count=1)
        day = min(day + dt.timedelta(LOOP), TODAY)
    yield day, name, text


def _stream(steps: list[Step], commits: int) -> Iterator[bytes]:
    """The steps in so many portions of about one size, each a commit of its last day."""
    edges = [len(steps) * i // commits for i in range(commits + 1)]
    for number, (first, last) in enumerate(itertools.pairwise(edges)):
        author, day = AUTHORS[number % len(AUTHORS)], steps[last - 1][0]
        seconds = int(dt.datetime.combine(day, dt.time(1), dt.UTC).timestamp())
        mail = f"{author.lower().replace(' ', '-')}@example.invalid"
        subject = f"records of {day}".encode()
        yield f"commit refs/heads/main\ncommitter {author} <{mail}> {seconds} +0800\n".encode()
        yield b"data %d\n%s\n" % (len(subject), subject)
        for _, name, text in steps[first:last]:
            yield b"M 100644 inline %s\ndata %d\n%s\n" % (name.encode(), len(text), text)


def _git(root: Path, *arguments: str, stream: bytes | None = None) -> None:
    subprocess.run(["git", *arguments], cwd=root, input=stream, check=True, capture_output=True)
