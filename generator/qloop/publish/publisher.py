"""Publish an archive: make the units that changed, build their pages, swap, remember."""

from __future__ import annotations

import glob
import os
import shutil
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from qloop.derive.history_notice import history_notice
from qloop.publish import swap
from qloop.publish.crew import Alone, Crew
from qloop.publish.lock import NAME, Busy, locked
from qloop.publish.plan import DRAFTS, Plan, plan
from qloop.publish.produce import CHUNK, Produced, produce
from qloop.publish.published import Published, Result, from_json, known_build, listed
from qloop.publish.unit import Told, Unit
from qloop.publish.whole import Whole, bring_up_to_date, write_index
from qloop.publish.workshop import GENERATED, Workshop
from qloop.stopwatch import Stopwatch
from qloop.store import Store

Progress = Callable[[str, int, int], None]
"""(stage, done, total): stages are ``pages``, ``search``, ``publish``."""
SPREAD = 150
"""Records from which on the workers make them; fewer are made here while the workers get ready."""


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
    notice: str
    """What is wrong with the history, or ""."""


@dataclass
class Build:
    """One build on its way: what it works with, what it has made."""

    shop: Workshop
    crew: Crew | Alone
    published: Published
    todo: Plan
    stage: Path
    progress: Progress
    built: int = 0
    results: list[Result] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    waiting: list[Future[dict[str, Any]]] = field(default_factory=list)
    told: dict[str, Told] = field(default_factory=dict)
    """What records tell whose files are made by workers."""
    indexed: bool = False
    share: bool = False
    """Only a part of the site: what speaks of the whole is made when the parts are joined."""
    frame: bool = True
    """The theme's own files are written too."""


def publish(
    shop: Workshop, crew: Crew | Alone, store: Store, records: Mapping[str, int], watch: Stopwatch,
    *, clean: bool = False, wait: float = 0.0, progress: Progress = lambda *_: None,
) -> BuildResult:  # fmt: skip
    """Bring the published folder up to date; on failure it stays as it was.

    Raises BuildFailed, ForeignFolder, Busy.
    """
    start = time.monotonic()
    site = shop.config.site
    with locked(shop.root, wait):
        swap.recover(site, known_build(store, shop.root, site))
        swap.guard(site)
        with watch.stage("compare"):
            published = Published(store, shop.root, site, forget=clean)
            there, missing = _missing(published, site)
            todo = plan(shop, published, missing)
        stage = swap.stage_of(site)
        sweep(stage)
        stage.mkdir(parents=True)
        build = Build(shop, crew, published, todo, stage, progress)
        try:
            make(build, {} if todo.cold else _standing(published, todo, there), watch)
            finish(build, there, watch)
        except BaseException:
            store.forget()
            shutil.rmtree(stage, ignore_errors=True)
            raise
        finally:
            shutil.rmtree(work_of(stage), ignore_errors=True)
        with watch.stage("publish"):
            progress("publish", 0, 1)
            swap.carry_out(stage, site)  # cut off here, it is finished by the next build
            progress("publish", 1, 1)
    return BuildResult(
        records, build.built, len(todo.uris) - build.built, sum(n.startswith(GENERATED) for n in todo.gone),
        time.monotonic() - start, tuple(dict.fromkeys(build.warnings)), site,
        history_notice(shop.site.history, shop.site.texts),
    )  # fmt: skip


def _missing(published: Published, site: Path) -> tuple[set[str], frozenset[str]]:
    """The files that are there, and the units of which some are not (looked for only when their number is wrong)."""
    there = listed(site)
    if not published.build or len(there) == published.files:
        return there, frozenset()
    lost = {(unit, dest) for unit, dest in published.every_output() if dest not in there and unit != DRAFTS}
    if len(there) + len({dest for _, dest in lost}) != published.files:
        published.forget()  # files of the theme or of the index are gone, or somebody's have come
        return there, frozenset()
    return there, frozenset(unit for unit, _ in lost)


def _standing(published: Published, todo: Plan, there: set[str]) -> dict[str, dict[str, str]]:
    """By stale unit, the digests of its files that are in the folder."""
    found = published.outputs(unit.name for unit in todo.stale)
    return {name: {d: digest for d, digest in files.items() if d in there} for name, files in found.items()}


def make(build: Build, standing: Mapping[str, Mapping[str, str]], watch: Stopwatch) -> None:
    """Make every stale unit; pages go to the crew as they come."""
    todo, crew = build.todo, build.crew
    records = [unit for unit in todo.stale if unit.record]
    store = build.published.store
    spread = (
        isinstance(crew, Crew) and len(records) >= SPREAD and not standing and store.shared and store.lasting
    )
    own = [unit for unit in todo.stale if not (spread and unit.record)]
    crew.setting(todo.setting)
    if len(todo.stale) >= SPREAD:
        crew.grow()
    build.progress("pages", 0, len(todo.stale))
    if spread and isinstance(crew, Crew):
        _spread(build, crew, records)
    with watch.stage("make"):
        for i in range(0, max(1, len(own)), CHUNK):
            units = own[i : i + CHUNK]
            produced = produce(units, standing, todo.frame, build.shop.site.urls, build.stage)
            _send(build, produced, frame=todo.cold and build.frame and i == 0)
            build.results += produced.results
    if spread:
        with watch.stage("search"):
            _tell(build, records)
    with watch.stage("pages"):
        _gather(build)


def _spread(build: Build, crew: Crew, records: Sequence[Unit]) -> None:
    """Have the workers make records, a chunk at a time."""
    for i in range(0, len(records), CHUNK):
        chunk = records[i : i + CHUNK]
        build.waiting.append(crew.ask({
            "do": "records", "records": [[unit.record, unit.key] for unit in chunk], "shared": build.todo.frame,
            "out": str(work_of(build.stage) / f"records-{i}"), **build.shop.for_workers(),
        }))  # fmt: skip


def _tell(build: Build, records: Sequence[Unit]) -> None:
    """While workers make records, hear what these tell and build the search index."""
    shop = build.shop
    for unit in records:
        build.told[unit.name] = shop.told(shop.site.archive.by_id[unit.order])
    if build.todo.cold and not build.share:
        told = [*build.told.values(), *(result.told for result in build.results)]
        write_index(build.stage, (one.search for one in told if one.search))
        build.indexed = True


def _send(build: Build, produced: Produced, frame: bool) -> None:
    """Pages to build, spread evenly where they are many."""
    pages = produced.sources
    build.built += len(pages)
    count = max(1, min(build.crew.count, len(pages) // 20))
    for i in range(count):
        out = work_of(build.stage) / f"pages-{len(build.waiting)}"
        if pages[i::count] or (frame and i == 0):
            build.waiting.append(build.crew.pages(pages[i::count], out, frame and i == 0))


def _gather(build: Build) -> None:
    """Wait for the crew and put what it made together."""
    for done, future in enumerate(build.waiting, 1):
        answer = future.result()
        build.warnings += answer["warnings"]
        results = [from_json(text) for text in answer.get("results", ())]
        results = [replace(one, told=build.told[one.name]) for one in results]
        build.built += sum(result.pages for result in results)
        build.results += results
        build.progress("pages", len(build.todo.stale) * done // len(build.waiting), len(build.todo.stale))
    work = work_of(build.stage)
    if work.exists():
        swap.join(sorted(work.iterdir()), build.stage)


def finish(build: Build, there: set[str], watch: Stopwatch) -> None:
    """Make the files that speak of the whole site, write down what is to be done, and remember it as done."""
    todo, published = build.todo, build.published
    changed = () if todo.cold else (*(result.name for result in build.results), *todo.gone)
    old = published.outputs(changed)
    before = {name: published.told(name) for name in changed}
    published.write([*build.results, todo.family], todo.gone, all_new=todo.cold)
    with watch.stage("whole"):
        whole = Whole(build.shop, published, todo, build.stage, there, build.indexed)
        deleted = bring_up_to_date(whole, build.results, before)
    with watch.stage("publish"):
        new = listed(build.stage)
        kept = {dest for result in build.results for dest in result.outputs}
        deleted |= {dest for files in old.values() for dest in files} - kept
        if todo.cold:
            deleted = there
        deleted -= new
        name = published.finish(todo.frame, len((there | new) - deleted))
        swap.announce(build.stage, name, deleted)
        if not published.store.save():
            raise Busy(NAME)


def work_of(stage: Path) -> Path:
    """Where workers build before their files are put together: no other build's, whose workers may outlive it."""
    return stage.with_name(f"{stage.name}.{os.getpid()}")


def sweep(stage: Path) -> None:
    """Throw away what builds left that were killed: none of it may join what is built now."""
    for left in (stage, *stage.parent.glob(f"{glob.escape(stage.name)}.*")):
        shutil.rmtree(left, ignore_errors=True)
