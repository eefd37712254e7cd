"""What all record pages have in common: title, way back, links to the forge, relations, history."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from qloop.derive.related import related
from qloop.pages.page import Page
from qloop.pages.records import forge
from qloop.pages.site import Site
from qloop.pages.templates import render
from qloop.read.entry import Entry
from qloop.records.kinds import KINDS
from qloop.records.settings import DetailField

_SENTENCE = re.compile(r"(?<=[。！？!?])|(?<=\.)\s|\n")
DESCRIPTION_LENGTH = 150
FINAL = ("closed", "rejected", "duplicate", "withdrawn", "obsolete")
"""States from which a record goes nowhere."""


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a record's history; ``key`` (``created``, ``status``, ``changed``) is a texts key."""

    when: dt.datetime
    key: str
    author: str
    subject: str
    status: str | None = None


@dataclass(frozen=True, slots=True)
class Tools:
    """Addresses in the forge; None where there is none."""

    edit: str | None
    advance: str | None
    history: str | None
    similar: str | None = None


def record_page(site: Site, entry: Entry, summary: str, **values: Any) -> Page:
    """The page of ``entry`` from the template of its kind; the first sentence of ``summary`` describes it."""
    meta = {
        "title": f"{entry.id} {entry.record.title}",
        "description": description(summary or entry.record.title),
    }
    values.setdefault("tools", tools(site, entry))
    return render(site,
        f"{entry.kind}.md.j2", site.uri(entry), meta, entry=entry, record=entry.record,
        crumbs=crumbs(site, entry), related=related(site.archive, entry), events=tuple(events(site, entry)),
        **values,
    )  # fmt: skip


def description(text: str) -> str:
    """The first sentence of a text without Markdown's marks, at most 150 characters."""
    plain = re.sub(r"^#+ .*$|^\s*(?:[>*+-]|\d+\.)\s+|[*_`]", "", text.strip(), flags=re.MULTILINE)
    first = next((s.strip() for s in _SENTENCE.split(plain) if s.strip()), "")
    return first if len(first) <= DESCRIPTION_LENGTH else first[: DESCRIPTION_LENGTH - 1] + "…"


def crumbs(site: Site, entry: Entry) -> tuple[tuple[str, str], ...]:
    section = KINDS[entry.kind].section
    return (
        (site.texts("pages.home.name"), "index.md"),
        (site.texts(f"pages.sections.{entry.kind}"), f"{section}/index.md"),
        (entry.id, ""),
    )


def tools(site: Site, entry: Entry, similar: str | None = None) -> Tools:
    settings = site.archive.settings.forge
    status = getattr(entry.record, "status", None)
    line = entry.traits.status_line if status and status not in FINAL else None
    return Tools(
        forge.edit(settings, entry.path),
        forge.edit(settings, entry.path, line) if line else None,
        forge.history(settings, entry.path),
        similar,
    )


def events(site: Site, entry: Entry) -> Iterator[Event]:
    """The record's history, newest first; nothing where git does not know the file."""
    found = site.history_of(entry)
    if not found:
        return
    created, changed, states = found.created, found.changed, found.statuses
    if changed.commit not in {created.commit, *(s.change.commit for s in states)}:
        yield Event(changed.when, "changed", changed.author, changed.subject)
    for state in reversed(states):
        key = "created" if state.change.commit == created.commit else "status"
        yield Event(state.change.when, key, state.change.author, state.change.subject, state.status)
    if not any(s.change.commit == created.commit for s in states):
        yield Event(created.when, "created", created.author, created.subject)


def details(site: Site, fields: Iterable[DetailField], values: Any) -> tuple[tuple[str, str], ...]:
    """(label, value with its unit) of extra fields: those that the category knows first, in its order."""
    known = {f.name: f for f in fields}
    names = [n for n in known if n in values] + [n for n in values if n not in known]
    return tuple((_label(known, n), _shown(site, values[n], known.get(n))) for n in names)


def _label(known: dict[str, DetailField], name: str) -> str:
    return known[name].label if name in known else name


def _shown(site: Site, value: object, field: DetailField | None) -> str:
    if isinstance(value, bool):
        return site.texts.label("detail-value", str(value).lower())
    text = f"{value:g}" if isinstance(value, float) else str(value)
    return f"{text} {field.unit}" if field and field.unit else text


def duration(site: Site, text: str) -> str:
    """``15m`` in words of the site's language."""
    return site.texts(f"pages.duration.{text[-1]}", n=text[:-1])
