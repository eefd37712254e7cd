"""Reviews, units sold, and a team's own tables, workbooks too."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import pytest

from qloop import pipeline
from tests.imports.conftest import Import, everything, lines, order, table, written

HEAD = ("申请时间", "订单编号", "商家编码", "退款原因", "数量", "批次", "说明", "买家昵称")
NAME = "".join(("王", "虚构"))


def workbook(path: Path, rows: Sequence[Sequence[object]], title: str = "Sheet1", merge: str = "") -> Path:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    if merge:
        sheet.merge_cells(merge)
    book.save(path)
    return path


def asked(
    day: object, number: int, reason: str = "尺码偏小", count: object = 1, sku: object = "AG-CAP-01"
) -> list[object]:
    return [day, order(number), sku, reason, count, "KN2607", f"{NAME} 说压头", NAME]


def test_reviews(tmp_path: Path, archive: Path, bring: Import) -> None:
    header = ("Date", "ASIN", "Rating", "Title", "Content", "Author")
    rows = [
        ("2026-08-03", "B0AGKN01W7", "2.0 out of 5 stars", "Bad", "too tight", NAME),
        ("August 4, 2026", "B0AGKN01W7", "5", "Good", "too tight but fine", NAME),
        ("8/9/2026", "B0AGKN01W7", "3", "Hm", "absently", NAME),
    ]
    said = bring("reviews", table(tmp_path / "r.csv", header, rows), "--marketplace", "US").stdout
    assert lines(archive, "2026-W32") == [
        "review,US,AG-CAP-01,,other,,1",
        "review,US,AG-CAP-01,,size-small,,1",
    ]
    assert "未计入 1 行：四、五星" in said
    bad = table(tmp_path / "b.csv", header, [("2026-08-03", "B0AGKN01W7", "6", "", "", "")])
    assert "“6”" in bring("reviews", bad, "--marketplace", "US", code=1).stderr


def test_units(tmp_path: Path, archive: Path, bring: Import) -> None:
    header = ("Date", "(Parent) ASIN", "(Child) ASIN", "Title", "Units Ordered")
    first = [("2026-08-03", "P", "B0AGKN01W7", "Cap", "1,200"), ("2026-08-09", "P", "B0AGKN01W7", "Cap", "3")]
    later = [("2026-08-09", "P", "B0AGKN01W7", "Cap", "5"), ("2026-08-10", "P", "B0ZZZZZZZZ", "New", "7")]
    files = [table(tmp_path / "a.csv", header, first), table(tmp_path / "b.csv", header, later)]
    said = bring("units", *files, "--marketplace", "US").stdout
    expected = "week,marketplace,sku,units\n2026-W32,US,AG-CAP-01,1205\n2026-W33,US,B0ZZZZZZZZ,7\n"
    assert (archive / "feedback/units/2026.csv").read_text() == expected
    assert "B0ZZZZZZZZ" in said
    before = written(archive)
    bring("units", *files, "--marketplace", "US")
    assert written(archive) == before
    bring("units", files[0], "--marketplace", "DE")
    assert "2026-W32,DE,AG-CAP-01,1203" in (archive / "feedback/units/2026.csv").read_text()


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_own_table(tmp_path: Path, archive: Path, bring: Import, suffix: str) -> None:
    days: list[object] = [dt.datetime(2026, 8, 3), "2026/8/4", dt.datetime(2026, 8, 9, 13, 5), "2026年8月9日"]
    rows = [
        asked(days[0], 1, count=2.0),
        asked(days[1], 2, "开线"),
        asked(days[2], 3),
        asked(days[3], 4, "不好看"),
    ]
    if suffix == "xlsx":
        shown = [["退款明细（内部）"], [], HEAD, *rows[:2], [], *rows[2:]]
        file = workbook(tmp_path / "a.xlsx", shown, merge="A1:H1")
    else:
        text = [[str(cell).replace("2.0", "2") for cell in row] for row in rows]
        file = table(tmp_path / "a.csv", HEAD, text)
    said = bring("table", file, "--map", "taobao").stdout
    assert lines(archive, "2026-W32") == [
        "message,CN,AG-CAP-01,KN2607,other,taobao:,1",
        "message,CN,AG-CAP-01,KN2607,seam-open,taobao:开线,1",
        "message,CN,AG-CAP-01,KN2607,size-small,taobao:尺码偏小,3",
    ]
    assert "不好看 ×1" in said
    assert "买家昵称" in said
    whole = everything(archive)
    assert NAME not in whole
    assert order(1) not in whole
    assert "不好看" not in whole
    before = written(archive)
    bring("table", file, "--map", "taobao")
    assert written(archive) == before
    found = [
        d for d in pipeline.check(archive).diagnostics if d.place.path.startswith(("feedback", "qloop.yml"))
    ]
    assert found == []


def test_sku_that_excel_took_for_a_number(tmp_path: Path, archive: Path, bring: Import) -> None:
    bring(
        "table",
        workbook(tmp_path / "a.xlsx", [HEAD, asked(dt.date(2026, 8, 3), 1, sku=4711)]),
        "--map",
        "taobao",
    )
    assert lines(archive, "2026-W32") == ["message,CN,4711,KN2607,size-small,taobao:尺码偏小,1"]


def test_error_names_the_line_of_the_sheet(tmp_path: Path, archive: Path, bring: Import) -> None:
    before = written(archive)
    file = workbook(tmp_path / "a.xlsx", [["标题"], [], HEAD, asked("2026-08-03", 1), [], asked("某天", 2)])
    assert f"{file}:6: " in bring("table", file, "--map", "taobao", code=1).stderr
    file = workbook(tmp_path / "b.xlsx", [HEAD, [*asked("2026-08-03", 1), "one more"]])
    assert "9 格" in bring("table", file, "--map", "taobao", code=1).stderr
    assert written(archive) == before


def test_maps(tmp_path: Path, archive: Path, bring: Import) -> None:
    file = table(tmp_path / "a.csv", ("申请时间", "编码"), [("2026-08-03", "x")])
    said = bring("table", file, "--map", "taobao", code=1).stderr
    assert "商家编码" in said
    assert "taobao" in bring("table", file, code=1).stderr
    assert "taobao" in bring("table", file, "--map", "tmall", code=1).stderr
    assert "--map" in bring("units", file, "--map", "taobao", "--marketplace", "US", code=1).stderr
    assert "--marketplace" in bring("units", file, code=1).stderr
    settings = archive / "qloop.yml"
    text = settings.read_text("utf-8")
    sheet = workbook(tmp_path / "a.xlsx", [HEAD, asked("2026-08-03", 1)], "一月")
    settings.write_text(
        text.replace("    marketplace: CN\n", "    marketplace: CN\n    sheet: 二月\n"), "utf-8"
    )
    assert "一月" in bring("table", sheet, "--map", "taobao", code=1).stderr
    settings.write_text(text.replace("尺码偏小: size-small,", "尺码偏小: size-smal,"), "utf-8")
    assert "size-smal" in bring("table", sheet, "--map", "taobao", code=1).stderr
    wrong = [d for d in pipeline.check(archive).diagnostics if d.rule == "settings/import"]
    assert "size-small" in wrong[0].hint
    settings.write_text(text.replace("date: 申请时间", "day: 申请时间"), "utf-8")
    assert "imports.taobao.columns" in bring("table", sheet, "--map", "taobao", code=2).stderr


def test_broken_table_of_the_archive_is_not_written_over(
    tmp_path: Path, archive: Path, bring: Import
) -> None:
    week = archive / "feedback/2026/2026-W32.csv"
    week.parent.mkdir(parents=True)
    week.write_text(
        "source,marketplace,sku,batch,category,reason,count\nreview,US,AG-CAP-01,,shedding,,two\n"
    )
    before = written(archive)
    file = table(tmp_path / "a.csv", HEAD, [asked("2026-08-03", 1), asked("2026-08-12", 2)])
    assert "feedback/2026/2026-W32.csv:2: " in bring("table", file, "--map", "taobao", code=1).stderr
    assert written(archive) == before


def test_english(tmp_path: Path, archive: Path, bring: Import) -> None:
    settings = archive / "qloop.yml"
    settings.write_text(settings.read_text("utf-8").replace("language: zh", "language: en"), "utf-8")
    file = table(tmp_path / "a.csv", HEAD, [asked("2026-08-03", 1)])
    assert "1 rows read, 1 units counted" in bring("table", file, "--map", "taobao").stdout
