"""What stands in a published folder: units with their keys and files, as rows of the store."""

from __future__ import annotations

import os
import secrets
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qloop.pages.urls import slug
from qloop.publish.unit import Told, as_text, from_text
from qloop.store import Store

MARK = ".qloop-site"
"""A file in the published folder: its text ties the folder to the state of the build that made it."""


@dataclass(frozen=True, slots=True)
class Result:
    """A unit as it was made: its files by digest, and what it tells."""

    name: str
    key: str
    outputs: Mapping[str, str]
    told: Told
    order: str = ""
    pages: int = 0


class Published:
    """The rows of one folder; empty where the folder is not the one that the last build left."""

    def __init__(self, store: Store, root: Path, site: Path, *, forget: bool = False) -> None:
        self.store = store
        self.site = name_of(root, site)
        row = next(store.rows("sites", "build, frame, files", "site = ?", (self.site,)), None)
        sound = row is not None and marked(site) == row[0] and not forget
        self.build: str
        self.frame: str
        self.files: int
        self.build, self.frame, self.files = row if row and sound else ("", "", 0)
        units = store.rows("published", "unit, key", "site = ?", (self.site,)) if sound else ()
        self.keys: dict[str, str] = dict(units)

    def forget(self) -> None:
        """Trust nothing of what stands there."""
        self.build, self.frame, self.files, self.keys = "", "", 0, {}

    def outputs(self, names: Iterable[str]) -> dict[str, dict[str, str]]:
        """Files by digest of each of the units."""
        return {name: from_text(row[0]) for name in names if (row := self._row("outputs", "published", name))}

    def told(self, name: str) -> Told | None:
        row = self._row("summary, moment, search, crossed", "told", name)
        return Told(*row) if row else None

    def _row(self, columns: str, table: str, name: str) -> tuple[str, ...] | None:
        return next(self.store.rows(table, columns, "site = ? AND unit = ?", (self.site, name)), None)

    def every_output(self) -> Iterator[tuple[str, str]]:
        """Each unit with each of its files."""
        for unit, outputs in self.store.rows("published", "unit, outputs", "site = ?", (self.site,)):
            yield from ((unit, dest) for dest in from_text(outputs))

    def summaries(self) -> list[tuple[str, Told]]:
        """What records tell for ``records.json``, feeds and the cross table, by folded id."""
        where = "site = ? AND summary != '' ORDER BY sort"
        rows = self.store.rows("told", "sort, summary, moment, crossed", where, (self.site,))
        return [(sort, Told(summary, moment, cross=cross)) for sort, summary, moment, cross in rows]

    def searches(self) -> Iterator[str]:
        return (
            row[0] for row in self.store.rows("told", "search", "site = ? AND search != ''", (self.site,))
        )

    def clear(self) -> None:
        """Begin anew; lasting only once the store is saved."""
        for table in ("published", "told"):
            self.store.run(f"DELETE FROM {table} WHERE site = ?", (self.site,))

    def write(self, results: Collection[Result], gone: Collection[str]) -> None:
        """Note what was made; lasting only once the store is saved."""
        for table in ("published", "told"):
            for name in gone:
                self.store.run(f"DELETE FROM {table} WHERE site = ? AND unit = ?", (self.site, name))
        self.store.put("published", ((self.site, r.name, r.key, as_text(r.outputs)) for r in results))
        self.store.put("told", (
            (self.site, r.name, r.order, r.told.summary, r.told.when, r.told.search, r.told.cross)
            for r in results if r.told.summary or r.told.search
        ))  # fmt: skip

    def finish(self, frame: str, files: int) -> str:
        """The name of the new build, which the folder's mark will bear; ``files``: how many it will hold."""
        build = secrets.token_hex(8)
        self.store.put("sites", [(self.site, build, frame, files)])
        return build


def name_of(root: Path, site: Path) -> str:
    """Under which a folder has its rows, each its own: a preview does not make the next build a cold one."""
    return slug(os.path.relpath(site, root))


def known_build(store: Store, root: Path, site: Path) -> str:
    """The build whose files should stand in ``site``, "" where none is known."""
    row = next(store.rows("sites", "build", "site = ?", (name_of(root, site),)), None)
    return str(row[0]) if row else ""


def mark(site: Path, text: str) -> None:
    (site / MARK).write_text(text, "utf-8")


def marked(site: Path) -> str | None:
    """The mark of a folder that qloop published, or None for any other folder."""
    try:
        return (site / MARK).read_text("utf-8")
    except OSError:
        return None


def listed(site: Path) -> set[str]:
    """Every file of a folder, relative and with ``/``; the mark is not one of the site's files."""
    found: set[str] = set()
    for folder, _, names in os.walk(site):
        inside = os.path.relpath(folder, site).replace(os.sep, "/")
        found.update(names if inside == "." else (f"{inside}/{name}" for name in names))
    found.discard(MARK)
    return found


def as_row(result: Result) -> list[Any]:
    """For another process: values that JSON knows."""
    told = [result.told.summary, result.told.when, result.told.search, result.told.cross]
    return [result.name, result.key, dict(result.outputs), told, result.order, result.pages]


def from_row(row: list[Any]) -> Result:
    name, key, outputs, told, order, pages = row
    return Result(name, key, outputs, Told(*told), order, pages)
