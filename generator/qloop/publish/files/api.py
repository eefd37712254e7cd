"""The machine-readable twin: ``api/v1/records.json``, ``api/v1/<kind>/<id>.json``, ``schema/<kind>.json``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from qloop import __version__
from qloop.archive import Link
from qloop.pages.page import Asset
from qloop.pages.site import Site
from qloop.pages.urls import slug
from qloop.read.entry import Entry
from qloop.records.ids import fold

_SUMMARY = ("status", "severity", "category", "products", "factory", "owner", "opened", "requested", "effective",
            "closed", "aliases")  # fmt: skip


def assets(site: Site) -> Iterator[Asset]:
    """One file per record, one for all of them, one JSON Schema per kind; addresses are relative to the site."""
    from qloop.schema import MODELS, schema

    summaries = []
    for entry in site.archive.entries:
        whole = record(site, entry)
        summaries.append(
            {key: whole[key] for key in ("id", "kind", "title", *_SUMMARY, "url", "api") if key in whole}
        )
        yield Asset(api_uri(entry), content=_json(whole))
    everything = {
        "version": 1, "generator": f"qloop {__version__}", "brand": site.archive.settings.brand,
        "as_of": site.today.isoformat(), "records": summaries,
    }  # fmt: skip
    yield Asset("api/v1/records.json", content=_json(everything))
    for kind in MODELS:
        yield Asset(f"schema/{kind}.json", content=_json(schema(kind, site.texts)))


def api_uri(entry: Entry) -> str:
    return f"api/v1/{entry.kind}/{slug(entry.id)}.json"


def record(site: Site, entry: Entry) -> dict[str, Any]:
    """A record as JSON: its own fields, then what is derived (kind, url, path, body, links, backlinks)."""
    fields: dict[str, Any] = entry.record.model_dump(
        mode="json", by_alias=True, exclude_none=True, exclude={"body"}
    )
    key = fold(entry.id)
    return fields | {
        "kind": entry.kind,
        "url": site.urls.address(site.uri(entry)),
        "api": api_uri(entry),
        "path": entry.path,
        "body": entry.body.strip(),
        "links": _grouped(site.archive.links.get(key, ()), "target"),
        "backlinks": _grouped(site.archive.backlinks.get(key, ()), "source"),
    }


def _grouped(links: Iterable[Link], end: str) -> Mapping[str, list[str]]:
    """Ids at one end of the links, by field."""
    found: dict[str, list[str]] = {}
    for link in links:
        ids = found.setdefault(link.field, [])
        id = getattr(link, end).id
        if id not in ids:
            ids.append(id)
    return found


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
