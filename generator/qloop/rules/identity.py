"""Identity: one id, one file, one place."""

from __future__ import annotations

from collections.abc import Iterator

from qloop.diagnostics import Fix
from qloop.read.findings import Finding
from qloop.read.validate import Entry
from qloop.records.ids import day_of, fold
from qloop.records.kinds import KINDS, kind_of_id
from qloop.rules.base import Context, found, rule


@rule("identity/file-name")
def file_name(context: Context) -> Iterator[Finding]:
    """The id of a record is its file's name (compared without regard to case).

    Bad::

        # issues/2026/QI-260803-7KD.md
        id: QI-260803-7KE

    Good::

        # issues/2026/QI-260803-7KD.md
        id: QI-260803-7KD
    """
    for entry in every_entry(context):
        name = entry.document.source.name
        if fold(name) != fold(entry.id):
            fix = Fix(entry.id, name) if KINDS[entry.kind].pattern.fullmatch(name) else None
            yield found("identity/file-name", entry, ("id",), hint="hint", fix=fix, id=entry.id, name=name)


@rule("identity/duplicate")
def duplicate(context: Context) -> Iterator[Finding]:
    """An id stands once in the archive; both places are named.

    Bad::

        # issues/2026/QI-260803-7KD.md
        id: QI-260803-7KD
        # issues/2025/QI-260803-7KD.md
        id: QI-260803-7KD
    """
    for first, second in context.archive.duplicates:
        place = first.document.place(("id",))
        yield found("identity/duplicate", second, ("id",), related=(place,), id=second.id, first=place)


@rule("identity/pattern")
def pattern(context: Context) -> Iterator[Finding]:
    """An id has the form of its kind: QI-yymmdd-xxx, PC-yymmdd-xxx, SOP-AREA-NNN, FAQ-slug, 2026-W32.

    The three characters are Crockford base32 (no I L O U).

    Bad::

        # issues/2026/QI-260803-7KI.md
        id: QI-260803-7KI

    Good::

        # issues/2026/QI-260803-7KD.md
        id: QI-260803-7KD
    """
    for entry in every_entry(context):
        kind = KINDS[entry.kind]
        dated = entry.kind in ("issue", "change")
        if not kind.pattern.fullmatch(entry.id) or (dated and day_of(entry.id) is None):
            other = kind_of_id(entry.id)
            text = "other-kind" if other and other != entry.kind else "message"
            yield found("identity/pattern", entry, ("id",), text=text, id=entry.id, example=kind.example,
                        folder=KINDS[other].folder if other else "")  # fmt: skip


def every_entry(context: Context) -> Iterator[Entry]:
    """Records of the archive, those with an id that is taken included."""
    yield from context.archive.entries
    yield from (second for _, second in context.archive.duplicates)
