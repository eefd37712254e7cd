"""The current alerts for machines: ``api/v1/alerts.json``."""

from __future__ import annotations

import json

from qloop import __version__
from qloop.derive.alerts.found import Alerts
from qloop.derive.alerts.words import as_json
from qloop.pages.alerts import site_alerts
from qloop.pages.page import Asset
from qloop.pages.site import Site
from qloop.records.settings import Settings
from qloop.texts import Texts


def asset(site: Site) -> Asset:
    """The file; see ``document``."""
    text = document(site_alerts(site), site.texts, site.archive.settings, site.today.isoformat())
    return Asset("api/v1/alerts.json", content=text.encode())


def document(found: Alerts, texts: Texts, settings: Settings, day: str) -> str:
    """Head and one line an alert; rates in ``numbers`` are cases per unit."""
    head = json.dumps({
        "version": 1, "generator": f"qloop {__version__}", "brand": settings.brand, "as_of": day,
        "weeks": list(found.weeks), "alerts": [],
    }, ensure_ascii=False)  # fmt: skip
    lines = ",\n".join(json.dumps(as_json(a, texts, settings), ensure_ascii=False) for a in found.current)
    return f"{head[:-2]}\n{lines}\n]}}\n"
