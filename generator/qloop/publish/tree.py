"""Everything that a site is made of, before any of it is built: for publishers that build all of it at once."""

from __future__ import annotations

from dataclasses import dataclass

from qloop.pages.page import Asset, Page
from qloop.publish.files.whole import whole_files
from qloop.publish.guides import guide_units, guides, other_units, setting
from qloop.publish.search.record import SearchRecord
from qloop.publish.share import Setting
from qloop.publish.unit import Told
from qloop.publish.workshop import Workshop


@dataclass(frozen=True, slots=True)
class Tree:
    """``pages`` and ``assets`` by uri, ``search``: one entry per findable page."""

    pages: dict[str, Page]
    assets: dict[str, Asset]
    setting: Setting
    search: tuple[SearchRecord, ...]


def tree(shop: Workshop) -> Tree:
    """The whole site of an archive; a hand-written page wins over a generated one of the same name."""
    records = list(shop.record_units())
    made = [unit.make() for unit in (*records, *shop.drafts().units())]
    uris = {*shop.record_uris.values(), *(page.uri for one in made for page in one.pages)}
    made += [unit.make() for unit in (*guide_units(shop, uris), *other_units(shop))]
    told = [(unit.order, one.told) for unit, one in zip(records, made, strict=False)]
    pages = {page.uri: page for one in made for page in one.pages}
    assets = [asset for one in made for asset in one.assets]
    assets += whole_files(shop, told, pages)
    return Tree(
        dict(sorted(pages.items())), {asset.uri: asset for asset in sorted(assets, key=lambda a: a.uri)},
        setting(shop, guides(shop, uris)), tuple(_search(one.told) for one in made if one.told.search),
    )  # fmt: skip


def _search(told: Told) -> SearchRecord:
    return SearchRecord.from_json(told.search)
