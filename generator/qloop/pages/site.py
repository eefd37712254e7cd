"""What every page maker is given."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from qloop.archive import Archive
from qloop.derive.history import NO_HISTORY, FileHistory, History
from qloop.pages.page import Page
from qloop.pages.urls import Urls, slug
from qloop.read.validate import Entry
from qloop.records.ids import fold
from qloop.records.kinds import KINDS
from qloop.texts import Texts

if TYPE_CHECKING:
    import jinja2


@dataclass(frozen=True)
class Site:
    """The archive with everything that pages need: texts, day, addresses, history."""

    archive: Archive
    texts: Texts
    today: dt.date
    urls: Urls = field(default_factory=Urls)
    history: History = NO_HISTORY

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

    @cached_property
    def templates(self) -> jinja2.Environment:
        from qloop.pages.templates import environment

        return environment(self)

    def render(self, template: str, uri: str, meta: Mapping[str, Any], **values: Any) -> Page:
        """The page ``uri`` from a template; in it ``url(target_uri)`` gives relative links."""
        from qloop.pages.templates import render

        return Page(uri, render(self, template, uri, values), meta)
