"""Atom feeds (RFC 4287): the newest issues and changes, for all and for each factory."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from qloop.pages.page import Asset
from qloop.pages.site import Site
from qloop.read.entry import Entry
from qloop.records.change import ChangeRecord
from qloop.records.faq import FaqRecord
from qloop.records.issue import IssueRecord
from qloop.records.kinds import Record
from qloop.records.review import ReviewRecord
from qloop.records.sop import SopRecord

MOST = 50
_STAMP = "%Y-%m-%dT%H:%M:%SZ"


def assets(site: Site, told: Iterable[tuple[str, str]], site_url: str) -> Iterator[Asset]:
    """``feeds/all.atom`` and ``feeds/<factory>.atom``, newest first, at most ``MOST`` entries each.

    ``told``: the folded id of every record with what ``when`` says of it.
    """
    brand = site.archive.settings.brand
    newest = [(_time(site, when), key, factories) for key, (when, factories) in _parts(told)]
    newest.sort(key=lambda x: (x[0], site.archive.by_id[x[1]].id), reverse=True)
    yield _feed(site, "all", brand, newest, site_url)
    for factory in site.archive.catalog.factories.values():
        mine = [one for one in newest if factory.id in one[2]]
        yield _feed(site, factory.id, f"{brand} · {factory.name}", mine, site_url)


def _parts(told: Iterable[tuple[str, str]]) -> Iterator[tuple[str, tuple[str, tuple[str, ...]]]]:
    for key, text in told:
        when, *factories = text.split(" ")
        yield key, (when, tuple(factories))


def when(site: Site, entry: Entry) -> str:
    """When a record changed (the last commit's time, else the newest day that it names) and its factories."""
    history = site.history_of(entry)
    if history:
        stamp = history.changed.when.astimezone(dt.UTC).strftime(_STAMP)
    else:
        stamp = (updated(entry.record) or dt.date(2000, 1, 1)).isoformat()
    return " ".join([stamp, *(f for f in _factories(entry.record) if " " not in f)])


def updated(record: Record) -> dt.date | None:
    """The last day that the record itself names as past: its newest step."""
    if isinstance(record, IssueRecord):
        steps = [record.opened, record.closed, *(a.done for a in record.actions)]
        steps.append(record.verification.on if record.verification else None)
    elif isinstance(record, ChangeRecord):
        steps = [record.requested, *(a.on for a in record.approvals)]
        steps.append(record.cut_in.on if record.cut_in else None)
    elif isinstance(record, SopRecord):
        steps = [record.effective, *(r.on for r in record.revisions)]
    else:
        steps = [record.period.to] if isinstance(record, ReviewRecord) else []
    return max((s for s in steps if s), default=None)


def _factories(record: Record) -> tuple[str, ...]:
    if isinstance(record, SopRecord):
        return record.factories
    return () if isinstance(record, FaqRecord) or not record.factory else (record.factory,)


def _time(site: Site, when: str) -> str:
    """A record's time as a feed shows it, which is also its order; its own day is never after the archive's."""
    return when if "T" in when else _midnight(min(when, site.today.isoformat()))


def _midnight(day: str) -> str:
    return f"{day}T00:00:00Z"


def _feed(
    site: Site, name: str, title: str, newest: Sequence[tuple[str, str, object]], site_url: str
) -> Asset:
    base = site_url or "../"
    uri = f"feeds/{name}.atom"
    stamp = newest[0][0] if newest else _midnight(site.today.isoformat())
    items = "".join(_entry(site, site.archive.by_id[key], when, base) for when, key, _ in newest[:MOST])
    text = (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
        f"<title>{escape(title)}</title><id>{_id(site, name)}</id><updated>{stamp}</updated>\n"
        f'<link rel="self" href={quoteattr((site_url or "../") + uri)}/><link href={quoteattr(base)}/>\n'
        f"<author><name>{escape(site.archive.settings.brand)}</name></author>\n{items}</feed>\n"
    )
    return Asset(uri, content=text.encode())


def _entry(site: Site, entry: Entry, when: str, base: str) -> str:
    status = getattr(entry.record, "status", "")
    label = (
        site.texts.label(f"{entry.kind}-status", status) if status else site.texts.label("kind", entry.kind)
    )
    return (
        f"<entry><title>{escape(f'[{label}] {entry.id} {entry.record.title}')}</title><id>{_id(site, entry.id)}</id>"
        f"<updated>{when}</updated><link href={quoteattr(base + site.urls.address(site.uri(entry)))}/>"
        f"<category term={quoteattr(entry.kind)}/><summary>{escape(label)}</summary></entry>\n"
    )


def _id(site: Site, name: str) -> str:
    """A tag URI (RFC 4151) that does not change when the site moves."""
    from urllib.parse import quote

    return f"tag:qloop.invalid,2026:{quote(site.archive.settings.brand)}:{quote(name)}"
