"""A quality issue: from the complaint to the proof that it is gone (8D, ISO 9001 10.2)."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from qloop.records.fields import (
    Category,
    Change,
    Count,
    Date,
    Details,
    Factory,
    Faq,
    Issue,
    Number,
    OneOf,
    Part,
    Role,
    Sku,
    Sop,
    Text,
    Week,
)


class Impact(Part):
    tier: Annotated[str, OneOf("tier")] | None = None
    sentiment: Annotated[str, OneOf("sentiment")] | None = None
    safety: bool = False


class Occurrence(Part):
    """Cases that came by hand in one ISO week from one source."""

    week: Week
    source: Annotated[str, OneOf("source")]
    count: Count


class Containment(Part):
    """D3: what was stopped at once."""

    action: Text
    by: Role
    on: Date


class Hypothesis(Part):
    claim: Text
    test: Text
    verdict: Annotated[str, OneOf("hypothesis")] = "open"


class RootCause(Part):
    """D4: why it arose (``whys``, the last one can be acted on) and why nobody saw it (``escape``)."""

    class_: Annotated[str, OneOf("cause-class")] = Field(alias="class")
    whys: Annotated[tuple[Text, ...], Field(min_length=1)]
    escape: Text | None = None
    hypotheses: tuple[Hypothesis, ...] = ()


class Action(Part):
    """D5-D7: one measure with an owner and a date."""

    id: Text
    what: Text
    kind: Annotated[str, OneOf("action-kind")]
    owner: Role
    due: Date
    done: Date | None = None


class WearScore(Part):
    old: Number
    new: Number


class Trial(Part):
    """A comparison of an old batch with a new sample (打样对比)."""

    on: Date
    old: Text
    new: Text
    wear_score: WearScore | None = None
    testers: Count | None = None
    note: Text | None = None


class CutIn(Part):
    """The first batch with the fix that is on sale."""

    batch: Text
    on: Date


class Exposure(Part):
    """Defects found among units sold in a period (both ends included)."""

    from_: Date = Field(alias="from")
    to: Date
    defects: Count
    units: Count


class Verification(Part):
    """D8: the proof by numbers; without units on both sides there is none."""

    cut_in: CutIn | None = None
    before: Exposure | None = None
    after: Exposure | None = None
    verdict: Annotated[str, OneOf("verdict")]
    by: Role
    on: Date


class Cost(Part):
    """Cost of poor quality in ``currency`` (ISO 4217)."""

    refund: Number = 0
    reship: Number = 0
    scrap: Number = 0
    rework: Number = 0
    other: Number = 0
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] = "CNY"

    @property
    def total(self) -> float:
        return self.refund + self.reship + self.scrap + self.rework + self.other


class Attachment(Part):
    file: Text
    caption: Text | None = None


class IssueRecord(Part):
    id: Text
    title: Text
    status: Annotated[str, OneOf("issue-status")]
    opened: Date
    category: Category
    severity: Annotated[str, OneOf("severity")]
    owner: Role
    products: tuple[Sku, ...]
    factory: Factory | None = None
    batches: tuple[Text, ...] = ()
    sources: tuple[Annotated[str, OneOf("source")], ...] = ()
    priority: Annotated[str, OneOf("priority")] | None = None
    impact: Impact | None = None
    demand: Annotated[str, OneOf("demand")] | None = None
    aliases: tuple[Text, ...] = ()
    occurrences: tuple[Occurrence, ...] = ()
    containment: Containment | None = None
    root_cause: RootCause | None = None
    actions: tuple[Action, ...] = ()
    changes: tuple[Change, ...] = ()
    sops: tuple[Sop, ...] = ()
    faqs: tuple[Faq, ...] = ()
    related: tuple[Issue, ...] = ()
    recurrence_of: Issue | None = None
    duplicate_of: Issue | None = None
    trials: tuple[Trial, ...] = ()
    verification: Verification | None = None
    cost: Cost | None = None
    closed: Date | None = None
    no_sop_reason: Text | None = None
    no_faq_reason: Text | None = None
    details: Details = Field(default_factory=dict)
    attachments: tuple[Attachment, ...] = ()
    body: str | None = None
