"""Leave out what is broken, so that the rest of an archive can be published with a word about it."""

from __future__ import annotations

from dataclasses import replace

from qloop.link import link
from qloop.pipeline import Checked


def sound_part(checked: Checked) -> Checked:
    """The same archive without the records that have errors; their paths join ``archive.broken``."""
    bad = {d.place.path for d in checked.errors}
    archive = checked.archive
    records = [*archive.entries, *(second for _, second in archive.duplicates)]
    left_out = {e.path for e in records if e.path in bad}
    if not left_out:
        return checked
    kept = [e for e in records if e.path not in left_out]
    broken = {*archive.broken, *left_out}
    sound = link(archive.settings, archive.catalog, kept, archive.feedback, broken)
    return replace(checked, archive=sound, left_out=frozenset(left_out))
