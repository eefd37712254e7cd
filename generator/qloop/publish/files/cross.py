"""The data of ``boards/cross``: ``api/v1/cross/issues.json`` and ``api/v1/cross/feedback.json``.

``{"version", "set", "values": {dimension: [[id, label], …]}, "columns": {dimension: [index, …]}}``; see
``derive/cross.py`` for what the columns mean. Issues have ``ids`` and the addresses of a record's page and file
besides (``{id}`` stands for the id), feedback has ``factory_of`` (index by product) and ``units``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from qloop.derive.cross import Columns, feedback_columns, issue_columns, told
from qloop.pages.lists.sections import factory_label, product_label
from qloop.pages.page import Asset
from qloop.pages.site import Site
from qloop.read.entry import Entry
from qloop.records.issue import IssueRecord
from qloop.records.vocabulary import VOCABULARIES

ISSUES, FEEDBACK = "api/v1/cross/issues.json", "api/v1/cross/feedback.json"


def of(entry: Entry) -> str:
    """What a record tells to the table, "" where it is no issue."""
    return told(entry.record) if isinstance(entry.record, IssueRecord) else ""


def issues(site: Site, rows: Iterable[str]) -> Asset:
    """Every issue's values, from what each of them told, in the order of ids."""
    ids, found = issue_columns(filter(None, rows), _order(site))
    page = site.urls.address("issues/0.md").replace("0", "{id}", 1)
    return _file(ISSUES, "issues", site, found, {"url": page, "api": "api/v1/issue/{id}.json", "ids": ids})


def feedback(site: Site) -> Asset:
    """Cases and units sold by month."""
    found = feedback_columns(site.archive.feedback, site.today, _order(site))
    products, catalog = found.counts.values["product"], site.archive.catalog.products
    made_by = [(catalog[sku].factory or "") if sku in catalog else "" for sku in products]
    factories = tuple(f for f in site.archive.catalog.factories if f in made_by)
    return _file(FEEDBACK, "feedback", site, found.counts, {
        "values": _values(site, dict(found.counts.values) | {"factory": factories}),
        "factory_of": [factories.index(id) if id in factories else -1 for id in made_by],
        "units": found.units.columns,
    })  # fmt: skip


def _file(uri: str, name: str, site: Site, found: Columns, more: Mapping[str, Any]) -> Asset:
    head = {"version": 1, "set": name, "values": _values(site, found.values)}
    whole = {**head, **more, "columns": found.columns}
    return Asset(uri, content=f"{json.dumps(whole, ensure_ascii=False, separators=(',', ':'))}\n".encode())


def _values(site: Site, values: Mapping[str, Sequence[str]]) -> dict[str, list[list[str]]]:
    return {name: [[id, _label(site, name, id)] for id in ids] for name, ids in values.items()}


def _label(site: Site, dimension: str, id: str) -> str:
    settings, texts = site.archive.settings, site.texts
    labels: dict[str, Callable[[], str]] = {
        "status": lambda: texts.label("issue-status", id),
        "severity": lambda: texts.label("severity", id),
        "cause": lambda: texts.label("cause-class", id),
        "source": lambda: texts.label("source", id),
        "category": lambda: settings.category_label(id),
        "owner": lambda: settings.department_label(id),
        "product": lambda: product_label(site, id),
        "factory": lambda: factory_label(site, id),
    }
    return labels[dimension]() if dimension in labels else id


def _order(site: Site) -> dict[str, tuple[str, ...]]:
    """Values as vocabularies, settings and catalogue have them."""
    settings, catalog = site.archive.settings, site.archive.catalog
    return {
        "status": VOCABULARIES["issue-status"], "severity": VOCABULARIES["severity"],
        "cause": VOCABULARIES["cause-class"], "source": VOCABULARIES["source"],
        "category": tuple(c.id for c in settings.categories),
        "owner": tuple(d.id for d in settings.departments),
        "product": tuple(catalog.products), "factory": tuple(catalog.factories), "market": settings.markets,
    }  # fmt: skip
