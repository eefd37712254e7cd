"""Identity: one id, one file, one place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qloop.diagnostics import Fix
from qloop.read.entry import Entry
from qloop.read.findings import Finding, KeyPath
from qloop.records.ids import day_of, fold
from qloop.records.issue import Action
from qloop.records.kinds import KINDS, kind_of_id
from qloop.records.review import ReviewRecord
from qloop.records.sop import Checkpoint
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
        name = entry.name
        if fold(name) != fold(entry.id):
            fix = Fix(entry.id, name) if KINDS[entry.kind].pattern.fullmatch(name) else None
            yield found("identity/file-name", entry, ("id",), fix=fix, id=entry.id, name=name)


@rule("identity/duplicate", whole=True)
def duplicate(context: Context) -> Iterator[Finding]:
    """An id stands once in the archive; both places are named.

    Bad::

        # issues/2026/QI-260803-7KD.md
        title: 帽围过小，佩戴压头
        # issues/2026/QI-260803-7KD.yml
        id: QI-260803-7KD

    Good::

        # issues/2026/QI-260803-7KD.md
        title: 帽围过小，佩戴压头
        # issues/2026/QI-260804-8MF.yml
        id: QI-260804-8MF
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

    Source: Crockford, Base 32.
    """
    for entry in every_entry(context):
        kind = KINDS[entry.kind]
        dated = entry.kind in ("issue", "change")
        if not kind.pattern.fullmatch(entry.id) or (dated and day_of(entry.id) is None):
            other = kind_of_id(entry.id)
            text = "other-kind" if other and other != entry.kind else "message"
            yield found(
                "identity/pattern",
                entry,
                ("id",),
                text=text,
                id=entry.id,
                example=kind.example,
                folder=KINDS[other].folder if other else "",
            )


@rule("identity/folder")
def folder(context: Context) -> Iterator[Finding]:
    """A record lies in the folder of its kind, an issue and a change in the folder of its year.

    Bad::

        # issues/2025/QI-260803-7KD.md
        id: QI-260803-7KD

    Good::

        # issues/2026/QI-260803-7KD.md
        id: QI-260803-7KD
    """
    for entry in every_entry(context):
        kind = KINDS[entry.kind]
        day = day_of(entry.id) if kind.by_year else None
        if not kind.pattern.fullmatch(entry.id) or (kind.by_year and day is None):
            continue  # identity/pattern says what is wrong
        wanted = f"{kind.folder}/{day.year}" if day else kind.folder
        is_ = entry.path.rpartition("/")[0]
        # documents and answers may be sorted into folders of a team's own
        fits = is_ == wanted or (not kind.by_year and is_.startswith(f"{wanted}/"))
        if not fits:
            yield found("identity/folder", entry, ("id",), id=entry.id, folder=is_, wanted=wanted)


@rule("identity/review")
def review(context: Context) -> Iterator[Finding]:
    """The week or the month in the id of a review is that of its period; a monthly one names its factory.

    Bad::

        # issues/reviews/2026-W32.md
        period: {from: 2026-08-10, to: 2026-08-16}

    Good::

        # issues/reviews/2026-W32.md
        period: {from: 2026-08-03, to: 2026-08-09}

    Source: ISO 8601-1, 4.3.3 (week dates).
    """
    for entry, record in context.every(ReviewRecord):
        first = record.period.from_
        iso = first.isocalendar()
        head = record.id[:8].upper()
        if head[5:6] == "W":
            wanted = f"{iso.year}-W{iso.week:02}"
            if head != wanted:
                yield found("identity/review", entry, ("period", "from"), id=record.id, wanted=wanted)
            continue
        if record.id[:7] != f"{first:%Y-%m}":
            yield found("identity/review", entry, ("period", "from"), id=record.id, wanted=f"{first:%Y-%m}")
        slug = record.id[8:]
        if record.factory and fold(record.factory) != fold(slug):
            yield found(
                "identity/review", entry, ("factory",), text="factory", id=record.id, factory=record.factory
            )


@rule("identity/alias", whole=True)
def alias(context: Context) -> Iterator[Finding]:
    """An alias (a number from an earlier system) leads to one record and is not another record's id.

    Bad::

        # issues/2026/QI-260803-7KD.md
        aliases: [AG-0012]
        # issues/2026/QI-260804-8MF.md
        aliases: [AG-0012]

    Good::

        # issues/2026/QI-260803-7KD.md
        aliases: [AG-0012]
        # issues/2026/QI-260804-8MF.md
        aliases: [AG-0013]
    """
    taken: dict[str, tuple[Entry, KeyPath]] = {id: (e, ("id",)) for id, e in context.archive.by_id.items()}
    for entry in context.archive.entries:
        for i, one in enumerate(entry.aliases):
            first, path = taken.setdefault(fold(one), (entry, ("aliases", i)))
            if path != ("aliases", i) or first is not entry:
                place = first.document.place(path)
                yield found("identity/alias", entry, ("aliases", i), related=(place,), alias=one, first=place)


@rule("identity/part")
def part(context: Context) -> Iterator[Finding]:
    """An action and a checkpoint have an id of their own within the record, so that minutes can name them.

    Bad::

        actions:
          - {id: A1, what: 换线后测帽围, kind: corrective, owner: qc, due: 2026-08-20, done: 2026-08-18}
          - {id: A1, what: 更新尺码表, kind: listing, owner: operations, due: 2026-08-20, done: 2026-08-18}

    Good::

        actions:
          - {id: A1, what: 换线后测帽围, kind: corrective, owner: qc, due: 2026-08-20, done: 2026-08-18}
          - {id: A2, what: 更新尺码表, kind: listing, owner: operations, due: 2026-08-20, done: 2026-08-18}
    """
    for entry in context.archive.entries:
        for name in ("actions", "checkpoints"):
            parts: Sequence[Action | Checkpoint] = getattr(entry.record, name, ())
            ids = [fold(p.id) for p in parts]
            for i, id in enumerate(ids):
                if id in ids[:i]:
                    first = entry.document.place((name, ids.index(id), "id"))
                    yield found(
                        "identity/part", entry, (name, i, "id"), related=(first,), id=parts[i].id, first=first
                    )


def every_entry(context: Context) -> Iterator[Entry]:
    """Records of the archive, those with an id that is taken included."""
    yield from context.archive.entries
    yield from (second for _, second in context.archive.duplicates)
