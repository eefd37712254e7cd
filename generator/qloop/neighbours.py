"""What a record's page and the rules' verdict on it may depend on, as short digests.

The contract behind every cache: whatever is said of a record follows from the record, from the records that it
names or that name it, from settings and catalogue, from the files beside it, and from the day. A rule or a page
that wants more must say so (``whole`` rules, pages of many records), or the tests of rebuilding will tell.
"""

from __future__ import annotations

import bisect
import datetime as dt
import functools
import hashlib
import json
import posixpath
from collections.abc import Callable, Iterable

from qloop.archive import Archive
from qloop.read.entry import Entry
from qloop.read.scan import Scan


def digest_of(*parts: str) -> str:
    """A short digest of texts: 128 bits, as hexadecimal digits."""
    return hashlib.blake2b("\0".join(parts).encode(), digest_size=16).hexdigest()


class Neighbours:
    """Digests of what surrounds each record of an archive; ``of`` chooses what of a neighbour counts."""

    def __init__(self, archive: Archive, of: Callable[[Entry], str]) -> None:
        self.archive, self.of = archive, of

    def digest(self, entry: Entry) -> list[str]:
        """One text for each record that ``entry`` names, mentions or is named by."""
        by_id = self.archive.by_id
        parts = []
        for id in entry.met:
            other = by_id.get(id)
            parts.append(self.of(other) if other else f"{id}?{self.ids}")
        parts.append("<")
        parts += [self.of(by_id[id]) for id in self.archive.naming.get(entry.key, ())]
        return parts

    @functools.cached_property
    def ids(self) -> str:
        """Every id there is: a reference to nothing is told with the nearest of them."""
        return digest_of(*self.archive.by_id, *self.archive.broken)


def day_part(entry: Entry, today: dt.date) -> str:
    """Where ``today`` stands among the days that a record names; the day itself where days are counted."""
    days, waits, now = entry.traits.days, entry.traits.waits, today.isoformat()
    if waits and waits < now:
        return now
    named = json.loads(days)
    soon = (today + dt.timedelta(days=1)).isoformat()
    return f"{bisect.bisect_left(named, now)} {bisect.bisect_right(named, now)} {bisect.bisect_right(named, soon)}"


def beside(entry: Entry, scan: Scan) -> Iterable[str]:
    """The content of a record's attachments; of all names there are where one is missing."""
    if entry.traits.files == "[]":
        return ()
    folder = entry.path.rpartition("/")[0]
    return [_file(posixpath.normpath(f"{folder}/{name}"), scan) for name in json.loads(entry.traits.files)]


def _file(path: str, scan: Scan) -> str:
    found = scan.digest(path)
    if not found:
        return f"{path}?{digest_of(*scan.stats)}"
    link = (scan.root / path).resolve().as_posix() if (scan.root / path).is_symlink() else ""
    return f"{path} {found} {link}"
