"""From a mapping to a frozen record; every mistake becomes a finding at its line."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from qloop.diagnostics import Fix
from qloop.nearest import id_of_label, ids_of_label, nearest
from qloop.read.findings import Finding, KeyPath, dotted
from qloop.read.parse import Document
from qloop.records.kinds import KINDS, Record
from qloop.records.vocabulary import VOCABULARIES

_TYPE_WORDS = {
    "string_type": "text", "string_too_short": "empty", "too_short": "empty-list", "int_type": "whole-number",
    "int_from_float": "whole-number", "int_parsing": "whole-number", "float_type": "number",
    "float_parsing": "number", "number_type": "number", "bool_type": "yes-no", "bool_parsing": "yes-no",
    "tuple_type": "list", "list_type": "list", "mapping_type": "mapping", "dict_type": "mapping",
    "model_type": "mapping", "model_attributes_type": "mapping", "date_format": "date",
    "no_such_date": "no-such-date", "week_format": "week", "no_such_week": "no-such-week",
    "duration_format": "duration", "string_pattern_mismatch": "pattern", "timezone": "timezone", "url": "url",
    "finite_number": "number",
}  # fmt: skip

M = TypeVar("M", bound=BaseModel)


def validate(document: Document) -> Record | tuple[Finding, ...]:
    """The record of ``document``, or what keeps it from being one."""
    return validate_model(document, KINDS[document.source.kind].model, document.data)


def validate_model(
    document: Document, model: type[M], data: Any, prefix: KeyPath = ()
) -> M | tuple[Finding, ...]:
    """``data`` (found at ``prefix`` in the document) as a ``model``, or the findings."""
    unknown = [
        _unknown_key(document, model, path, path[len(prefix) :])
        for path in document.blank
        if path[: len(prefix)] == prefix and not _knows(model, path[len(prefix) :])
    ]
    try:
        found = model.model_validate(data)
        return tuple(unknown) or found
    except ValidationError as error:
        seen = {(f.rule, f.field): f for f in unknown}
        for problem in error.errors(include_url=False):
            finding = _finding(document, model, data, problem, prefix)
            seen.setdefault((finding.rule, finding.field), finding)
        return tuple(seen.values())


def _finding(document: Document, model: type[BaseModel], data: Any, problem: Any, prefix: KeyPath) -> Finding:
    kind = problem["type"]
    inside = tuple(_real_path(problem["loc"], data, kind))
    path = prefix + inside
    name = str(path[-1]) if path else ""
    if kind == "missing":
        # a missing key of the record itself is shown at its first line, one of a part at that part
        return Finding("schema/missing", document.place(path[:-1]), dotted(path), values={"name": name})
    if kind == "extra_forbidden":
        return _unknown_key(document, model, path, inside)
    place = document.place(path, key="[key]" in problem["loc"])
    if kind == "choice":
        return _choice(document, path, problem)
    word = _TYPE_WORDS.get(kind, "other")
    shown = _shown(problem.get("input"))
    values = {"value": shown, "name": name, "detail": problem["msg"]}
    return Finding("schema/type", place, dotted(path), text=word, values=values)


def _real_path(loc: tuple[Any, ...], data: Any, kind: str) -> Iterator[str | int]:
    """The part of pydantic's location that exists in the data (union branches do not)."""
    for i, part in enumerate(loc):
        last = i == len(loc) - 1
        in_list = isinstance(data, list) and isinstance(part, int) and part < len(data)
        if in_list or (isinstance(data, dict) and part in data):
            data = data[part]
        elif not (last and kind == "missing"):
            return
        yield part


def _unknown_key(document: Document, model: type[BaseModel], path: KeyPath, inside: KeyPath) -> Finding:
    known = _keys_at(model, inside[:-1])
    name = str(path[-1])
    meant = next((id for id in ids_of_label("field", name) if id in known), None)
    guess = meant or nearest(name, known, cutoff=75)
    taken = (*path[:-1], guess) in document.positions.keys
    sure = guess and not taken and (meant or guess.casefold() == name.casefold())
    fix = Fix(name, guess) if guess and sure else None
    return Finding(
        "schema/unknown-key", document.place(path, key=True), dotted(path), hint="hint" if guess else "none",
        values={"name": path[-1], "nearest": guess}, fix=fix,
    )  # fmt: skip


def _knows(model: type[BaseModel], path: KeyPath) -> bool:
    """Whether the schema has the key at the end of ``path`` (or takes any key there)."""
    schema = node = _schema(model)
    for part in path[:-1]:
        node = _child(schema, node, part)
    node = _resolve(schema, node)
    return path[-1] in node.get("properties", {}) or bool(node.get("additionalProperties"))


@functools.cache
def _schema(model: type[BaseModel]) -> dict[str, Any]:
    return model.model_json_schema()


def _keys_at(model: type[BaseModel], path: KeyPath) -> list[str]:
    """The keys that the schema knows at ``path``: found in the model's JSON Schema."""
    schema = node = _schema(model)
    for part in path:
        node = _child(schema, node, part)
    return list(_resolve(schema, node).get("properties", {}))


def _child(schema: dict[str, Any], node: dict[str, Any], part: str | int) -> dict[str, Any]:
    node = _resolve(schema, node)
    child = node.get("items", {}) if isinstance(part, int) else node.get("properties", {}).get(part)
    found: dict[str, Any] = child or node.get("additionalProperties") or {}
    return found


def _resolve(schema: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    while True:
        options = [o for o in node.get("anyOf", ()) if o.get("type") != "null"]
        if options:
            node = options[0]
        elif "$ref" in node:
            node = schema["$defs"][node["$ref"].rsplit("/", 1)[-1]]
        else:
            return node


def _choice(document: Document, path: KeyPath, problem: Any) -> Finding:
    vocabulary = problem["ctx"]["vocabulary"]
    options = VOCABULARIES[vocabulary]
    value = str(problem["input"])
    meant = id_of_label(vocabulary, value)
    guess = meant or nearest(value, options)
    values = {"value": _shown(problem["input"]), "nearest": guess, "options": " · ".join(options)}
    return Finding(
        "schema/choice", document.place(path, key="[key]" in problem["loc"]), dotted(path),
        hint="hint" if guess else "options", values=values, fix=Fix(value, meant) if meant else None,
    )  # fmt: skip


def _shown(value: Any) -> str:
    """A value as a message shows it: short, and never a whole mapping."""
    if isinstance(value, dict | list):
        return "{…}" if isinstance(value, dict) else "[…]"
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return text if len(text) <= 40 else text[:39] + "…"
