"""A process that builds an archive in children, each of which ends hard at its n-th touch of the file system.

``python -m tests.rebuild.killed ROOT DAY``: a number on stdin is one child, its exit code the answer; a child that
is to end at touch 0 never does. They are forked from a process that has built once: nothing is imported or
compiled again.
"""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

KILLED, FAILED = 137, 1
_COMMITS = ("BEGIN", "COMMIT")
SAMPLE = "issues/index.html"
"""Pages built into the stage before the journal is written are all alike: this one counts."""


class Touches:
    """Counts what this process does to ``site``, its stage and the state; ends it at number ``last``."""

    def __init__(self, root: Path, last: int) -> None:
        self.places = (str(root / "site"), str(root / ".qloop"))
        self.last, self.count = last, 0

    def watch(self) -> None:
        sys.addaudithook(self._event)
        connect = sqlite3.connect

        def connected(*arguments: Any, **options: Any) -> sqlite3.Connection:
            connection = connect(*arguments, **options)
            connection.set_trace_callback(lambda text: text.startswith(_COMMITS) and self._touch())
            return connection

        sqlite3.connect = connected  # type: ignore[assignment]

    def _event(self, event: str, arguments: tuple[Any, ...]) -> None:
        path = str(arguments[0]) if arguments else ""
        if event == "open" and arguments[2] & (os.O_WRONLY | os.O_RDWR) and self._counts(path):
            self._touch()
            self._touch(lambda: _empty(path))
        elif (
            (event == "os.rename" and (self._counts(path) or self._counts(str(arguments[1]))))
            # a tree is deleted name by name, relative to its folder
            or (event == "os.remove" and (self._counts(path) or not Path(path).is_absolute()))
            or (event == "os.mkdir" and path.startswith(self.places) and not Path(path).exists())
            or (event == "os.rmdir" and path.startswith(self.places) and not any(Path(path).iterdir()))
        ):
            self._touch()

    def _counts(self, path: str) -> bool:
        return path.startswith(self.places) or path.endswith(SAMPLE) or "qloop-moves" in path

    def _touch(self, before: Callable[[], None] = lambda: None) -> None:
        self.count += 1
        if self.count == self.last:
            before()
            os._exit(KILLED)


def _empty(path: str) -> None:
    """What a process leaves that was killed between opening a file and writing it."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC))


def build(root: Path, day: dt.date, hands: Any) -> None:
    from qloop import pipeline
    from qloop.sound import sound_part

    pipeline.publish(sound_part(pipeline.check(root, day)), hands=hands)


def child(root: Path, day: dt.date, hands: Any, last: int) -> int:
    """Build in a child; its exit code: 0, KILLED, or FAILED with a traceback on stderr."""
    pid = os.fork()
    if pid:
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    try:
        if last:
            Touches(root, last).watch()
        build(root, day, hands)
        os._exit(0)
    except BaseException:
        sys.excepthook(*sys.exc_info())
        os._exit(FAILED)


def main(root: Path, day: dt.date) -> None:
    from qloop import pipeline

    with pipeline.crew(root, None, 1) as hands:
        build(root, day, hands)
        for line in sys.stdin:
            print(child(root, day, hands, int(line)), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), dt.date.fromisoformat(sys.argv[2]))
