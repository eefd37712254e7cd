"""A record's template: every field of its model, each with a comment that explains it and lists its values.

The order and the required fields come from the model, the words from ``texts/*/scaffold.yml``, the lists from
the archive's own vocabulary: a field added to a model needs only its sentence.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any, get_args

import yaml

from qloop.archive import Archive
from qloop.records.fields import OneOf, Ref
from qloop.records.kinds import KINDS
from qloop.records.settings import DetailField
from qloop.records.vocabulary import VOCABULARIES
from qloop.texts import Texts

WIDTH = 100
"""Columns of a comment line; a Chinese character takes two."""
_GLUE = "\N{NO-BREAK SPACE}"


def template(kind: str, values: Mapping[str, Any], archive: Archive, texts: Texts, note: str = "") -> str:
    """The text of a new record: ``values`` filled in, other fields empty (to the reader: absent).

    ``note``: Markdown in front of the body.
    """
    lines = ["---", *comment(texts("scaffold.header"))]
    for name, info in KINDS[kind].model.model_fields.items():
        key = info.alias or name
        if key == "body":
            continue
        label = texts["labels.field"].get(key, key)
        star = "*" if info.is_required() else ""
        lines += comment(f"{label}{star}: {texts[f'scaffold.{kind}.{key}']}")
        lines += comment(_listing(_marks(info), archive, texts), "#   ")
        if key == "details":
            lines += comment(_details(archive, values.get("category")), "#   ")
        lines += _value(key, values.get(key))
    body = texts(f"scaffold.{kind}.body").rstrip()
    return "\n".join([*lines, "---", *([note, ""] if note else []), body, ""])


def comment(text: str, start: str = "# ") -> list[str]:
    """``text`` as comment lines, broken at blanks and after Chinese marks, never inside a word."""
    lines: list[str] = []
    line = ""
    for piece in _pieces(text):
        if line and _width(start + line + piece.rstrip()) > WIDTH:
            lines.append(line)
            line = ""
        line += piece
    lines += [line] if line else []
    return [(start + line).replace(_GLUE, " ").rstrip(" ") for line in lines]


def _pieces(text: str) -> Iterator[str]:
    """Where a line may end: not inside brackets, so that an example can be copied."""
    piece, depth = "", 0
    for character in text:
        piece += character
        depth += (character in "[{") - (character in "]}")
        if depth <= 0 and character in " ，。；、：":
            yield piece
            piece = ""
    yield piece


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _marks(info: Any) -> Iterator[Any]:
    yield from info.metadata
    pending = [info.annotation]
    while pending:
        annotation = pending.pop()
        yield from getattr(annotation, "__metadata__", ())
        pending += get_args(annotation)


def _listing(marks: Iterator[Any], archive: Archive, texts: Texts) -> str:
    """The values that a field takes, each with its label."""
    for mark in marks:
        if isinstance(mark, OneOf):
            ids = VOCABULARIES[mark.vocabulary]
            return _joined((id, texts.label(mark.vocabulary, id)) for id in ids)
        if isinstance(mark, Ref):
            return _joined(_known(mark.kind, archive))
    return ""


def _known(kind: str, archive: Archive) -> Iterator[tuple[str, str]]:
    settings, catalog = archive.settings, archive.catalog
    if kind == "category":
        yield from ((c.id, c.label) for c in settings.categories)
    elif kind == "department":
        yield from ((d.id, d.label) for d in settings.departments)
    elif kind == "product":
        yield from ((p.sku, p.name) for p in catalog.products.values())
    elif kind == "factory":
        yield from ((f.id, f.name) for f in catalog.factories.values())


def _joined(pairs: Iterator[tuple[str, str]]) -> str:
    return f"{_GLUE}· ".join(f"{id} {label}".replace(" ", _GLUE) for id, label in pairs)


def _details(archive: Archive, category: str | None) -> str:
    found = archive.settings.category(category) if category else None
    return f"{_GLUE}· ".join(map(_detail, found.fields)) if found else ""


def _detail(field: DetailField) -> str:
    """``measured_cm 实测帽围* (number cm 40-70)``"""
    limits = f"{field.min:g}-{field.max:g}" if field.min is not None and field.max is not None else ""
    parts = (field.type, field.unit, limits, "/".join(field.options))
    star = "*" if field.required else ""
    return f"{field.name} {field.label}{star} ({' '.join(filter(None, parts))})".replace(" ", _GLUE)


class _Dumper(yaml.SafeDumper):
    """Block lists are indented, texts of several lines stay readable."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> Any:
        return super().increase_indent(flow, False)


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _text)
# our loader knows no on/off: the key ``on`` needs no quotes
_Dumper.yaml_implicit_resolvers = {
    first: [r for r in resolvers if not (first in "oO" and r[0].endswith(":bool"))]
    for first, resolvers in yaml.SafeDumper.yaml_implicit_resolvers.items()
}


def _value(key: str, value: Any) -> list[str]:
    """``key: value`` in one line, or as a block where a text has several lines."""
    if value is None:
        return [f"{key}:"]
    if any("\n" in text for text in _strings(value)):
        return _dump({key: value}, flow=False).split("\n")
    return [f"{key}: {_dump(value, flow=True)}"]


def _dump(value: Any, flow: bool) -> str:
    text: str = yaml.dump(
        value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000, default_flow_style=flow
    )
    return text.removesuffix("...\n").rstrip("\n")


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | list):
        for item in value.values() if isinstance(value, Mapping) else value:
            yield from _strings(item)
