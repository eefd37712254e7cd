"""Read weekly feedback counts and units sold: the numbers behind trends (no personal data)."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from qloop.diagnostics import Place
from qloop.read.discover import SourceFile, read_source_as
from qloop.read.findings import Finding
from qloop.read.scan import Scan

FEEDBACK_COLUMNS = ("source", "marketplace", "sku", "batch", "category", "reason", "count")
UNIT_COLUMNS = ("week", "marketplace", "sku", "units")
WINDOW_COLUMNS = ("source", "marketplace", "report", "from", "to", "provisional_from")
WINDOWS_FILE = "feedback/windows.csv"
"""Which days of which report have been imported."""
_WEEK_FILE = re.compile(r"feedback/(\d{4})/(\d{4}-W\d{2})\.csv", re.ASCII)
_UNITS_FILE = re.compile(r"feedback/units/(\d{4})\.csv", re.ASCII)


@dataclass(frozen=True, slots=True)
class FeedbackRow:
    """Cases of one kind in one ISO week; ``count`` is a whole number."""

    week: str
    source: str
    marketplace: str
    sku: str
    batch: str
    category: str
    reason: str
    count: int
    place: Place


@dataclass(frozen=True, slots=True)
class UnitRow:
    """Units of one SKU sold in one ISO week on one marketplace."""

    week: str
    marketplace: str
    sku: str
    units: int
    place: Place


@dataclass(frozen=True, slots=True)
class Window:
    """Days ``first`` to ``last`` of one kind of report that are in the tables.

    ``provisional`` is the first day whose counts may still grow.
    """

    source: str
    marketplace: str
    report: str
    first: dt.date
    last: dt.date
    provisional: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Tables:
    """The rows of all tables, their texts (for rules that read every text), and what is wrong with them."""

    rows: tuple[FeedbackRow, ...] = ()
    units: tuple[UnitRow, ...] = ()
    sources: tuple[SourceFile, ...] = ()
    windows: tuple[Window, ...] = ()
    findings: tuple[Finding, ...] = ()


class Feedback:
    """The archive's tables: ``digest`` says which they are, their rows are read when somebody asks."""

    def __init__(
        self, rows: tuple[FeedbackRow, ...] = (), units: tuple[UnitRow, ...] = (), digest: str = "",
        read: Callable[[], Tables] | None = None,
    ) -> None:  # fmt: skip
        self.digest = digest
        self._read = read or (lambda: Tables(rows, units))

    @cached_property
    def tables(self) -> Tables:
        return self._read()

    @property
    def rows(self) -> tuple[FeedbackRow, ...]:
        return self.tables.rows

    @property
    def units(self) -> tuple[UnitRow, ...]:
        return self.tables.units

    @property
    def sources(self) -> tuple[SourceFile, ...]:
        return self.tables.sources

    @property
    def windows(self) -> tuple[Window, ...]:
        return self.tables.windows

    @property
    def findings(self) -> tuple[Finding, ...]:
        """A bad line is a finding and the rest is read."""
        return self.tables.findings


def find_feedback(root: Path, scan: Scan) -> Feedback:
    """Every CSV below ``feedback/``."""
    paths = [path for path in scan.files("feedback", (".csv",)) if path.endswith(".csv")]
    digest = hashlib.sha256("\n".join(f"{path} {scan.digest(path)}" for path in paths).encode()).hexdigest()
    return Feedback(digest=digest, read=lambda: read_tables(root, paths))


def read_tables(root: Path, paths: Iterable[str]) -> Tables:
    """The tables at ``paths``, relative to the archive."""
    rows: list[FeedbackRow] = []
    units: list[UnitRow] = []
    findings: list[Finding] = []
    sources: list[SourceFile] = []
    windows: list[Window] = []
    for path in paths:
        source = read_source_as(root, path, "feedback")
        if isinstance(source, Finding):
            findings.append(source)
            continue
        sources.append(source)
        if path == WINDOWS_FILE:
            windows.extend(_read_windows(source, findings))
        else:
            _read_table(source, rows, units, findings)
    return Tables(tuple(rows), tuple(units), tuple(sources), tuple(windows), tuple(findings))


def _read_table(
    source: SourceFile, rows: list[FeedbackRow], units: list[UnitRow], findings: list[Finding]
) -> None:
    week = _WEEK_FILE.fullmatch(source.path)
    if week and week[2].startswith(week[1]):
        for place, cells in _lines(source, FEEDBACK_COLUMNS, findings):
            count = _whole(cells, "count", place, findings)
            if count is not None:
                texts = {k: v for k, v in cells.items() if k != "count"}
                rows.append(FeedbackRow(week=week[2], count=count, place=place, **texts))
    elif _UNITS_FILE.fullmatch(source.path):
        for place, cells in _lines(source, UNIT_COLUMNS, findings):
            count = _whole(cells, "units", place, findings)
            if count is not None:
                units.append(UnitRow(cells["week"], cells["marketplace"], cells["sku"], count, place))
    else:
        findings.append(Finding("feedback/name", Place(source.path)))


def _read_windows(source: SourceFile, findings: list[Finding]) -> Iterator[Window]:
    for place, cells in _lines(source, WINDOW_COLUMNS, findings):
        try:
            first, last = (dt.date.fromisoformat(cells[name]) for name in ("from", "to"))
            growing = cells["provisional_from"]
            provisional = dt.date.fromisoformat(growing) if growing else None
            if first > last:
                raise ValueError
        except ValueError:
            findings.append(Finding("feedback/window", place))
        else:
            yield Window(cells["source"], cells["marketplace"], cells["report"], first, last, provisional)


def _lines(
    source: SourceFile, columns: tuple[str, ...], findings: list[Finding]
) -> Iterator[tuple[Place, Mapping[str, str]]]:
    reader = csv.reader(io.StringIO(source.text))
    header = next(reader, [])
    if tuple(header) != columns:
        findings.append(
            Finding("feedback/columns", Place(source.path), values={"columns": ",".join(columns)})
        )
        return
    for cells in reader:
        place = Place(source.path, reader.line_num)
        if len(cells) == len(columns):
            yield place, dict(zip(columns, (c.strip() for c in cells), strict=True))
        elif cells:
            values = {"wanted": len(columns), "found": len(cells)}
            findings.append(Finding("feedback/cells", place, values=values))


def _whole(cells: Mapping[str, str], name: str, place: Place, findings: list[Finding]) -> int | None:
    text = cells[name]
    if re.fullmatch(r"-?\d{1,9}", text, re.ASCII):
        return int(text)
    findings.append(Finding("feedback/count", place, name, values={"value": text[:20]}))
    return None
