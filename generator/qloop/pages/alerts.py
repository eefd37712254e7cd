"""The alerts of a site, computed once for all pages that show them."""

from __future__ import annotations

from qloop.derive.alerts.found import Alerts, alerts
from qloop.derive.alerts.model import Alert
from qloop.pages.shared import once
from qloop.pages.site import Site


def site_alerts(site: Site) -> Alerts:
    return once(site, "alerts", lambda: alerts(site.archive, site.today))


def of_product(site: Site, sku: str) -> tuple[Alert, ...]:
    """The current alerts about one SKU."""
    return tuple(a for a in site_alerts(site).current if a.sku == sku)


def of_factory(site: Site, id: str) -> tuple[Alert, ...]:
    """The current alerts about what one factory makes."""
    return tuple(a for a in site_alerts(site).current if a.factory == id)
