"""A FAQ entry: how people ask, what the agent does, and replies to paste, by language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from qloop.records.fields import Category, Date, Issue, Number, OneOf, Part, Role, Sku, Sop, Text
from qloop.records.issue import Attachment

Language = Annotated[str, OneOf("language")]


class ReplyBatches(Part):
    """Limits a wording to batches before / from a cut-in batch (compared as text of one series)."""

    before: Text | None = None
    from_: Text | None = Field(default=None, alias="from")


class Reply(Part):
    lang: Language
    channel: Annotated[str, OneOf("channel")] = "amazon"
    batches: ReplyBatches | None = None
    meaning: Text
    text: Text


class Placeholder(Part):
    label: Text
    required: bool = False
    example: Text | None = None


class Authority(Part):
    """What the agent may grant without asking (授权)."""

    max_refund: Number
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] = "CNY"


class FaqRecord(Part):
    id: Text
    title: Text
    question: Text
    aliases: Mapping[Language, tuple[Text, ...]]
    category: Category | None = None
    products: tuple[Sku, ...] = ()
    issues: tuple[Issue, ...] = ()
    sops: tuple[Sop, ...] = ()
    answer: Text
    replies: Annotated[tuple[Reply, ...], Field(min_length=1)]
    placeholders: Mapping[str, Placeholder] = {}
    authority: Authority | None = None
    owner: Role
    review_due: Date
    attachments: tuple[Attachment, ...] = ()
    body: str | None = None
