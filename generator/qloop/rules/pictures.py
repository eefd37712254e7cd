"""Pictures: a photo of a product does not tell where it was taken."""

from __future__ import annotations

from collections.abc import Iterator

from qloop.diagnostics import Fix
from qloop.read.findings import Finding
from qloop.rules.attachments import attached
from qloop.rules.base import Context, found, rule


@rule("pictures/location")
def location(context: Context) -> Iterator[Finding]:
    """An attached picture holds no GPS position of a buyer's home; ``--fix`` strips it.

    Source: GDPR Art. 4 (1), 5 (1) c; PIPL Art. 6; Exif 2.32 (CIPA DC-008), GPS attributes.
    """
    from qloop.pictures import inspect

    for one in attached(context):
        if one.real and inspect(one.real).location:
            yield found("pictures/location", one.entry, one.path, fix=Fix(strip=True), file=one.file)


@rule("pictures/unreadable")
def unreadable(context: Context) -> Iterator[Finding]:
    """An attached picture can be opened: one that is cut off shows nothing, and its data cannot be examined."""
    from qloop.pictures import inspect

    for one in attached(context):
        if one.real and inspect(one.real).unreadable:
            yield found("pictures/unreadable", one.entry, one.path, file=one.file)
