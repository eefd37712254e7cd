"""Every index contains every record exactly where it belongs."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from qloop.pages import pages
from qloop.pages.lists import groups as indexes_groups
from qloop.pages.lists import indexes as lists
from qloop.pages.lists import listing, sections
from qloop.pages.lists.rows import issue_rows
from qloop.pages.nav import NAV, nav
from qloop.pages.site import Site
from qloop.texts import load
from tests.pages import tree
from tests.pages_indexes import archive

COUNT = 48


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    root = archive.with_issues(archive.empty(tmp_path_factory.mktemp("archive") / "a"), COUNT)
    for n, status in enumerate(("requested", "effective", "effective")):
        archive.write(
            root,
            f"sop/changes/2026/PC-26080{n + 1}-AAA.yml",
            {
                "id": f"PC-26080{n + 1}-AAA",
                "title": f"变更 {n}",
                "status": status,
                "requested": f"2026-08-0{n + 1}",
                "factory": "ningbo",
                "four_m": ["method"],
                "before": "旧",
                "after": "新",
                "products": ["AG-1"],
            },
        )
    for n, factories in enumerate((["ningbo"], ["ningbo", "shaoxing"], [])):
        archive.write(
            root,
            f"sop/SOP-KNIT-00{n + 1}.yml",
            {
                "id": f"SOP-KNIT-00{n + 1}",
                "title": f"指导书 {n}",
                "revision": "1",
                "status": "effective",
                "owner": "qc",
                "author": "qc",
                "approver": "supply-chain",
                "factories": factories,
                "revisions": [{"revision": "1", "on": "2026-01-01", "reason": "首版"}],
                "review_due": ("2026-11-21", "2026-12-06", "2026-12-07")[n],
            },
        )
    for n, category in enumerate(("size-small", "late", None)):
        record = {
            "id": f"FAQ-q{n}",
            "title": f"问答 {n}",
            "question": "怎么回？",
            "aliases": {"zh": [f"勒头{n}"], "en": ["tight"]},
            "answer": "量头围",
            "replies": [{"lang": "en", "meaning": "量", "text": "Measure."}],
            "owner": "qc",
            "review_due": "2027-06-01",
        }
        archive.write(root, f"faq/FAQ-q{n}.yml", record | ({"category": category} if category else {}))
    for week in ("2026-W45", "2026-W46"):
        archive.write(
            root,
            f"issues/reviews/{week}.yml",
            {
                "id": week,
                "title": week,
                "period": {"from": "2026-11-02", "to": "2026-11-08"},
                "actions": [
                    {
                        "id": "A1",
                        "what": "更新页面",
                        "kind": "listing",
                        "owner": "supply-chain",
                        "due": "2026-11-10",
                    }
                ],
            },
        )
    return tree.site(root)


def ids(site: Site, kind: str) -> list[str]:
    return sorted(e.id for e in site.archive.of_kind(kind))


@pytest.mark.parametrize(
    ("uri", "kind"),
    [
        ("issues/index.md", "issue"),
        ("changes/index.md", "change"),
        ("sop/index.md", "sop"),
        ("faq/index.md", "faq"),
        ("reviews/index.md", "review"),
    ],
)
def test_index_has_every_record_once(site: Site, uri: str, kind: str) -> None:
    assert sorted(archive.rows(site, uri)) == ids(site, kind)


def test_newest_issue_first(site: Site) -> None:
    opened = [site.archive.by_id[id.casefold()].record.opened for id in archive.rows(site, "issues/index.md")]
    assert opened == sorted(opened, reverse=True)


def anchors(values: list[str]) -> set[str]:
    return {f"g-{v.lower()}" if v else "g-none" for v in values}


@pytest.mark.parametrize("dimension", indexes_groups.DIMENSIONS, ids=lambda d: d.key)
def test_every_issue_stands_under_its_values(site: Site, dimension: indexes_groups.Dimension) -> None:
    found = archive.sections(site, f"issues/by-{dimension.key}.md")
    where: dict[str, set[str]] = {}
    for anchor, members in found.items():
        assert len(members) == len(set(members))
        for id in members:
            where.setdefault(id, set()).add(anchor)
    expected = {r.record.id: anchors(list(dimension.of(r))) for r in issue_rows(site)}
    assert where == expected


def test_status_sections_follow_the_vocabulary(site: Site) -> None:
    assert list(archive.sections(site, "issues/by-status.md")) == [
        "g-open",
        "g-analyzing",
        "g-improving",
        "g-fixed",
        "g-verified",
        "g-closed",
        "g-rejected",
        "g-duplicate",
    ]


def test_cross_table_counts_what_its_links_show(site: Site) -> None:
    text = tree.page(site, "issues/by-category.md").markdown
    cells = re.findall(r'href="index\.html\?category=([^&"]+)&(?:amp;)?status=([^"]+)">(\d+)<', text)
    expected = Counter((i.category, i.status) for i in site.archive.issues)
    assert {(c, s): int(n) for c, s, n in cells} == expected
    totals = dict(re.findall(r'href="index\.html\?category=([^&"]+)">(\d+)<', text))
    assert {k: int(n) for k, n in totals.items()} == Counter(i.category for i in site.archive.issues)


def test_filter_keys_of_the_index(site: Site) -> None:
    text = tree.page(site, "issues/index.md").markdown
    keys = set(re.findall(r'data-filter(?:="words")? data-key="([^"]+)"', text))
    assert keys >= {"status", "severity", "category", "product", "factory", "owner"}
    assert 'data-filter="words" data-key="product"' in text
    assert 'data-value="AG-1 AG-2"' in text


def test_changes_sops_and_faqs_by_their_values(site: Site) -> None:
    assert archive.sections(site, "changes/by-status.md") == {
        "g-requested": ["PC-260801-AAA"],
        "g-effective": ["PC-260802-AAA", "PC-260803-AAA"],
    }
    assert archive.sections(site, "sop/by-factory.md") == {
        "g-ningbo": ["SOP-KNIT-001", "SOP-KNIT-002"],
        "g-shaoxing": ["SOP-KNIT-002"],
        "g-none": ["SOP-KNIT-003"],
    }
    assert archive.sections(site, "faq/by-category.md") == {
        "g-size-small": ["FAQ-q0"],
        "g-late": ["FAQ-q1"],
        "g-none": ["FAQ-q2"],
    }


def test_aliases_can_be_found_in_the_page(site: Site) -> None:
    assert "勒头1" in tree.page(site, "faq/index.md").markdown


def test_overdue(site: Site) -> None:
    text = tree.page(site, "overdue.md").markdown
    assert text.count('<tr><td data-label="状态" data-value="overdue">') == 3  # two tasks, SOP-KNIT-001
    assert text.count('<tr><td data-label="状态" data-value="open">') == 1  # SOP-KNIT-002 within 14 days
    assert "SOP-KNIT-002" in text
    assert "SOP-KNIT-003" not in text  # due in 15 days
    assert re.findall(r"\{ #(\S+) \}", text) == ["o-supply-chain", "o-qc"]


def test_lessons_are_the_proven_ones(site: Site) -> None:
    proven = sorted(i.id for i in site.archive.issues if i.status in ("verified", "closed"))
    assert sorted(archive.rows(site, "lessons.md")) == proven
    text = tree.page(site, "lessons.md").markdown
    assert "−89%" in text
    assert "根因 4" in text
    assert "做法 4" in text


def test_costs_of_two_currencies_stay_apart(site: Site) -> None:
    text = tree.page(site, "cost.md").markdown
    cny = sum(n for n in range(COUNT) if n % 5)
    usd = sum(n for n in range(COUNT) if n % 5 == 0)
    assert f"## CNY：合计 {cny:,}" in text
    assert f"## USD：合计 {usd:,}" in text
    assert f"{cny + usd:,}" not in text


def test_rules_are_all_there(site: Site) -> None:
    from qloop.rules import all_rules

    text = tree.page(site, "rules.md").markdown
    assert all(f"<code>{id}</code>" in text for id in all_rules())
    assert "qloop-sample" in text
    assert "先写字段，再写正文" in text
    assert 'lang="en"' not in text


def large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    monkeypatch.setattr(listing, "MOST_ROWS", 20)
    monkeypatch.setattr(lists, "MOST_ROWS", 20)
    return tree.site(archive.with_issues(archive.empty(tmp_path / "a"), COUNT))


def test_large_archive_keeps_every_record_on_a_part_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = large(tmp_path, monkeypatch)
    parts = {p.uri: p for p in pages(site) if p.uri.startswith("issues/part/")}
    listed = [id for p in parts.values() for id in re.findall(r'<tr data-id="([^"]+)"', p.markdown)]
    assert sorted(listed) == ids(site, "issue")
    for uri, page in parts.items():
        month = uri.removeprefix("issues/part/").removesuffix(".md")
        assert set(
            re.findall(r'<td data-label="发现日期"><time datetime="(2026-\d\d)-\d\d"', page.markdown)
        ) == {month}
    index = tree.page(site, "issues/index.md").markdown
    assert all(site.urls.link("issues/index.md", uri) in index for uri in parts)


def test_large_archive_shows_open_issues_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = large(tmp_path, monkeypatch)
    shown = archive.rows(site, "issues/index.md")
    assert len(shown) == 20
    assert {site.archive.by_id[id.casefold()].record.status for id in shown} <= {
        "open",
        "analyzing",
        "improving",
        "fixed",
    }
    assert "?category=" not in tree.page(site, "issues/by-category.md").markdown  # the index is not complete


def test_a_cut_section_leads_to_the_page_about_its_value_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def links(rows: int) -> int:
        monkeypatch.setattr(sections, "SECTION_ROWS", rows)
        folder = tmp_path / str(rows)
        site = tree.site(archive.with_issues(archive.empty(folder), COUNT))
        text = tree.page(site, "issues/by-factory.md").markdown
        (text,) = (part for part in text.split("\n## ") if "#g-ningbo " in part.split("\n")[0])
        return len(re.findall(r'href="\.\./factories/ningbo\.html[^"]*">查看', text))

    assert links(1000) == links(2) == 1


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_empty_archive_has_every_page(tmp_path: Path, language: str) -> None:
    site = tree.site(archive.empty(tmp_path / "a"), language)
    found = {p.uri: p for p in pages(site)}
    for uri in nav_uris():
        assert uri in found
        assert "<svg" not in found[uri].markdown
        assert uri == "index.md" or found[uri].meta["title"]  # the home page is called by the site's name


def nav_uris() -> list[str]:
    return [
        uri for _, target in NAV for uri in ([target] if isinstance(target, str) else [u for _, u in target])
    ]


def test_navigation_names_pages_that_exist(site: Site) -> None:
    uris = {p.uri for p in pages(site)}
    assert set(nav_uris()) <= uris
    assert len(nav_uris()) == len(set(nav_uris()))


def test_navigation_in_mkdocs_shape() -> None:
    made = nav(load("zh"), [{"怎么写记录": "guide/report.md"}])
    assert made[0] == {"首页": "index.md"}
    assert made[1]["质量问题"][0] == {"全部": "issues/index.md"}
    assert made[-1]["使用指南"] == [
        {"怎么写记录": "guide/report.md"},
        {"检查规则": "rules.md"},
        {"字段使用情况": "usage.md"},
    ]


def test_links_of_index_pages_lead_somewhere(site: Site) -> None:
    uris = {site.urls.dest(p.uri) for p in pages(site)}
    for page in pages(site):
        if page.uri.startswith(
            ("issues/by", "trends/", "cost", "lessons", "overdue", "roles/", "usage")
        ) or page.uri.endswith("index.md"):
            for href in re.findall(r'href="([^"]+)"', page.markdown):
                if not href.startswith(("#", "http")):
                    target = href.split("?")[0].split("#")[0]
                    folder = Path("/") / Path(site.urls.dest(page.uri)).parent
                    assert str((folder / target).resolve().relative_to("/")) in uris, (page.uri, href)


def test_anchors_of_cross_tables_exist(site: Site) -> None:
    for page in pages(site):
        for anchor in re.findall(
            rf'href="(?:{re.escape(Path(page.uri).stem)}\.html)#([^"]+)"', page.markdown
        ):
            assert f"{{ #{anchor} }}" in page.markdown, (page.uri, anchor)
