"""What the rules say of each record, kept as long as nothing that they looked at has changed."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace

from qloop import rules
from qloop.archive import Archive
from qloop.diagnostics import Diagnostic, Fix, Place
from qloop.neighbours import Neighbours, beside, day_part, digest_of
from qloop.read.entry import Entry
from qloop.read.feedback import Feedback
from qloop.read.scan import Scan
from qloop.read.traits import text_of
from qloop.rules.base import Context
from qloop.store import Store
from qloop.texts import Texts

TABLES, GUIDES = "", "guides"
"""Rows that are no record's path: what is said of settings, catalogue and tables; of guides and broken records."""


def judge(context: Context, world: str, scan: Scan, store: Store, texts: Texts) -> list[Diagnostic]:
    """Every rule's findings in words; ``world``: a digest of settings and catalogue.

    Only records whose surroundings changed are looked into again; the caller saves the store.
    """
    archive = context.archive
    keys = record_keys(archive, world, scan, context.today)
    today = context.today.isoformat()
    keys[TABLES] = digest_of(world, archive.feedback.digest, today)
    keys[GUIDES] = _guides_key(context, world, scan)
    known = {path: (key, found) for path, key, found in store.rows("verdicts")}
    kept = {path: found for path, (key, found) in known.items() if keys.get(path) == key}
    fresh: dict[str, list[Diagnostic]] = {path: [] for path in keys if path not in kept}
    _look_again(context, fresh, texts)
    store.drop("verdicts", (path for path in known if path not in keys))
    written = {path: _written(found) for path, found in fresh.items()}
    # what names today (a date in the future does) holds for no other day
    store.put("verdicts", ((p, "" if today in text else keys[p], text) for p, text in written.items()))
    old = (one for found in kept.values() if found != "[]" for one in _read(found))
    everywhere = [finding.in_words(texts) for finding in rules.of_everything(context)]
    return [*everywhere, *old, *(one for found in fresh.values() for one in found)]


def record_keys(archive: Archive, world: str, scan: Scan, today: dt.date) -> dict[str, str]:
    """By path of a record, what the verdict on it follows from (see ``neighbours``)."""
    around = Neighbours(archive, lambda entry: entry.digest)
    return {
        entry.path: digest_of(
            world,
            entry.path,
            entry.digest,
            day_part(entry, today),
            *beside(entry, scan),
            *around.digest(entry),
        )
        for entry in _all(archive)
    }


def _all(archive: Archive) -> Iterable[Entry]:
    yield from archive.entries
    yield from (second for _, second in archive.duplicates)


def _guides_key(context: Context, world: str, scan: Scan) -> str:
    archive = context.archive
    texts = [f"{guide.path} {guide.digest}" for guide in context.guides]
    # broken records are looked through for customer data
    texts += [f"{path} {scan.digest(path)}" for path in archive.broken]
    ids = Neighbours(archive, lambda entry: entry.digest).ids
    return digest_of(world, context.today.isoformat(), ids, *texts)


def _look_again(context: Context, fresh: Mapping[str, list[Diagnostic]], texts: Texts) -> None:
    archive = context.archive
    records = replace(
        archive.only(
            (e for e in archive.entries if e.path in fresh),
            (pair for pair in archive.duplicates if pair[1].path in fresh),
        ),
        feedback=Feedback(),
    )  # fmt: skip
    if records.entries or records.duplicates:
        for finding in rules.of_records(replace(context, archive=records, guides=(), memo={})):
            # what is said of settings and catalogue on the way is said below
            if finding.place.path in fresh:
                fresh[finding.place.path].append(finding.in_words(texts))
    around = replace(context, archive=archive.only(()), guides=(), memo={})
    apart = {*archive.broken, *(guide.path for guide in context.guides)}
    if TABLES in fresh:
        found = [*archive.feedback.findings, *rules.of_records(around)]
        fresh[TABLES] += [f.in_words(texts) for f in found if f.place.path not in apart]
    if GUIDES in fresh:
        # a new id may be what a guide names; the tables need not be read for that
        around = replace(around, archive=replace(around.archive, feedback=Feedback()), guides=context.guides)
        fresh[GUIDES] += [f.in_words(texts) for f in rules.of_records(around) if f.place.path in apart]


def _written(found: Iterable[Diagnostic]) -> str:
    return text_of([asdict(one) for one in found])


def _read(text: str) -> list[Diagnostic]:
    found = []
    for row in json.loads(text):
        row["place"] = Place(**row["place"])
        row["related"] = tuple(Place(**place) for place in row["related"])
        row["fix"] = Fix(**row["fix"]) if row["fix"] else None
        found.append(Diagnostic(**row))
    return found
