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


def of(site: Site, entry: Entry, whole: Mapping[str, Any]) -> Asset:
    """The file of one record; ``whole`` is what ``record`` gives."""
    return Asset(api_uri(entry), content=_json(whole))


def summary(whole: Mapping[str, Any]) -> str:
    """A record's line in ``records.json``."""
    found = {key: whole[key] for key in ("id", "kind", "title", *_SUMMARY, "url", "api") if key in whole}
    return json.dumps(found, ensure_ascii=False)


def index(site: Site, summaries: Iterable[str]) -> Asset:
    """``records.json``: what every record tells of itself, by id; addresses are relative to the site."""
    head = json.dumps({
        "version": 1, "generator": f"qloop {__version__}", "brand": site.archive.settings.brand,
        "as_of": site.today.isoformat(), "records": [],
    }, ensure_ascii=False)  # fmt: skip
    lines = ",\n".join(summaries)
    return Asset("api/v1/records.json", content=f"{head[:-2]}\n{lines}\n]}}\n".encode())


def schemas(site: Site) -> Iterator[Asset]:
    """One JSON Schema per kind."""
    from qloop.schema import MODELS, schema

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
    # on one line: with indents Python's encoder is forty times slower, and nobody reads ten thousand files
    return (json.dumps(value, ensure_ascii=False) + "\n").encode()
