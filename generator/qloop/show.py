"""One record, product or factory as facts, links and backlinks, ready to be shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from pydantic import BaseModel

from qloop.archive import Archive
from qloop.read.entry import Entry
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
    links = [
        (labels.get(ln.field, ln.field), ln.target.id, ln.target.record.title) for ln in archive.links[key]
    ]
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
        marks = [*info.metadata, *_marks(info.annotation)]
        yield labels.get(key, key), _text(archive, value, texts, marks)


def _marks(annotation: Any) -> Iterator[Any]:
    """What ``Annotated`` says anywhere inside a type: choices and references of a list's items, too."""
    yield from getattr(annotation, "__metadata__", ())
    for inside in get_args(annotation):
        yield from _marks(inside)


def _text(archive: Archive, value: Any, texts: Texts, marks: Sequence[Any] = ()) -> str:
    """A value in one line a part; ids of vocabularies by their labels."""
    if isinstance(value, BaseModel):
        named = [value.id] if hasattr(value, "id") else []
        return "  ".join([*named, *(f"{a}: {b}" for a, b in _facts(archive, value, texts))])
    if isinstance(value, Mapping):
        return "\n".join(f"{k}: {_text(archive, v, texts)}" for k, v in value.items())
    if isinstance(value, tuple):
        items = [_text(archive, item, texts, marks) for item in value]
        return ("\n" if any("  " in i or len(i) > 20 for i in items) else ", ").join(items)
    if isinstance(value, bool):
        return str(texts["labels.detail-value"][str(value).lower()])
    if isinstance(value, float):
        return f"{value:g}"
    return _label(archive, str(value), texts, marks)


def _label(archive: Archive, value: str, texts: Texts, marks: Sequence[Any]) -> str:
    for mark in marks:
        if isinstance(mark, OneOf):
            return texts.label(mark.vocabulary, value)
        if isinstance(mark, Ref) and mark.kind == "category":
            return archive.settings.category_label(value)
        if isinstance(mark, Ref) and mark.kind == "department":
            return archive.settings.department_label(value)
    return value
