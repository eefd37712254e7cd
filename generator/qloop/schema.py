"""JSON Schema 2020-12 of every file that people write, made from the models that read them."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from qloop.records.catalog import FactoryRecord, Product
from qloop.records.kinds import KINDS
from qloop.records.settings import Settings
from qloop.texts import Texts

MODELS: dict[str, Any] = {
    **{name: kind.model for name, kind in KINDS.items()},
    "settings": Settings,
    "products": list[Product],
    "factories": list[FactoryRecord],
}


def schema(kind: str, texts: Texts | None = None) -> dict[str, Any]:
    """The schema of one kind (``MODELS``), ``$id`` relative to its folder.

    With ``texts`` fields have their labels as titles. Raises KeyError for an unknown kind.
    """
    made = TypeAdapter(MODELS[kind]).json_schema(by_alias=True, mode="validation")
    doc = getattr(MODELS[kind], "__doc__", None) if kind not in ("products", "factories") else None
    made = {"$schema": GenerateJsonSchema.schema_dialect, "$id": f"{kind}.json", **made}
    made.setdefault("title", kind.capitalize())
    if not doc:
        # pydantic copies the docstring of its own base class where a model has none
        made.pop("description", None)
    if kind in KINDS:
        made["properties"]["id"]["pattern"] = f"^(?:{KINDS[kind].pattern.pattern})$"
    if texts:
        _title(made, texts["labels.field"])
    return made


def _title(node: Any, labels: dict[str, str]) -> None:
    if isinstance(node, list):
        for item in node:
            _title(item, labels)
    elif isinstance(node, dict):
        for key, child in node.get("properties", {}).items():
            if key in labels:
                child["title"] = labels[key]
        for child in node.values():
            _title(child, labels)
