"""An alert as one sentence with its numbers, and as JSON."""

from __future__ import annotations

from typing import Any

from qloop.derive.alerts.model import Alert
from qloop.records.settings import Settings
from qloop.texts import Texts

_RATES = ("rate", "limit", "centre", "before_rate")


def sentence(alert: Alert, texts: Texts, settings: Settings) -> str:
    """What happened, in the words of ``texts``: rates are cases per 1,000 units."""
    numbers = {name: _said(name, value) for name, value in alert.numbers}
    category = settings.category_label(alert.category)
    where = alert.sku or texts("alerts.all-skus")
    return texts(f"alerts.sentence.{alert.kind}", **numbers, sku=where, week=alert.week, category=category,
                 batch=alert.batch)  # fmt: skip


def _said(name: str, value: float | str) -> str:
    if isinstance(value, str):
        return value
    if name in _RATES:
        return f"{value * 1000:.1f}"
    if name == "p":
        return "< 0.0001" if value < 0.0001 else f"= {value:.2g}"
    return f"{value:.2f}" if name == "sigma_z" else f"{value:,.0f}"


def as_json(alert: Alert, texts: Texts, settings: Settings) -> dict[str, Any]:
    """The alert's fields; ``numbers`` are as computed (rates per unit)."""
    return {
        "id": alert.id, "kind": alert.kind, "week": alert.week, "sku": alert.sku or None, "category": alert.category,
        "batch": alert.batch or None, "factory": alert.factory or None, "owner": alert.owner or None,
        "covered": bool(alert.covered), "issues": list(alert.covered), "related": list(alert.records),
        "sentence": sentence(alert, texts, settings), "numbers": dict(alert.numbers),
    }  # fmt: skip
