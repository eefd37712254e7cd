"""Compare a site's units with what stands in the published folder: what is to be made, what is to go."""

from __future__ import annotations

from dataclasses import dataclass

from qloop.publish.ahead import Ahead
from qloop.publish.config import frame
from qloop.publish.guides import guide_units, guides, other_units, setting
from qloop.publish.published import Published, Result
from qloop.publish.share import Setting
from qloop.publish.unit import NOTHING, Unit
from qloop.publish.workshop import PAGE, Workshop
from qloop.texts import load

DRAFTS, WHOLE, SEARCH = "drafts", "whole", "search"
"""Rows that are no units: the pages about many records, the files that speak of the whole site, the index."""


@dataclass(frozen=True, slots=True)
class Plan:
    """``stale``: units to make; ``gone``: units of the last build that are no more; ``uris``: of all pages;
    ``cold``: nothing that stands there can be kept; ``family``: the row of the pages about many records."""

    stale: tuple[Unit, ...]
    gone: tuple[str, ...]
    uris: tuple[str, ...]
    setting: Setting
    frame: str
    cold: bool
    family: Result


def plan(shop: Workshop, published: Published, missing: frozenset[str], help: Ahead | None = None) -> Plan:
    """What to make; ``missing``: units of which a file is not there any more."""
    keys = published.keys
    family = shop.drafts()
    units = None
    if keys.get(DRAFTS) != family.key:
        known = {name: key for name, key in keys.items() if name.startswith(PAGE)}
        # in a first build the worker would hold as many records as this process does
        units = list(help.units(shop, known) if help and known else family.units())
    uris = list(published.outputs([DRAFTS])[DRAFTS]) if units is None else [_uri(unit) for unit in units]
    generated = {*shop.record_uris.values(), *uris}
    shared = setting(shop, guides(shop, generated))
    digest = frame(shop.config, shared.nav, (shared.brand, load(shared.language)["theme"]))
    cold = published.frame != digest
    # a hand-written page stands in place of a generated one of the same address
    drafted = [PAGE + uri for uri in uris if uri not in shop.written]
    if units is None and (cold or any(name in missing or name not in keys for name in drafted)):
        units = list(family.units())
    pages = [unit for unit in units or () if _uri(unit) not in shop.written]
    others = [*shop.record_units(), *guide_units(shop, generated), *other_units(shop)]
    stale = [u for u in (*others, *pages) if cold or keys.get(u.name) != u.key or u.name in missing]
    names = {*drafted, *(unit.name for unit in others), DRAFTS, WHOLE, SEARCH}
    return Plan(
        tuple(stale), tuple(name for name in keys if name not in names),
        tuple(sorted({*generated, *shop.written})), shared, digest, cold,
        Result(DRAFTS, family.key, dict.fromkeys(uris, ""), NOTHING),
    )  # fmt: skip


def _uri(unit: Unit) -> str:
    return unit.name[len(PAGE) :]
