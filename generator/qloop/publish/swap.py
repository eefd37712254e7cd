"""Put what was built beside the published folder into its place, in an order that may be interrupted anywhere.

1. Everything is in the stage, with a list of what is to be done (the journal).
2. The store says that the folder will be the new build.
3. New files are moved in, then changed ones, each at once; then what is gone is deleted; then the mark is set.

A process killed before 2 has changed nothing: the next build throws the stage away. One killed after 2 is finished
by the next build. In between each file is whole, old or new, and every link leads somewhere: pages come before those
that link to them and go after them.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

from qloop.publish.published import listed, mark, marked

JOURNAL = ".qloop-moves.json"


class ForeignFolder(Exception):
    """The folder to publish into holds something that qloop did not make."""


def guard(site: Path) -> None:
    """Refuse a folder whose content is not ours: replacing it would delete somebody's files.

    Raises ForeignFolder.
    """
    if site.exists() and (not site.is_dir() or (any(site.iterdir()) and marked(site) is None)):
        raise ForeignFolder(str(site))


def stage_of(site: Path) -> Path:
    """The folder beside ``site`` in which its next content is built."""
    return site.with_name(f".{site.name}.new")


def announce(stage: Path, build: str, deleted: Collection[str]) -> None:
    """Write the journal: from now on the stage is complete."""
    text = json.dumps({"build": build, "deleted": sorted(deleted)}, ensure_ascii=False)
    temporary = stage / f"{JOURNAL}.new"
    temporary.write_text(text, "utf-8")
    os.replace(temporary, stage / JOURNAL)


def recover(site: Path, build: str) -> None:
    """Finish what a killed build had announced, if the store knows it as ``build``; else throw its stage away."""
    stage = stage_of(site)
    journal = _journal(stage)
    if journal and build and journal["build"] == build:
        carry_out(stage, site)
    elif stage.exists():
        shutil.rmtree(stage, ignore_errors=True)


def carry_out(stage: Path, site: Path) -> None:
    """Do what the journal says; doing it again after an interruption ends the same way."""
    journal = _journal(stage)
    assert journal is not None
    site.mkdir(parents=True, exist_ok=True)
    names = sorted(listed(stage) - {JOURNAL})
    made: set[str] = set()
    new = {name for name in names if not (site / name).exists()}
    for name in (*sorted(new), *(name for name in names if name not in new)):
        _move(stage / name, site / name, made)
    for dest in journal["deleted"]:
        remove(site, dest)
    mark(site, journal["build"])
    shutil.rmtree(stage, ignore_errors=True)


def _move(source: Path, target: Path, made: set[str]) -> None:
    parent = str(target.parent)
    if parent not in made:
        target.parent.mkdir(parents=True, exist_ok=True)
        made.add(parent)
    os.replace(source, target)


def _journal(stage: Path) -> dict[str, Any] | None:
    try:
        found = json.loads((stage / JOURNAL).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def remove(site: Path, dest: str) -> None:
    """Delete a published file, and its folders when they are empty."""
    path = site / dest
    with contextlib.suppress(IsADirectoryError, PermissionError):
        path.unlink(missing_ok=True)
    for parent in path.parents:
        if parent == site:
            break
        with contextlib.suppress(OSError):
            parent.rmdir()


def join(parts: Iterable[Path], stage: Path) -> None:
    """Move the files of several folders into one."""
    made: set[str] = set()
    for part in parts:
        for name in sorted(listed(part)):
            _move(part / name, stage / name, made)
