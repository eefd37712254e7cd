"""The demo archive as plain ``mkdocs build --strict`` publishes it: no dead link, no id twice, Chinese throughout."""

from __future__ import annotations

import json
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import pytest

from .test_plain_mkdocs import REPOSITORY, mkdocs

pytestmark = pytest.mark.slow
BASE = "/alturago-quality/"
"""The folder that the demo's site_url names."""


class Seen(HTMLParser):
    """What a page links to, what it loads, its ids and its language."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.ids: Counter[str] = Counter()
        self.language = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.language = given.get("lang", "") if tag == "html" else self.language
        self.ids.update([given["id"]] if given.get("id") else [])
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        elif tag == "link" and given.get("rel") in ("stylesheet", "icon", "preload", "modulepreload"):
            self.loads.append(given.get("href", ""))
        elif tag in ("script", "img", "source", "iframe") and given.get("src"):
            self.loads.append(given["src"])


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("plain") / "site"
    done = mkdocs(REPOSITORY, folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder.resolve()


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, Seen]:
    found = {path: Seen(path.read_text("utf-8")) for path in site.rglob("*.html")}
    assert len(found) > 150
    return found


def target(site: Path, page: Path, link: str) -> Path:
    path = unquote(urlsplit(link).path)
    if not path:
        return page
    place = site / path.removeprefix(BASE) if path.startswith(BASE) else page.parent / path
    return (place / "index.html" if place.is_dir() else place).resolve()


def test_every_link_and_anchor_leads_somewhere(site: Path, pages: dict[Path, Seen]) -> None:
    dead = []
    for page, seen in pages.items():
        for link in [*seen.links, *seen.loads]:
            if urlsplit(link).scheme:
                continue
            place, anchor = target(site, page, link), unquote(urlsplit(link).fragment)
            if not place.is_file() or (anchor and place in pages and anchor not in pages[place].ids):
                dead.append(f"{page.relative_to(site)}: {link}")
    assert not dead


def test_nothing_is_loaded_from_outside(pages: dict[Path, Seen]) -> None:
    loads = {load for seen in pages.values() for load in seen.loads}
    assert loads
    assert not [load for load in loads if urlsplit(load).netloc]


def test_ids_stand_once_on_a_page_in_chinese(site: Path, pages: dict[Path, Seen]) -> None:
    twice = {
        str(path.relative_to(site)): [i for i, n in seen.ids.items() if n > 1] for path, seen in pages.items()
    }
    assert not {path: ids for path, ids in twice.items() if ids}
    assert {seen.language for seen in pages.values()} == {"zh"}
    assert "没有这一页" in (site / "404.html").read_text("utf-8")


def test_the_machine_readable_twin_names_pages_that_exist(site: Path) -> None:
    records = json.loads((site / "api/v1/records.json").read_text("utf-8"))["records"]
    assert len(records) > 90
    for record in records:
        assert (site / record["url"]).is_file()
        assert json.loads((site / record["api"]).read_text("utf-8"))["id"] == record["id"]


def test_feeds_are_well_formed_and_their_ids_unique(site: Path) -> None:
    feeds = sorted(site.glob("feeds/*.atom"))
    assert len(feeds) > 3
    for feed in feeds:
        ids = [e.text for e in ElementTree.parse(feed).iterfind(".//{http://www.w3.org/2005/Atom}id")]
        assert len(ids) == len(set(ids)) > 1, feed.name
