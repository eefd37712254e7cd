"""The search bundle: records become Pagefind entries, in shards so that a change rebuilds one of them.

The first shard stands in the folder itself with Pagefind's engine, the others in `more/1`, `more/2` …;
`shards.json` says how many there are.
"""

import asyncio
import json
import re
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote
from zlib import crc32

from qloop.publish.search.terms import facet, identity, terms

__all__ = ["SearchRecord", "build_index", "entry", "excerpt", "shards", "terms"]

INDEX_LANGUAGE = "und"  # undetermined: no stemming, no dictionary; Pagefind takes the only index there is
FORMAT = "1"  # raise it when entries change for equal records: kept shards are then built anew
SHARD = 400  # records; Pagefind takes about 3 ms and 0.3 MB of memory for each
AT_ONCE = 2  # Pagefind processes
MARK = "shard.sha256"
SENTENCE_END = re.compile(r"(?<=[。！？!?；])|(?<=\.)\s|\n")
TITLE_WEIGHT = 5
EXCERPT_LENGTH = 90  # characters: two lines of the drop-down
ENGINE = ("pagefind.js", "pagefind-worker.js", "wasm.*")  # the first shard's serves all
UNUSED = ("pagefind-ui.*", "pagefind-modular-ui.*", "pagefind-component-ui.*", "pagefind-highlight.js")


@dataclass(frozen=True)
class SearchRecord:
    """One findable page; `url` is relative to the site's root, `filters` may name kind-specific facets."""

    id: str
    kind: str
    url: str
    title: str
    text: str
    language: str = "zh"
    aliases: tuple[str, ...] = ()
    status: str = ""
    filters: Mapping[str, str] = field(default_factory=dict)


def build_index(records: Iterable[SearchRecord], out: Path, previous: Path | None = None) -> None:
    """Write the Pagefind bundle of the records into `out`, replacing what was there.

    Shards that have not changed are copied from `previous`, the bundle of an earlier build. Equal records
    give equal bytes, whatever their order; raises what Pagefind raises.
    """
    parts = shards(records)
    bundle = out.with_name(f"{out.name}.new")
    shutil.rmtree(bundle, ignore_errors=True)
    asyncio.run(_build(parts, bundle, previous))
    (bundle / "shards.json").write_text(json.dumps({"shards": len(parts)}) + "\n", encoding="utf-8")
    shutil.rmtree(out, ignore_errors=True)
    bundle.rename(out)


def shards(records: Iterable[SearchRecord]) -> list[list[SearchRecord]]:
    """The records by shard, sorted; the number of shards is a power of two, so that it seldom changes."""
    everything = sorted(records, key=lambda record: (record.kind, record.id))
    count = 1
    while count * SHARD < len(everything):
        count *= 2
    parts: list[list[SearchRecord]] = [[] for _ in range(count)]
    for record in everything:
        parts[crc32(f"{record.kind}/{record.id}".encode()) % count].append(record)
    return parts


async def _build(parts: list[list[SearchRecord]], bundle: Path, previous: Path | None) -> None:
    turn = asyncio.Semaphore(AT_ONCE)

    async def one(number: int, part: list[SearchRecord]) -> None:
        digest = _digest(part)
        old = _place(previous, number) if previous else None
        out = _place(bundle, number)
        async with turn:
            if old and (old / MARK).is_file() and (old / MARK).read_text(encoding="ascii") == digest:
                _keep(old, out)
            else:
                await _index(part, out)
                _prune(out, UNUSED if number == 0 else UNUSED + ENGINE)
                (out / MARK).write_text(digest, encoding="ascii")

    await asyncio.gather(*(one(number, part) for number, part in enumerate(parts)))


def _keep(old: Path, out: Path) -> None:
    # Links are fifty times faster than copies; bundles are replaced as a whole, never written into.
    skip = shutil.ignore_patterns("more", "shards.json")
    shutil.copytree(old, out, ignore=skip, dirs_exist_ok=True, copy_function=_link)


def _link(source: str, target: str) -> None:
    try:
        Path(target).hardlink_to(source)
    except OSError:  # another disk, or one that knows no links
        shutil.copyfile(source, target)


def _place(bundle: Path, number: int) -> Path:
    return bundle / "more" / str(number) if number else bundle


def _digest(part: list[SearchRecord]) -> str:
    known = [{**vars(record), "filters": sorted(record.filters.items())} for record in part]
    return sha256(json.dumps([FORMAT, known], ensure_ascii=False).encode()).hexdigest()


async def _index(records: list[SearchRecord], out: Path) -> None:
    # A folder is one message. Record by record takes 0.1 s each: the API sleeps before every answer.
    from pagefind.index import PagefindIndex

    with TemporaryDirectory(prefix="qloop-entries-") as folder:
        for record in records:
            path = Path(folder) / record.kind / f"{quote(record.id, safe='')}.html"
            path.parent.mkdir(exist_ok=True)
            path.write_text(entry(record), encoding="utf-8")
        async with PagefindIndex(config={"output_path": str(out.resolve())}) as index:
            await index.add_directory(folder)


def _prune(bundle: Path, patterns: tuple[str, ...]) -> None:
    for pattern in patterns:
        for path in bundle.glob(pattern):
            path.unlink()


def entry(record: SearchRecord) -> str:
    """The HTML that Pagefind reads for a record: what is shown as metadata, what is found as tokens."""
    names = (record.id, *record.aliases)
    title = terms("\n".join((record.title, *names)))
    own = [token for name in names if (token := identity(name))]
    facets = {"kind": record.kind, "status": record.status, **record.filters}
    own += [facet(key, value) for key, value in facets.items() if value]
    known = set(title)
    text = [token for token in terms(record.text) if token not in known]
    return (
        f'<html lang="{INDEX_LANGUAGE}"><body>{_metadata(record)}'
        f'<p data-pagefind-weight="{TITLE_WEIGHT}">{escape(" ".join(own + title))}</p>'
        f"<p>{escape(' '.join(text))}</p>"
    )


def _metadata(record: SearchRecord) -> str:
    facts = {
        "title": record.title,
        "url": record.url,
        "id": record.id,
        "kind": record.kind,
        "status": record.status,
        "language": record.language,
        "aliases": "\n".join(record.aliases),
        "excerpt": excerpt(record.text),
    }
    return "".join(
        f'<i data-pagefind-meta="{key}[content]" content="{escape(value)}"></i>'
        for key, value in facts.items()
        if value
    )


def excerpt(text: str) -> str:
    """The first sentence of a text, cut at 90 characters."""
    first = next((part.strip() for part in SENTENCE_END.split(text) if part.strip()), "")
    return first if len(first) <= EXCERPT_LENGTH else first[: EXCERPT_LENGTH - 1] + "…"
