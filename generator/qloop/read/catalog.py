"""Read qloop.yml and the catalogue: the settings, products and factories that records refer to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from qloop.diagnostics import Place
from qloop.read.discover import SourceFile, read_source_as
from qloop.read.findings import Finding, KeyPath
from qloop.read.parse import Document, Parsed, parse_yaml
from qloop.read.validate import validate_model
from qloop.records.catalog import FactoryRecord, Product
from qloop.records.settings import Settings

SETTINGS = "qloop.yml"
PRODUCTS = "catalog/products.yml"
FACTORIES = "catalog/factories.yml"
M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Catalog:
    """Products by SKU and factories by id, in the order of their files; documents give positions."""

    products: Mapping[str, Product]
    factories: Mapping[str, FactoryRecord]
    documents: Mapping[str, Document] = field(repr=False, default_factory=dict)
    rows: Mapping[str, KeyPath] = field(repr=False, default_factory=dict)


def read_settings(root: Path) -> tuple[Settings | None, Document | None, tuple[Finding, ...]]:
    """The archive's settings, or the findings that keep every other step from starting."""
    parsed = _read(root, SETTINGS)
    if parsed.document is None:
        return None, None, parsed.findings
    settings = validate_model(parsed.document, Settings, parsed.document.data)
    if isinstance(settings, tuple):
        return None, parsed.document, (*parsed.findings, *settings)
    return settings, parsed.document, (*parsed.findings, *_repeated_ids(settings, parsed.document))


def _repeated_ids(settings: Settings, document: Document) -> list[Finding]:
    """Ids of a vocabulary must not repeat."""
    findings: list[Finding] = []
    for group in ("departments", "categories", "product_categories"):
        seen: dict[str, int] = {}
        for i, item in enumerate(getattr(settings, group)):
            if item.id in seen:
                path: KeyPath = (group, i, "id")
                first = document.place((group, seen[item.id], "id"))
                findings.append(
                    Finding("identity/duplicate", document.place(path), f"{group}[{i}].id",
                            values={"id": item.id, "first": first}, related=(first,))
                )  # fmt: skip
            seen.setdefault(item.id, i)
    return findings


def read_catalog(root: Path) -> tuple[Catalog, tuple[Finding, ...]]:
    """Products and factories; either file may be missing (an archive without a catalogue yet)."""
    findings: list[Finding] = []
    documents: dict[str, Document] = {}
    rows: dict[str, KeyPath] = {}
    products = _rows(root, PRODUCTS, Product, "sku", documents, rows, findings)
    factories = _rows(root, FACTORIES, FactoryRecord, "id", documents, rows, findings)
    return Catalog(products, factories, documents, rows), tuple(findings)


def _rows(
    root: Path, path: str, model: type[M], key: str,
    documents: dict[str, Document], rows: dict[str, KeyPath], findings: list[Finding],
) -> dict[str, M]:  # fmt: skip
    if not (root / path).exists():
        return {}
    parsed = _read(root, path)
    findings.extend(parsed.findings)
    found: dict[str, M] = {}
    if parsed.document is None:
        return found
    documents[path] = parsed.document
    for i, row in enumerate(parsed.document.data["rows"]):
        item = validate_model(parsed.document, model, row, (i,))
        if isinstance(item, tuple):
            findings.extend(item)
            continue
        id = getattr(item, key)
        if id in found:
            first = parsed.document.place((*rows[id], key))
            findings.append(
                Finding("identity/duplicate", parsed.document.place((i, key)), f"[{i}].{key}",
                        values={"id": id, "first": first}, related=(first,))
            )  # fmt: skip
            continue
        found[id] = item
        rows[id] = (i,)
    return found


def _read(root: Path, path: str) -> Parsed:
    source: SourceFile | Finding
    if not (root / path).exists():
        return Parsed(None, (Finding("file/missing", Place(path)),))
    source = read_source_as(root, path, "catalog")
    if isinstance(source, Finding):
        return Parsed(None, (source,))
    wanted: type[Any] = dict if path == SETTINGS else list
    return parse_yaml(source, wanted)
