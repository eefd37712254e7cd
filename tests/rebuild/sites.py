"""What stands in a published folder, and where its pages lead."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

Site = dict[str, bytes]
MARK = ".qloop-site"


def site(root: Path, folder: str = "site") -> Site:
    """Every published file but the mark, which differs from build to build."""
    top = root / folder
    files = (path for path in top.rglob("*") if path.is_file() and path.name != MARK)
    return {path.relative_to(top).as_posix(): path.read_bytes() for path in files}


def differing(one: Site, other: Site) -> list[str]:
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name in ("href", "src") and value]


@cache
def _links(data: bytes) -> tuple[str, ...]:
    parser = _Links()
    parser.feed(data.decode("utf-8"))
    return tuple(dict.fromkeys(parser.found))


def links(name: str, data: bytes) -> Iterator[str]:
    """The site's own files that a page leads to, by their names in the folder."""
    for link in _links(data):
        parts = urlsplit(link)
        if not parts.scheme and not parts.netloc and parts.path and not parts.path.startswith("/"):
            target = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(parts.path)))
            yield "index.html" if target == "." else target


def dead_links(found: Site) -> set[tuple[str, str]]:
    """(page, target) of each link to a file that is not there; a folder stands for its index."""
    pages = ((name, data) for name, data in found.items() if name.endswith(".html"))
    return {
        (name, target)
        for name, data in pages
        for target in links(name, data)
        if target not in found and f"{target}/index.html" not in found
    }
