"""A standard operating procedure: the method that factories work by, revision by revision."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from qloop.records.fields import Change, Date, Factory, Issue, OneOf, Part, Role, Sku, Sop, Text
from qloop.records.issue import Attachment


class Parameter(Part):
    name: Text
    value: Text
    unit: Text | None = None
    tolerance: Text | None = None
    method: Text | None = None


class Checkpoint(Part):
    """One thing that is measured, how, against which limit, how often (AQL: ISO 2859-1), and which issues it guards."""

    id: Text
    item: Text
    method: Text | None = None
    limit: Text | None = None
    class_: Annotated[str, OneOf("severity")] | None = Field(default=None, alias="class")
    sampling: Text | None = None
    issues: tuple[Issue, ...] = ()


class Revision(Part):
    revision: Text
    on: Date
    reason: Text
    changes: tuple[Change, ...] = ()
    author: Role | None = None
    approver: Role | None = None


class SopRecord(Part):
    id: Text
    title: Text
    revision: Text
    status: Annotated[str, OneOf("sop-status")]
    effective: Date | None = None
    owner: Role
    author: Role
    approver: Role
    factories: tuple[Factory, ...]
    products: tuple[Sku, ...] = ()
    supersedes: Sop | None = None
    parameters: tuple[Parameter, ...] = ()
    checkpoints: tuple[Checkpoint, ...] = ()
    revisions: Annotated[tuple[Revision, ...], Field(min_length=1)]
    review_due: Date | None = None
    aliases: tuple[Text, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    body: str | None = None
