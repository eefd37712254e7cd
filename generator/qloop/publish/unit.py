"""What a site is made of: units, each a few files that come and go together, made only when something changed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from qloop.pages.page import Asset, Page
from qloop.pages.urls import Urls


@dataclass(frozen=True, slots=True)
class Told:
    """What a unit says to the files that speak of all of them: a line of ``api/v1/records.json``, the day or
    time by which feeds sort it, its search entry, its row of the cross table (JSON each, "" where there is none)."""

    summary: str = ""
    when: str = ""
    search: str = ""
    cross: str = ""


NOTHING = Told()


@dataclass(frozen=True, slots=True)
class Made:
    """The pages and other files of a unit, and what it tells."""

    pages: tuple[Page, ...] = ()
    assets: tuple[Asset, ...] = ()
    told: Told = NOTHING

    def outputs(self, frame: str, urls: Urls) -> dict[str, str]:
        """Digests by published file; ``frame`` stands for what all pages share."""
        found = {urls.dest(page.uri): page.digest(frame) for page in self.pages}
        return found | {asset.uri: asset.digest() for asset in self.assets}


@dataclass(frozen=True, slots=True)
class Unit:
    """``key`` follows from everything that decides what ``make`` gives: an equal key, equal files.

    ``record``: the path of the record whose unit it is, so that another process can make it; ``order``: the
    folded id, by which global files are sorted.
    """

    name: str
    key: str
    make: Callable[[], Made]
    record: str = ""
    order: str = ""


@dataclass(frozen=True, slots=True)
class Family:
    """Units that are found together; with an equal ``key`` they are the same units with the same keys."""

    name: str
    key: str
    units: Callable[[], Iterable[Unit]]


def as_text(outputs: Mapping[str, str]) -> str:
    return json.dumps(outputs, ensure_ascii=False, separators=(",", ":"))


def from_text(text: str) -> dict[str, str]:
    found: dict[str, Any] = json.loads(text)
    return found
