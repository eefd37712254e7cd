"""Put a tally into the archive's tables: which weeks are new, replaced, added to or kept."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from qloop.imports.errors import BadReport
from qloop.imports.tally import Tally, week_of
from qloop.imports.windows import as_windows, days, days_of_week, plan
from qloop.read.feedback import (
    FEEDBACK_COLUMNS,
    UNIT_COLUMNS,
    WINDOW_COLUMNS,
    WINDOWS_FILE,
    Tables,
    Window,
    read_tables,
)

Key = tuple[str, ...]


@dataclass(frozen=True)
class Owner:
    """Whose lines a report replaces: those of its source and marketplace that its kind has written."""

    source: str
    marketplace: str
    report: str
    prefix: str

    def owns(self, key: Key) -> bool:
        """Whether a line (source, marketplace, …, reason) is this kind's; hand-made ones are the first kind's."""
        mine = key[5].startswith(self.prefix) if self.prefix else ":" not in key[5]
        return key[:2] == (self.source, self.marketplace) and mine


@dataclass
class Planned:
    """``files``: path -> new text, only of files that change; ``weeks``: what happens -> weeks in order."""

    files: dict[str, str] = field(default_factory=dict)
    weeks: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))


def plan_files(root: Path, owner: Owner, tally: Tally, first: dt.date, last: dt.date) -> Planned:
    """The tables as they are to be once the report of ``first``..``last`` is in them.

    Raises BadReport (archive) when a table that would be written cannot be read as a whole.
    """
    weeks = list(dict.fromkeys(week_of(day) for day in days(first, last)))
    units = owner.source == "units"
    paths = {
        week: f"feedback/units/{week[:4]}.csv" if units else f"feedback/{week[:4]}/{week}.csv"
        for week in weeks
    }
    tables = _read(root, [*dict.fromkeys(paths.values()), WINDOWS_FILE])
    tables_of = _by_file(tables, units)
    windows = [w for w in tables.windows if (w.source, w.marketplace, w.report) == _id(owner)]
    covered = frozenset(day for w in windows for day in days(w.first, w.last))
    reported = frozenset(days(first, last))
    found, more = Planned(), set[dt.date]()
    for week in weeks:
        lines = tables_of[paths[week]]
        mine = {key for key in lines if _mine(owner, key, week)}
        known = covered & days_of_week(week)
        if mine and not known:  # counts that nobody has imported stand for the whole week
            known = days_of_week(week)
        fate = plan(reported & days_of_week(week), known)
        found.weeks[fate].append(week)
        if fate == "kept":
            continue
        more |= reported & days_of_week(week)
        if fate != "added":
            for key in mine:
                del lines[key]
        for (sku, batch, category, reason), count in tally.weeks.get(week, Counter()).items():
            key = (week, owner.marketplace, sku) if units else (*_id(owner)[:2], sku, batch, category, reason)
            lines[key] += count
    head = UNIT_COLUMNS if units else FEEDBACK_COLUMNS
    texts = {path: _text(head, _sorted(lines)) for path, lines in tables_of.items()}
    others = [w for w in tables.windows if w not in windows]
    texts[WINDOWS_FILE] = _windows([*others, *as_windows(*_id(owner), covered | more)])
    found.files = {path: text for path, text in texts.items() if _differs(root / path, text)}
    return found


def _id(owner: Owner) -> tuple[str, str, str]:
    return owner.source, owner.marketplace, owner.report


def _mine(owner: Owner, key: Key, week: str) -> bool:
    if owner.source == "units":
        return key[:2] == (week, owner.marketplace)
    return owner.owns(key)


def _read(root: Path, paths: Iterable[str]) -> Tables:
    tables = read_tables(root, [path for path in paths if (root / path).exists()])
    if tables.findings:
        place = tables.findings[0].place
        raise BadReport("archive", place.path, place.line)
    return tables


def _by_file(tables: Tables, units: bool) -> dict[str, Counter[Key]]:
    found: dict[str, Counter[Key]] = defaultdict(Counter)
    if units:
        for u in tables.units:
            found[u.place.path][u.week, u.marketplace, u.sku] += u.units
    else:
        for r in tables.rows:
            found[r.place.path][r.source, r.marketplace, r.sku, r.batch, r.category, r.reason] += r.count
    return found


def _sorted(lines: Mapping[Key, int]) -> list[Sequence[object]]:
    return [(*key, count) for key, count in sorted(lines.items())]


def _windows(windows: Iterable[Window]) -> str:
    rows = [(w.source, w.marketplace, w.report, w.first, w.last, w.provisional or "") for w in windows]
    return _text(WINDOW_COLUMNS, sorted(rows, key=lambda row: tuple(map(str, row))))


def _text(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return out.getvalue()


def _differs(path: Path, text: str) -> bool:
    """Whether a file is to be written; a table without lines is not begun."""
    if not path.exists():
        return text.count("\n") > 1
    return path.read_bytes() != text.encode()
