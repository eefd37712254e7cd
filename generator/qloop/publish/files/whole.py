"""Files that speak of the whole site, from what its units tell of themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from qloop.pages.page import Asset
from qloop.publish.files import alerts, api, feeds, sitemap
from qloop.publish.unit import Told
from qloop.publish.workshop import Workshop


def whole_files(shop: Workshop, told: Sequence[tuple[str, Told]], uris: Iterable[str]) -> Iterator[Asset]:
    """``api/v1/records.json``, ``api/v1/alerts.json``, the feeds, ``sitemap.xml``.

    ``told``: every record's folded id with what it tells, in the order of ids; ``uris``: all pages.
    """
    yield api.index(shop.site, (one.summary for _, one in told))
    yield alerts.asset(shop.site)
    yield from feeds.assets(shop.site, ((key, one.when) for key, one in told), shop.config.site_url)
    yield from sitemap.assets(shop.site, uris, shop.config.site_url)
