"""``qloop init``: an archive that is sound on its first day and builds at once."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import yaml

from qloop import pipeline
from qloop.publish.config import DEFAULT
from qloop.scaffold.starter import archive as start
from qloop.texts import LANGUAGES
from tests.cli.conftest import DAY, Run, outside

DAYS = [dt.date(2026, 1, 1), dt.date(2027, 1, 4), dt.date(2028, 2, 29), dt.date(2026, 12, 31), DAY]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_sound_on_its_day_and_later(tmp_path: Path, language: str, day: dt.date) -> None:
    start(tmp_path / "a", day, "AlturaGo", language)
    for later in (0, 1, 100, 360):
        checked = pipeline.check(tmp_path / "a", day + dt.timedelta(days=later))
        assert list(map(str, checked.diagnostics)) == []
    assert {e.kind for e in checked.archive.entries} == {"issue", "change", "sop", "faq", "review"}
    assert len(checked.archive.feedback.rows) == 3
    assert len(checked.archive.feedback.units) == 1


@pytest.mark.parametrize("brand", ["AlturaGo", "A: b", 'say "hi" #1', "[x]", "品牌", "1.10", "null", "it's"])
def test_any_brand(run: Run, tmp_path: Path, brand: str) -> None:
    folder = tmp_path / "a"
    assert run("init", folder, "--brand", brand, "--today", DAY).exit_code == 0
    assert pipeline.check(folder, DAY).archive.settings.brand == brand
    assert yaml.safe_load((folder / "mkdocs.yml").read_text("utf-8"))["site_name"].startswith(brand)


def test_files_of_a_repository(run: Run, tmp_path: Path) -> None:
    assert run("init", tmp_path / "a").exit_code == 0
    for name in (
        ".gitignore", ".gitlab-ci.yml", ".github/workflows/check.yml", ".github/workflows/publish.yml",
        ".github/PULL_REQUEST_TEMPLATE.md", "hooks/publish.py", "mkdocs.yml", "README.md", "requirements.txt",
        "docs/guide.md", "catalog/products.yml", "catalog/factories.yml",
    ):  # fmt: skip
        assert (tmp_path / "a" / name).is_file(), name
    texts = [p.read_text("utf-8") for p in (tmp_path / "a").rglob("*") if p.is_file()]
    assert not any("[[ " in text for text in texts)


def test_workflows_are_yaml_with_a_read_only_check(run: Run, tmp_path: Path) -> None:
    run("init", tmp_path / "a")
    check = yaml.safe_load((tmp_path / "a/.github/workflows/check.yml").read_text("utf-8"))
    assert check["permissions"] == {"contents": "read"}
    publish = yaml.safe_load((tmp_path / "a/.github/workflows/publish.yml").read_text("utf-8"))
    assert publish["jobs"]["build"]["steps"][0]["with"]["fetch-depth"] == 0
    assert yaml.safe_load((tmp_path / "a/.gitlab-ci.yml").read_text("utf-8"))["pages"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_publisher_settings_follow_the_packaged_ones(tmp_path: Path, language: str) -> None:
    """One look for archives with and without a mkdocs.yml of their own."""
    start(tmp_path / "a", DAY, "AlturaGo", language)
    ours = yaml.safe_load((tmp_path / "a/mkdocs.yml").read_text("utf-8"))
    packaged = yaml.safe_load(DEFAULT.read_text("utf-8"))
    for settings in (ours, packaged):
        for name in ("site_name", "hooks"):
            settings.pop(name)
        settings["theme"].pop("language")
        for scheme in settings["theme"]["palette"]:
            scheme["toggle"].pop("name")
    assert ours == packaged


def test_refuses_a_folder_with_something_in_it(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x", "utf-8")
    result = run("init", tmp_path)
    assert result.exit_code == 2
    assert str(tmp_path) in result.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["mine.txt"]
    assert run("init", tmp_path / "mine.txt").exit_code == 2


def test_takes_an_empty_clone(run: Run, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    assert run("init", tmp_path).exit_code == 0


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_builds_at_once(tmp_path: Path, language: str) -> None:
    folder = tmp_path / "a"
    assert outside("init", folder, "--language", language).returncode == 0
    built = outside("build", "--strict", cwd=folder)
    assert built.returncode == 0, built.stderr
    assert (folder / "site" / "index.html").is_file()
    assert list((folder / "site" / "issues").rglob("qi-*.html")) or list(
        (folder / "site" / "issues").rglob("QI-*.html")
    )
