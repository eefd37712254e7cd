"""Everything that an archive's folder says, joined: settings, catalogue, tables, guides, records."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from qloop.archive import Archive
from qloop.diagnostics import Diagnostic
from qloop.link import link
from qloop.read.catalog import read_catalog, read_settings
from qloop.read.discover import SourceFile, discover_guides
from qloop.read.feedback import find_feedback
from qloop.read.findings import Finding
from qloop.read.parse import Document
from qloop.read.records import Reader, known_records, read_records
from qloop.read.scan import Scan
from qloop.store import Store, engine
from qloop.texts import load


class BrokenSettings(Exception):
    """qloop.yml is missing or wrong: nothing can be said about the archive but this."""

    def __init__(self, diagnostics: list[Diagnostic]) -> None:
        super().__init__("\n".join(map(str, diagnostics)))
        self.diagnostics = diagnostics


@dataclass(frozen=True, slots=True)
class Whole:
    """``world``: a digest of what concerns every record: settings, catalogue, and qloop itself."""

    archive: Archive
    settings_document: Document
    guides: tuple[SourceFile, ...]
    findings: tuple[Finding, ...]
    world: str


def read_whole(
    root: Path, scan: Scan, store: Store, reader: Reader | None = None, *,
    remembered: bool = False, left_out: Collection[str] = (),
) -> Whole:  # fmt: skip
    """Read the archive in ``root``; raises BrokenSettings when qloop.yml cannot be used.

    ``reader`` takes half of much reading; ``remembered``: take the records as the store knows them, without those
    ``left_out``.
    """
    settings, document, findings = read_settings(root)
    if settings is None or document is None:
        raise BrokenSettings([f.in_words(load("zh")) for f in findings])
    catalog, more = read_catalog(root)
    guides = discover_guides(root)
    records = known_records(root, store, left_out) if remembered else read_records(root, scan, store, reader)
    archive = link(settings, catalog, records.entries, find_feedback(root, scan), records.broken)
    sources = [document.source, *(d.source for d in catalog.documents.values())]
    world = hashlib.sha256("\n".join([engine(), *(f"{s.path} {s.digest}" for s in sources)]).encode())
    return Whole(
        archive, document, guides.sources, (*findings, *more, *records.findings, *guides.findings),
        world.hexdigest(),
    )  # fmt: skip
