"""Addresses of pages and the relative links between them."""

from __future__ import annotations

import functools
import posixpath
import re
from dataclasses import dataclass
from urllib.parse import quote

_END = re.compile(r"[?#]")
_UNSAFE = re.compile(r"[^\w.-]+")


@dataclass(frozen=True, slots=True)
class Urls:
    """Turns page uris (``issues/x.md``) into addresses; ``directory``: MkDocs' use_directory_urls."""

    directory: bool = True

    def dest(self, uri: str) -> str:
        """The built file below the site: ``issues/x/index.html`` or ``issues/x.html``; a file is itself."""
        if not uri.endswith(".md"):
            return uri
        stem = uri[:-3]
        if posixpath.basename(stem) == "index":
            return f"{stem}.html"
        return f"{stem}/index.html" if self.directory else f"{stem}.html"

    def address(self, uri: str) -> str:
        """The address below the site's root, as browsers show it (``issues/x/`` or ``issues/x.html``)."""
        dest = self.dest(uri)
        if self.directory and uri.endswith(".md"):
            dest = dest.removesuffix("index.html")
        return quote(dest)

    def link(self, source: str, target: str) -> str:
        """The relative address of ``target`` (with an optional ``?query`` or ``#part``) on page ``source``."""
        end = _END.search(target)
        uri, rest = (target[: end.start()], target[end.start() :]) if end else (target, "")
        start, address = self._folder(source), self.address(uri)
        folder, _, name = address.rpartition("/")
        if name:
            relative = _relative(start, folder)
            return f"{name}{rest}" if relative == "." else f"{relative}/{name}{rest}"
        return f"{_relative(start, address)}{'/' if self.directory else ''}{rest}"

    @functools.lru_cache(256)  # noqa: B019  (the few of a process live as long as it does)
    def _folder(self, source: str) -> str:
        """Where links of a page, which has hundreds of them, begin."""
        return quote(posixpath.dirname(self.dest(source)) or ".")


@functools.lru_cache(4096)
def _relative(start: str, address: str) -> str:
    """``posixpath.relpath`` of two normal relative paths, without asking for the working directory each time."""
    here, there = [p for p in start.split("/") if p != "."], [p for p in address.split("/") if p]
    same = 0
    while same < min(len(here), len(there)) and here[same] == there[same]:
        same += 1
    return "/".join([".."] * (len(here) - same) + there[same:]) or "."


def slug(text: str) -> str:
    """``text`` as a file name: anything unusual becomes a hyphen."""
    return _UNSAFE.sub("-", text).strip("-.") or "-"
