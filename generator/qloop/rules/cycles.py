"""Rings: what replaces, repeats or duplicates something leads back to a beginning, never to itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from qloop.read.findings import Finding, field_name
from qloop.records.ids import fold
from qloop.rules.base import Context, found, rule

ONE_WAY = ("supersedes", "duplicate_of", "recurrence_of")


@rule("references/cycle", whole=True)
def cycle(context: Context) -> Iterator[Finding]:
    """``supersedes``, ``duplicate_of``, ``recurrence_of`` make no ring; it is told once, with its places.

    Bad::

        # issues/2026/QI-260803-7KD.md
        recurrence_of: QI-260804-8MF
        # issues/2026/QI-260804-8MF.md
        recurrence_of: QI-260803-7KD

    Good::

        # issues/2026/QI-260803-7KD.md
        recurrence_of: QI-260804-8MF
        # issues/2026/QI-260804-8MF.md
        recurrence_of:
    """
    archive = context.archive
    # most records name none: their references need not be looked through
    naming = [e.key for e in archive.entries if any(f'"{field}"' in e.traits.refs for field in ONE_WAY)]
    for field in ONE_WAY:
        following = {
            id: fold(link.target.id) for id in naming for link in archive.links[id] if link.field == field
        }
        for ring in rings(following):
            entries = [archive.by_id[id] for id in ring]
            places = tuple(e.document.place((field,)) for e in entries)
            names = " → ".join(e.id for e in [*entries, entries[0]])
            yield found(
                "references/cycle",
                entries[0],
                (field,),
                related=places[1:],
                name=field_name(field),
                ring=names,
            )


def rings(following: Mapping[str, str]) -> Iterator[list[str]]:
    """The rings of a mapping from each id to the next, each once, from its smallest id."""
    done: set[str] = set()
    for start in sorted(following):
        path: list[str] = []
        id: str | None = start
        while id is not None and id not in done:
            done.add(id)
            path.append(id)
            id = following.get(id)
        if id in path:
            ring = path[path.index(id) :]
            least = ring.index(min(ring))
            yield ring[least:] + ring[:least]
