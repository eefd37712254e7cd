"""Read the records of an archive: those whose files changed are parsed, the others are known."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from qloop.read.discover import SourceFile, is_record_name, read_source
from qloop.read.entry import Entry, Moved
from qloop.read.findings import Finding
from qloop.read.parse import Document, parse
from qloop.read.scan import RECORD_FOLDERS, Scan
from qloop.read.traits import Traits, text_of
from qloop.read.validate import validate
from qloop.records.kinds import KINDS, Record
from qloop.store import Store

ONE_BY_ONE = 100
"""Records fetched from the store singly before all of them are fetched at once."""
MANY = 1000
"""Files to read from which on two processes are faster than one."""


@dataclass
class ReadRecords:
    """``broken``: paths of files that hold no record; what is wrong with them is read again every time."""

    entries: list[Entry] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


class StoreShelf:
    """Fetches the parts of records: fields from the store, text and positions from the file itself."""

    def __init__(self, root: Path, store: Store | None) -> None:
        self.root, self.store = root, store
        self.fetched = 0
        self.data: dict[str, str] = {}
        self.taken: list[Entry] = []
        """Entries that have got something from here."""

    def record(self, entry: Entry) -> Record:
        self.taken.append(entry)
        return KINDS[entry.kind].model.model_validate_json(self._data(entry.path))

    def source(self, entry: Entry) -> SourceFile:
        self.taken.append(entry)
        source = read_source(self.root, entry.path)
        if isinstance(source, Finding) or source.digest != entry.digest:
            raise Moved(entry.path)
        return source

    def document(self, entry: Entry) -> Document:
        document = parse(entry.source).document
        if document is None:
            raise Moved(entry.path)
        return document

    def dark(self, beyond: int) -> None:
        """Take back what was given, if it is more: who goes through thousands of records needs few at a time."""
        if len(self.taken) > beyond:
            for entry in self.taken:
                entry.dark()
            self.taken.clear()

    def _data(self, path: str) -> str:
        self.fetched += 1
        if self.fetched == ONE_BY_ONE and self.store:
            self.data |= dict(self.store.rows("data"))
        found = self.data.get(path)
        if found is None and self.store:
            row = next(self.store.rows("data", "data", "path = ?", (path,)), None)
            if row is None:
                raise Moved(path)
            found = str(row[0])
        assert found is not None
        return found


Row = tuple[Any, ...]
"""A record as the table ``records`` has it, with its fields as JSON behind."""
Reader = Callable[[list[str]], Callable[[bool], list[Row]]]
"""Begins to read some files elsewhere. What it gives returns rows of those in which all is well, some at a time:
waiting for them, [] when there are no more; or not waiting, [] when there are none yet."""
PIECE = 250
"""Rows that are held before they are put into the store."""


def read_records(root: Path, scan: Scan, store: Store, reader: Reader | None = None) -> ReadRecords:
    """Every record that can be read, the paths of those that cannot, and what is wrong.

    What was learnt is put into the store; the caller saves it. ``reader`` takes half of the work where it is much.
    """
    shelf = StoreShelf(root, store)
    known = {row[0]: row for row in store.rows("records")}
    read = ReadRecords()
    unknown: list[str] = []
    paths = [
        p for top in RECORD_FOLDERS for p in scan.files(top, (".md", ".yml", ".yaml")) if is_record_name(p)
    ]
    for path in sorted(paths):
        row = known.pop(path, None)
        if row and row[1] == scan.digest(path):
            read.entries.append(_entry(row, shelf))
        else:
            unknown.append(path)
    half = unknown[len(unknown) // 2 :] if reader and len(unknown) >= MANY else []
    elsewhere = reader(half) if reader and half else lambda _: []
    left = dict.fromkeys(half)

    def take(wait: bool) -> None:
        while rows := elsewhere(wait):
            for row in rows:
                read.entries.append(_of_row(row, scan, shelf))
                del left[row[0]]
            _remember(store, rows)

    def parse(paths: list[str]) -> None:
        for i in range(0, len(paths), PIECE):
            rows = []
            for path in paths[i : i + PIECE]:
                if entry := _parsed(root, path, scan, shelf, read):
                    rows.append(_row(entry))
                    read.entries.append(entry)
                    # positions are most of the memory of a first run: they are looked up where a rule points
                    entry.forget_positions()
            _remember(store, rows)
            take(wait=False)

    parse(unknown[: len(unknown) - len(half)])
    take(wait=True)
    parse(list(left))
    store.drop("records", [*known, *read.broken])
    store.drop("data", [*known, *read.broken])
    return read


def read_rows(root: Path, paths: Iterable[str]) -> list[Row]:
    """The rows of the files in which all is well, for another process; the others are for it to read."""
    scan, shelf = Scan(root, {}, {}), StoreShelf(root, None)
    found = ReadRecords()
    return [_row(entry) for path in paths if (entry := _parsed(root, path, scan, shelf, found))]


def _row(entry: Entry) -> Row:
    return entry.path, entry.digest, entry.id, entry.kind, *entry.traits, text_of(entry.document.data)


def _of_row(row: Row, scan: Scan, shelf: StoreShelf) -> Entry:
    *known, data = row
    entry = _entry(tuple(known), shelf)
    scan.note(entry.path, entry.digest)
    shelf.data[entry.path] = data
    return entry


def _entry(row: Row, shelf: StoreShelf) -> Entry:
    """The entry of a row without its fields, as the store gives it."""
    path, digest, id, kind, *traits = row
    return Entry(id, kind, path, digest, Traits(*traits), shelf)


def known_records(root: Path, store: Store, left_out: Collection[str] = ()) -> ReadRecords:
    """The records as another process has just read them."""
    shelf = StoreShelf(root, store)
    rows = (row for row in store.rows("records") if row[0] not in left_out)
    return ReadRecords([_entry(row, shelf) for row in rows])


def _parsed(root: Path, path: str, scan: Scan, shelf: StoreShelf, read: ReadRecords) -> Entry | None:
    source = read_source(root, path)
    if isinstance(source, Finding):
        read.findings.append(source)
        read.broken.append(path)
        return None
    scan.note(path, source.digest)
    parsed = parse(source)
    read.findings += parsed.findings
    found = validate(parsed.document) if parsed.document else ()
    if isinstance(found, tuple):
        read.findings += found
        read.broken.append(path)
        return None
    assert parsed.document
    entry = Entry.read(found, parsed.document, shelf)
    if parsed.findings:
        # what the reading says of it must be said again by the next run
        read.entries.append(entry)
        return None
    return entry


def _remember(store: Store, rows: list[Row]) -> None:
    store.put("records", (row[:-1] for row in rows))
    store.put("data", ((row[0], row[-1]) for row in rows))
