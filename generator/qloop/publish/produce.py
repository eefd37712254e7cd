"""Make units: their files into the stage, their pages ready for MkDocs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from qloop.pages.urls import Urls
from qloop.publish.published import Result
from qloop.publish.share import Source
from qloop.publish.unit import Unit

CHUNK = 100
"""Units whose pages are built in one MkDocs run: more would only be held in memory."""


@dataclass
class Produced:
    """What was made: results, and pages that are still to be built because their digest is new."""

    results: list[Result] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)


def produce(
    units: Iterable[Unit], standing: Mapping[str, Mapping[str, str]], frame: str, urls: Urls, stage: Path
) -> Produced:
    """Make ``units``; files whose digest is the one of ``standing`` (by unit and file) are left as they are."""
    produced = Produced()
    for unit in units:
        made = unit.make()
        outputs = made.outputs(frame, urls)
        there = standing.get(unit.name, {})
        for asset in made.assets:
            if there.get(asset.uri) != outputs[asset.uri]:
                write(stage / asset.uri, asset.data())
        for page in made.pages:
            dest = urls.dest(page.uri)
            if there.get(dest) != outputs[dest]:
                produced.sources.append(Source(page.uri, page.source, page.generated))
        produced.results.append(Result(unit.name, unit.key, outputs, made.told, unit.order, len(made.pages)))
    return produced


def write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
