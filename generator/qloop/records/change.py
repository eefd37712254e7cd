"""A process change (工艺变更确认书): what is done differently, who agreed, from which batch."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from qloop.records.fields import Date, Factory, Issue, OneOf, Part, Role, Sku, Sop, Text
from qloop.records.issue import Attachment, CutIn


class RevisedSop(Part):
    id: Sop
    revision: Text


class OldStock(Part):
    """Where goods of the old process lie and what becomes of them (ISO 9001 8.7 disposition)."""

    where: tuple[Annotated[str, OneOf("stock-place")], ...] = ()
    disposition: Annotated[str, OneOf("disposition")]
    note: Text | None = None


class Approval(Part):
    role: Role
    on: Date


class ChangeRecord(Part):
    id: Text
    title: Text
    status: Annotated[str, OneOf("change-status")]
    requested: Date
    factory: Factory
    four_m: Annotated[tuple[Annotated[str, OneOf("four-m")], ...], Field(min_length=1)]
    author: Role | None = None
    issues: tuple[Issue, ...] = ()
    sops: tuple[RevisedSop, ...] = ()
    products: tuple[Sku, ...] = ()
    before: Text
    after: Text
    risk: Text | None = None
    validation: Text | None = None
    cut_in: CutIn | None = None
    old_stock: OldStock | None = None
    approvals: tuple[Approval, ...] = ()
    aliases: tuple[Text, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    body: str | None = None
