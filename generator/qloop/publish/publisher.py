"""Publish a tree: build the pages whose digest changed, write the files that changed, swap, remember."""

from __future__ import annotations

import hashlib
import shutil
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from qloop.pages.urls import Urls
from qloop.publish import swap
from qloop.publish.config import SiteConfig, frame
from qloop.publish.search.build import build_index
from qloop.publish.search.record import SearchRecord
from qloop.publish.share import Share
from qloop.publish.state import NOTHING, State, read, write
from qloop.publish.tree import Tree
from qloop.publish.worker import run_all
from qloop.records.settings import Settings
from qloop.texts import load

Progress = Callable[[str, int, int], None]
"""(stage, done, total): stages are ``pages``, ``assets``, ``search``, ``publish``."""
SPLIT_FROM = 200
"""Fewer pages than this are built in one process: starting a second one costs more than it saves."""


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build did; ``records`` by kind, ``seconds`` of publishing."""

    records: Mapping[str, int]
    built: int
    unchanged: int
    deleted: int
    seconds: float
    warnings: tuple[str, ...]
    site: Path


@dataclass(frozen=True, slots=True)
class Plan:
    """What differs from the last build: page uris and asset uris to write, published files to delete."""

    cold: bool
    pages: tuple[str, ...]
    assets: tuple[str, ...]
    deleted_pages: tuple[str, ...]
    deleted: tuple[str, ...]
    search: bool
    state: State


def publish(
    tree: Tree, settings: Settings, root: Path, config: SiteConfig, records: Mapping[str, int],
    *, clean: bool = False, jobs: int = 1, progress: Progress = lambda *_: None,
) -> BuildResult:  # fmt: skip
    """Bring ``config.site`` up to date with ``tree``; on failure the published folder stays as it was.

    Raises BuildFailed, ForeignFolder.
    """
    start = time.monotonic()
    site = config.site
    swap.guard(site)
    plan = compare(tree, config, NOTHING if clean else read(root, site), settings.language)
    stage = site.with_name(f".{site.name}.new")
    shutil.rmtree(stage, ignore_errors=True)
    stage.mkdir(parents=True)
    try:
        warnings = _build_pages(tree, plan, settings, root, stage, jobs, progress)
        _write_assets(tree, plan, stage, progress)
        if plan.search:
            progress("search", 0, len(tree.search))
            build_index(tree.search, stage / "search")
            progress("search", len(tree.search), len(tree.search))
        progress("publish", 0, 1)
        _swap(plan, stage, site)
        progress("publish", 1, 1)
    finally:
        shutil.rmtree(stage, ignore_errors=True)
    write(root, site, plan.state)
    return BuildResult(
        records, len(plan.pages), len(tree.pages) - len(plan.pages), len(plan.deleted_pages),
        time.monotonic() - start, tuple(warnings), site,
    )  # fmt: skip


def compare(tree: Tree, config: SiteConfig, last: State, language: str) -> Plan:
    """Digests now against digests then; another frame makes every page new."""
    shared = frame(config, tree.nav, load(language)["theme"])
    pages = {uri: page.digest(shared) for uri, page in tree.pages.items()}
    assets = {uri: asset.digest() for uri, asset in tree.assets.items()}
    search = _search_digest(tree.search)
    cold = last.frame != shared or last.directory_urls != config.directory_urls
    old = NOTHING if cold else last
    urls = Urls(config.directory_urls)
    gone = [uri for uri in old.pages if uri not in pages]
    there = config.site
    kept = {urls.dest(uri) for uri in pages} | set(assets)
    deleted = [urls.dest(uri) for uri in gone] + [uri for uri in old.assets if uri not in assets]
    return Plan(
        cold,
        tuple(u for u, d in pages.items() if old.pages.get(u) != d or not (there / urls.dest(u)).is_file()),
        tuple(u for u, d in assets.items() if old.assets.get(u) != d or not (there / u).is_file()),
        tuple(gone),
        tuple(dest for dest in deleted if dest not in kept),
        old.search != search or not (there / "search").is_dir(),
        State(shared, pages, assets, search, config.directory_urls),
    )


def _search_digest(records: tuple[SearchRecord, ...]) -> str:
    return hashlib.sha256(repr(records).encode()).hexdigest()[:32]


def _build_pages(
    tree: Tree, plan: Plan, settings: Settings, root: Path, stage: Path, jobs: int, progress: Progress
) -> list[str]:  # fmt: skip
    """MkDocs on the changed pages: several processes when they are many."""
    progress("pages", 0, len(plan.pages))
    if not plan.pages:
        return []
    count = max(1, min(jobs, len(plan.pages) // SPLIT_FROM + 1))
    work = stage.with_name(f"{stage.name}.work")
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    nav_uris = tuple(uri for uri in tree.nav_uris() if uri in tree.pages)
    shares = []
    for i in range(count):
        pages = tuple((uri, tree.pages[uri].source) for uri in plan.pages[i::count])
        share = Share(pages, tree.nav, nav_uris, settings.language, settings.brand, plan.cold and i == 0)
        shares.append((share, work / f"site-{i}"))
    try:
        warnings = run_all(root, shares, work)
        swap.join((out for _, out in shares), stage)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    progress("pages", len(plan.pages), len(plan.pages))
    return warnings


def _write_assets(tree: Tree, plan: Plan, stage: Path, progress: Progress) -> None:
    progress("assets", 0, len(plan.assets))
    for uri in plan.assets:
        path = stage / uri
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(tree.assets[uri].data())
    progress("assets", len(plan.assets), len(plan.assets))


def _swap(plan: Plan, stage: Path, site: Path) -> None:
    if plan.cold or not site.exists():
        swap.replace_all(stage, site, plan.state.build)
        return
    if plan.search:
        # a term file bears its first token as its name: the old ones would pile up
        shutil.rmtree(site / "search", ignore_errors=True)
    swap.merge(stage, site, plan.deleted, plan.state.build)
