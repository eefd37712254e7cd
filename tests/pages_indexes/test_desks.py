"""Role pages, the page of field use, and usual causes beneath a category's heading."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from qloop.pages import pages
from qloop.pages.boards import roles
from qloop.pages.site import Site
from tests.pages import tree
from tests.pages_indexes import archive


def action(id: str, owner: str, due: str, **more: object) -> dict[str, object]:
    return {"id": id, "what": f"做 {id}", "kind": "corrective", "owner": owner, "due": due} | more


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    root = archive.empty(tmp_path_factory.mktemp("archive") / "a")
    settings = (root / "qloop.yml").read_text("utf-8")
    causes = "label: 尺码偏小, causes: [换纱后张力没重设, '<b>定样'], fields: [{name: girth, label: 帽围}]"
    (root / "qloop.yml").write_text(settings.replace("label: 尺码偏小", causes), "utf-8")
    plan = [action("LATER", "qc", "2026-12-01"), action("LATE", "qc", "2026-11-01"),
            action("OTHER", "supply-chain", "2026-11-25"),
            action("DONE", "qc", "2026-11-01", done="2026-11-01")]  # fmt: skip
    base = {"severity": "minor", "owner": "qc", "products": [], "title": "t"}
    given = (
        {"id": "QI-261020-AAA", "status": "open", "opened": "2026-10-20", "category": "size-small", "actions": plan},
        {"id": "QI-261101-AAA", "status": "improving", "opened": "2026-11-01", "category": "shedding",
         "containment": {"action": "停发", "by": "qc", "on": "2026-11-12"}},
        {"id": "QI-261102-AAA", "status": "duplicate", "opened": "2026-11-02", "category": "shedding",
         "actions": [action("DROPPED", "qc", "2026-11-01")]},
        {"id": "QI-260101-AAA", "status": "closed", "opened": "2026-01-01", "category": "shedding",
         "containment": {"action": "停发", "by": "qc", "on": "2026-01-04"}, "closed": "2026-03-01",
         "actions": [action("A1", "qc", "2026-02-01", done="2026-01-14")],
         "verification": {"verdict": "effective", "by": "qc", "on": "2026-02-13"}},
    )  # fmt: skip
    for one in given:
        archive.write(root, f"issues/2026/{one['id']}.yml", base | one)
    for n, due in enumerate(("2026-11-21", "2026-12-22", "2026-12-23")):
        sop = {"id": f"SOP-KNIT-00{n}", "title": f"指导书 {n}", "revision": "1", "status": "effective",
               "owner": "qc", "author": "qc", "approver": "qc", "factories": [], "review_due": due,
               "revisions": [{"revision": "1", "on": "2026-01-01", "reason": "首版"}]}  # fmt: skip
        archive.write(root, f"sop/{sop['id']}.yml", sop)
    return tree.site(root)


def numbers(text: str, label: str) -> list[str]:
    """The texts of the cells in the row that begins with ``label``."""
    row = next(r for r in re.findall(r"<tr>.*?</tr>", text) if re.search(rf"<td[^>]*>(<a[^>]*>)?{label}<", r))
    return [re.sub("<[^>]+>", "", cell) for cell in re.findall(r"<td.*?</td>", row)][1:]


def test_summary_counts_each_department(site: Site) -> None:
    text = tree.page(site, "roles/index.md").markdown
    # QI-261020 33 days open, QI-261101 10 days improving; late: one measure, one SOP; SOPs until 22 December
    assert numbers(text, "品控") == ["2", "2", "2", "2", "21.5"]
    assert numbers(text, "供应链") == ["", "1", "", "", ""]


def test_time_in_stage_and_bottleneck(site: Site) -> None:
    text = tree.page(site, "roles/qc.md").markdown
    assert numbers(text, "待改善") == ["2", "7", "1", "33", ""]  # 3 and 11 days
    assert numbers(text, "改善中") == ["1", "10", "1", "10", ""]
    assert numbers(text, "已修复") == ["1", "30", "", "", "瓶颈"]
    assert numbers(text, "已验证") == ["1", "16", "", "", ""]
    assert text.count("瓶颈") == 2  # in its row and in the definition
    assert "中位数是 30 天" in text
    assert "瓶颈" not in tree.page(site, "roles/supply-chain.md").markdown.split("怎么算的")[0]


def test_desk_of_a_department(site: Site) -> None:
    text = tree.page(site, "roles/qc.md").markdown
    assert re.findall(r'<span class="what">做 (\w+)', text) == ["LATE", "LATER"]  # overdue first
    assert archive.rows(site, "roles/qc.md") == ["QI-261020-AAA", "QI-261101-AAA"]  # longest there first
    assert [f"指导书 {n}" in text for n in range(3)] == [True, True, False]
    assert "做 OTHER" in tree.page(site, "roles/supply-chain.md").markdown


def test_long_desks_say_that_they_are_cut(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roles, "MOST_ROWS", 1)
    text = tree.page(site, "roles/qc.md").markdown
    assert text.count("这里显示 1 条，共 2 条") == 3  # measures, issues, documents
    assert 'href="../overdue.html?owner=qc"' in text
    assert 'href="../issues/index.html?owner=qc"' in text
    assert archive.rows(site, "roles/qc.md") == ["QI-261020-AAA"]


def test_every_department_has_its_page(site: Site) -> None:
    uris = {p.uri for p in pages(site) if p.uri.startswith("roles/")}
    assert uris == {"roles/index.md", "roles/qc.md", "roles/supply-chain.md"}
    assert 'href="../roles/qc.html"' in tree.page(site, "issues/by-owner.md").markdown


def test_usage_marks_what_nobody_fills(site: Site) -> None:
    text = tree.page(site, "usage.md").markdown
    row = {
        (section, key): r
        for section, body in re.findall(r'<table [^>]*id="use-(\w+)"(.*?)</table>', text, re.DOTALL)
        for key, r in re.findall(r"<tr>.*?<code[^>]*>(\w+)</code>(.*)</tr>", body)
    }
    assert ">4 / 4<" in row["issue", "category"]
    assert ">100%<" in row["issue", "category"]
    assert "未使用过" in row["issue", "trials"]
    assert "未使用过" not in row["issue", "actions"]
    assert "QI-261102-AAA" in row["issue", "actions"]
    assert "还没有记录" in row["faq", "answer"]  # no FAQ entries at all
    assert ">0 / 1<" in row["details", "girth"]
    assert "未使用过，可考虑从词表（qloop.yml）删除：尺码偏小 · 帽围<" in text


def test_usual_causes_stand_beneath_their_category(site: Site) -> None:
    text = tree.page(site, "issues/by-category.md").markdown
    small, shed = re.split("^## ", text, flags=re.MULTILINE)[1:][::-1]
    assert "尺码偏小" in small.splitlines()[0]
    assert "<b>常见原因：</b>换纱后张力没重设；&lt;b&gt;定样</p>" in small
    assert "常见原因" not in shed
    assert "常见原因" not in tree.page(site, "faq/by-category.md").markdown


@pytest.mark.parametrize("language", ["zh", "en"])
def test_pages_of_an_empty_archive(tmp_path: Path, language: str) -> None:
    site = tree.site(archive.empty(tmp_path / "a"), language)
    assert site.texts["indexes.roles.stages-none"] in tree.page(site, "roles/index.md").markdown
    assert site.texts["indexes.usage.no-fields"] in tree.page(site, "usage.md").markdown
