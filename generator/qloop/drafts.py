"""Draft issues for alerts that no open issue is about: the numbers open it, a person looks into it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from qloop.derive.alerts.found import Alerts, alerts
from qloop.derive.alerts.model import Alert
from qloop.derive.alerts.words import sentence
from qloop.new import create
from qloop.pipeline import Checked
from qloop.records.issue import IssueRecord
from qloop.scaffold.starts import Wishes


@dataclass(frozen=True, slots=True)
class Draft:
    """An issue to open: ``alerts`` are about its category and products, the weightiest first."""

    category: str
    products: tuple[str, ...]
    alerts: tuple[Alert, ...]
    recurrence_of: str = ""

    @property
    def batches(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(alert.batch for alert in self.alerts if alert.batch))


def wanted(checked: Checked) -> tuple[Draft, ...]:
    """One draft for each SKU and category of which alerts speak that no open issue covers."""
    found: Alerts = alerts(checked.archive, checked.today)
    groups: dict[tuple[tuple[str, ...], str], list[Alert]] = {}
    for alert in found.current:
        if not alert.covered and checked.archive.settings.category(alert.category):
            groups.setdefault((_products(checked, alert), alert.category), []).append(alert)
    return tuple(
        Draft(category, products, tuple(mine), next((a for one in mine if (a := _relapsed(one))), ""))
        for (products, category), mine in groups.items()
    )


def write(checked: Checked, draft: Draft) -> Path:
    """Write the draft as a new record and return its path; raises CannotStart."""
    texts, settings = checked.texts, checked.archive.settings
    label = settings.category_label(draft.category)
    said = "\n".join(f"- {sentence(alert, texts, settings)}" for alert in draft.alerts)
    title = texts("imports.draft-title", products=" / ".join(draft.products), category=label)
    known = checked.archive.catalog.products
    return create(checked, "issue", Wishes(
        title=title.strip(), category=draft.category, products=tuple(p for p in draft.products if p in known),
        batches=draft.batches, recurrence_of=draft.recurrence_of,
        note=f"## {texts('imports.draft-numbers')}\n\n{said}",
    ))  # fmt: skip


def _products(checked: Checked, alert: Alert) -> tuple[str, ...]:
    """The alert's SKU, or those of the issue that came back."""
    if alert.sku:
        return (alert.sku,)
    source = checked.archive.get(_relapsed(alert))
    return source.record.products if source and isinstance(source.record, IssueRecord) else ()


def _relapsed(alert: Alert) -> str:
    return str(dict(alert.numbers)["issue"]) if alert.kind == "recurrence" else ""
