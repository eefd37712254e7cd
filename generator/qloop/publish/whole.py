"""What speaks of the whole site, brought up to date: ``api/v1/records.json``, feeds, sitemap, search index."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from qloop.neighbours import digest_of
from qloop.publish.files.whole import whole_files
from qloop.publish.plan import SEARCH, WHOLE, Plan
from qloop.publish.produce import write
from qloop.publish.published import Published, Result
from qloop.publish.search.build import index_files
from qloop.publish.search.record import SearchRecord
from qloop.publish.search.update import update
from qloop.publish.unit import NOTHING, Told
from qloop.publish.workshop import Workshop

FOLDER = "search"


@dataclass(frozen=True, slots=True)
class Whole:
    """What is to be brought up to date; ``there``: files of the published folder."""

    shop: Workshop
    published: Published
    todo: Plan
    stage: Path
    there: set[str]
    indexed: bool
    """The search index is in the stage already."""


def bring_up_to_date(whole: Whole, results: Sequence[Result], before: Mapping[str, Told | None]) -> set[str]:
    """Write what changed into the stage; files of the published folder that are to go come back.

    ``before``: what units told that were made anew or are gone.
    """
    after = {result.name: result.told for result in results}
    changes = [(before.get(name) or NOTHING, after.get(name) or NOTHING) for name in {**before, **after}]
    changes = [(old, new) for old, new in changes if old != new]
    # a sentence more in a body changes what is found, and nothing of these files
    _files(whole, any(replace(old, search="") != replace(new, search="") for old, new in changes))
    return _search(whole, changes)


def _files(whole: Whole, told_otherwise: bool) -> None:
    shop, published = whole.shop, whole.published
    key = digest_of(shop.here, shop.site.today.isoformat(), whole.todo.frame, whole.todo.family.key,
                    *whole.todo.uris)  # fmt: skip
    old = {} if whole.todo.cold else published.outputs([WHOLE]).get(WHOLE, {})
    lost = any(name not in whole.there for name in old)
    if old and not told_otherwise and not lost and published.keys.get(WHOLE) == key:
        return
    outputs = {}
    for asset in whole_files(shop, published.summaries(), whole.todo.uris):
        outputs[asset.uri] = asset.digest()
        if old.get(asset.uri) != outputs[asset.uri] or asset.uri not in whole.there:
            write(whole.stage / asset.uri, asset.data())
    published.write([Result(WHOLE, key, outputs, NOTHING)], ())


def _search(whole: Whole, changes: Sequence[tuple[Told, Told]]) -> set[str]:
    """Only the files of the index that differ, where the old one can be trusted; otherwise all of it."""
    site = whole.shop.config.site

    def old(name: str) -> bytes | None:
        return (site / FOLDER / name).read_bytes() if f"{FOLDER}/{name}" in whole.there else None

    pairs = [(_record(before), _record(after)) for before, after in changes]
    pairs = [pair for pair in pairs if pair[0] != pair[1]]
    if whole.indexed:
        _note(whole)
        return set()  # a first build keeps nothing of what was there
    sound = not whole.todo.cold and whole.published.keys.get(SEARCH) == FOLDER
    if sound and not pairs:
        return set()
    patch = update(old, pairs) if sound else None
    if patch:
        for name, data in patch.files.items():
            write(whole.stage / FOLDER / name, data)
        return {f"{FOLDER}/{name}" for name in patch.deleted}
    records = (SearchRecord.from_json(text) for text in whole.published.searches())
    names = write_index(whole.stage, index_files(records))
    _note(whole)
    return {name for name in whole.there if name.startswith(f"{FOLDER}/")} - names


def write_index(stage: Path, files: Iterable[tuple[str, bytes]]) -> set[str]:
    """Write the files of an index of everything; their names."""
    names = set()
    for name, data in files:
        write(stage / FOLDER / name, data)
        names.add(f"{FOLDER}/{name}")
    return names


def _note(whole: Whole) -> None:
    whole.published.write([Result(SEARCH, FOLDER, {}, NOTHING)], ())


def _record(told: Told) -> SearchRecord | None:
    return SearchRecord.from_json(told.search) if told.search else None
