"""Append SKUs that a report knows and the catalogue lacks; what stands in the file stays as it is."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Mapping
from pathlib import Path

from qloop.imports.errors import BadReport
from qloop.read.catalog import PRODUCTS, Catalog
from qloop.records.settings import Settings

_ASIN = re.compile(r"[A-Z0-9]{10}", re.ASCII)


def with_products(
    root: Path, skus: Mapping[str, str], catalog: Catalog, settings: Settings, note: str
) -> str:
    """The text of catalog/products.yml with ``skus`` (SKU -> ASIN) at its end, below the comment ``note``.

    The category is that of the known SKU whose beginning is most alike: a guess that ``note`` says to look over.
    Raises BadReport (products) where rows cannot be appended, no-category where none can be named.
    """
    import yaml

    path = root / PRODUCTS
    old = path.read_text("utf-8") if path.exists() else ""
    before = yaml.safe_load(old) or []
    text = old if not old or old.endswith("\n") else old + "\n"
    text += f"# {note}\n"
    for sku, asin in sorted(skus.items()):
        shown = f", asin: {json.dumps(asin)}" if _ASIN.fullmatch(asin) else ""
        name = json.dumps(sku, ensure_ascii=False)
        category = json.dumps(_category(sku, catalog, settings), ensure_ascii=False)
        text += f"- {{sku: {name}, name: {name}{shown}, category: {category}}}\n"
    try:
        after = yaml.safe_load(text)
    except yaml.YAMLError:
        after = None
    if not isinstance(before, list) or not isinstance(after, list) or len(after) != len(before) + len(skus):
        raise BadReport("products", PRODUCTS)
    return text


def _category(sku: str, catalog: Catalog, settings: Settings) -> str:
    near = max(catalog.products.values(), key=lambda p: _alike(p.sku, sku), default=None)
    if near:
        return near.category
    if settings.product_categories:
        return settings.product_categories[0].id
    raise BadReport("no-category", PRODUCTS)


def _alike(one: str, other: str) -> int:
    """How many characters both begin with."""
    return sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
