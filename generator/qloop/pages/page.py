"""A page: complete Markdown, so that its digest says everything about what a reader will see."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qloop.pages.site import Site


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the site.

    ``uri`` is its place in the Markdown tree (``issues/QI-260803-7KD.md``); links in ``markdown`` are final
    relative addresses. ``meta`` becomes front matter: ``title``, ``description``, ``hide``, ``template``.
    """

    uri: str
    markdown: str
    meta: Mapping[str, Any] = field(default_factory=dict)

    @property
    def generated(self) -> bool:
        """It consists of blocks of HTML and headings, as templates write them."""
        return True

    @property
    def source(self) -> str:
        """The file's text: front matter (JSON is YAML) and Markdown."""
        return f"---\n{json.dumps(self.meta, ensure_ascii=False, sort_keys=True)}\n---\n{self.markdown}"

    def digest(self, frame: str) -> str:
        """What the built page depends on: its source and the frame that every page shares."""
        return hashlib.sha256(f"{frame}\0{self.uri}\0{self.source}".encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Draft:
    """A page that is not rendered yet, so that one that would not change need not be.

    ``inputs`` promises: with equal inputs, and equal settings, catalogue, texts, addresses, day and code, ``make()``
    gives an equal page. They are immutable: texts, numbers, dates, tuples and frozen dataclasses of them, entries
    and parts of records; nothing else of the archive, of its feedback or of git is read while rendering.
    """

    uri: str
    inputs: tuple[object, ...]
    make: Callable[[], Page]


def draft(view: Callable[..., Page], site: Site, uri: str, *inputs: object) -> Draft:
    """The page that ``view(site, uri, *inputs)`` renders: what a view is given is what it may show."""
    return Draft(uri, inputs, partial(view, site, uri, *inputs))


@dataclass(frozen=True, slots=True)
class Asset:
    """A file of the site that is copied or written as it is: from ``path``, or the bytes ``content``."""

    uri: str
    path: Path | None = None
    content: bytes = b""

    def data(self) -> bytes:
        return self.path.read_bytes() if self.path else self.content

    def digest(self) -> str:
        return hashlib.sha256(self.data()).hexdigest()[:32]
