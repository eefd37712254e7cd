"""What the search box finds: one entry per record and per product."""

from __future__ import annotations

import re

from qloop.pages.site import Site
from qloop.publish.search.record import SearchRecord
from qloop.read.entry import Entry
from qloop.records.catalog import Product
from qloop.records.faq import FaqRecord

_MARKS = re.compile(r"^#+ .*$|^\s*(?:\d+\.|[-*+>])\s+|[*`|]", re.MULTILINE)
"""Headings, list marks and emphasis: no words of the record, and no first sentence."""


def of_product(site: Site, product: Product) -> SearchRecord:
    """What is found of a product: its numbers and facts; addresses are relative to the site's root."""
    facts = " ".join(str(v) for v in product.facts.values())
    return SearchRecord(
        product.sku, "product", site.urls.address(site.product_uri(product.sku)), product.name,
        f"{product.sku} {product.asin or ''} {facts}", site.texts.language,
    )  # fmt: skip


def of_record(site: Site, entry: Entry) -> SearchRecord:
    """What is found of a record: every text in it."""
    record = entry.record
    status = getattr(record, "status", "")
    aliases, words = _aliases(entry)
    fields = record.model_dump(mode="json", exclude={"id", "title", "body"})
    # prose first: the first sentence is what a result shows
    text = "\n".join([*words, _MARKS.sub("", entry.body), *_texts(fields, [])])
    return SearchRecord(
        entry.id, entry.kind, site.urls.address(site.uri(entry)), record.title, text,
        site.texts.language, aliases,
        site.texts.label(f"{entry.kind}-status", status) if status else "",
        {"kind": entry.kind},
    )  # fmt: skip


def _aliases(entry: Entry) -> tuple[tuple[str, ...], list[str]]:
    """Numbers of an earlier system, and (of a FAQ) the ways in which people ask."""
    record = entry.record
    if isinstance(record, FaqRecord):
        asked = [word for words in record.aliases.values() for word in words]
        return tuple(asked), [record.question]
    return tuple(getattr(record, "aliases", ())), []


def _texts(value: object, found: list[str]) -> list[str]:
    """Every text inside a record, in order, behind what was ``found`` before."""
    if isinstance(value, str):
        found.append(value)
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            if one is not None:
                _texts(one, found)
    return found
