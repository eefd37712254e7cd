"""Publish an archive: make the units that changed, build their pages, swap, remember."""

from __future__ import annotations

import glob
import shutil
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from qloop.derive.history_notice import history_notice
from qloop.publish import swap
from qloop.publish.ahead import ahead
from qloop.publish.crew import Alone, Crew
from qloop.publish.lock import NAME, Busy, locked
from qloop.publish.making import LEFT, Build, Progress, make, work_of
from qloop.publish.plan import DRAFTS, Plan, plan
from qloop.publish.published import Published, known_build, listed
from qloop.publish.whole import Whole, bring_up_to_date
from qloop.publish.workshop import GENERATED, Workshop
from qloop.stopwatch import Stopwatch
from qloop.store import Store


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
            stage = swap.stage_of(site)
            sweep(stage)
            help = ahead(shop, crew, store, work_of(stage) / LEFT)
            build = Build(shop, crew, published, plan(shop, published, missing, help), stage, progress)
        stage.mkdir(parents=True)
        try:
            if build.todo.cold:
                published.clear()
            make(build, {} if build.todo.cold else _standing(published, build.todo, there), watch)
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
        records, build.built, len(build.todo.uris) - build.built,
        sum(name.startswith(GENERATED) for name in build.todo.gone),
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


def finish(build: Build, there: set[str], watch: Stopwatch) -> None:
    """Make the files that speak of the whole site, write down what is to be done, and remember it as done."""
    todo, published = build.todo, build.published
    changed = () if todo.cold else (*(result.name for result in build.results), *todo.gone)
    old = published.outputs(changed)
    before = {name: published.told(name) for name in changed}
    published.write([*build.results, todo.family], todo.gone)
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


def sweep(stage: Path) -> None:
    """Throw away what builds left that were killed: none of it may join what is built now."""
    for left in (stage, *stage.parent.glob(f"{glob.escape(stage.name)}.*")):
        shutil.rmtree(left, ignore_errors=True)
