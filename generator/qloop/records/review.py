"""Minutes of a weekly review, or of a monthly quality meeting with a factory (品质反馈会)."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from qloop.records.fields import Date, Factory, Issue, Part, Role, Text
from qloop.records.issue import Action, Attachment


class Period(Part):
    """Both days included."""

    from_: Date = Field(alias="from")
    to: Date


class ReviewAction(Action):
    issue: Issue | None = None


class ReviewRecord(Part):
    id: Text
    title: Text
    period: Period
    attendees: Annotated[tuple[Role, ...], Field()] = ()
    factory: Factory | None = None
    issues: tuple[Issue, ...] = ()
    actions: tuple[ReviewAction, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    body: str | None = None
