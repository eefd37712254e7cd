"""An incremental build publishes what a clean build would, and touches only what changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from qloop.publish import ahead, making, swap
from qloop.publish.published import MARK
from qloop.publish.session import BuildFailed, Session

from .conftest import Archive

ISSUE = "issues/QI-260803-7KD.html"


def test_a_cold_build_writes_pages_files_and_search(archive: Archive) -> None:
    result = archive.build()
    site = archive.site()
    assert result.records == {"issue": 3}
    assert result.unchanged == result.deleted == 0
    assert "帽围过小，佩戴压头" in site[ISSUE].decode()
    assert {"index.html", "issues/index.html", "api/v1/records.json", "feeds/all.atom", "sitemap.xml"} <= set(
        site
    )
    assert "search/index.json" in site
    assert not list(archive.root.glob(".site.*")), "nothing is left beside the site"


def test_a_site_that_is_a_link_stays_one(archive: Archive, tmp_path: Path) -> None:
    """A web server's folder linked in place of ``site``: every build, whole or not, arrives there."""
    served = tmp_path / "served"
    served.mkdir()
    (archive.root / "site").symlink_to(served)
    for _ in range(2):
        archive.build(clean=True)
        assert (archive.root / "site").is_symlink()
        assert (served / ISSUE).is_file()
    edit_title(archive)
    archive.build()
    assert "帽围偏小，戴半天头疼" in (served / ISSUE).read_text("utf-8")


def test_nothing_edited_builds_nothing(archive: Archive) -> None:
    total = archive.build().built
    before = archive.site()
    result = archive.build()
    assert (result.built, result.unchanged, result.deleted) == (0, total, 0)
    assert archive.site() == before


def edit_title(archive: Archive) -> None:
    archive.issue("QI-260803-7KD", title="帽围偏小，戴半天头疼", aliases=["AG-0012"])


def add(archive: Archive) -> None:
    archive.issue("QI-260806-4EF", title="洗标字小看不清", related=["QI-260805-3CD"])


def delete(archive: Archive) -> None:
    archive.issue("QI-260804-2AB", title="帽里掉毛，沾在头发上")
    (archive.root / "issues/2026/QI-260803-7KD.md").unlink()


def guide(archive: Archive) -> None:
    archive.text("docs/guide/start.md", "# 怎么用\n\n先看[首页](../index.md)。\n")


def frame(archive: Archive) -> None:
    archive.text("catalog/factories.yml", "- {id: knit, name: 宁波针织厂}\n- {id: sew, name: 缝制厂}\n")


def brand(archive: Archive) -> None:
    """It stands at the foot of every page."""
    settings = (archive.root / "qloop.yml").read_text("utf-8")
    archive.text("qloop.yml", settings.replace("Tiny", "Other"))


@pytest.mark.parametrize("edit", [edit_title, add, delete, guide, frame, brand])
def test_an_edit_gives_the_same_site_as_a_clean_build(archive: Archive, edit) -> None:  # type: ignore[no-untyped-def]
    archive.build()
    edit(archive)
    result = archive.build()
    assert result.built
    incremental = archive.site()
    archive.build(clean=True)
    assert incremental == archive.site()


def test_a_page_that_does_not_show_the_edit_is_not_built(archive: Archive) -> None:
    total = archive.build().built
    page = archive.root / "site" / "issues/QI-260805-3CD.html"
    before = page.stat().st_ino
    edit_title(archive)
    result = archive.build()
    assert 0 < result.built < total
    assert page.stat().st_ino == before


def test_a_deleted_record_leaves_no_page(archive: Archive) -> None:
    archive.build()
    delete(archive)
    result = archive.build()
    site = archive.site()
    assert result.deleted == 1
    assert not [name for name in site if "QI-260803-7KD" in name or "AG-0012" in name]


def test_two_processes_make_the_same_site_as_one(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    archive.build(jobs=1)
    one = archive.site()
    monkeypatch.setattr(making, "SPREAD", 2)
    monkeypatch.setattr(ahead, "MANY", 2)
    archive.build(jobs=2, clean=True)
    assert archive.site() == one


def test_a_failed_build_leaves_the_site_as_it_was(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    archive.build()
    before = archive.site()

    def fail(*_: object) -> list[str]:
        raise BuildFailed("the theme is broken")

    monkeypatch.setattr(Session, "build", fail)
    edit_title(archive)
    with pytest.raises(BuildFailed, match="the theme is broken"):
        archive.build()
    assert archive.site() == before
    monkeypatch.undo()
    assert "戴半天头疼" in archive.build().site.joinpath(ISSUE).read_text("utf-8")


def test_a_build_cut_off_while_moving_is_finished_by_the_next_one(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.build()
    monkeypatch.setattr(swap, "remove", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    delete(archive)
    with pytest.raises(KeyboardInterrupt):
        archive.build()
    assert "issues/QI-260803-7KD.html" in archive.site(), "what links to it may not have been replaced"
    monkeypatch.undo()
    assert archive.build().built == 0
    incremental = archive.site()
    assert "issues/QI-260803-7KD.html" not in incremental
    archive.build(clean=True)
    assert archive.site() == incremental


def test_a_folder_that_is_not_ours_is_refused(archive: Archive) -> None:
    photo = archive.text("site/holiday.jpg", "mine")
    with pytest.raises(swap.ForeignFolder):
        archive.build()
    assert photo.read_text() == "mine"


def test_a_state_of_another_site_is_ignored(archive: Archive) -> None:
    total = archive.build().built
    (archive.root / "site" / MARK).write_text("another build")
    assert archive.build().built == total


def test_a_file_that_somebody_deleted_comes_back(archive: Archive) -> None:
    archive.build()
    before = archive.site()
    for name in (ISSUE, "api/v1/records.json"):
        (archive.root / "site" / name).unlink()
    assert archive.build().built == 1
    assert archive.site() == before


def test_a_preview_does_not_make_the_next_build_a_cold_one(archive: Archive, tmp_path: Path) -> None:
    archive.build()
    archive.build(site=archive.root / ".qloop" / "preview")
    assert archive.build().built == 0


def test_published_files_hold_no_path_of_this_machine(archive: Archive) -> None:
    archive.build()
    texts = {n: d for n, d in archive.site().items() if n.endswith((".html", ".json", ".atom", ".xml"))}
    state = {p.name: p.read_bytes() for p in (archive.root / ".qloop").iterdir() if p.is_file()}
    assert "store.db" in state
    for name, data in {**texts, **state}.items():
        assert str(archive.root).encode() not in data, name


def test_an_archive_without_docs_and_settings_of_mkdocs(archive: Archive, tmp_path: Path) -> None:
    assert not (archive.root / "mkdocs.yml").exists()
    (archive.root / "docs/guide/start.md").unlink()
    (archive.root / "docs/guide").rmdir()
    (archive.root / "docs").rmdir()
    archive.build(site=tmp_path / "elsewhere")
    assert (tmp_path / "elsewhere" / "index.html").exists()
