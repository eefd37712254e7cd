"""Trend pages say what the numbers are, and say so when there are none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from qloop.pages.site import Site
from tests.pages import tree
from tests.pages_indexes import archive


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return archive.empty(tmp_path / "a")


def with_feedback(root: Path) -> Site:
    archive.with_issues(root, 12)
    for week, count in (("2026-W45", 3), ("2026-W47", 9)):
        file = root / "feedback/2026" / f"{week}.csv"
        file.parent.mkdir(parents=True, exist_ok=True)
        head = "source,marketplace,sku,batch,category,reason,count\n"
        file.write_text(f"{head}review,US,AG-1,,size-small,,{count}\nreturn,US,AG-2,,late,,1\n", "utf-8")
    (root / "feedback/units").mkdir()
    (root / "feedback/units/2026.csv").write_text(
        "week,marketplace,sku,units\n2026-W45,US,AG-1,1000\n", "utf-8"
    )
    return tree.site(root)


def grid(markdown: str, id: str) -> list[list[str]]:
    """The cells of a table, as text."""
    table = re.search(rf'<table[^>]* id="{re.escape(id)}".*?</table>', markdown, re.DOTALL)
    assert table, id
    body = table[0].split("<tbody>")[1]
    rows = re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)
    return [
        [re.sub(r"<[^>]+>", "", c).strip() for c in re.findall(r"<t[hd].*?</t[hd]>", r, re.DOTALL)]
        for r in rows
    ]


def test_feedback_by_week_newest_first(root: Path) -> None:
    page = tree.page(with_feedback(root), "trends/feedback.md").markdown
    assert grid(page, "weeks") == [
        ["2026-W47（进行中）", "10", "—", "—"],
        ["2026-W46", "—", "—", "—"],
        ["2026-W45", "4", "1,000", "4"],
    ]
    assert grid(page, "pareto-feedback") == [
        ["尺码偏小", "12", "85.7%", "85.7%"],
        ["送达迟", "2", "14.3%", "100.0%"],
    ]


def test_weeks_that_may_still_grow_say_so(root: Path) -> None:
    with_feedback(root)
    windows = root / "feedback/windows.csv"
    head = "source,marketplace,report,from,to,provisional_from"
    windows.write_text(
        f"{head}\nreturn,US,amazon-returns,2026-08-03,2026-11-17,2026-11-09\n", encoding="utf-8"
    )
    page = tree.page(tree.site(root), "trends/feedback.md").markdown
    assert [row[0] for row in grid(page, "weeks")] == ["2026-W47（进行中）", "2026-W46（暂定）", "2026-W45"]


def test_occurrences_are_never_added_to_feedback(root: Path) -> None:
    site = with_feedback(root)
    one = archive.issue(0) | {"occurrences": [{"week": "2026-W45", "source": "review", "count": 500}]}
    archive.write(root, f"issues/2026/{one['id']}.yml", one)
    before, after = (
        tree.page(site, "trends/feedback.md").markdown,
        tree.page(tree.site(root), "trends/feedback.md").markdown,
    )
    assert grid(after, "weeks") == grid(before, "weeks")
    assert grid(after, "pareto-feedback") == grid(before, "pareto-feedback")
    assert grid(after, "by-hand") == [["2026-W45", "500", "500"]]


def test_overview_counts_the_issues(root: Path) -> None:
    site = with_feedback(root)
    page = tree.page(site, "trends/index.md").markdown
    months = grid(page, "months")
    assert months[0][0] == "2026-11（进行中）"
    open_now = sum(i.status in ("open", "analyzing", "improving", "fixed") for i in site.archive.issues)
    assert months[0][3] == str(open_now)
    assert sum(int(r[1] or 0) for r in months) == len(site.archive.issues)
    assert grid(page, "measures")[0][:2] == ["未结问题", str(open_now)]
    assert "大促日" in page  # events are marked


@pytest.mark.parametrize("name", ["categories", "products", "factories"])
def test_groups_have_a_section_each(root: Path, name: str) -> None:
    page = tree.page(with_feedback(root), f"trends/{name}.md").markdown
    anchors = re.findall(r"\{ #(\S+) \}", page)
    expected = {
        "categories": {"g-size-small", "g-shedding", "g-late"},
        "products": {"g-ag-1", "g-ag-2", "g-none"},
        "factories": {"g-ningbo", "g-shaoxing", "g-none"},
    }[name]
    assert set(anchors) == expected
    assert len(grid(page, "summary")) == len(expected)
    assert all(grid(page, f"{a}-months") for a in anchors)


def test_product_counts(root: Path) -> None:
    page = tree.page(with_feedback(root), "trends/products.md").markdown
    rows = {r[0]: r for r in grid(page, "summary")}
    # 12 issues: products go round [], AG-1, AG-2, both
    assert rows["帽一 AG-1"][2] == "6"
    assert rows["帽一 AG-1"][4].split()[0] == "12"  # then the small line's title
    assert rows["帽一 AG-1"][7] == "3"  # 3 cases of 1,000 in the one week where both are known
    assert rows["帽二 AG-2"][7] == "—"


def test_same_archive_same_bytes(root: Path) -> None:
    with_feedback(root)
    uris = [f"trends/{n}.md" for n in ("index", "feedback", "categories", "products", "factories")]
    first = [tree.page(tree.site(root), u).source for u in uris]
    assert first == [tree.page(tree.site(root), u).source for u in uris]


def test_without_data_a_sentence_instead_of_a_chart(root: Path) -> None:
    site = tree.site(root)
    for name in ("index", "feedback", "categories", "products", "factories"):
        page = tree.page(site, f"trends/{name}.md").markdown
        assert "<svg" not in page
        assert "qloop-empty" in page


def test_many_weeks_are_folded(root: Path) -> None:
    page = tree.page(with_feedback(root), "trends/index.md").markdown
    assert len(grid(page, "weeks")) == 26
    assert len(grid(page, "weeks-all")) > 26
    assert page.index("<details") < page.index('id="weeks-all"')
