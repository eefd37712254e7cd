"""Large archives: no page grows without bound, every record is reached, one more record changes few pages."""

from __future__ import annotations

import datetime as dt
import json
import posixpath
import re
import shutil
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest

from qloop.pages.page import Page
from qloop.pages.site import Site
from tests.pages import tree
from tests.pages_indexes import seeded

MOST_BYTES = 270_000
"""Of a page's Markdown; the frame adds some 30 kB. An unbounded list of this archive takes 600 kB and more."""
CHANGED = 28
"""Pages that count or list an issue's month, product, factory, owner, category, status or date."""


@pytest.fixture(scope="module", params=["believable", "all open", "many products"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Site:
    options = {
        "believable": (),
        "all open": ("--all-open",),
        "many products": ("--all-open", "--products", "400", "--factories", "30"),
    }[request.param]
    root = tmp_path_factory.mktemp("seeded") / "a"
    return replace(seeded.site(root, *options), memo={"root": root})


@pytest.fixture(scope="module")
def pages(site: Site) -> dict[str, Page]:
    return {uri: d.make() for uri, d in seeded.of_lists(site).items()}


def test_no_page_is_long(pages: dict[str, Page]) -> None:
    sizes = {uri: len(page.source.encode()) for uri, page in pages.items()}
    assert {uri: n for uri, n in sizes.items() if n > MOST_BYTES} == {}
    assert sizes["index.md"] < 20_000


def targets(site: Site, page: Page) -> set[str]:
    """Built files below the site to which a page links."""
    folder = posixpath.dirname(site.urls.dest(page.uri))
    found = re.findall(r'href="([^"#?]+)', page.markdown)
    return {posixpath.normpath(posixpath.join(folder, unquote(f))) for f in found if ":" not in f}


def reached(site: Site, pages: dict[str, Page], start: Iterable[str] = ("index.html",)) -> set[str]:
    """Everything that links lead to from the home page, over pages that are no record's."""
    by_file = {site.urls.dest(uri): page for uri, page in pages.items()}
    seen, new = set[str](), set(start)
    while new:
        seen |= new
        new = {t for file in new if file in by_file for t in targets(site, by_file[file])} - seen
    return seen


def test_every_record_and_every_page_is_reached_from_the_home_page(
    site: Site, pages: dict[str, Page]
) -> None:
    found = reached(site, pages)
    assert {e.id for e in site.archive.entries if site.urls.dest(site.uri(e)) not in found} == set()
    menu = {site.urls.dest(uri) for uri in ("usage.md", "rules.md", "lessons.md", "roles/index.md")}
    found |= reached(site, pages, menu)
    assert {uri for uri in pages if site.urls.dest(uri) not in found} == set()


def test_every_unfinished_measure_is_on_a_page_of_its_month(site: Site, pages: dict[str, Page]) -> None:
    parts = [p.markdown for uri, p in pages.items() if uri.startswith("overdue/part/")]
    whole = [text for text in parts if 'id="due" data-qloop-table>' in text]  # else it is cut once more
    rows = [id for text in whole for id in re.findall(r'data-id="(QI-[^"]+)"', text)]
    waiting = [i.id for i in site.archive.issues for a in i.actions if not a.done]
    assert sorted(rows) == sorted(waiting)


def test_links_into_pages_find_their_place(site: Site, pages: dict[str, Page]) -> None:
    by_file = {site.urls.dest(uri): page for uri, page in pages.items()}
    checked = 0
    for page in pages.values():
        folder = posixpath.dirname(site.urls.dest(page.uri))
        for address, place in re.findall(r'href="([^"#?:]+)(?:\?[^"#]*)?#([^"]+)"', page.markdown):
            target = by_file[posixpath.normpath(posixpath.join(folder, unquote(address)))].markdown
            assert f'id="{place}"' in target or f"{{ #{place} }}" in target, (page.uri, address, place)
            checked += 1
    assert checked > 40


def test_links_to_the_rest_count_what_is_there(site: Site, pages: dict[str, Page]) -> None:
    text = pages["issues/by-severity.md"].markdown
    section = re.split(r"^## .*\{ #(\S+) \}$", text, flags=re.MULTILINE)[2]
    assert re.search(r"这里显示 \d+ 条，共 (\d+) 条", section), "the first section is the critical ones"
    links = re.findall(
        r'href="part/([\d-]+)\.html\?severity=critical">[\d-]+</a>\s<span[^>]*>(\d+)<', section
    )
    assert sum(int(n) for _, n in links) == sum(i.severity == "critical" for i in site.archive.issues)
    month, count = links[3]
    part = pages[f"issues/part/{month}.md"].markdown
    assert part.count('data-value="critical"') == int(count)
    assert "data-part" not in part  # whole: its own counts and filters tell the truth
    assert "data-part" in pages["issues/index.md"].markdown


def test_one_more_issue_changes_few_pages(site: Site, pages: dict[str, Page], tmp_path: Path) -> None:
    root = tmp_path / "a"
    shutil.copytree(_root(site), root)
    old = next(i for i in site.archive.issues if i.opened == dt.date(2025, 3, 3) or i.opened.year == 2025)
    text = (root / f"issues/2025/{old.id}.md").read_text("utf-8")
    (root / "issues/2025/QI-250303-ZZZ.md").write_text(
        text.replace(json.dumps(old.id), '"QI-250303-ZZZ"'), "utf-8"
    )
    after = seeded.of_lists(tree.site(root))
    changed = {uri for uri, d in after.items() if uri not in pages or d.make().source != pages[uri].source}
    assert f"issues/part/{old.opened:%Y-%m}.md" in changed
    assert len(changed) <= CHANGED, sorted(changed)
    assert sum("/part/" in uri for uri in changed) <= 3, sorted(
        changed
    )  # its month's, its measure's, its lesson's


def _root(site: Site) -> Path:
    return Path(site.memo["root"])
