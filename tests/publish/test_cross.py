"""The data of the cross table say what the records and tables say."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from qloop import pipeline
from qloop.derive.cross import feedback_columns, issue_columns, told
from qloop.derive.occurrences import monday
from qloop.diagnostics import Place
from qloop.publish.files.cross import FEEDBACK, ISSUES
from qloop.read.feedback import Feedback, FeedbackRow, UnitRow
from qloop.records.issue import IssueRecord

from .conftest import REPOSITORY, Archive

TODAY = dt.date(2026, 11, 22)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, dict[str, Any], dict[str, Any]]:
    """The demo archive with both files as they are published."""
    site = tmp_path_factory.mktemp("demo") / "site"
    checked = pipeline.check(REPOSITORY)
    pipeline.publish(checked, site, clean=True)
    return checked, json.loads((site / ISSUES).read_bytes()), json.loads((site / FEEDBACK).read_bytes())


def names(file: dict[str, Any], dimension: str, row: int) -> list[str]:
    """The ids of a row's values."""
    value = file["columns"][dimension][row]
    indexes = value if isinstance(value, list) else [value]
    return [file["values"][dimension][i][0] for i in indexes if i >= 0]


def test_every_issue_stands_there_with_its_values(demo: tuple[Any, dict[str, Any], dict[str, Any]]) -> None:
    checked, file, _ = demo
    records = {r.id: r for r in checked.archive.issues}
    assert sorted(file["ids"]) == sorted(records)
    for row, id in enumerate(file["ids"]):
        record = records[id]
        cause = record.root_cause.class_ if record.root_cause else None
        assert {dim: names(file, dim, row) for dim in file["values"]} == {
            "month": [f"{record.opened:%Y-%m}"], "status": [record.status], "severity": [record.severity],
            "category": [record.category], "cause": [cause] if cause else [],
            "product": list(dict.fromkeys(record.products)), "batch": list(dict.fromkeys(record.batches)),
            "factory": [record.factory] if record.factory else [], "source": list(dict.fromkeys(record.sources)),
            "owner": [record.owner],
        }, id  # fmt: skip
    assert dict(file["values"]["status"])["open"] == "待改善"
    assert file["url"].replace("{id}", "QI-260803-7KD") == "issues/QI-260803-7KD.html"


def test_feedback_adds_up_to_the_tables(demo: tuple[Any, dict[str, Any], dict[str, Any]]) -> None:
    checked, _, file = demo
    rows, units = checked.archive.feedback.rows, checked.archive.feedback.units
    wanted: Counter[tuple[str, ...]] = Counter()
    for r in rows:
        thursday = monday(r.week) + dt.timedelta(days=3)
        wanted[f"{thursday:%Y-%m}", r.sku, r.batch, r.category, r.source, r.marketplace] += r.count
    dims = ("month", "product", "batch", "category", "source", "market")
    found: Counter[tuple[str, ...]] = Counter()
    for row, count in enumerate(file["columns"]["count"]):
        found[tuple("".join(names(file, dim, row)) for dim in dims)] += count
    assert found == wanted
    counted = {r.week for r in rows}
    assert sum(file["units"]["units"]) == sum(u.units for u in units if u.week in counted)
    made_by = {sku: p.factory for sku, p in checked.archive.catalog.products.items()}
    for (sku, _), factory in zip(file["values"]["product"], file["factory_of"], strict=True):
        assert file["values"]["factory"][factory][0] == made_by[sku]


def test_an_issue_with_several_values_and_one_with_none() -> None:
    def issue(**fields: Any) -> str:
        base = {
            "title": "帽围过小",
            "status": "open",
            "category": "size-small",
            "severity": "minor",
            "owner": "qc",
        }
        return told(IssueRecord.model_validate(base | fields))

    ids, found = issue_columns([
        issue(id="QI-260803-7KD", opened="2026-08-03", products=["B", "A", "B"], batches=["KN1"]),
        issue(id="QI-260901-2AB", opened="2026-09-01", products=[], status="closed"),
    ], {"status": ("open", "closed"), "product": ("B", "A")})  # fmt: skip
    assert ids == ("QI-260803-7KD", "QI-260901-2AB")
    assert found.values["product"] == ("B", "A")  # as the catalogue has them
    assert found.columns["product"] == ([0, 1], -1)
    assert found.columns["batch"] == (0, -1)
    assert found.columns["status"] == (0, 1)
    assert found.values["month"] == ("2026-08", "2026-09")
    assert issue_columns([], {})[1].columns["month"] == ()


def test_units_count_only_where_feedback_is_known_and_the_future_has_not_happened() -> None:
    place = Place("feedback/2026/2026-W31.csv")
    row: dict[str, Any] = {
        "source": "review",
        "marketplace": "US",
        "batch": "",
        "category": "c",
        "reason": "",
        "place": place,
    }
    rows = (
        FeedbackRow(week="2026-W31", sku="A", count=3, **row),  # Thursday 30 July
        FeedbackRow(week="2026-W32", sku="A", count=4, **row),  # no units known
        FeedbackRow(week="2026-W50", sku="A", count=9, **row),  # after today
    )
    units = (UnitRow("2026-W31", "US", "A", 100, place), UnitRow("2026-W30", "US", "B", 70, place))
    found = feedback_columns(Feedback(rows, units), TODAY, {})
    assert found.counts.values["month"] == ("2026-07", "2026-08")
    assert found.counts.columns["month"] == (0, 1)
    assert found.counts.columns["count"] == (3, 4)
    assert found.counts.columns["rated"] == (1, 0)
    assert found.units.columns["units"] == (100,)
    assert found.counts.values["product"] == found.units.values["product"]


def test_without_records_and_tables_the_files_are_empty(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    for file in (tmp_path / "issues").rglob("*.md"):
        file.unlink()
    archive.build()
    site = archive.site()
    assert json.loads(site[ISSUES])["ids"] == []
    assert json.loads(site[FEEDBACK])["columns"]["count"] == []
    assert "还没有质量问题记录" in site["boards/cross.html"].decode()


def test_a_changed_batch_changes_the_data_and_nothing_is_lost(archive: Archive) -> None:
    """Batches stand in no other file about all records: what an issue tells must differ by them alone."""
    archive.issue("QI-260803-7KD", batches=["KN2607"])
    archive.build()
    archive.issue("QI-260803-7KD", batches=["KN2608"])
    archive.build()
    after = archive.site()
    assert json.loads(after[ISSUES])["values"]["batch"] == [["KN2608", "KN2608"]]
    archive.build(clean=True)
    assert archive.site() == after


def test_the_table_without_javascript(archive: Archive) -> None:
    archive.issue("QI-260805-3CD", status="analyzing")
    archive.build()
    page = archive.site()["boards/cross.html"].decode()
    body = page[page.index('<table class="qloop-table" id="cross"') :]
    cells = body[body.index("<tbody>") : body.index("</tbody>")]
    assert "尺码偏小" in cells
    assert [c for c in ("<td", ">2<", ">1<", ">3<") if c not in cells] == []
    assert "<noscript>" in page
    others = archive.site()["issues/index.html"].decode()
    assert "cross.js" not in others  # only this page loads the script


def seeded(count: int) -> Iterator[str]:
    chance = random.Random(7)
    letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    for _ in range(count):
        day = dt.date(2023, 1, 1) + dt.timedelta(days=chance.randrange(1400))
        yield json.dumps([
            f"QI-{day:%y%m%d}-{''.join(chance.choices(letters, k=3))}", f"{day:%Y-%m}", f"s{chance.randrange(8)}",
            f"v{chance.randrange(3)}", f"c{chance.randrange(25)}", f"k{chance.randrange(8)}",
            [f"SKU-{chance.randrange(60):02}"], [f"KN{chance.randrange(200)}"] * chance.randrange(2),
            f"f{chance.randrange(9)}", [f"o{chance.randrange(7)}"], f"d{chance.randrange(8)}",
        ])  # fmt: skip


def test_eight_thousand_issues_are_small() -> None:
    """The goal is 200 kB for page and data; chance is harder to compress than any archive."""
    ids, found = issue_columns(sorted(seeded(8000)), {})
    text = json.dumps({"ids": ids, "values": found.values, "columns": found.columns}, separators=(",", ":"))
    assert len(gzip.compress(text.encode())) < 120_000
