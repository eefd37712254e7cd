"""Other processes that help, with reading and with pages about many records, change nothing of the result."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from qloop import pipeline
from qloop.publish import ahead
from qloop.read import helper, records
from qloop.read.records import Row

from .sites import differing
from .small import Archive, small, without_state, work


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Archive:
    monkeypatch.setattr(records, "MANY", 2)
    monkeypatch.setattr(helper, "PIECE", 1)
    monkeypatch.setattr(ahead, "MANY", 2)
    found = small(tmp_path / "archive")
    head = "source,marketplace,sku,batch,category,reason,count"
    for week, count in (("2026-W33", 3), ("2026-W34", 2), ("2026-W35", 17)):
        found.text(f"feedback/2026/{week}.csv", f"{head}\nreview,US,CAP-1,B1,size-small,,{count}\n")
    found.text("feedback/units/2026.csv", "week,marketplace,sku,units\n2026-W33,US,CAP-1,200\n")
    return found


def checked(archive: Archive) -> tuple[list[str], list[str]]:
    """Records and diagnostics as a check with a helper sees them, and how many pieces the helper read."""
    without_state(archive)
    with helper.helper(archive.root) as reader:
        found = pipeline.check(archive.root, reader=reader)
    return [entry.path for entry in found.archive.entries], list(map(str, found.diagnostics))


def alone(archive: Archive) -> tuple[list[str], list[str]]:
    without_state(archive)
    found = pipeline.check(archive.root)
    return [entry.path for entry in found.archive.entries], list(map(str, found.diagnostics))


def test_a_helper_reads_half(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last record of all is broken and the helper's to read: it is told of all the same."""
    archive.issue("QI-260809-9ZZ", status="clsed")
    taken: list[Row] = []
    rows = helper._rows

    def watched(futures: object) -> Callable[[bool], list[Row]]:
        inner = rows(futures)  # type: ignore[arg-type]

        def outer(wait: bool) -> list[Row]:
            found = inner(wait)
            taken.extend(found)
            return found

        return outer

    monkeypatch.setattr(helper, "_rows", watched)
    with_help = checked(archive)
    assert taken, "the helper has read nothing"
    assert with_help == alone(archive)
    assert any("clsed" in one for one in with_help[1])


def test_a_helper_that_is_killed_is_not_missed(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(helper, "read_rows", die)
    assert checked(archive) == alone(archive)


def die(root: Path, paths: list[str]) -> list[Row]:
    os.kill(os.getpid(), signal.SIGKILL)
    return []


def clean(archive: Archive) -> dict[str, bytes]:
    without_state(archive)
    archive.build(jobs=1)
    return archive.site()


def test_a_worker_looks_at_half_of_the_pages(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    """First build, edits, and a build after which a page of the worker's half is missing from the folder."""
    asked: list[int] = []
    units = ahead.Ahead.units
    monkeypatch.setattr(ahead.Ahead, "units", lambda *given: (asked.append(1), units(*given))[1])
    archive.build(jobs=2)
    work(archive)
    archive.build(jobs=2)
    kept = archive.site()
    assert len(asked) == 1, "the first build does without"
    assert differing(kept, clean(archive)) == []
    archive.issue("QI-260810-1AB", title="新的一条")
    (archive.root / "site/cost.html").unlink(missing_ok=True)
    (archive.root / "site/roles/qc.html").unlink()
    archive.build(jobs=2)
    kept = archive.site()
    assert "roles/qc.html" in kept
    assert "<dt>近 12 周反馈数</dt><dd>22" in kept["products/CAP-1.html"].decode()
    assert differing(kept, clean(archive)) == []


def test_a_changed_frame_needs_every_page_of_the_worker_again(archive: Archive) -> None:
    archive.build(jobs=2)
    archive.text("docs/guide/new.md", "# 新的一页\n\n一句话。\n")
    archive.issue("QI-260810-1AB", title="新的一条")
    archive.build(jobs=2)
    kept = archive.site()
    assert differing(kept, clean(archive)) == []
