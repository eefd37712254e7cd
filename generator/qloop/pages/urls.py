"""Addresses of pages and the relative links between them."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from urllib.parse import quote

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
        uri, rest = re.match(r"([^?#]*)(.*)", target, re.DOTALL).groups()  # type: ignore[union-attr]
        start = posixpath.dirname(self.dest(source)) or "."
        address = self.address(uri)
        relative = _relative(quote(start), address)
        slash = "/" if self.directory and (address.endswith("/") or not address) else ""
        return f"{relative}{slash}{rest}"


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
