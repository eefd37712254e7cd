"""Put what was built beside the published folder into its place."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from qloop.publish.state import mark, marked


class ForeignFolder(Exception):
    """The folder to publish into holds something that qloop did not make."""


def guard(site: Path) -> None:
    """Refuse a folder whose content is not ours: replacing it would delete somebody's files.

    Raises ForeignFolder.
    """
    if site.exists() and (not site.is_dir() or (any(site.iterdir()) and marked(site) is None)):
        raise ForeignFolder(str(site))


def replace_all(stage: Path, site: Path, build: str) -> None:
    """The stage becomes the site: readers see the old one or the new one, never a half."""
    mark(stage, build)
    old = site.with_name(f".{site.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if site.exists():
        os.replace(site, old)
    site.parent.mkdir(parents=True, exist_ok=True)
    os.replace(stage, site)
    shutil.rmtree(old, ignore_errors=True)


def merge(stage: Path, site: Path, deleted: Iterable[str], build: str) -> None:
    """Move each staged file into its place (each move is atomic), then delete what is gone.

    While files move, the folder's mark says so: a build that is cut off here is followed by a whole one.
    """
    mark(site, "incomplete")
    for folder, _, names in os.walk(stage):
        target = site / Path(folder).relative_to(stage)
        target.mkdir(parents=True, exist_ok=True)
        for name in names:
            os.replace(Path(folder) / name, target / name)
    for dest in deleted:
        remove(site, dest)
    mark(site, build)


def remove(site: Path, dest: str) -> None:
    """Delete a published file, and its folders when they are empty."""
    path = site / dest
    path.unlink(missing_ok=True)
    for parent in path.parents:
        if parent == site:
            break
        with contextlib.suppress(OSError):
            parent.rmdir()


def join(parts: Iterable[Path], stage: Path) -> None:
    """Move the files of several shares into one stage."""
    for part in parts:
        for folder, _, names in os.walk(part):
            target = stage / Path(folder).relative_to(part)
            target.mkdir(parents=True, exist_ok=True)
            for name in names:
                os.replace(Path(folder) / name, target / name)
