"""Links into the forge (GitHub, GitLab, Gitea): edit a record's file, begin a new one from a template."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from qloop.records.settings import Forge


@dataclass(frozen=True, slots=True)
class Paths:
    """How one forge names its web editor; ``name`` and ``value`` are the query keys of a new file."""

    edit: str
    new: str
    history: str
    name: str
    value: str


FORGES = {
    "github": Paths("edit", "new", "commits", "filename", "value"),
    "gitlab": Paths("-/edit", "-/new", "-/commits", "file_name", "content"),
    "gitea": Paths("_edit", "_new", "commits/branch", "filename", "value"),
}


def edit(forge: Forge, path: str, line: int | None = None) -> str | None:
    """The web editor of ``path`` (relative to the archive) at ``line``; None without a forge."""
    address = _address(forge, "edit", path)
    return f"{address}#L{line}" if address and line else address


def history(forge: Forge, path: str) -> str | None:
    """The commits that touched ``path``."""
    return _address(forge, "history", path)


def new(forge: Forge, folder: str, name: str, text: str) -> str | None:
    """The web editor of a new file ``name`` in ``folder`` that begins with ``text``."""
    address = _address(forge, "new", folder)
    paths = FORGES.get(forge.kind)
    return (
        f"{address}?{urlencode({paths.name: name, paths.value: text}, quote_via=quote)}"
        if address and paths
        else None
    )


def _address(forge: Forge, page: str, path: str) -> str | None:
    paths = FORGES.get(forge.kind)
    if not paths or not forge.url:
        return None
    return f"{forge.url}/{getattr(paths, page)}/{quote(forge.branch)}/{quote(path)}"
