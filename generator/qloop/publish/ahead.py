"""Pages about many records, half of them looked at by a worker while this process looks at the others.

What such a page shows follows from thousands of records, so that a change of one of them asks every page whether it
is another one now. A worker that answers makes those that are and leaves them in a folder.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from qloop.pages import MAKERS
from qloop.pages.page import Page
from qloop.publish.crew import Alone, Crew
from qloop.publish.unit import Made, Unit
from qloop.publish.workshop import Workshop
from qloop.store import Store

MANY = 1000
"""Records from which on a second process is faster."""
THEIRS = tuple(maker for maker in MAKERS if maker.partition(":")[0] in {
    "catalog.products", "catalog.factories", "boards.roles", "trends.overview", "boards.usage",
})  # fmt: skip
"""What a worker looks at: about half of the work."""
OURS = tuple(maker for maker in MAKERS if maker not in THEIRS)


@dataclass(frozen=True, slots=True)
class Ahead:
    """Who helps, and the folder in which pages are left."""

    crew: Crew
    folder: Path

    def units(self, shop: Workshop, known: Mapping[str, str]) -> Iterator[Unit]:
        """All units of pages about many records; ``known``: keys by name of what stands in the published folder."""
        answer = self.crew.ask({
            "do": "drafts", "makers": THEIRS, "known": known, "out": str(self.folder), **shop.for_workers(),
        })  # fmt: skip
        yield from list(shop.draft_units(OURS))

        @functools.cache
        def again() -> dict[str, Unit]:
            return {unit.name: unit for unit in shop.draft_units(THEIRS)}

        for name, key, file in answer.result()["rows"]:
            # one that is unchanged is needed when its file is lost, or when the theme is another
            yield Unit(name, key, partial(_left, Path(file)) if file else _lazily(again, name))


def ahead(shop: Workshop, crew: Crew | Alone | None, store: Store, folder: Path) -> Ahead | None:
    """Help, where there is somebody and enough to do."""
    if not isinstance(crew, Crew) or len(shop.site.archive.entries) < MANY:
        return None
    return Ahead(crew, folder) if store.shared and store.lasting else None


def leave(units: Iterator[Unit], known: Mapping[str, str], folder: Path) -> list[list[str]]:
    """Name, key and file of each unit; the pages of those that are not ``known`` as they are, in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = []
    for number, unit in enumerate(units):
        file = folder / f"{number}.json"
        changed = known.get(unit.name) != unit.key
        if changed:
            (page,) = unit.make().pages
            file.write_text(json.dumps([page.uri, page.markdown, page.meta], ensure_ascii=False), "utf-8")
        rows.append([unit.name, unit.key, str(file) if changed else ""])
    return rows


def _left(file: Path) -> Made:
    uri, markdown, meta = json.loads(file.read_bytes())
    return Made((Page(uri, markdown, meta),))


def _lazily(units: Callable[[], Mapping[str, Unit]], name: str) -> Callable[[], Any]:
    return lambda: units()[name].make()
