"""One page per record."""

from __future__ import annotations

import functools
import importlib
from collections.abc import Callable

from qloop.pages.page import Page
from qloop.pages.site import Site
from qloop.read.entry import Entry


def page_of(site: Site, entry: Entry) -> Page:
    """The page of a record: it shows the record and its neighbours (see ``qloop.neighbours``), nothing else."""
    return _maker(entry.kind)(site, entry)


@functools.cache
def _maker(kind: str) -> Callable[[Site, Entry], Page]:
    """``<kind>_page`` of the kind's own module, imported when the first page of the kind is made."""
    maker: Callable[[Site, Entry], Page] = getattr(
        importlib.import_module(f"qloop.pages.records.{kind}"), f"{kind}_page"
    )
    return maker
