"""Which fields of a record name something else: found once per model from the ``Ref`` marks."""

from __future__ import annotations

import functools
import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from qloop.records.fields import Ref

KeyPath = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """``value`` at ``path`` of a record should be the id of a ``kind``."""

    path: KeyPath
    kind: str
    value: str


def references(record: BaseModel, prefix: KeyPath = ()) -> Iterator[Reference]:
    """Every reference that ``record`` holds, parts included, in the order of the model's fields."""
    for name, key, kind in _fields(type(record)):
        value = getattr(record, name)
        if value is not None:
            yield from _inside(value, (*prefix, key), kind)


def _inside(value: Any, path: KeyPath, kind: str | None) -> Iterator[Reference]:
    if isinstance(value, BaseModel):
        yield from references(value, path)
    elif isinstance(value, tuple):
        for i, item in enumerate(value):
            yield from _inside(item, (*path, i), kind)
    elif isinstance(value, str) and kind:
        yield Reference(path, kind, value)


@functools.cache
def _fields(model: type[BaseModel]) -> tuple[tuple[str, str, str | None], ...]:
    """(attribute, key in the file, kind of reference or None for a part) of fields worth a look."""
    found = []
    for name, info in model.model_fields.items():
        marks = [m for m in info.metadata if isinstance(m, Ref)]
        kind, parts = (marks[0].kind, False) if marks else _look(info.annotation)
        if kind or parts:
            found.append((name, info.alias or name, kind))
    return tuple(found)


def _look(annotation: Any) -> tuple[str | None, bool]:
    """(kind of a reference inside the annotation, whether parts of a record are inside)."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return None, bool(_fields(annotation))
    for mark in getattr(annotation, "__metadata__", ()):
        if isinstance(mark, Ref):
            return mark.kind, False
    origin = typing.get_origin(annotation)
    if origin in (tuple, types.UnionType, typing.Union, typing.Annotated) and origin is not Mapping:
        answers = [_look(a) for a in typing.get_args(annotation) if a is not Ellipsis]
        kinds = [kind for kind, _ in answers if kind]
        return (kinds[0] if kinds else None), any(parts for _, parts in answers)
    return None, False
