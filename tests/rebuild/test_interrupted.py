"""A build that is killed at any point leaves whole pages behind, and the next build is right."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

import pytest

from .killed import KILLED
from .sites import Site, dead_links, differing
from .small import TODAY, TOP, Archive, copied, environment, small, without_state, work

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and process groups")
AT_ONCE = 2


@dataclass(frozen=True)
class Day:
    """An archive whose site is the one of the evening before; both sites, as clean builds make them."""

    archive: Archive
    old: Site
    new: Site


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Day:
    archive = small(tmp_path_factory.mktemp("killed") / "archive")
    archive.build()
    old = archive.site()
    work(archive)
    clean = copied(archive, archive.root.with_name("clean"))
    without_state(clean)
    clean.build()
    return Day(archive, old, clean.site())


class Killer:
    """Builds that end at a given touch, one after another; see ``killed``."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def build(self, archive: Archive, last: int = 0) -> int:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(f"{last}\t{TODAY}\t{archive.root}\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())


@contextmanager
def killer() -> Iterator[Killer]:
    command = [sys.executable, "-m", "tests.rebuild.killed"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=TOP, env=environment(), text=True, stdin=pipe, stdout=pipe) as process:
        yield Killer(process)
        assert process.stdin
        process.stdin.close()


def problems(found: Site, day: Day) -> list[str]:
    """What a reader of a folder must not see: half a file, somebody else's, none where there always was one."""
    names = day.old.keys() | day.new.keys() | found.keys()
    wrong = [n for n in names if found.get(n) not in (day.old.get(n), day.new.get(n))]
    # two pages that come, or go, together cannot do so at once; nothing else leads to them by then
    passing = day.old.keys() ^ day.new.keys()
    dead = {(page, target) for page, target in dead_links(found) if not {page, target} <= passing}
    return [*sorted(wrong), *(f"{page} -> {target}" for page, target in sorted(dead))]


def kill_each(day: Day, first: int) -> int:
    """Kill a build at each AT_ONCE-th touch, build again; the number of kills until one survived."""
    with killer() as builds:
        for last in range(first, 10_000, AT_ONCE):
            archive = copied(day.archive, day.archive.root.with_name(f"killed-{last}"))
            code = builds.build(archive, last)
            assert code in (0, KILLED), f"touch {last}"
            assert problems(archive.site(), day) == [], f"killed at touch {last}"
            assert builds.build(archive) == 0, f"after touch {last}"
            assert differing(archive.site(), day.new) == [], f"after touch {last}"
            assert not list(archive.root.glob(".site.*")), f"after touch {last}"
            if code == 0:
                return (last - first) // AT_ONCE
    raise AssertionError("the build never survived")


def test_a_build_killed_at_any_touch_of_the_disk(day: Day) -> None:
    assert dead_links(day.old) == dead_links(day.new) == set()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        kills = list(pool.map(lambda first: kill_each(day, first), range(1, AT_ONCE + 1)))
    # each file that differs is moved or deleted at a touch of its own
    assert sum(kills) > len(differing(day.old, day.new))
