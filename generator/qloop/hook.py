"""What qloop does inside MkDocs' events; ``hooks/publish.py`` only passes them on.

Two ways lead here: ``qloop build`` names a share of the pages beforehand (``publish.share.building``); plain
``mkdocs build`` and ``mkdocs serve`` name none, and the whole archive is read, checked and built.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qloop import pipeline
from qloop.publish import blocks
from qloop.publish.config import summary_of
from qloop.publish.published import mark
from qloop.publish.search.build import build_index
from qloop.publish.search.record import SearchRecord
from qloop.publish.share import Share, Source, configure, fill, named

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

log = logging.getLogger("mkdocs.qloop")
WATCHED = ("issues", "faq", "sop", "catalog", "feedback", "qloop.yml")


@dataclass(frozen=True, slots=True)
class Whole:
    """The whole archive, for a run that ``qloop build`` did not start."""

    share: Share
    search: tuple[SearchRecord, ...]


_blocks: dict[str, list[str]] = {}
"""Blocks of HTML set apart from pages whose headings are with the Markdown engine."""
_whole: list[Whole] = []
"""The one of the present run: MkDocs hands nothing from one event to the next."""


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    share = named()
    if share is None:
        _whole[:] = [read_whole(config)]
        share = _whole[0].share
    return configure(config, share)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    return fill(files, config, named() or _whole[0].share)


def on_page_markdown(markdown: str, page: Page, **_: Any) -> str | None:
    """A generated page: only its headings are for the Markdown engine."""
    share = named() or _whole[0].share
    if page.file.src_uri not in share.generated:
        return None
    text, _blocks[page.file.src_uri] = blocks.apart(markdown)
    return text


def on_page_content(html: str, page: Page, **_: Any) -> str | None:
    """The blocks come back where they were."""
    found = _blocks.pop(page.file.src_uri, None)
    return None if found is None else blocks.together(html, found)


def on_post_page(output: str, page: Page, **_: Any) -> None:
    """A page of ours that is built is needed by nobody any more: thousands of them are hundreds of megabytes."""
    if named():
        page.content = page.markdown = None
        page.file.content_string = ""


def on_post_build(config: MkDocsConfig) -> None:
    """After a plain run: the search bundle, and the mark that the folder is ours."""
    if named() is None:
        build_index(_whole[0].search, Path(config.site_dir) / "search")
        mark(Path(config.site_dir), "mkdocs")


def on_serve(server: LiveReloadServer, config: MkDocsConfig) -> LiveReloadServer:
    """Watch the record folders too."""
    root = Path(config.config_file_path).parent
    for name in WATCHED:
        if (root / name).exists():
            server.watch(str(root / name))
    return server


def read_whole(config: MkDocsConfig) -> Whole:
    """Check the archive beside mkdocs.yml; errors stop MkDocs, warnings count in its ``--strict``.

    Raises PluginError.
    """
    from mkdocs.exceptions import PluginError

    try:
        checked = pipeline.check(Path(config.config_file_path).parent)
    except pipeline.BrokenSettings as broken:
        raise PluginError(str(broken)) from None
    for one in checked.diagnostics:
        (log.error if one.severity == "error" else log.warning)(str(one))
    if checked.errors:
        raise PluginError(f"qloop: {len(checked.errors)} errors; nothing was built")
    tree = pipeline.tree(checked, summary_of(config))
    share = Share(
        tree.setting, tuple(Source(p.uri, p.source, p.generated) for p in tree.pages.values()), True,
        tuple(tree.assets.values()),
    )  # fmt: skip
    return Whole(share, tree.search)
