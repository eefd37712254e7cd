"""A share: the part of a site that one MkDocs run builds, and what is done to MkDocs' settings and files for it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qloop.pages.page import Asset
from qloop.publish import blocks
from qloop.texts import load as load_texts

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

THEME = Path(__file__).parent.parent / "theme"
STYLES = ("qloop.css", "tables.css", "search.css", "print.css")
SCRIPTS = ("base.js", "search-index.js", "search.js", "tables.js", "tabs.js", "copy.js", "mint.js")


@dataclass(frozen=True, slots=True)
class Setting:
    """What every page of a site shares: ``nav`` in mkdocs.yml's shape, the pages named in it, words."""

    nav: list[Any]
    nav_uris: tuple[str, ...]
    language: str
    brand: str


@dataclass(frozen=True, slots=True)
class Source:
    """A page to build. ``generated``: it consists of HTML blocks and headings (see ``blocks``)."""

    uri: str
    text: str
    generated: bool


@dataclass(frozen=True, slots=True)
class Share:
    """The part of a site that one MkDocs run builds.

    ``frame``: also write what the theme brings (scripts, styles, 404 page).
    """

    setting: Setting
    pages: tuple[Source, ...]
    frame: bool
    assets: tuple[Asset, ...] = field(default=(), repr=False)
    skeletons: dict[str, tuple[Any, ...]] = field(default_factory=dict, repr=False)
    """What the Markdown engine made of headings (see ``blocks``)."""
    generated: frozenset[str] = field(init=False, repr=False)
    """Addresses of the generated pages among them."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "generated", frozenset(p.uri for p in self.pages if p.generated))


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


def named() -> Share | None:
    """The share that ``qloop build`` named for this run, or None in a plain ``mkdocs build``."""
    return _share


def add_theme(config: MkDocsConfig) -> None:
    """Our templates come before the theme's, after those of the team."""
    overrides = str(THEME / "overrides")
    if overrides not in config.theme.dirs:
        config.theme.dirs.insert(1 if config.theme.custom_dir else 0, overrides)


def configure(config: MkDocsConfig, share: Share) -> MkDocsConfig:
    """Add our theme, styles, scripts and navigation to MkDocs' settings; a second time changes nothing."""
    add_theme(config)
    ours = [f"assets/qloop/{name}" for name in STYLES]
    if config.extra_css[: len(ours)] != ours:
        config.extra_css = [*ours, *config.extra_css]
        config.extra_javascript = [*(f"assets/qloop/{name}" for name in SCRIPTS), *config.extra_javascript]
        texts = load_texts(share.setting.language)
        config.extra.setdefault("generator", False)
        config.extra["qloop"] = {
            "texts": texts["theme"], "brand": share.setting.brand,
            "links": [{"url": "feeds/all.atom", "label": "Atom"}, {"url": "api/v1/records.json", "label": "JSON"}],
        } | (config.extra.get("qloop") or {})  # fmt: skip
        if not config.nav:
            config.nav = share.setting.nav
    config.theme.static_templates.discard("sitemap.xml")  # ours knows every page, not just this run's
    if not share.frame:
        config.theme.static_templates.clear()
    return config


def fill(files: Files, config: MkDocsConfig, share: Share) -> Files:
    """Hand MkDocs the pages of the share, and nothing of the rest but what its navigation names."""
    from mkdocs.structure.files import File, InclusionLevel

    class Unchanged(File):
        """A page that stands in the navigation and is not built in this run."""

        def is_modified(self) -> bool:
            return False

    for file in list(files):
        if file.src_dir == config.docs_dir or not share.frame:
            files.remove(file)
    in_nav = set(share.setting.nav_uris)
    built = set()
    for page in share.pages:
        level = InclusionLevel.INCLUDED if page.uri in in_nav else InclusionLevel.NOT_IN_NAV
        file = File.generated(config, page.uri, content=page.text, inclusion=level)
        if page.generated and page.uri not in in_nav:
            file.page = blocks.page_of(file, config, share.skeletons)
        files.append(file)
        built.add(page.uri)
    for uri in share.setting.nav_uris:
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
