"""The first worker of a build is started before anything else is loaded: it has as much to load itself."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

Process = subprocess.Popen[bytes]


def start() -> Process:
    command = [sys.executable, "-m", "qloop.publish.worker"]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def end(process: Process) -> None:
    """Whatever it is doing; twice does no harm."""
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe:
            pipe.close()


@contextmanager
def started(wanted: bool) -> Iterator[Process | None]:
    """A worker for the time of the block, where one is wanted."""
    process = start() if wanted else None
    try:
        yield process
    finally:
        if process:
            end(process)
