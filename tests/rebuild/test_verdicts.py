"""What is said of a record does not depend on which other records are looked into at the same time, or when."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from qloop import pipeline
from qloop.diagnostics import Diagnostic

from .small import TOP

PARTS = ("catalog", "docs", "faq", "feedback", "issues", "sop")
DAYS = 15
"""Days to look at in each archive, spread over all that its records name."""


def demo(root: Path) -> None:
    for part in PARTS:
        shutil.copytree(TOP / part, root / part)
    shutil.copy(TOP / "qloop.yml", root)


def mixed(root: Path) -> None:
    command = [sys.executable, str(TOP / "benchmarks/seeded.py"), str(root), "--records", "60"]
    subprocess.run(command, check=True)
    # some of them are wrong, and some name what is wrong or missing
    issues = sorted((root / "issues").rglob("*.md"))
    for i, path in enumerate(issues):
        text = path.read_text("utf-8")
        if i % 9 == 0:
            text = re.sub(r'^"?owner"?: .*$', "owner: nobody", text, flags=re.M)
        if i % 7 == 0:
            text = re.sub(r'^"?title"?: .*$', f"title: 与 {issues[i - 1].stem} 相同", text, flags=re.M)
        if i % 11 == 0:
            text += "\n见 FAQ-not-there。\n"
        path.write_text(text, "utf-8")
    shutil.copy(issues[3], issues[3].with_name("twice.md"))
    issues[5].unlink()
    issues[8].write_text("---\nid: [\n---\n", "utf-8")


@pytest.fixture(scope="module", params=[demo, mixed])
def root(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp(request.param.__name__)
    request.param(folder)
    pipeline.check(folder)
    return folder


def said(root: Path, day: dt.date | None = None) -> tuple[Diagnostic, ...]:
    checked = pipeline.check(root, day)
    checked.store.close()
    return checked.diagnostics


def forget(root: Path, path: str = "") -> None:
    """Take back the verdict on a record, or all verdicts."""
    with closing(sqlite3.connect(root / ".qloop/store.db")) as store, store:
        changed = store.execute("DELETE FROM verdicts WHERE ? IN ('', path)", (path,)).rowcount
    assert changed


def judged(root: Path) -> list[str]:
    with closing(sqlite3.connect(root / ".qloop/store.db")) as store:
        return [path for (path,) in store.execute("SELECT path FROM verdicts WHERE path != ''")]


def test_each_record_alone_is_judged_as_among_all_the_others(root: Path) -> None:
    forget(root)
    everything = said(root)
    paths = judged(root)
    assert len(paths) > 20
    for path in paths:
        forget(root, path)
        assert said(root) == everything, path


def days(root: Path) -> list[dt.date]:
    """Each date that a record names, with the day before and the day after; not more than DAYS."""
    texts = (path.read_text("utf-8") for part in PARTS for path in sorted((root / part).rglob("*.md")))
    named = {
        dt.date.fromisoformat(day) for text in texts for day in re.findall(r"\b20\d\d-[01]\d-[0-3]\d\b", text)
    }
    chosen = sorted(named)[:: max(1, 3 * len(named) // DAYS)]
    return [day + dt.timedelta(days=step) for day in chosen for step in (-1, 0, 1)]


def test_another_day_gives_what_a_first_look_on_that_day_gives(root: Path) -> None:
    """Verdicts of the day before are kept where they hold: forwards, and backwards as with a clock set back."""
    forwards = days(root)
    backwards = forwards[::-1]
    first: dict[dt.date, tuple[Diagnostic, ...]] = {}
    for day in forwards:
        forget(root)
        first[day] = said(root, day)
    assert len(set(first.values())) > 5, "the days say different things"
    for day in (*backwards, *forwards):
        assert said(root, day) == first[day], day
