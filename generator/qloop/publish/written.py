"""Hand-written pages of ``docs/``: guides, and pages that a team writes in place of generated ones."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from html import escape

from qloop.pages.page import Asset, Page
from qloop.pages.urls import Urls
from qloop.publish.config import SiteConfig
from qloop.publish.search.record import SearchRecord
from qloop.read.discover import SourceFile, read_source_as

_LINK = re.compile(
    r"(?P<code>^```.*?^```|`[^`\n]+`)"
    r"|(?P<image>!?)\[(?P<text>[^\]\n]*)\]\((?P<path>[^)\s#?:]+\.\w+)(?P<rest>(?:[#?][^)\s]*)?)\)",
    re.MULTILINE | re.DOTALL,
)
_FRONT = re.compile(r"\A---\n(.*?)^---\n", re.MULTILINE | re.DOTALL)
_MARKS = re.compile(r"[#*`>|_\[\]]|\]\([^)]*\)|<[^>]+>|^[-:| ]+$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class WrittenPage(Page):
    """A hand-written page: its text is taken as it is."""

    @property
    def generated(self) -> bool:
        return False

    @property
    def source(self) -> str:
        return self.markdown

    @property
    def title(self) -> str:
        heading = re.search(r"^# +(.+)$", self.markdown, re.MULTILINE)
        return heading[1].strip() if heading else posixpath.basename(self.uri)

    @property
    def order(self) -> tuple[int, str]:
        """Place in the menu: ``order: 3`` in the front matter, else after those that have one, by name."""
        front = _FRONT.match(self.markdown)
        wanted = re.search(r"^order: *(\d+)", front[1], re.MULTILINE) if front else None
        return (int(wanted[1]) if wanted else 1000, self.uri)


def written_pages(config: SiteConfig) -> Iterator[WrittenPage]:
    """Pages below the docs folder that the site shows; unreadable ones have a diagnostic and are left out."""
    for path in sorted(config.docs.rglob("*.md")):
        uri = path.relative_to(config.docs).as_posix()
        source = read_source_as(config.docs, uri, "guide")
        if isinstance(source, SourceFile) and not config.excluded(uri):
            yield WrittenPage(uri, source.text)


def documents(config: SiteConfig) -> Iterator[Asset]:
    """Pictures and other files that stand beside hand-written pages."""
    for path in sorted(config.docs.rglob("*")):
        inside = path.relative_to(config.docs)
        hidden = any(part.startswith(".") for part in inside.parts)
        if path.is_file() and path.suffix != ".md" and not hidden and not config.excluded(inside.as_posix()):
            yield Asset(inside.as_posix(), path)


def resolve(page: WrittenPage, known: Collection[str], urls: Urls) -> WrittenPage:
    """Links to pages and pictures become final addresses: a MkDocs run knows only the pages it is given.

    They become HTML, of which MkDocs does not warn; links to nothing stay, so that ``--strict`` finds them.
    """

    def final(match: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(page.uri), match["path"] or ""))
        if match["code"] or target not in known:
            return match[0]
        address, text = escape(urls.link(page.uri, target + match["rest"])), match["text"]
        if match["image"]:
            return f'<img src="{address}" alt="{escape(text)}">'
        return f'<a href="{address}">{text}</a>'

    return WrittenPage(page.uri, _LINK.sub(final, page.markdown))


def search_record(page: WrittenPage, urls: Urls, language: str) -> SearchRecord:
    """What the search box finds of a guide: its text without the marks of Markdown."""
    text = _MARKS.sub(" ", _FRONT.sub("", page.markdown).replace(f"# {page.title}", "", 1))
    return SearchRecord(
        page.uri.removesuffix(".md"), "guide", urls.address(page.uri), page.title, text, language
    )
