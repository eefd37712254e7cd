"""What every page maker is given."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from qloop.archive import Archive
from qloop.derive.history import NO_HISTORY, FileHistory, History
from qloop.pages.urls import Urls, slug
from qloop.read.entry import Entry
from qloop.records.ids import fold
from qloop.records.kinds import KINDS
from qloop.texts import Texts


@dataclass(frozen=True)
class Site:
    """The archive with everything that pages need: texts, day, addresses, history."""

    archive: Archive
    texts: Texts
    today: dt.date
    urls: Urls = field(default_factory=Urls)
    history: History = NO_HISTORY
    memo: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)
    """What several pages need and one of them computes (the templates, say)."""

    def uri(self, thing: Entry | str) -> str:
        """The page of a record (an entry or its id); raises KeyError for an unknown id."""
        entry = thing if isinstance(thing, Entry) else self.archive.by_id[fold(thing)]
        return f"{KINDS[entry.kind].section}/{slug(entry.id)}.md"

    def product_uri(self, sku: str) -> str:
        return f"products/{slug(sku)}.md"

    def factory_uri(self, id: str) -> str:
        return f"factories/{slug(id)}.md"

    def role_uri(self, id: str) -> str:
        return f"roles/{slug(id)}.md"

    def attachment_uri(self, entry: Entry, file: str) -> str:
        """The copy of an attachment in the site: ``files/QI-…/tape.png``."""
        return f"files/{slug(entry.id)}/{slug(file.rsplit('/', 1)[-1])}"

    def history_of(self, entry: Entry) -> FileHistory | None:
        return self.history.files.get(entry.path)
