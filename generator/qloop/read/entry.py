"""A record with its origin, read when somebody asks: most runs look into few of ten thousand records."""

from __future__ import annotations

import json
from typing import Protocol

from qloop.read.discover import SourceFile
from qloop.read.parse import Document, front_matter
from qloop.read.traits import Traits, traits
from qloop.records.ids import fold
from qloop.records.kinds import Record
from qloop.records.references import Reference


class Shelf(Protocol):
    """Where the parts of a record are fetched from; each raises Moved when its file is another by now."""

    def record(self, entry: Entry) -> Record: ...

    def source(self, entry: Entry) -> SourceFile: ...

    def document(self, entry: Entry) -> Document: ...

    def dark(self, beyond: int) -> None:
        """When more than ``beyond`` things were got from here, have the entries give them up (``Entry.dark``)."""


class Moved(Exception):
    """A file was changed or deleted while the archive was being read; the text is its path."""


class Entry:
    """A record, where every value of it stands, and its Markdown body.

    ``digest`` is of the whole file, ``facts`` of the fields without the body: equal facts mean that lists
    and counts that name the record stay the same.
    """

    __slots__ = ("_document", "_met", "_record", "_references", "_source", "digest", "id", "key", "kind", "path",
                 "shelf", "traits")  # fmt: skip

    def __init__(self, id: str, kind: str, path: str, digest: str, traits: Traits, shelf: Shelf) -> None:
        self.id, self.kind, self.path, self.digest = id, kind, path, digest
        self.key = fold(id)
        self.traits, self.shelf = traits, shelf
        self._record: Record | None = None
        self._source: SourceFile | None = None
        self._document: Document | None = None
        self._references: tuple[Reference, ...] | None = None
        self._met: tuple[str, ...] | None = None

    @classmethod
    def read(cls, record: Record, document: Document, shelf: Shelf) -> Entry:
        """The entry of a record that has just been parsed."""
        source = document.source
        entry = cls(record.id, source.kind, source.path, source.digest, traits(record, document), shelf)
        entry._record, entry._source, entry._document = record, source, document
        return entry

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Entry) and (self.path, self.digest) == (other.path, other.digest)

    def __hash__(self) -> int:
        return hash(self.path)

    def __repr__(self) -> str:
        return f"<{self.kind} {self.id}>"

    @property
    def name(self) -> str:
        """The file's name without its suffix: what the id should be."""
        return self.path.rsplit("/", 1)[-1].rsplit(".", 1)[0]

    @property
    def facts(self) -> str:
        return self.traits.facts

    @property
    def record(self) -> Record:
        if self._record is None:
            self._record = self.shelf.record(self)
        return self._record

    @property
    def source(self) -> SourceFile:
        if self._source is None:
            self._source = self.shelf.source(self)
        return self._source

    @property
    def document(self) -> Document:
        if self._document is None:
            self._document = self.shelf.document(self)
        return self._document

    @property
    def body(self) -> str:
        if not self.path.lower().endswith(".md"):
            return self.record.body or ""
        split = front_matter(self.source)
        return split[2] if isinstance(split, tuple) else ""

    @property
    def references(self) -> tuple[Reference, ...]:
        if self._references is None:
            found = json.loads(self.traits.refs)
            self._references = tuple(Reference(tuple(path), kind, value) for path, kind, value in found)
        return self._references

    @property
    def aliases(self) -> tuple[str, ...]:
        """Numbers of an earlier system; empty for a FAQ entry, whose aliases are ways of asking."""
        return tuple(json.loads(self.traits.aliases)) if self.traits.aliases != "[]" else ()

    @property
    def met(self) -> tuple[str, ...]:
        """Folded ids of the records that it refers to, then of those that its text mentions."""
        if self._met is None:
            texts = (text for text in (self.traits.near, self.traits.named) if text != "[]")
            self._met = tuple(id for text in texts for id in json.loads(text))
        return self._met

    def forget_positions(self) -> None:
        self._document = None

    def light(self) -> None:
        """Drop text, positions and body: 10,000 of them are most of the memory of a first run."""
        self._source = self._document = None

    def dark(self) -> None:
        """Drop everything that can be fetched again."""
        self._source = self._document = self._record = self._references = None
