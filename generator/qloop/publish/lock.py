"""One build of an archive at a time; the operating system frees the lock of a process that was killed."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from qloop.store import FOLDER

NAME = "build.lock"


class Busy(Exception):
    """Another process is building this archive; the text is the lock's file."""


@contextlib.contextmanager
def locked(root: Path, wait: float = 0.0) -> Iterator[None]:
    """Hold the archive's lock, waiting up to ``wait`` seconds for it; raises Busy.

    SQLite's file lock does it the same way on every system. An archive that cannot be written has no lock: then
    only its published folder is at stake, and that is beside it.
    """
    file = root / FOLDER / NAME
    try:
        file.parent.mkdir(exist_ok=True)
        connection = sqlite3.connect(str(file), timeout=wait, isolation_level=None)
    except (OSError, sqlite3.OperationalError):
        yield
        return
    with contextlib.closing(connection):
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise Busy(str(file)) from None
        except sqlite3.DatabaseError:  # somebody else's file: it can hold no lock
            file.unlink(missing_ok=True)
        yield
