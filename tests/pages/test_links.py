"""Links of record pages: to pages that exist, in both directions, with the reason of each."""

import posixpath
import re
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

import pytest

from qloop.derive.related import related, sources
from qloop.pages.urls import Urls
from tests.pages import tree
from tests.pages.test_golden import made

ELSEWHERE = {"issues", "changes", "sop", "faq", "reviews"}
"""Sections whose index.md other makers write; overdue.md too."""


PARTS = {("change", "sops"), ("sop", "checkpoints"), ("sop", "revisions"), ("review", "actions")}
"""Fields whose parts name records."""


class Addresses(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name in ("href", "src") and value]


def test_every_inner_link_leads_to_a_page_or_file() -> None:
    pages, urls = made(), Urls(False)
    known = (
        {urls.dest(uri) for uri in pages}
        | {f"{s}/index.html" for s in ELSEWHERE}
        | {"overdue.html", "alerts.html"}
    )
    known.add("files/QI-260803-7KD/tape.png")
    checked = 0
    for uri, page in pages.items():
        for address in Addresses(page.markdown).found:
            parts = urlsplit(address)
            if parts.scheme:
                assert address.startswith("https://github.com/example/tiny/"), address
                continue
            target = posixpath.normpath(
                posixpath.join(posixpath.dirname(urls.dest(uri)), unquote(parts.path))
            )
            assert target in known, (uri, address)
            checked += 1
    assert checked > 60


def test_relations_are_computed_in_both_directions() -> None:
    archive = tree.site().archive
    issue = archive.by_id["qi-260803-7kd"]
    found = {
        kind: {(r.entry.id, tuple(f"{h.key}:{h.detail}" for h in r.hows)) for r in relations}
        for kind, relations in related(archive, issue).items()
    }
    assert found == {
        "issue": {("QI-261019-B2C", ("in.issue.duplicate_of:",))},
        "change": {("PC-260810-M2Q", ("out.issue.changes:",))},
        "sop": {("SOP-KNIT-001", ("out.issue.sops:", "in.sop.checkpoints:CP1"))},
        "faq": {("FAQ-cap-too-tight", ("out.issue.faqs:",))},
        "review": {("2026-W32", ("in.review.issues:", "in.review.actions:A1"))},
    }


def test_sources_are_the_records_that_name_an_entry_in_one_field() -> None:
    archive = tree.site().archive
    issue = archive.by_id["qi-260803-7kd"]
    assert [e.id for e in sources(archive, issue, "sop", "checkpoints")] == ["SOP-KNIT-001"]
    assert sources(archive, issue, "issue", "recurrence_of") == ()


def test_an_issue_page_names_the_checkpoint_that_guards_it() -> None:
    page = made()["issues/QI-260803-7KD.md"]
    assert "检验点 CP1 防护本问题" in page.markdown
    assert "它与本问题重复" in page.markdown


def test_every_way_of_being_related_has_words_in_both_languages() -> None:
    from qloop.records.kinds import KINDS
    from qloop.records.references import _fields
    from qloop.texts import load

    for kind in KINDS.values():
        for name, key, ref in _fields(kind.model):
            if ref in KINDS or (kind.name, name) in PARTS:
                for language in ("zh", "en"):
                    for way in ("in", "out"):
                        assert load(language)(f"pages.how.{way}.{kind.name}.{key}", detail="x")


def test_history_is_shown_newest_first_and_left_out_without_git() -> None:
    page = made()["issues/QI-260803-7KD.md"].markdown
    days = re.findall(r'<li><time datetime="(2026-11-\d\d)">', page)
    assert days == ["2026-11-22", "2026-11-21", "2026-11-03"]
    assert "验证通过 &lt;b&gt;" in page
    assert "变更历史" not in tree.page(tree.site(), "issues/QI-260803-7KD.md").markdown


@pytest.mark.parametrize("language", ["zh", "en"])
def test_pages_can_be_made_in_each_language(language: str) -> None:
    site = tree.site(language=language)
    page = tree.page(site, "index.md")
    assert "title" not in page.meta, "the browser's tab shows the site's name once"
    assert f"<h1>{site.texts('pages.home.title', brand='小样')}</h1>" in page.markdown
