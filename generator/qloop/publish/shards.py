"""A build spread over machines: each makes its share of the units into a folder, then the folders are joined.

Which share a unit is in depends on its name alone, so that any machine knows it without asking the others.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from zlib import crc32

from qloop.publish import swap
from qloop.publish.crew import Alone, Crew
from qloop.publish.lock import locked
from qloop.publish.making import Build, Progress, make, work_of
from qloop.publish.plan import plan
from qloop.publish.published import Published, Result, as_row, from_row, known_build, listed, mark
from qloop.publish.publisher import finish, sweep
from qloop.publish.workshop import Workshop
from qloop.stopwatch import Stopwatch
from qloop.store import Store

MANIFEST = ".qloop-shard.json"


class Mismatch(Exception):
    """Folders that do not belong together: ``reason`` is a key of the texts ``cli.join``, ``detail`` names what."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason, self.detail = reason, detail


@dataclass(frozen=True, slots=True)
class Shard:
    """Share ``number`` (from 1) of ``of``."""

    number: int
    of: int

    def holds(self, unit: str) -> bool:
        return crc32(unit.encode()) % self.of == self.number - 1

    def __str__(self) -> str:
        return f"{self.number}/{self.of}"


def build_shard(
    shop: Workshop, crew: Crew | Alone, store: Store, shard: Shard, out: Path, watch: Stopwatch,
    progress: Progress = lambda *_: None,
) -> int:  # fmt: skip
    """Make one share of the site into the folder ``out``, replacing what was there; how many units it has.

    Raises BuildFailed, ForeignFolder, Busy.
    """
    with locked(shop.root):
        swap.guard(out)
        nothing = Published(store, shop.root, out, forget=True)
        whole = plan(shop, nothing, frozenset())
        todo = replace(whole, stale=tuple(unit for unit in whole.stale if shard.holds(unit.name)))
        stage = swap.stage_of(out)
        sweep(stage)
        stage.mkdir(parents=True)
        build = Build(shop, crew, nothing, todo, stage, progress, share=True, frame=shard.number == 1)
        try:
            make(build, {}, watch)
            (stage / MANIFEST).write_text(_manifest(shop, build, shard), "utf-8")
            mark(stage, f"shard {shard}")
            shutil.rmtree(out, ignore_errors=True)
            os.replace(stage, out)
        finally:
            shutil.rmtree(stage, ignore_errors=True)
            shutil.rmtree(work_of(stage), ignore_errors=True)
    return len(todo.stale)


def join(
    shop: Workshop, crew: Crew | Alone, store: Store, folders: Sequence[Path], watch: Stopwatch,
    progress: Progress = lambda *_: None,
) -> int:  # fmt: skip
    """Publish the shares in ``folders`` as one site, with the files that speak of all of it; how many pages.

    The next build may then be an incremental one. The folders are left as they are.
    Raises Mismatch, ForeignFolder, Busy.
    """
    site = shop.config.site
    with locked(shop.root):
        swap.recover(site, known_build(store, shop.root, site))
        swap.guard(site)
        published = Published(store, shop.root, site, forget=True)
        todo = plan(shop, published, frozenset())
        results = _results(shop, [_read(folder) for folder in folders], todo.frame)
        _compare({unit.name: unit.key for unit in todo.stale}, results)
        published.clear()
        stage = swap.stage_of(site)
        sweep(stage)
        build = Build(shop, crew, published, todo, stage, progress, results=list(results))
        try:
            with watch.stage("pages"):
                _gather(folders, stage)
            finish(build, listed(site), watch)
        except BaseException:
            store.forget()
            shutil.rmtree(stage, ignore_errors=True)
            raise
        swap.carry_out(stage, site)
    return len(todo.uris)


def _manifest(shop: Workshop, build: Build, shard: Shard) -> str:
    return json.dumps({
        "version": 1, "shard": shard.number, "of": shard.of, "frame": build.todo.frame, "here": shop.here,
        "units": [as_row(result) for result in build.results], "warnings": build.warnings,
    }, ensure_ascii=False)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Share:
    folder: Path
    shard: Shard
    frame: str
    here: str
    results: tuple[Result, ...]


def _read(folder: Path) -> _Share:
    try:
        known = json.loads((folder / MANIFEST).read_text("utf-8"))
        shard = Shard(known["shard"], known["of"])
        return _Share(folder, shard, known["frame"], known["here"], tuple(map(from_row, known["units"])))
    except (OSError, ValueError, KeyError, TypeError):
        raise Mismatch("no-shard", str(folder)) from None


def _results(shop: Workshop, shares: Sequence[_Share], frame: str) -> list[Result]:
    """The units of all shares, if these are all of one whole and of this archive as it is now."""
    count = shares[0].shard.of
    if wrong := next((s for s in shares if s.shard.of != count), None):
        raise Mismatch("other-count", f"{wrong.folder} ({wrong.shard})")
    numbers = [share.shard.number for share in shares]
    if twice := next((s for s in shares if numbers.count(s.shard.number) > 1), None):
        raise Mismatch("twice", f"{twice.folder} ({twice.shard})")
    if missing := [str(Shard(n, count)) for n in range(1, count + 1) if n not in numbers]:
        raise Mismatch("missing", ", ".join(missing))
    if old := next((s for s in shares if (s.frame, s.here) != (frame, shop.here)), None):
        raise Mismatch("other-state", str(old.folder))
    return [result for share in shares for result in share.results]


def _compare(wanted: dict[str, str], results: Sequence[Result]) -> None:
    """Every unit of the archive, as it is now, is in one of the shares."""
    made = {result.name: result.key for result in results}
    if wrong := next((name for name in sorted(wanted | made) if wanted.get(name) != made.get(name)), None):
        raise Mismatch("other-record", wrong)


def _gather(folders: Sequence[Path], stage: Path) -> None:
    """Copy the shares' files into one folder; links where the disk knows them."""
    stage.mkdir(parents=True)
    for folder in folders:
        for name in listed(folder) - {MANIFEST}:
            target = stage / name
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                os.link(folder / name, target)
            except OSError:
                shutil.copyfile(folder / name, target)
