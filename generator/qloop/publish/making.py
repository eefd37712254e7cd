"""Make what is stale: records where they are many by the workers, the rest here, pages by the crew."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from qloop.publish import swap
from qloop.publish.crew import Alone, Crew
from qloop.publish.plan import Plan
from qloop.publish.produce import CHUNK, Produced, produce
from qloop.publish.published import Published, Result, from_row
from qloop.publish.search import Collector, SearchRecord
from qloop.publish.share import Source
from qloop.publish.unit import Unit
from qloop.publish.whole import write_index
from qloop.publish.workshop import Workshop
from qloop.stopwatch import Stopwatch

Progress = Callable[[str, int, int], None]
"""(stage, done, total): stages are ``pages``, ``publish``."""
SPREAD = 150
"""Records from which on the workers make them; fewer are made here while the workers get ready."""
LEFT = "left"
"""The folder of the work in which pages wait that a worker has made ahead."""
PIECE = 8
"""Units that are made here before their pages are handed on."""
HEAVY = 300_000
"""Characters of pages that are handed to a worker at once; their HTML is held in memory several times."""


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
    """Of what was made; those of a first build's records are in the store already."""
    warnings: list[str] = field(default_factory=list)
    waiting: list[Future[dict[str, Any]]] = field(default_factory=list)
    spread: int = 0
    """How many of the first that are waited for are records."""
    indexed: bool = False
    share: bool = False
    """Only a part of the site: what speaks of the whole is made when the parts are joined."""
    frame: bool = True
    """The theme's own files are written too."""


def make(build: Build, standing: Mapping[str, Mapping[str, str]], watch: Stopwatch) -> None:
    """Make every stale unit; pages go to the crew as they come."""
    crew, store, stale = build.crew, build.published.store, build.todo.stale
    build.todo = replace(build.todo, stale=())  # what a unit is made from is given up with it
    records = [unit for unit in stale if unit.record]
    spread = len(records) >= SPREAD and not standing and store.shared and store.lasting
    own = [unit for unit in stale if not (spread and isinstance(crew, Crew) and unit.record)]
    total = len(stale)
    del stale
    crew.setting(build.todo.setting)
    if total >= SPREAD:
        crew.grow()
    build.progress("pages", 0, total)
    if spread and isinstance(crew, Crew):
        _spread(build, crew, records)
    with watch.stage("make"):
        _make_own(build, own, standing)
    with watch.stage("pages"):
        _gather(build, total)


def _spread(build: Build, crew: Crew, records: Sequence[Unit]) -> None:
    """Have the workers make records, a chunk at a time."""
    for i in range(0, len(records), CHUNK):
        chunk = records[i : i + CHUNK]
        build.waiting.append(crew.ask({
            "do": "records", "records": [[unit.record, unit.key] for unit in chunk],
            "shared": build.todo.frame, "out": str(work_of(build.stage) / f"records-{i}"),
            **build.shop.for_workers(),
        }))  # fmt: skip
    build.spread = len(build.waiting)


def _make_own(build: Build, own: list[Unit], standing: Mapping[str, Mapping[str, str]]) -> None:
    frame = build.todo.cold and build.frame
    circles = len(own) > PIECE and not gc.isenabled()
    if circles:
        gc.freeze()  # what is there stays: only what rendering leaves behind is looked through
    while own or frame:
        units = own[:PIECE]
        del own[:PIECE]
        produced = produce(units, standing, build.todo.frame, build.shop.site.urls, build.stage)
        _send(build, produced, frame)
        build.results += produced.results
        frame = False
        if circles:
            gc.collect(0)
    if build.spread:
        build.shop.forget()


def _send(build: Build, produced: Produced, frame: bool) -> None:
    """Pages to build, spread evenly where they are many."""
    pages = produced.sources
    build.built += len(pages)
    size = sum(len(page.text) for page in pages)
    count = max(1, size // HEAVY, min(build.crew.count, len(pages) // 20))
    for i in range(count):
        if pages[i::count] or (frame and i == 0):
            _ask_for(build, pages[i::count], frame and i == 0)


def _ask_for(build: Build, pages: Sequence[Source], frame: bool) -> None:
    out = work_of(build.stage) / f"pages-{len(build.waiting)}"
    build.waiting.append(build.crew.pages(pages, out, frame))


def _gather(build: Build, total: int) -> None:
    """Wait for the crew and put what it made together."""
    index = Collector() if build.todo.cold and build.spread and not build.share else None
    if index:
        _collect(index, build.results)
    futures, build.waiting = build.waiting, []
    count = len(futures)
    for done in range(1, count + 1):
        answer = futures.pop(0).result()  # given up as they come: they hold what records tell
        build.warnings += answer["warnings"]
        results = [from_row(row) for row in answer.get("results", ())]
        build.built += sum(result.pages for result in results)
        if index and results:
            # thousands of them, which nobody needs any more once the index knows them
            _collect(index, results)
            build.published.write(results, ())
        else:
            build.results += results
        if index and done == build.spread:  # while the crew builds the pages about many records
            write_index(build.stage, index.files())
            build.indexed = True
        build.progress("pages", total * done // count, total)
    work = work_of(build.stage)
    if work.exists():
        swap.join(sorted(part for part in work.iterdir() if part.name != LEFT), build.stage)


def _collect(index: Collector, results: Sequence[Result]) -> None:
    for result in results:
        if result.told.search:
            index.add(SearchRecord.from_json(result.told.search))


def work_of(stage: Path) -> Path:
    """Where workers build before their files are put together: no other build's, whose workers may outlive it."""
    return stage.with_name(f"{stage.name}.{os.getpid()}")
