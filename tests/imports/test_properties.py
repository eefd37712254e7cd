"""What holds for all reports: nothing personal is written, days are neither lost nor counted twice."""

from __future__ import annotations

import datetime as dt
import itertools
import shutil
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qloop.atomic import replace_files
from qloop.cli import cli
from qloop.imports.duplicates import Duplicates
from qloop.imports.windows import as_windows, days, plan
from tests.imports.conftest import REPOSITORY, RETURNS, everything, order, returned, table, written

SECRET = st.text(st.sampled_from("abcdeäöü王李张きつ ,;|\"'\n\t&"), min_size=1, max_size=30)
MONDAY = dt.date(2026, 8, 3)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.tuples(st.integers(0, 9_999_999), SECRET, SECRET, st.integers(0, 20)), min_size=1, max_size=8)
)
def test_nothing_personal_is_written(rows: list[tuple[int, str, str, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "archive")
        (root / "catalog").mkdir(parents=True)
        for name in ("qloop.yml", "catalog/products.yml"):
            shutil.copy(REPOSITORY / name, root / name)
        header = (*RETURNS, "buyer-name")
        lines = [
            (*returned(f"{MONDAY + dt.timedelta(day)}", number, lpn=f"LPN{number}x{i}", comment=f"CMT{comment}"),
             f"NAME{name}")
            for i, (number, comment, name, day) in enumerate(rows)
        ]  # fmt: skip
        file = table(Path(folder, "r.csv"), header, lines)
        words = [
            "import",
            "amazon-returns",
            str(file),
            "--marketplace",
            "US",
            "--root",
            str(root),
            "--add-products",
        ]
        result = CliRunner().invoke(cli, words, catch_exceptions=False)
        assert result.exit_code == 0, result.output
        tables = "".join(data.decode() for path, data in written(root).items() if path.startswith("feedback"))
        whole = everything(root)
        assert sum(
            int(line.rsplit(",", 1)[1]) for line in tables.splitlines() if line.startswith("return,US,AG")
        ) == len(rows)
        for number, comment, name, _ in rows:
            for private in (order(number), f"LPN{number}", f"CMT{comment}", f"NAME{name}"):
                assert private not in whole


DAYS = st.frozensets(st.integers(0, 6).map(lambda n: MONDAY + dt.timedelta(n)))


@given(DAYS, DAYS)
def test_plan_loses_no_day(report: frozenset[dt.date], archive: frozenset[dt.date]) -> None:
    after = {"new": Counter(report), "replaced": Counter(report), "kept": Counter(archive),
             "added": Counter(report) + Counter(archive)}[plan(report, archive)]  # fmt: skip
    assert set(after) >= archive
    assert set(after.values()) <= {1}


@given(st.frozensets(st.integers(0, 90)))
def test_windows_hold_exactly_their_days(numbers: frozenset[int]) -> None:
    covered = {MONDAY + dt.timedelta(n) for n in numbers}
    windows = as_windows("return", "US", "amazon-returns", covered)
    assert {day for w in windows for day in days(w.first, w.last)} == covered
    assert sum((w.last - w.first).days + 1 for w in windows) == len(covered)
    assert all(b.first - a.last > dt.timedelta(1) for a, b in itertools.pairwise(windows))
    growing = {day for w in windows if w.provisional for day in days(w.provisional, w.last)}
    assert growing == {day for day in covered if (max(covered) - day).days < 35}


@given(st.lists(st.lists(st.integers(0, 4), max_size=8), max_size=4))
def test_overlapping_files_count_as_the_fullest(files: list[list[int]]) -> None:
    seen, counted = Duplicates(), Counter[int]()
    for rows in files:
        counted.update(row for row in rows if not seen.row(("key", row)))
        seen.next_file()
    assert counted == Counter(
        {n: most for n in range(5) if (most := max((f.count(n) for f in files), default=0))}
    )


def test_files_are_replaced_together_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    first, second = tmp_path / "a.csv", tmp_path / "new" / "b.csv"
    first.write_bytes(b"old")
    move = os.replace

    def failing(source: Path, target: Path) -> None:
        if target == second:
            raise OSError("full")
        move(source, target)

    monkeypatch.setattr(os, "replace", failing)
    with pytest.raises(OSError, match="full"):
        replace_files({first: b"one", second: b"two"})
    assert first.read_bytes() == b"old"
    assert [p.name for p in tmp_path.rglob("*") if p.is_file()] == ["a.csv"]
    monkeypatch.undo()
    replace_files({first: b"one", second: b"two"})
    assert (first.read_bytes(), second.read_bytes()) == (b"one", b"two")
