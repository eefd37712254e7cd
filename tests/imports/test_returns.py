"""FBA returns: units counted once, by week, whatever files they come in."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.imports.conftest import RETURNS, Import, everything, lines, order, returned, table, written


def test_counts_units_by_week(tmp_path: Path, archive: Path, bring: Import) -> None:
    rows = [
        returned("2026-08-03", 1, lpn="L1"),
        returned("2026-08-09", 2, lpn="L2", quantity=3),
        returned("2026-08-10", 3, lpn="L3", reason="UNDELIVERABLE_REFUSED"),
        returned("2026-08-16", 4, lpn="L4", reason="BRAND_NEW_CODE", sku="AG-NEW-09"),
    ]
    said = bring(
        "amazon-returns", table(tmp_path / "r.txt", RETURNS, rows, tab="\t"), "--marketplace", "US"
    ).stdout
    assert lines(archive, "2026-W32") == ["return,US,AG-CAP-01,,size-small,APPAREL_TOO_SMALL,4"]
    assert lines(archive, "2026-W33") == ["return,US,AG-NEW-09,,other,BRAND_NEW_CODE,1"]
    for word in ("读取 4 行，计入 5 件", "无法送达", "BRAND_NEW_CODE ×1", "AG-NEW-09", "2026-W32"):
        assert word in said
    assert (archive / "feedback/windows.csv").read_text().splitlines() == [
        "source,marketplace,report,from,to,provisional_from",
        "return,US,amazon-returns,2026-08-03,2026-08-16,2026-08-03",
    ]


def test_day_is_the_archives(tmp_path: Path, archive: Path, bring: Import) -> None:
    """Sunday 20:00 UTC is Monday in Shanghai."""
    row = ("2026-08-09T20:00:00+00:00", *returned("2026-08-09")[1:])
    bring("amazon-returns", table(tmp_path / "r.csv", RETURNS, [row]), "--marketplace", "US")
    assert not (archive / "feedback/2026/2026-W32.csv").exists()
    assert len(lines(archive, "2026-W33")) == 1


def test_columns_in_any_order_and_spelling(tmp_path: Path, archive: Path, bring: Import) -> None:
    header = ("Reason", "Quantity", "SKU", "Amazon Order ID", "Fulfilment_Centre_ID", "Return-Date", "Mood")
    rows = [("DEFECTIVE", "1,200", "AG-CAP-01", order(1), "X", "2026-08-03", "x")]
    said = bring("amazon-returns", table(tmp_path / "r.csv", header, rows), "--marketplace", "US").stdout
    assert lines(archive, "2026-W32") == ["return,US,AG-CAP-01,,other,DEFECTIVE,1200"]
    assert "没有带入：Mood" in said


def test_two_units_of_an_order_are_two_and_overlap_is_one(
    tmp_path: Path, archive: Path, bring: Import
) -> None:
    twice = [returned("2026-08-03", 1), returned("2026-08-03", 1), returned("2026-08-04", 2, lpn="L1")]
    first = table(tmp_path / "a.csv", RETURNS, twice)
    more = [*twice[1:], returned("2026-08-05", 3), returned("2026-08-03", 1)]
    second = table(tmp_path / "b.csv", RETURNS, more)
    said = bring("amazon-returns", first, second, first, "--marketplace", "US").stdout
    assert lines(archive, "2026-W32") == ["return,US,AG-CAP-01,,size-small,APPAREL_TOO_SMALL,4"]
    assert "未计入 3 行" in said


def test_importing_twice_is_importing_once(tmp_path: Path, archive: Path, bring: Import) -> None:
    rows = [returned("2026-08-03", 1), returned("2026-08-12", 2), returned("2026-08-21", 3)]
    file = table(tmp_path / "r.csv", RETURNS, rows)
    bring("amazon-returns", file, "--marketplace", "US")
    before = written(archive)
    assert "没有文件变化" in bring("amazon-returns", file, "--marketplace", "US").stdout
    assert written(archive) == before


def test_growth_replaces_and_others_stay(tmp_path: Path, archive: Path, bring: Import) -> None:
    week = archive / "feedback/2026/2026-W32.csv"
    week.parent.mkdir(parents=True)
    kept = ["return,DE,AG-CAP-01,,size-small,APPAREL_TOO_SMALL,7", "review,US,AG-CAP-01,,shedding,,2"]
    old = "return,US,AG-CAP-02,,shedding,DID_NOT_LIKE_FABRIC,9"
    week.write_text(
        "\n".join(["source,marketplace,sku,batch,category,reason,count", kept[0], old, kept[1], ""])
    )
    rows = [returned("2026-08-03", 1), returned("2026-08-09", 2)]
    bring("amazon-returns", table(tmp_path / "a.csv", RETURNS, rows), "--marketplace", "US")
    assert lines(archive, "2026-W32") == [
        kept[0],
        "return,US,AG-CAP-01,,size-small,APPAREL_TOO_SMALL,2",
        kept[1],
    ]
    grown = [*rows, returned("2026-08-05", 3), returned("2026-08-12", 4)]
    said = bring("amazon-returns", table(tmp_path / "b.csv", RETURNS, grown), "--marketplace", "US").stdout
    assert "return,US,AG-CAP-01,,size-small,APPAREL_TOO_SMALL,3" in lines(archive, "2026-W32")
    assert "替换 1 周：2026-W32" in said
    assert "新增 1 周：2026-W33" in said


def test_a_week_without_returns_any_more_is_emptied(tmp_path: Path, archive: Path, bring: Import) -> None:
    rows = [returned("2026-08-03", 1), returned("2026-08-12", 2), returned("2026-08-17", 3)]
    bring("amazon-returns", table(tmp_path / "a.csv", RETURNS, rows), "--marketplace", "US")
    bring("amazon-returns", table(tmp_path / "b.csv", RETURNS, [rows[0], rows[2]]), "--marketplace", "US")
    assert lines(archive, "2026-W33") == []


def test_weeks_cut_by_reports(tmp_path: Path, archive: Path, bring: Import) -> None:
    """Monday to Wednesday, then Thursday on: added up once; a later report that lacks Monday loses nothing."""
    early = table(tmp_path / "a.csv", RETURNS, [returned("2026-08-03", 1), returned("2026-08-05", 2)])
    late = table(tmp_path / "b.csv", RETURNS, [returned("2026-08-06", 3), returned("2026-08-09", 4)])
    bring("amazon-returns", early, "--marketplace", "US")
    assert "补充 1 周" in bring("amazon-returns", late, "--marketplace", "US").stdout
    assert lines(archive, "2026-W32") == ["return,US,AG-CAP-01,,size-small,APPAREL_TOO_SMALL,4"]
    before = written(archive)
    assert "保留 1 周" in bring("amazon-returns", late, "--marketplace", "US").stdout
    assert "保留 1 周" in bring("amazon-returns", early, "--marketplace", "US").stdout
    assert written(archive) == before


def test_period_is_what_the_user_says(tmp_path: Path, archive: Path, bring: Import) -> None:
    file = table(tmp_path / "a.csv", RETURNS, [returned("2026-08-05", 1)])
    bring("amazon-returns", file, "--marketplace", "US", "--from", "2026-08-01", "--to", "2026-08-31")
    assert "2026-08-01,2026-08-31,2026-08-01" in (archive / "feedback/windows.csv").read_text()
    bring("amazon-returns", file, "--marketplace", "US", "--to", "2026-08-04", code=1)


def test_other_kinds_of_returns_do_not_replace_each_other(
    tmp_path: Path, archive: Path, bring: Import
) -> None:
    bring(
        "amazon-returns",
        table(tmp_path / "a.csv", RETURNS, [returned("2026-08-05", 1)]),
        "--marketplace",
        "US",
    )
    header = ("shipment-date", "sku", "quantity", "replacement-reason-code", "replacement-amazon-order-id")
    rows = [("2026-08-05T10:00:00+00:00", "AG-CAP-01", "2", "3", order(5))]
    bring("amazon-replacements", table(tmp_path / "b.csv", header, rows), "--marketplace", "US")
    header = (
        "Order ID",
        "Return request date",
        "Merchant SKU",
        "Return quantity",
        "Return reason",
        "Amazon RMA ID",
    )
    rows = [(order(6), "05-Aug-2026", "AG-CAP-01", "1", "CR-MISSING_PARTS", "D1")]
    bring("amazon-mfn-returns", table(tmp_path / "c.csv", header, rows), "--marketplace", "US")
    expected = [
        "return,US,AG-CAP-01,,crushed,REPLACEMENT:3,2",
        "return,US,AG-CAP-01,,size-small,APPAREL_TOO_SMALL,1",
        "return,US,AG-CAP-01,,wrong-item,MFN:CR-MISSING_PARTS,1",
    ]
    assert lines(archive, "2026-W32") == expected
    bring("amazon-returns", tmp_path / "a.csv", "--marketplace", "US")
    assert lines(archive, "2026-W32") == expected


def test_comments_suggest_and_are_not_kept(tmp_path: Path, archive: Path, bring: Import) -> None:
    comment = 'Too tight|gives me a headache &amp; it&#39;s "bad"\nMs Invented Name'
    rows = [returned("2026-08-05", 77, reason="OTHER", comment=comment, lpn="LPNRR" + "12345")]
    said = bring("amazon-returns", table(tmp_path / "a.csv", RETURNS, rows), "--marketplace", "US").stdout
    assert "尺码偏小 ×1" in said
    whole = everything(archive) + said
    for private in (order(77), "Invented", "headache &amp;", "LPNRR" + "12345"):
        assert private not in whole


def test_dry_run_writes_nothing(tmp_path: Path, archive: Path, bring: Import) -> None:
    before = written(archive)
    file = table(tmp_path / "a.csv", RETURNS, [returned("2026-08-05", 1, sku="AG-NEW-1")])
    said = bring("amazon-returns", file, "--marketplace", "US", "--dry-run", "--add-products").stdout
    assert "没有写入" in said
    assert "feedback/2026/2026-W32.csv" in said
    assert written(archive) == before


def test_products_are_appended(tmp_path: Path, archive: Path, bring: Import) -> None:
    products = archive / "catalog/products.yml"
    old = products.read_text("utf-8")
    file = table(tmp_path / "a.csv", RETURNS, [returned("2026-08-05", 1, sku="AG-BR-99")])
    bring("amazon-returns", file, "--marketplace", "US", "--add-products")
    new = products.read_text("utf-8")
    assert new.startswith(old)
    assert '- {sku: "AG-BR-99", name: "AG-BR-99", asin: "B0AGKN01W7", category: "bracelets"}\n' in new
    before = written(archive)
    bring("amazon-returns", file, "--marketplace", "US", "--add-products")
    assert written(archive) == before


@pytest.mark.parametrize(
    ("change", "line", "word"),
    [
        (lambda row: row[:-1], 3, "12 格"),
        (lambda row: ("31.31.2026", *row[1:]), 3, "日期"),
        (lambda row: ("2031-01-01", *row[1:]), 3, "2031-01-01"),
        (lambda row: (*row[:6], "about 2", *row[7:]), 3, "about 2"),
        (lambda row: (*row[:2], "", "", *row[4:]), 3, "SKU"),
        (lambda row: (*row[:2], order(9), *row[3:]), 3, "顾客信息"),
    ],
)
def test_wrong_rows_write_nothing(
    tmp_path: Path, archive: Path, bring: Import, change: object, line: int, word: str
) -> None:
    before = written(archive)
    rows = [returned("2026-08-05", 1), change(returned("2026-08-06", 2))]  # type: ignore[operator]
    file = table(tmp_path / "a.csv", RETURNS, rows)
    said = bring("amazon-returns", file, "--marketplace", "US", code=1).stderr
    assert f"{file}:{line}: " in said
    assert word in said
    assert order(9) not in said
    assert written(archive) == before
