"""A build that is killed at any point leaves whole pages behind, and the next build is right."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from .killed import KILLED
from .sites import Site, dead_links, differing, site
from .small import TODAY, TOP, Archive, copied, environment, small, start, without_state, work

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
    copied(archive, archive.root.with_name("evening"))
    work(archive)
    clean = copied(archive, archive.root.with_name("clean"))
    without_state(clean)
    clean.build()
    return Day(archive, old, clean.site())


@contextmanager
def builds(archive: Archive) -> Iterator[Callable[[int], int]]:
    """A function that builds up to a given touch and returns the exit code; see ``killed``."""
    command = [sys.executable, "-m", "tests.rebuild.killed", str(archive.root), str(TODAY)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=TOP, env=environment(), text=True, stdin=pipe, stdout=pipe) as process:
        asked, said = process.stdin, process.stdout
        assert asked
        assert said

        def build(last: int) -> int:
            asked.write(f"{last}\n")
            asked.flush()
            return int(said.readline())

        yield build
        asked.close()


def problems(found: Site, day: Day) -> list[str]:
    """What a reader of a folder must not see: half a file, somebody else's, none where there always was one."""
    names = day.old.keys() | day.new.keys() | found.keys()
    wrong = [n for n in names if found.get(n) not in (day.old.get(n), day.new.get(n))]
    # two pages that come, or go, together cannot do so at once; nothing else leads to them by then
    passing = day.old.keys() ^ day.new.keys()
    dead = {(page, target) for page, target in dead_links(found) if not {page, target} <= passing}
    return [*sorted(wrong), *(f"{page} -> {target}" for page, target in sorted(dead))]


def kill_each(day: Day, first: int, step: int, undone: bool = False) -> int:
    """Kill a build at each ``step``-th touch, build again; the number of kills until one survived.

    ``undone``: before the second build, the work of the day is taken back.
    """
    archive = copied(day.archive, day.archive.root.with_name(f"killed-{first}-{undone}"))
    with builds(archive) as build:
        assert build(0) == 0
        for last in range(first, 10_000, step):
            shutil.rmtree(archive.root)
            copied(day.archive, archive.root)
            code = build(last)
            assert code in (0, KILLED), f"touch {last}"
            assert problems(archive.site(), day) == [], f"killed at touch {last}"
            if undone:
                take_back(archive, day)
            assert build(0) == 0, f"after touch {last}"
            assert differing(archive.site(), day.old if undone else day.new) == [], f"after touch {last}"
            assert not list(archive.root.glob(".site.*")), f"after touch {last}"
            if code == 0:
                return (last - first) // step
    raise AssertionError("the build never survived")


def take_back(archive: Archive, day: Day) -> None:
    shutil.rmtree(archive.root / "issues")
    shutil.copytree(day.archive.root.with_name("evening") / "issues", archive.root / "issues")


def test_a_build_killed_at_any_touch_of_the_disk(day: Day) -> None:
    assert dead_links(day.old) == dead_links(day.new) == set()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        kills = list(pool.map(lambda first: kill_each(day, first, AT_ONCE), range(1, AT_ONCE + 1)))
    # each file that differs is moved or deleted at a touch of its own
    assert sum(kills) > len(differing(day.old, day.new))


def test_what_a_killed_build_made_is_not_published_when_the_edits_are_taken_back(day: Day) -> None:
    assert kill_each(day, 1, 4, undone=True) > 10


def alive(group: int) -> list[str]:
    """Command lines of the processes that belong to a group."""
    listed = subprocess.run(["ps", "-eo", "pgid=,stat=,args="], capture_output=True, text=True, check=True)
    rows = (line.split(None, 2) for line in listed.stdout.splitlines())
    return [row[2] for row in rows if row[0] == str(group) and not row[1].startswith("Z")]


def ended_within(group: int, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while left := alive(group):
        if time.monotonic() > end:
            raise AssertionError(f"still there: {left}")
        time.sleep(0.05)
    return True


def killed_while(archive: Archive, kill: Callable[[int, int], None], moment: Callable[[int], object]) -> None:
    """Start a build, wait until ``moment`` (of its process group) is true and kill it."""
    process = start(archive, "build", "--jobs", "2")
    end = time.monotonic() + 60
    while not moment(process.pid) and process.poll() is None and time.monotonic() < end:
        time.sleep(0.01)
    assert process.poll() is None, "the build was over before it could be killed"
    kill(process.pid, signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    assert ended_within(process.pid, 5)
    process.communicate()


def workers(group: int) -> bool:
    return any("qloop.publish.worker" in line for line in alive(group))


def sometime(group: int) -> bool:
    time.sleep(random.uniform(0.1, 0.6))
    return True


def building(archive: Archive) -> Callable[[int], bool]:
    """A worker has begun to write pages."""
    return lambda _: any(archive.root.glob(".site.new.*/pages-*/**/*.html"))


@pytest.mark.skipif(not shutil.which("ps"), reason="needs ps")
@pytest.mark.parametrize("kill", ["killpg", "kill"], ids=["all of them", "only the first"])
def test_a_real_kill_leaves_no_worker_behind_and_the_next_build_is_right(
    day: Day, tmp_path: Path, kill: str
) -> None:
    archive = copied(day.archive, tmp_path / "archive")
    for moment in (workers, sometime, building(archive)):
        without_state(archive)
        killed_while(archive, getattr(os, kill), moment)
        assert site(archive.root) == {}, "nothing of a first build is there before all of it is"
    archive.build()
    assert differing(archive.site(), day.new) == []
    assert not list(archive.root.glob(".site.*"))
