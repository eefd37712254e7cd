"""qloop.yml: an archive's settings and vocabulary."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Annotated
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from qloop.records.fields import Category, Date, Duration, Number, OneOf, Part, Role, Text


def _zone(value: str) -> str:
    if value not in available_timezones():
        raise PydanticCustomError("timezone", "no such time zone")
    return value


def _https(value: str) -> str:
    if not value.startswith(("https://", "http://")):
        raise PydanticCustomError("url", "an address starts with https://")
    return value.rstrip("/")


class Forge(Part):
    """Where the archive's repository lives; "edit" and "close" links lead there."""

    kind: Annotated[str, OneOf("forge")] = "none"
    url: Annotated[str, AfterValidator(_https)] | None = None
    branch: Text = "main"


class Department(Part):
    id: Text
    label: Text


class DetailField(Part):
    """A field that a category asks for under ``details`` (or ``facts`` of a product)."""

    name: Text
    label: Text
    type: Annotated[str, OneOf("detail-type")] = "text"
    unit: Text | None = None
    min: Number | None = None
    max: Number | None = None
    options: tuple[Text, ...] = ()
    required: bool = False


class CategorySetting(Part):
    id: Text
    label: Text
    department: Role | None = None
    keywords: tuple[Text, ...] = ()
    amazon_reasons: tuple[Text, ...] = ()
    causes: tuple[Text, ...] = ()
    fields: tuple[DetailField, ...] = ()


class ProductCategory(Part):
    id: Text
    label: Text
    facts: tuple[DetailField, ...] = ()


class ServiceLevel(Part):
    """Time to the first answer and to the solution for one priority."""

    priority: Annotated[str, OneOf("priority")]
    respond: Duration
    resolve: Duration


class Policy(Part):
    return_days: int = 30
    warranty_months: int = 24


class Event(Part):
    """A promotion or release that explains a step in a trend."""

    on: Date
    label: Text
    kind: Annotated[str, OneOf("event")] = "other"


class ImportColumns(Part):
    """What the columns of a team's own table are called; one of ``sku`` and ``asin`` is needed."""

    date: Text
    sku: Text | None = None
    asin: Text | None = None
    reason: Text | None = None
    quantity: Text | None = None
    batch: Text | None = None
    comment: Text | None = None
    order: Text | None = None


class ImportMap(Part):
    """How ``qloop import table --map`` reads a table; ``reasons``: a word of the table -> a category's id."""

    source: Annotated[str, OneOf("source")]
    marketplace: Annotated[str, Field(pattern="^[A-Z]{2}$")] | None = None
    columns: ImportColumns
    reasons: Mapping[str, Category] = {}
    sheet: Text | None = None


def _positive(value: float) -> float:
    if value <= 0:
        raise PydanticCustomError("positive", "a number above zero")
    return value


def _share(value: float) -> float:
    if not 0 < value < 1:
        raise PydanticCustomError("share", "a number between 0 and 1")
    return value


Above = Annotated[int, AfterValidator(_positive)]


class AlertSettings(Part):
    """When the weekly numbers raise an alert; the defaults and their reasons: docs/decisions/alerts.md."""

    weeks: Above = 8
    """So many weeks are current."""
    baseline_weeks: Above = 52
    """So many weeks before them make a control chart's limits."""
    least_weeks: Above = 12
    """Weeks with a rate that the limits need; weeks of feedback before a first sight means anything."""
    least_units: Above = 50
    """A week with fewer units has no rate."""
    least_cases: Above = 3
    """Cases below which neither a limit nor a recurrence is told."""
    jump: Annotated[Number, AfterValidator(_positive)] = 3
    jump_cases: Above = 6
    batch_cases: Above = 5
    batch_times: Annotated[Number, AfterValidator(_positive)] = 1.5
    """So much larger is a share at least: where one category grows, the others' shares shrink elsewhere."""
    batch_p: Annotated[Number, AfterValidator(_share)] = 0.001
    ignore: tuple[Category, ...] = ()
    """Categories that say nothing by themselves (a catch-all): they count in rates, but raise no alert of their own."""


_DEFAULT_SLA = tuple(
    ServiceLevel(priority=p, respond=r, resolve=s)
    for p, r, s in (
        ("urgent", "15m", "2h"),
        ("high", "1h", "24h"),
        ("normal", "4h", "72h"),
        ("low", "24h", "7d"),
    )
)


class Settings(Part):
    language: Annotated[str, OneOf("site-language")] = "zh"
    brand: Text
    timezone: Annotated[str, AfterValidator(_zone)] = "Asia/Shanghai"
    as_of: Date | None = None
    """The day on which an archive's clock stands still (a demo or a training archive); otherwise today."""
    forge: Forge = Forge()
    markets: tuple[Annotated[str, Field(pattern="^[A-Z]{2}$")], ...] = ()
    departments: Annotated[tuple[Department, ...], Field(min_length=1)]
    categories: Annotated[tuple[CategorySetting, ...], Field(min_length=1)]
    product_categories: tuple[ProductCategory, ...] = ()
    sla: tuple[ServiceLevel, ...] = _DEFAULT_SLA
    policy: Policy = Policy()
    events: tuple[Event, ...] = ()
    imports: Mapping[Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")], ImportMap] = {}

    alerts: AlertSettings = AlertSettings()
    gates: Mapping[str, Text] = {}
    """Rules that a team relaxes, each with its reason."""

    def category(self, id: str) -> CategorySetting | None:
        return next((c for c in self.categories if c.id == id), None)

    def product_category(self, id: str) -> ProductCategory | None:
        return next((c for c in self.product_categories if c.id == id), None)

    def category_label(self, id: str | None) -> str:
        found = self.category(id) if id else None
        return found.label if found else id or ""

    def department_label(self, id: str | None) -> str:
        return next((d.label for d in self.departments if d.id == id), id or "")

    def today(self) -> dt.date:
        """The archive's day: ``as_of`` where set, else today in the archive's time zone."""
        return self.as_of or dt.datetime.now(ZoneInfo(self.timezone)).date()
