"""JSON Schema 2020-12 of every file that people write, made from the models that read them."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from qloop.records.catalog import FactoryRecord, Product
from qloop.records.kinds import KINDS
from qloop.records.settings import Settings
from qloop.texts import Texts

MODELS: dict[str, type[BaseModel]] = {
    **{name: kind.model for name, kind in KINDS.items()},
    "settings": Settings,
    "products": Product,
    "factories": FactoryRecord,
}
LISTS = ("products", "factories")
"""Files that hold a list of the model."""


def schema(kind: str, texts: Texts | None = None) -> dict[str, Any]:
    """The schema of one kind (``MODELS``), ``$id`` relative to its folder.

    With ``texts`` fields have their labels as titles and, in records, what ``qloop new`` says of them as
    description. Raises KeyError for an unknown kind.
    """
    model = MODELS[kind]
    wanted: Any = list[model] if kind in LISTS else model  # type: ignore[valid-type]
    made = TypeAdapter(wanted).json_schema(by_alias=True, mode="validation")
    module = inspect.getmodule(model)
    made = {
        "$schema": GenerateJsonSchema.schema_dialect,
        "$id": f"{kind}.json",
        "title": kind,
        "description": (inspect.getdoc(module) or "").split("\n\n")[0].replace("\n", " "),
        **{key: value for key, value in made.items() if key not in ("title", "description")},
    }
    for node in _objects(made):
        _allow_blanks(node)
    if kind in KINDS:
        made["properties"]["id"]["pattern"] = f"^(?:{KINDS[kind].pattern.pattern})$"
    return _worded(made, kind, texts) if texts else made


def _worded(made: dict[str, Any], kind: str, texts: Texts) -> dict[str, Any]:
    labels: Mapping[str, str] = texts["labels.field"]
    for node in _objects(made):
        for key, child in node["properties"].items():
            if key in labels:
                child["title"] = labels[key]
    if kind in KINDS:
        made["title"] = texts.label("kind", kind)
        for key, child in made["properties"].items():
            # the template's text for the body is a body, not a word about it
            child["description"] = labels[key] if key == "body" else texts[f"scaffold.{kind}.{key}"]
    return made


def _objects(node: Any) -> Iterator[dict[str, Any]]:
    """Every part of a schema that has properties."""
    if isinstance(node, dict) and "properties" in node and node.get("type") == "object":
        yield node
    if isinstance(node, dict | list):
        for child in node.values() if isinstance(node, dict) else node:
            yield from _objects(child)


def _allow_blanks(node: dict[str, Any]) -> None:
    """A key without a value is as good as absent, so that a template's blanks are no mistakes."""
    required = node.get("required", ())
    for key, child in node["properties"].items():
        options = child.get("anyOf", [])
        if key not in required and {"type": "null"} not in options:
            notes = {name: child[name] for name in ("title", "default") if name in child}
            rest = {name: value for name, value in child.items() if name not in notes}
            node["properties"][key] = {"anyOf": [rest, {"type": "null"}], **notes}
