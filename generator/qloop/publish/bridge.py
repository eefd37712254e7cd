"""What qloop does inside MkDocs' events; ``hooks/publish.py`` only passes them on.

Two ways lead here: ``qloop build`` names a share of the pages beforehand (``building``); plain ``mkdocs build``
and ``mkdocs serve`` name none, and the whole archive is read, checked and built.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qloop.pages.page import Asset
from qloop.texts import load as load_texts

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files

log = logging.getLogger("mkdocs.qloop")
THEME = Path(__file__).parent.parent / "theme"
STYLES = ("qloop.css", "tables.css", "search.css", "print.css")
SCRIPTS = ("base.js", "search.js", "tables.js", "tabs.js", "copy.js", "mint.js")
WATCHED = ("issues", "faq", "sop", "catalog", "feedback", "qloop.yml")


@dataclass(frozen=True, slots=True)
class Share:
    """The part of a site that one MkDocs run builds.

    ``pages``: (uri, source) to build; ``nav_uris``: pages that only stand in the navigation; ``frame``: also
    write what the theme brings (scripts, styles, 404 page).
    """

    pages: tuple[tuple[str, str], ...]
    nav: list[Any]
    nav_uris: tuple[str, ...]
    language: str
    brand: str
    frame: bool
    assets: tuple[Asset, ...] = field(default=(), repr=False)


_share: Share | None = None


@contextlib.contextmanager
def building(share: Share) -> Iterator[None]:
    """Name the share that the MkDocs run inside the block builds."""
    global _share
    _share = share
    try:
        yield
    finally:
        _share = None


class _Whole:
    """The whole archive, read for a run that ``qloop build`` did not start; kept until the run's end."""

    share: Share | None = None
    search: tuple[Any, ...] = ()


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Add our theme, styles, scripts and navigation to MkDocs' settings."""
    if _share is None:
        _read_whole(config)
    share = _current()
    overrides = str(THEME / "overrides")
    if overrides not in config.theme.dirs:
        config.theme.dirs.insert(1 if config.theme.custom_dir else 0, overrides)
    config.extra_css = [*(f"assets/qloop/{name}" for name in STYLES), *config.extra_css]
    config.extra_javascript = [*(f"assets/qloop/{name}" for name in SCRIPTS), *config.extra_javascript]
    texts = load_texts(share.language)
    config.extra.setdefault("generator", False)
    config.extra["qloop"] = {
        "texts": texts["theme"], "brand": share.brand,
        "links": [{"url": "feeds/all.atom", "label": "Atom"}, {"url": "api/v1/records.json", "label": "JSON"}],
    } | (config.extra.get("qloop") or {})  # fmt: skip
    if not config.nav:
        config.nav = share.nav
    config.theme.static_templates.discard("sitemap.xml")  # ours knows every page, not just this run's
    if not share.frame:
        config.theme.static_templates.clear()
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Hand MkDocs the pages of the share, and nothing of the rest but what its navigation names."""
    from mkdocs.structure.files import File, InclusionLevel

    class Unchanged(File):
        """A page that stands in the navigation and is not built in this run."""

        def is_modified(self) -> bool:
            return False

    share = _current()
    for file in list(files):
        if file.src_dir == config.docs_dir or not share.frame:
            files.remove(file)
    in_nav = set(share.nav_uris)
    built = set()
    for uri, source in share.pages:
        level = InclusionLevel.INCLUDED if uri in in_nav else InclusionLevel.NOT_IN_NAV
        files.append(File.generated(config, uri, content=source, inclusion=level))
        built.add(uri)
    for uri in share.nav_uris:
        if uri not in built:
            file = Unchanged(
                uri, None, config.site_dir, config.use_directory_urls, inclusion=InclusionLevel.INCLUDED
            )
            file.generated_by = "qloop"
            files.append(file)
    for asset in share.assets:
        if previous := files.get_file_from_path(asset.uri):
            files.remove(previous)
        files.append(
            File.generated(config, asset.uri, content=asset.data(), inclusion=InclusionLevel.INCLUDED)
        )
    return files


def on_post_build(config: MkDocsConfig) -> None:
    """After a plain run: the search bundle, and the mark that the folder is ours."""
    if _share is None:
        from qloop.publish.search.bundle import build_index
        from qloop.publish.state import mark

        build_index(_Whole.search, Path(config.site_dir) / "pagefind")
        mark(Path(config.site_dir), "mkdocs")


def on_serve(server: LiveReloadServer, config: MkDocsConfig) -> LiveReloadServer:
    """Watch the record folders too."""
    root = _root(config)
    for name in WATCHED:
        if (root / name).exists():
            server.watch(str(root / name))
    return server


def _current() -> Share:
    share = _share or _Whole.share
    assert share is not None, "on_config runs first"
    return share


def _root(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path).parent


def _read_whole(config: MkDocsConfig) -> None:
    """Check the archive beside mkdocs.yml; errors stop MkDocs, warnings count in its ``--strict``."""
    from mkdocs.exceptions import PluginError

    from qloop import pipeline
    from qloop.publish.config import summary_of

    try:
        checked = pipeline.check(_root(config))
    except pipeline.BrokenSettings as broken:
        raise PluginError(str(broken)) from None
    for one in checked.diagnostics:
        (log.error if one.severity == "error" else log.warning)(str(one))
    if checked.errors:
        raise PluginError(f"qloop: {len(checked.errors)} errors; nothing was built")
    tree = pipeline.tree(checked, summary_of(config))
    settings = checked.archive.settings
    _Whole.share = Share(
        tuple((p.uri, p.source) for p in tree.pages.values()), tree.nav, tuple(tree.nav_uris()), settings.language,
        settings.brand, True, tuple(tree.assets.values()),
    )  # fmt: skip
    _Whole.search = tree.search
