"""Read weekly feedback counts and units sold: the numbers behind trends (no personal data)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from qloop.diagnostics import Place
from qloop.read.discover import SourceFile, read_source_as
from qloop.read.findings import Finding

FEEDBACK_COLUMNS = ("source", "marketplace", "sku", "batch", "category", "reason", "count")
UNIT_COLUMNS = ("week", "marketplace", "sku", "units")
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
class Feedback:
    rows: tuple[FeedbackRow, ...] = ()
    units: tuple[UnitRow, ...] = ()
    digest: str = ""
    sources: tuple[SourceFile, ...] = ()
    """The tables' texts, for rules that read every text of an archive."""


def read_feedback(root: Path) -> tuple[Feedback, tuple[Finding, ...]]:
    """Every CSV below ``feedback/``; a bad line is a finding and the rest is read."""
    rows: list[FeedbackRow] = []
    units: list[UnitRow] = []
    findings: list[Finding] = []
    sources: list[SourceFile] = []
    for path in sorted(p.relative_to(root).as_posix() for p in (root / "feedback").rglob("*.csv")):
        source = read_source_as(root, path, "feedback")
        if isinstance(source, Finding):
            findings.append(source)
            continue
        sources.append(source)
        week = _WEEK_FILE.fullmatch(path)
        if week and week[2].startswith(week[1]):
            for place, cells in _lines(source, FEEDBACK_COLUMNS, findings):
                count = _whole(cells, "count", place, findings)
                if count is not None:
                    texts = {k: v for k, v in cells.items() if k != "count"}
                    rows.append(FeedbackRow(week=week[2], count=count, place=place, **texts))
        elif _UNITS_FILE.fullmatch(path):
            for place, cells in _lines(source, UNIT_COLUMNS, findings):
                count = _whole(cells, "units", place, findings)
                if count is not None:
                    units.append(UnitRow(cells["week"], cells["marketplace"], cells["sku"], count, place))
        else:
            findings.append(Finding("feedback/name", Place(path)))
    digest = "\n".join(f"{s.path} {s.digest}" for s in sources)
    return Feedback(tuple(rows), tuple(units), digest, tuple(sources)), tuple(findings)


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
