"""What the home page counts, and pages of records that hold only what they must."""

import datetime as dt
from pathlib import Path

import pytest

from qloop.pages.boards.home import due_documents, merges, open_by_severity, proven_fixes, unproven
from tests.pages import tree

MINIMAL = {
    "issues/2026/QI-260101-AAA.md": (
        "{id: QI-260101-AAA, title: 帽檐裂口, status: open, opened: 2026-01-01, category: size-small,\n"
        "severity: critical, owner: qc, products: []}"
    ),
    "sop/changes/2026/PC-260101-AAA.md": (
        "{id: PC-260101-AAA, title: 加厚, status: requested, requested: 2026-01-01, factory: ningbo-knit,\n"
        "four_m: [man], before: 甲, after: 乙}"
    ),
    "sop/SOP-NEW-001.md": (
        '{id: SOP-NEW-001, title: 草案, revision: "1", status: draft, owner: qc, author: qc,\n'
        'approver: supply-chain, factories: [], revisions: [{revision: "1", on: 2026-01-01, reason: 初稿}]}'
    ),
    "faq/FAQ-new.md": (
        "{id: FAQ-new, title: 新问题, question: 怎么办？, aliases: {zh: [甲], en: [a]}, answer: 如此,\n"
        "replies: [{lang: en, meaning: 好, text: ok}], owner: qc, review_due: 2026-01-01}"
    ),
    "issues/reviews/2026-W01.md": (
        "{id: 2026-W01, title: 第一周, period: {from: 2025-12-29, to: 2026-01-04}}"
    ),
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The tiny archive with a minimal record of each kind more, without a forge, and with a broken file."""
    root = tree.changed(tmp_path, "qloop.yml", ("kind: github", "kind: none"))
    for path, front in MINIMAL.items():
        (root / path).write_text(f"---\n{front}\n---\n", "utf-8")
    (root / "issues/2026/QI-260102-BBB.md").write_text("---\nid: [\n---\n", "utf-8")
    return root


@pytest.mark.parametrize(
    "uri",
    [
        "issues/QI-260101-AAA.md",
        "changes/PC-260101-AAA.md",
        "sop/SOP-NEW-001.md",
        "faq/FAQ-new.md",
        "reviews/2026-W01.md",
    ],
)
def test_a_record_with_only_what_it_must_hold_has_a_page(root: Path, uri: str) -> None:
    page = tree.page(tree.site(root), uri)
    assert "None" not in page.markdown
    assert "<dt></dt>" not in page.markdown
    assert "<dd></dd>" not in page.markdown
    assert "https://" not in page.markdown


def test_no_section_is_empty(root: Path) -> None:
    for uri in ("issues/QI-260101-AAA.md", "reviews/2026-W01.md"):
        assert "\n## " not in tree.page(tree.site(root), uri).markdown


def test_home_names_broken_files_and_counts_what_is_open(root: Path) -> None:
    site = tree.site(root)
    assert open_by_severity(site.archive) == {"critical": 1, "major": 0, "minor": 0}
    page = tree.page(site, "index.md").markdown
    assert "issues/2026/QI-260102-BBB.md" in page
    assert 'href="issues/index.html?severity=critical&amp;sort=status"' in page
    assert "QI-260102-BBB" not in tree.page(tree.site(), "index.md").markdown


def test_documents_whose_review_is_due(root: Path) -> None:
    archive, day = tree.site(root).archive, dt.date(2026, 11, 22)
    assert [e.id for e in due_documents(archive, day)] == ["FAQ-new", "SOP-KNIT-001"]
    assert due_documents(archive, dt.date(2026, 1, 1)) == ()


def test_proven_and_waiting_fixes(tmp_path: Path) -> None:
    path = "issues/2026/QI-260803-7KD.md"
    assert [f.entry.id for f in proven_fixes(tree.site().archive)] == ["QI-260803-7KD"]
    root = tree.changed(tmp_path, path, ("status: verified", "status: fixed"))
    assert proven_fixes(tree.site(root).archive) == ()
    assert [e.id for e in unproven(tree.site(root).archive)] == ["QI-260803-7KD"]
    root = tree.changed(
        tmp_path, path, ("status: fixed", "status: closed"), ("verdict: effective", "verdict: ineffective")
    )
    assert proven_fixes(tree.site(root).archive) == ()


def test_merges_name_the_records_they_touched() -> None:
    found = merges(tree.site(history=tree.history()))
    assert [(m.change.commit, [r.id for r in m.records], m.more) for m in found] == [
        ("c3", ["QI-260803-7KD"], 0),
        ("b2", ["QI-260803-7KD"], 0),
    ]
