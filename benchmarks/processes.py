"""Run a command and measure it with all its processes: seconds, or the most memory that they held at one time.

Memory is the proportional set size (Linux, ``/proc/<pid>/smaps_rollup``): pages that processes share are counted
once, added over the command and everything that it started. Elsewhere it is 0. Looking at it stops the processes
for some hundredths of a second each time: a run is measured for its seconds or for its memory.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

EVERY = 0.1
"""Seconds between two looks."""


@dataclass(frozen=True, slots=True)
class Run:
    """``megabytes`` is 0 where only time was measured."""

    seconds: float
    megabytes: float


def run(command: list[str], folder: Path | None = None, *, memory: bool = False) -> Run:
    """A whole process; a failing command ends the measurement with what it printed."""
    start = time.perf_counter()
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    with subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
    ) as process:
        watch = _Watch(process.pid)
        if memory:
            watch.start()
        output, _ = process.communicate()
        seconds = time.perf_counter() - start
        if memory:
            watch.stop()
    if process.returncode:
        sys.exit(f"{' '.join(command)}\n{output[-3000:]}")
    return Run(seconds, watch.peak / 1000)


class _Watch(threading.Thread):
    """``peak``: kilobytes of the process and its descendants."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.peak, self.ended = pid, 0, threading.Event()

    def run(self) -> None:
        while not self.ended.wait(EVERY):
            self.peak = max(self.peak, sum(map(_memory, _family(self.pid))))

    def stop(self) -> None:
        self.ended.set()
        self.join()


def _family(pid: int) -> list[int]:
    """The process and everything below it."""
    found, todo = [], [pid]
    while todo:
        one = todo.pop()
        found.append(one)
        for task in Path(f"/proc/{one}/task").glob("*/children"):
            try:
                todo += map(int, task.read_text().split())
            except OSError:
                continue
    return found


def _memory(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


if __name__ == "__main__":
    print(f"{run(sys.argv[1:], memory=True).megabytes:.0f} MB")
    print(f"{run(sys.argv[1:]).seconds:.2f} s, the second time")
