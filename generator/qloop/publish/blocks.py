"""Generated pages are blocks of HTML between a few Markdown headings: only the headings need the Markdown engine.

Markdown passes a block of HTML through as it is, but looks at every tag of it on the way, which is most of the
time of a build (4.6 ms of a page against 1.0 ms). So blocks are set apart before and put back afterwards; the
page is the same byte for byte. What is left, marks between headings, is the same for most pages of a kind: its HTML
and table of contents are made once.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files
    from mkdocs.structure.pages import Page

_MARK = '<div data-qloop-block="{}"></div>'
_MARKS = re.compile(r'<div data-qloop-block="(\d+)"></div>')


def apart(markdown: str) -> tuple[str, list[str]]:
    """The text with a mark in place of each block of HTML, and the blocks."""
    blocks: list[str] = []
    parts = markdown.strip("\n").split("\n\n")
    for i, part in enumerate(parts):
        if part.startswith("<"):
            parts[i] = _MARK.format(len(blocks))
            blocks.append(part)
    return "\n\n".join(parts), blocks


def together(html: str, blocks: list[str]) -> str:
    """The blocks back in their places."""
    return _MARKS.sub(lambda match: blocks[int(match[1])], html)


@functools.cache
def page_class() -> type[Page]:
    """A page of MkDocs whose headings are rendered once for all pages that have the same ones."""
    from mkdocs.structure.pages import Page

    class SkeletonPage(Page):
        known: dict[str, tuple[Any, ...]]
        """What MkDocs made of each skeleton, for the pages of one configuration."""

        def render(self, config: MkDocsConfig, files: Files) -> None:
            key = self.markdown or ""
            if key not in self.known:
                super().render(config, files)
                self.known[key] = self.content, self.toc, self._title_from_render, self.present_anchor_ids
            self.content, self.toc, self._title_from_render, self.present_anchor_ids = self.known[key]

    return SkeletonPage


def page_of(file: File, config: MkDocsConfig, known: dict[str, tuple[Any, ...]]) -> Page:
    """The page of a generated ``file`` outside the navigation."""
    page = page_class()(None, file, config)
    page.known = known  # type: ignore[attr-defined]
    return page
