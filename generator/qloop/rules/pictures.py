"""Pictures: a photo of a product does not tell where it was taken."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from qloop.diagnostics import Fix
from qloop.read.findings import Finding
from qloop.rules.attachments import Attached, attached
from qloop.rules.base import Context, found, rule

if TYPE_CHECKING:
    from qloop.pictures import Picture


@rule("pictures/location")
def location(context: Context) -> Iterator[Finding]:
    """An attached picture holds no GPS position of a buyer's home; ``--fix`` strips it.

    Source: GDPR Art. 4 (1), 5 (1) c; PIPL Art. 6; Exif 2.32 (CIPA DC-008), GPS attributes.
    """
    for one, picture in _inspected(context):
        if picture.location:
            yield found(
                "pictures/location", one.entry, one.path, fix=Fix(one.file, strip=True), file=one.file
            )


@rule("pictures/unreadable")
def unreadable(context: Context) -> Iterator[Finding]:
    """An attached picture can be opened: one that is cut off shows nothing and cannot be examined."""
    for one, picture in _inspected(context):
        if picture.unreadable:
            yield found("pictures/unreadable", one.entry, one.path, file=one.file)


def _inspected(context: Context) -> tuple[tuple[Attached, Picture], ...]:
    """Every attachment that is there, looked into once."""
    from qloop.pictures import inspect

    if "pictures" not in context.memo:
        there = ((one, one.real) for one in attached(context))
        context.memo["pictures"] = tuple((one, inspect(real)) for one, real in there if real)
    found: tuple[tuple[Attached, Picture], ...] = context.memo["pictures"]
    return found
