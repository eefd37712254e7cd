"""What the last build published: digests by page and asset, kept under ``.qloop/`` and safe to delete."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from qloop.pages.urls import slug

VERSION = 1
MARK = ".qloop-site"
"""A file in the published folder: its text ties the folder to the state of the build that made it."""


@dataclass(frozen=True, slots=True)
class State:
    """Digests of the last build; holds no absolute path, so that a CI cache may carry it to another machine."""

    frame: str = ""
    pages: Mapping[str, str] = field(default_factory=dict)
    assets: Mapping[str, str] = field(default_factory=dict)
    search: str = ""
    directory_urls: bool = True
    build: str = field(default_factory=lambda: secrets.token_hex(8))
    version: int = VERSION


NOTHING = State(build="")


def file_of(root: Path, site: Path) -> Path:
    """Each published folder has its own state: a preview does not make the next build a cold one."""
    return root / ".qloop" / f"state-{slug(os.path.relpath(site, root))}.json"


def read(root: Path, site: Path) -> State:
    """The state that belongs to what is in ``site``; NOTHING when there is none or it belongs elsewhere."""
    try:
        data = json.loads(file_of(root, site).read_text("utf-8"))
        state = State(**data)
    except (OSError, ValueError, TypeError):
        return NOTHING
    return state if state.version == VERSION and state.build and marked(site) == state.build else NOTHING


def write(root: Path, site: Path, state: State) -> None:
    file = file_of(root, site)
    file.parent.mkdir(parents=True, exist_ok=True)
    temporary = file.with_suffix(".new")
    temporary.write_text(json.dumps(asdict(state), ensure_ascii=False, indent=0, sort_keys=True), "utf-8")
    temporary.replace(file)


def mark(site: Path, text: str) -> None:
    (site / MARK).write_text(text, "utf-8")


def marked(site: Path) -> str | None:
    """The mark of a folder that qloop published, or None for any other folder."""
    try:
        return (site / MARK).read_text("utf-8")
    except OSError:
        return None
