"""What earlier runs learnt of an archive: ``.qloop/store.db``, which may be deleted at any time.

Only plain values, no absolute path and nothing that could be executed, so that a CI cache may carry the file
from machine to machine. A file of another version, a damaged one or one of another qloop is emptied, never
believed. Where nothing can be written (a read-only archive), the store lives in memory and the next run
begins anew.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import re
import sqlite3
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

VERSION = "3"
FOLDER = ".qloop"
NAME = "store.db"
WAIT = 5.0
"""Seconds that a write waits for another process's."""
_ENGINES = ("pydantic", "pyyaml", "jinja2", "markdown", "nh3", "markupsafe")
_TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE files (path TEXT PRIMARY KEY, stat TEXT, digest TEXT) WITHOUT ROWID;
CREATE TABLE records (
    path TEXT PRIMARY KEY, digest TEXT, id TEXT, kind TEXT, facts TEXT, refs TEXT, near TEXT, named TEXT,
    aliases TEXT, days TEXT, waits TEXT, status_line INTEGER, files TEXT,
    has_body INTEGER
) WITHOUT ROWID;
CREATE TABLE data (path TEXT PRIMARY KEY, data TEXT) WITHOUT ROWID;
CREATE TABLE verdicts (path TEXT PRIMARY KEY, key TEXT, found TEXT) WITHOUT ROWID;
CREATE TABLE published (site TEXT, unit TEXT, key TEXT, outputs TEXT, PRIMARY KEY (site, unit)) WITHOUT ROWID;
CREATE TABLE told (
    site TEXT, unit TEXT, sort TEXT, summary TEXT, moment TEXT, search TEXT, crossed TEXT,
    PRIMARY KEY (site, unit)
) WITHOUT ROWID;
CREATE TABLE sites (site TEXT PRIMARY KEY, build TEXT, frame TEXT, files INTEGER) WITHOUT ROWID;
"""
_NAMES = set(re.findall(r"CREATE TABLE (\w+)", _TABLES))
_LEARNT = ("records", "data", "verdicts")


class Store:
    """A small database beside the archive. Rows of a table come and go as tuples in the order above."""

    def __init__(self, connection: sqlite3.Connection, shared: bool) -> None:
        self.connection = connection
        self.shared = shared
        """Whether other processes see what is saved."""
        self.lasting = True
        """Whether what is put is kept; False once another process was in the way."""

    def rows(
        self, table: str, columns: str = "*", where: str = "", values: Iterable[Any] = ()
    ) -> Iterator[Any]:
        """Rows of ``table``; ``where`` is a condition with ``?`` for ``values``."""
        condition = f" WHERE {where}" if where else ""
        return self.connection.execute(f"SELECT {columns} FROM {table}{condition}", tuple(values))

    def put(self, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Add rows; one of the same key is replaced."""
        rows = list(rows)
        if rows:
            places = ",".join("?" * len(rows[0]))
            self._write(f"INSERT OR REPLACE INTO {table} VALUES ({places})", rows)

    def drop(self, table: str, paths: Iterable[str]) -> None:
        self._write(f"DELETE FROM {table} WHERE path = ?", [(p,) for p in paths])

    def run(self, statement: str, values: Iterable[Any] = ()) -> None:
        self._write(statement, [tuple(values)])

    def _write(self, statement: str, rows: list[tuple[Any, ...]]) -> None:
        """Another process that writes at this moment only costs the memory of this run."""
        if self.lasting and rows:
            try:
                self.connection.executemany(statement, rows)
            except sqlite3.OperationalError:
                self._give_up()

    def save(self) -> bool:
        """Make what was put lasting, all of it or nothing; whether the next run will find it."""
        try:
            self.connection.commit()
        except sqlite3.OperationalError:
            self._give_up()
        return self.lasting

    def _give_up(self) -> None:
        self.connection.rollback()
        self.lasting = False

    def forget(self) -> None:
        """Undo what was put since the last save."""
        with contextlib.suppress(sqlite3.Error):
            self.connection.rollback()

    def close(self) -> None:
        with contextlib.suppress(sqlite3.Error):
            self.connection.close()


def open_store(root: Path) -> Store:
    """The archive's store, emptied where it cannot be believed; in memory where it cannot be written."""
    file = root / FOLDER / NAME
    for attempt in range(2):
        try:
            _folder(file.parent)
            return Store(_connect(str(file)), shared=True)
        except sqlite3.DatabaseError as error:
            if attempt or isinstance(error, sqlite3.OperationalError):
                break
            with contextlib.suppress(OSError):
                file.unlink()
        except OSError:
            break
    return Store(_connect(":memory:"), shared=False)


def _folder(folder: Path) -> None:
    """The state's folder, which keeps itself out of git wherever an archive has no line for it."""
    if not folder.is_dir():
        folder.mkdir()
        (folder / ".gitignore").write_text("*\n", "utf-8")


def _connect(name: str) -> sqlite3.Connection:
    connection = sqlite3.connect(name, timeout=WAIT, check_same_thread=False)
    try:
        # readers never wait; a power cut loses the last run's memory, never the file
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
        _prepare(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(connection: sqlite3.Connection) -> None:
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    known = dict(connection.execute("SELECT name, value FROM meta")) if "meta" in tables else {}
    if known.get("version") != VERSION or tables != _NAMES:
        for name in tables:
            connection.execute(f'DROP TABLE "{name}"')
        connection.executescript(_TABLES)
    elif known.get("engine") != engine():
        for name in _LEARNT:
            connection.execute(f"DELETE FROM {name}")
    else:
        return
    connection.executemany(
        "INSERT OR REPLACE INTO meta VALUES (?, ?)", [("version", VERSION), ("engine", engine())]
    )
    connection.commit()


@functools.cache
def engine() -> str:
    """A digest of everything that decides what is read and written: our own files, the libraries' versions."""
    digest = hashlib.sha256("\n".join(f"{name} {version(name)}" for name in _ENGINES).encode())
    package = Path(__file__).parent
    for path in sorted(package.rglob("*")):
        if path.suffix in (".py", ".j2", ".html", ".yml", ".css", ".js") and path.is_file():
            digest.update(f"\0{path.relative_to(package).as_posix()}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:32]
