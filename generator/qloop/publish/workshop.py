"""The units that are made from records: one for each of them, and one for each page about many of them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

from qloop.neighbours import Neighbours, beside, day_part, digest_of
from qloop.pages import MAKERS, drafts
from qloop.pages.page import Asset, Draft
from qloop.pages.records import page_of
from qloop.pages.site import Site
from qloop.publish.config import SiteConfig
from qloop.publish.files import api, cross, feeds, redirects
from qloop.publish.fingerprint import Fingerprints
from qloop.publish.search import entries as search
from qloop.publish.unit import Family, Made, Told, Unit
from qloop.publish.written import WrittenPage, written_pages
from qloop.read.entry import Entry
from qloop.read.scan import Scan
from qloop.records.ids import fold

RECORD, PAGE = "record ", "page "
"""How units are called: a record's by its path, a page's by its address."""
GENERATED = (RECORD, PAGE, "guide ")
"""Units that are a page."""


@dataclass(frozen=True)
class Workshop:
    """Everything that pages are made from. ``world``: the digest of settings, catalogue and qloop itself."""

    site: Site
    root: Path
    config: SiteConfig
    world: str
    scan: Scan
    left_out: frozenset[str] = frozenset()
    """Records with errors that are not published, by path."""

    def for_workers(self) -> dict[str, object]:
        """What another process needs to know to make the same units (``pipeline.remembered``)."""
        return {"today": self.site.today.isoformat(), "world": self.world, "left_out": sorted(self.left_out)}

    @cached_property
    def written(self) -> Mapping[str, WrittenPage]:
        """Hand-written pages by their address."""
        return {page.uri: page for page in written_pages(self.config)}

    @cached_property
    def record_uris(self) -> Mapping[str, str]:
        """Addresses of the records' pages by folded id."""
        return {entry.key: self.site.uri(entry) for entry in self.site.archive.entries}

    @cached_property
    def here(self) -> str:
        """What every page depends on besides its own things."""
        site = self.site
        return digest_of(self.world, str(site.urls.directory), site.texts.language, str(site.today.year))

    # -- records -------------------------------------------------------------------------------------------

    def record_units(self) -> Iterator[Unit]:
        """A unit for each record; its key says everything that its page, its file and its entry depend on."""
        archive, here = self.site.archive, self.here
        around = Neighbours(archive, lambda entry: entry.facts)
        for entry in archive.entries:
            key = digest_of(
                here, entry.path, entry.digest, self.site.history.digest_of(entry.path),
                day_part(entry, self.site.today), str(self.record_uris[entry.key] in self.written),
                *(str(fold(alias) in archive.by_id) for alias in entry.aliases),
                *beside(entry, self.scan), *around.digest(entry),
            )  # fmt: skip
            yield Unit(RECORD + entry.path, key, partial(self.record, entry), entry.path, entry.key)

    def record(self, entry: Entry) -> Made:
        """A record's page, its JSON, its old addresses, its attachments, and what it tells of itself."""
        site = self.site
        pages = () if self.record_uris[entry.key] in self.written else (page_of(site, entry),)
        whole = api.record(site, entry)
        files = (api.of(site, entry, whole), *redirects.of(site, entry), *self._attachments(entry))
        found = search.of_record(site, entry).as_json()
        return Made(pages, files, Told(api.summary(whole), feeds.when(site, entry), found, cross.of(entry)))

    def _attachments(self, entry: Entry) -> Iterator[Asset]:
        """Copies of a record's pictures; one that is missing has a diagnostic and no copy."""
        for attachment in entry.record.attachments if entry.traits.files != "[]" else ():
            path = self.root / posixpath.dirname(entry.path) / attachment.file
            if path.is_file() and path.resolve().is_relative_to(self.root.resolve()):
                yield Asset(self.site.attachment_uri(entry, attachment.file), path)

    # -- pages about many records --------------------------------------------------------------------------

    def forget(self) -> None:
        """Give up what was derived and can be fetched again: nearly all of the memory of a first build."""
        self.site.memo.clear()
        for entry in self.site.archive.entries:
            entry.dark()

    def drafts(self) -> Family:
        """The pages about many records: all of them are looked at again when any record's facts changed."""
        site = self.site
        history = site.history
        facts = digest_of(
            *(f"{e.path} {e.facts} {history.statuses_digest_of(e.path)}" for e in site.archive.entries)
        )
        key = digest_of(self.here, site.today.isoformat(), facts, site.archive.feedback.digest, repr(history.recent),
                        *site.archive.broken, history.problem)  # fmt: skip
        return Family("drafts", key, self.draft_units)

    def draft_units(self, makers: Iterable[str] = MAKERS) -> Iterator[Unit]:
        """A unit for each page that ``makers`` find."""
        prints, here = Fingerprints(), digest_of(self.here, self.site.today.isoformat())
        for draft in drafts(self.site, makers):
            key = digest_of(here, draft.uri, prints.of(*draft.inputs))
            yield Unit(PAGE + draft.uri, key, partial(_made, draft))


def _made(draft: Draft) -> Made:
    return Made((draft.make(),))
