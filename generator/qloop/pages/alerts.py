"""The alerts of a site, computed once for all pages that show them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from qloop.derive.alerts.found import Alerts, alerts
from qloop.derive.alerts.model import Alert
from qloop.pages.shared import Ref, once, refs
from qloop.pages.site import Site


@dataclass(frozen=True, slots=True)
class Shown:
    """An alert with the records that it names, as a page links to them."""

    alert: Alert
    covered: tuple[Ref, ...]
    records: tuple[Ref, ...]


def site_alerts(site: Site) -> Alerts:
    return once(site, "alerts", lambda: alerts(site.archive, site.today))


def shown(site: Site, found: Iterable[Alert]) -> tuple[Shown, ...]:
    """Those without an open issue first, else in their order."""
    ranked = sorted(found, key=lambda a: bool(a.covered))
    return tuple(Shown(a, refs(site, a.covered), refs(site, a.records)) for a in ranked)


def of_product(site: Site, sku: str) -> tuple[Shown, ...]:
    """The current alerts about one SKU."""
    return _grouped(site, "product", lambda a: a.sku).get(sku, ())


def of_factory(site: Site, id: str) -> tuple[Shown, ...]:
    """The current alerts about what one factory makes."""
    return _grouped(site, "factory", lambda a: a.factory).get(id, ())


def _grouped(site: Site, name: str, key: Callable[[Alert], str]) -> dict[str, tuple[Shown, ...]]:
    def compute() -> dict[str, tuple[Shown, ...]]:
        found: dict[str, list[Alert]] = {}
        for alert in site_alerts(site).current:
            found.setdefault(key(alert), []).append(alert)
        return {value: shown(site, mine) for value, mine in found.items()}

    return once(site, f"alerts by {name}", compute)
