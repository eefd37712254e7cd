"""What the last build published: digests by page and asset, kept under ``.qloop/`` and safe to delete."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

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


def read(folder: Path, site: Path) -> State:
    """The state that belongs to what is in ``site``; NOTHING when there is none or it belongs elsewhere."""
    try:
        data = json.loads((folder / "state.json").read_text("utf-8"))
        state = State(**data)
    except (OSError, ValueError, TypeError):
        return NOTHING
    return state if state.version == VERSION and state.build and marked(site) == state.build else NOTHING


def write(folder: Path, state: State) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    temporary = folder / "state.json.new"
    temporary.write_text(json.dumps(asdict(state), ensure_ascii=False, indent=0, sort_keys=True), "utf-8")
    temporary.replace(folder / "state.json")


def mark(site: Path, text: str) -> None:
    (site / MARK).write_text(text, "utf-8")


def marked(site: Path) -> str | None:
    """The mark of a folder that qloop published, or None for any other folder."""
    try:
        return (site / MARK).read_text("utf-8")
    except OSError:
        return None
