"""Measure the search index of 10,000 seeded records: building it, updating it, and what a reader downloads.

The entries of this repository's demo archive are added, so that words such as 佩戴 are rare ones.
"""

from __future__ import annotations

import argparse
import dataclasses
import statistics
import tempfile
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

from search_bytes import downloads
from seeded import write_archive

from qloop import pipeline
from qloop.pages.site import Site
from qloop.publish.search import SearchRecord, build_index, index_files, update
from qloop.publish.search.entries import of_product, of_record
from qloop.publish.search.update import Change

REPOSITORY = Path(__file__).parents[1]
PAGE = "sop/SOP-KNIT-001.html"
QUERIES = ["佩戴", "QI-260803-7KD", "AG-0012", "压头", "too tight", "きつい", "SKU-07", "2026-08", "帽", "QI-24",
           "掉毛 宁波针织", "FAQ 帽子太紧", "额头勒出压痕"]  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=9)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="qloop-bench-") as folder:
        archive, site = Path(folder, "archive"), Path(folder, "site")
        write_archive(archive, arguments.records)
        records = [*entries(archive), *entries(REPOSITORY)]
        report_build(records)
        report_updates(records, arguments.rounds)
        pipeline.publish(pipeline.check(REPOSITORY), site, clean=True)
        build_index(records, site / "search")
        report_downloads(site)


def entries(root: Path) -> Iterator[SearchRecord]:
    checked = pipeline.check(root)
    site = Site(checked.archive, checked.texts, checked.today)
    yield from (of_record(site, entry) for entry in site.archive.entries)
    yield from (of_product(site, product) for product in site.archive.catalog.products.values())


def report_build(records: list[SearchRecord]) -> None:
    start = time.process_time()
    sizes = [len(data) for _, data in index_files(records)]
    seconds = time.process_time() - start
    tracemalloc.start()  # it slows the build down: a second one
    for _ in index_files(records):
        pass
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    print(f"{len(records)} entries: {seconds:.1f} CPU seconds, {most / 1e6:.0f} MB of memory at most; "
          f"{len(sizes)} files, {sum(sizes) / 1e6:.1f} MB, the largest {max(sizes) / 1000:.0f} kB")  # fmt: skip


def report_updates(records: list[SearchRecord], rounds: int) -> None:
    files = dict(index_files(records))
    print("| update | median ms | files | kB |\n|---|---|---|---|")
    chosen = records[1000 : 1000 + 500 * rounds : 500]
    for name, changes in {
        "a sentence and the status": [(r, edited(r, 1)) for r in chosen],
        "a text of another length class": [(r, edited(r, 60)) for r in chosen],
        "a new record": [(None, dataclasses.replace(r, id=f"{r.id}-X")) for r in chosen],
        "a deleted record": [(r, None) for r in chosen],
    }.items():
        row = [timed(files, change) for change in changes]
        print(
            f"| {name} |", " | ".join(f"{statistics.median(one):.0f}" for one in zip(*row, strict=True)), "|"
        )


def edited(record: SearchRecord, sentences: int) -> SearchRecord:
    return dataclasses.replace(
        record, text=record.text + "\n第 1 次复测，没有压痕。" * sentences, status="改善中"
    )


def timed(files: dict[str, bytes], change: Change) -> tuple[float, int, float]:
    """Milliseconds, files written, kB written."""
    start = time.perf_counter()
    patch = update(files.get, [change])
    milliseconds = (time.perf_counter() - start) * 1000
    assert patch, "this record needs a new index: choose another seed"
    return milliseconds, len(patch.files), sum(map(len, patch.files.values())) / 1000


def report_downloads(site: Path) -> None:
    print("| query | kB | requests | ms | rows |\n|---|---|---|---|---|")
    for one in downloads(site, PAGE, QUERIES):
        print(
            f"| {one.query} | {one.bytes / 1000:.0f} | {one.requests} | {one.milliseconds:.0f} | {one.rows} |"
        )


if __name__ == "__main__":
    main()
