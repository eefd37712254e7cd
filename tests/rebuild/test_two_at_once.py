"""Two commands on one archive at the same time: builds take turns, checks get along with everything."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from qloop import pipeline, store
from qloop.publish.lock import NAME, Busy, locked
from qloop.texts import load

from .sites import differing, site
from .small import Archive, environment, run, small, start, without_state, work

BUSY = load("zh")("cli.build.busy")
HOLDER = """
import sys, time
from pathlib import Path
from qloop.publish.lock import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(600)
"""


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    archive = small(tmp_path / "archive")
    archive.build()
    return archive


@contextmanager
def held(archive: Archive) -> Iterator[subprocess.Popen[str]]:
    """Another process has the lock."""
    command = [sys.executable, "-c", HOLDER, str(archive.root)]
    with subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            assert process.stdout.readline() == "held\n"
            yield process
        finally:
            process.kill()


def published(archive: Archive) -> dict[str, tuple[bytes, int]]:
    """Everything in the folder and beside it, with the times of last writing."""
    files = [p for top in archive.root.glob("*site*") for p in top.rglob("*") if p.is_file()]
    return {str(p): (p.read_bytes(), p.stat().st_mtime_ns) for p in files}


def test_a_second_build_says_so_and_touches_nothing(archive: Archive) -> None:
    work(archive)
    before = published(archive)
    with held(archive):
        for options in ([], ["--clean"], ["--jobs", "2"]):
            code, said = run(archive, "build", *options)
            assert (code, "Traceback" in said) == (2, False), said
            assert BUSY in said
            assert published(archive) == before
    assert archive.build().built


def test_a_build_waits_as_long_as_it_is_told(archive: Archive) -> None:
    work(archive)
    with held(archive) as process:
        checked = pipeline.check(archive.root)
        begin = time.monotonic()
        with pytest.raises(Busy):
            pipeline.publish(checked, wait=0.3)
        assert time.monotonic() - begin >= 0.3
        process.kill()
        process.wait()
        assert pipeline.publish(checked, wait=30).built


def test_the_lock_of_a_killed_process_is_free(archive: Archive) -> None:
    with held(archive) as process:
        process.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
        process.wait()
        work(archive)
        assert archive.build().built


def together(archive: Archive, *commands: str) -> list[tuple[int, str]]:
    """Commands that run at the same time: exit codes with what was said."""
    processes = [start(archive, command) for command in commands]
    said = [process.communicate(timeout=120) for process in processes]
    return [(p.returncode, "".join(texts)) for p, texts in zip(processes, said, strict=True)]


def sound(archive: Archive) -> None:
    """A build makes nothing anew, and the site is the one of a clean build."""
    assert archive.build().built == 0
    kept = archive.site()
    without_state(archive)
    archive.build()
    assert differing(kept, archive.site()) == []


def test_checks_during_a_build_work_and_do_no_damage(archive: Archive) -> None:
    work(archive)
    results = together(archive, "build", "check", "check", "check")
    assert [code for code, _ in results] == [0, 0, 0, 0], results
    sound(archive)


def test_a_check_while_another_process_writes_the_store(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other one is in the middle of saving: the check waits, gives up its memory, and is right."""
    monkeypatch.setattr(store, "WAIT", 0.2)
    archive.issue("QI-260803-7KD", status="clsed")
    other = sqlite3.connect(archive.root / ".qloop/store.db", isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
        kept = pipeline.check(archive.root).diagnostics
        other.execute("COMMIT")
    finally:
        other.close()
    assert "schema/choice" in {d.rule for d in kept}
    without_state(archive)
    assert kept == pipeline.check(archive.root).diagnostics


@pytest.mark.parametrize("prepare", [lambda _: None, without_state], ids=["with a state", "with none"])
def test_two_checks_at_once(archive: Archive, prepare: Callable[[Archive], None]) -> None:
    archive.issue("QI-260803-7KD", status="clsed")
    prepare(archive)
    first, *others = together(archive, "check", "check", "check")
    assert first[0] == 1
    assert "schema/choice" in first[1]
    assert others == [first, first]


def test_two_builds_at_once_leave_one_site(archive: Archive) -> None:
    """Whichever comes second either waited for nothing or says that it is too early."""
    work(archive)
    without_state(archive)
    results = together(archive, "build", "build")
    assert sorted(code for code, _ in results)[0] == 0
    assert all(code == 0 or (code == 2 and BUSY in said) for code, said in results), results
    sound(archive)


def preview(archive: Archive, patience: float) -> subprocess.Popen[str]:
    """``qloop serve`` on a free port, with other patience than an author's."""
    program = f"import qloop.cli.serve as s; s.PATIENCE = {patience}; s.serve()"
    return subprocess.Popen(
        [sys.executable, "-c", program, "--root", str(archive.root), "--port", "0"], env=environment(),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8", start_new_session=True,
    )  # fmt: skip


def until(process: subprocess.Popen[str], seconds: float) -> tuple[str, str]:
    """What a preview says up to its address, or in that many seconds."""
    ends = threading.Timer(seconds, process.kill)
    ends.start()
    assert process.stdout
    lines = ""
    while (line := process.stdout.readline()) and "http://127.0.0.1" not in line:
        lines += line
    process.terminate()
    rest, said = process.communicate(timeout=20)
    ends.cancel()
    return lines + line + rest, said


def test_a_preview_beside_a_build(archive: Archive) -> None:
    """While the lock is held longer than a preview waits: words instead of a stack, and it goes on."""
    with held(archive):
        ready, said = until(preview(archive, 0.2), 60)
    assert "http://127.0.0.1" in ready
    assert BUSY in said, said
    assert "Traceback" not in said


def test_a_preview_waits_for_a_build(archive: Archive) -> None:
    with held(archive):
        process = preview(archive, 60)
        time.sleep(1.5)
    ready, said = until(process, 60)
    assert "http://127.0.0.1" in ready
    assert not said, said


def test_a_lock_that_is_no_database_holds_nobody_up(archive: Archive) -> None:
    (archive.root / ".qloop" / NAME).write_bytes(b"somebody's notes" * 100)
    work(archive)
    assert archive.build().built
    with locked(archive.root):
        assert site(archive.root)
