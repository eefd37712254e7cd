"""What records may refer to: products and factories."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from qloop.records.fields import Date, Details, Factory, Part, Ref, Role, Text


class Product(Part):
    sku: Text
    name: Text
    asin: Annotated[str, Field(pattern=r"^[A-Z0-9]{10}$")] | None = None
    category: Annotated[Text, Ref("product-category")]
    factory: Factory | None = None
    launched: Date | None = None
    facts: Details = Field(default_factory=dict)


class FactoryRecord(Part):
    id: Text
    name: Text
    contact_role: Role | None = None
