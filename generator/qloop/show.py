"""One record, product or factory as facts, links and backlinks, ready to be shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from qloop.archive import Archive
from qloop.read.validate import Entry
from qloop.records.fields import OneOf, Ref
from qloop.records.ids import fold
from qloop.texts import Texts


@dataclass(frozen=True, slots=True)
class Shown:
    """``facts``: label and text; ``links`` and ``backlinks``: field's label, id, title."""

    id: str
    title: str
    kind: str
    path: str
    facts: tuple[tuple[str, str], ...]
    links: tuple[tuple[str, str, str], ...]
    backlinks: tuple[tuple[str, str, str], ...]


def find(archive: Archive, id: str, texts: Texts) -> Shown | None:
    """What ``id`` names, without regard to case: a record, one of its aliases, a SKU, a factory."""
    wanted = fold(id.strip())
    entry = archive.get(wanted) or next((e for e in archive.entries if wanted in map(fold, aliases(e))), None)
    if entry:
        return _record(archive, entry, texts)
    for kind, rows in (("product", archive.catalog.products), ("factory", archive.catalog.factories)):
        for key, row in rows.items():
            if fold(key) == wanted:
                return _row(archive, kind, key, row, texts)
    return None


def names(archive: Archive) -> list[str]:
    """Everything that ``find`` would find: what a hint chooses from."""
    ids = [name for e in archive.entries for name in (e.id, *aliases(e))]
    return [*ids, *archive.catalog.products, *archive.catalog.factories]


def aliases(entry: Entry) -> tuple[str, ...]:
    """A record's numbers in earlier systems (a FAQ's aliases are ways to ask, not names)."""
    found = getattr(entry.record, "aliases", ())
    return found if isinstance(found, tuple) else ()


def _record(archive: Archive, entry: Entry, texts: Texts) -> Shown:
    labels = texts["labels.field"]
    key = fold(entry.id)
    links = [(labels.get(ln.field, ln.field), ln.target.id, ln.target.record.title) for ln in archive.links[key]]
    back = [
        (texts.label("kind", ln.source.kind), ln.source.id, ln.source.record.title)
        for ln in archive.backlinks.get(key, ())
    ]
    facts = tuple(_facts(archive, entry.record, texts))
    return Shown(
        entry.id, entry.record.title, texts.label("kind", entry.kind), entry.path, facts,
        tuple(dict.fromkeys(links)), tuple(dict.fromkeys(back)),
    )  # fmt: skip


def _row(archive: Archive, kind: str, key: str, row: Any, texts: Texts) -> Shown:
    back = [
        (texts.label("kind", e.kind), e.id, e.record.title)
        for e in archive.entries
        if any(r.kind == kind and r.value == key for r in archive.references[fold(e.id)])
    ]
    facts = tuple(_facts(archive, row, texts))
    path = next((p for p in archive.catalog.documents if kind[:4] in p), "")
    return Shown(key, row.name, texts["labels.field"][kind], path, facts, (), tuple(back))


def _facts(archive: Archive, record: BaseModel, texts: Texts) -> Iterator[tuple[str, str]]:
    labels = texts["labels.field"]
    for name, info in type(record).model_fields.items():
        key = info.alias or name
        value = getattr(record, name)
        if key in ("id", "title", "body") or value in (None, (), {}):
            continue
        vocabulary = next((m.vocabulary for m in info.metadata if isinstance(m, OneOf)), "")
        kind = next((m.kind for m in info.metadata if isinstance(m, Ref)), "")
        yield labels.get(key, key), _text(archive, value, texts, vocabulary, kind)


def _text(archive: Archive, value: Any, texts: Texts, vocabulary: str = "", kind: str = "") -> str:
    """A value in one line a part; ids of vocabularies by their labels."""
    if vocabulary:
        return texts.label(vocabulary, value)
    if kind == "category":
        return archive.settings.category_label(value)
    if kind == "department":
        return archive.settings.department_label(value)
    if isinstance(value, BaseModel):
        return "  ".join(f"{label}: {text}" for label, text in _facts_inside(archive, value, texts))
    if isinstance(value, Mapping):
        return "\n".join(f"{k}: {_text(archive, v, texts)}" for k, v in value.items())
    if isinstance(value, tuple):
        deep = any(isinstance(item, BaseModel) for item in value)
        return ("\n" if deep else ", ").join(_text(archive, item, texts) for item in value)
    if isinstance(value, bool):
        return str(texts["labels.detail-value"][str(value).lower()])
    return f"{value:g}" if isinstance(value, float) else str(value)


def _facts_inside(archive: Archive, part: BaseModel, texts: Texts) -> Iterator[tuple[str, str]]:
    named = getattr(part, "id", None)
    if named:
        yield texts["labels.field"]["id"], str(named)
    yield from _facts(archive, part, texts)
