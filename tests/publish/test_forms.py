"""Pages filled into a form are what the theme makes of them, letter for letter; where they would not be, none are."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import jinja2
import pytest

from qloop.publish import forms, session
from qloop.publish.blocks import page_of
from qloop.publish.config import load

from .conftest import Archive

TITLES = [
    "帽围过小",
    "帽檐有折痕",
    "洗标字小",
    "帽里掉毛",
    "Fäden & Knoten",
    '写成了"L"',
    "两个  空格",
    "线头",
    "扣子松",
]


def many_issues(archive: Archive) -> None:
    for number, title in enumerate(TITLES):
        archive.issue(f"QI-26071{number}-4EF", title=title)


@pytest.fixture
def filled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Titles of the pages that were filled into a form instead of being rendered."""
    found: list[str] = []
    fill = forms.Form.filled

    def watched(self: forms.Form, things: Any) -> str:
        if self.proofs >= forms.PROOFS:
            found.append(things["title"])
        return fill(self, things)

    monkeypatch.setattr(forms.Form, "filled", watched)
    return found


def settings(archive: Archive, before: str = "", after: str = "", more: str = "") -> None:
    text = (archive.root / "mkdocs.yml").read_text("utf-8")
    assert before in text
    archive.text("mkdocs.yml", text.replace(before, after) + more)


@pytest.mark.parametrize("directory_urls", ["false", "true"])
@pytest.mark.parametrize(
    "more", ["", "\nsite_url: https://example.com/q/\n"], ids=["", "canonical addresses"]
)
def test_a_site_of_forms_is_the_site_that_the_theme_makes(
    with_settings: Archive, monkeypatch: pytest.MonkeyPatch, filled: list[str], directory_urls: str, more: str
) -> None:
    archive = with_settings
    many_issues(archive)
    settings(archive, "use_directory_urls: false", f"use_directory_urls: {directory_urls}", more)
    archive.build()
    with_forms = archive.site()
    assert filled, "no page was filled into a form"
    shutil.rmtree(archive.root / ".qloop")
    shutil.rmtree(archive.root / "site")
    monkeypatch.setattr(session, "keep_forms", lambda *_: None)
    archive.build()
    assert archive.site() == with_forms


def test_a_text_that_a_filter_might_change_is_rendered(archive: Archive, filled: list[str]) -> None:
    many_issues(archive)
    archive.build()
    assert not [title for title in filled if "&" in title or '"' in title or "  " in title]


def test_a_team_with_templates_of_its_own_gets_no_forms(with_settings: Archive, filled: list[str]) -> None:
    many_issues(with_settings)
    with_settings.text("overrides/main.html", '{% extends "qloop.html" %}')
    settings(with_settings, "  name: material", "  name: material\n  custom_dir: overrides")
    with_settings.build()
    assert not filled


@pytest.mark.parametrize(
    ("template", "forms_hold"),
    [
        ("{{ page.meta.title }} {{ page.url }} {{ page.content }}", True),
        ("{{ page.meta.title }} {{ page.content }} {{ page.content | length }}", False),
        ("{{ page.meta.title }} {{ page.file.src_uri }} {{ page.content }}", False),
        ("{% if page.meta.title > 'm' %}late{% endif %} {{ page.content }}", False),
    ],
    ids=["what forms know", "length of the content", "the source's name", "a look at the title"],
)
def test_a_theme_that_looks_at_more_is_always_asked(
    tmp_path: Path, filled: list[str], template: str, forms_hold: bool
) -> None:
    archive = Archive(tmp_path / "a")
    config = load(archive.root)
    config.plugins._current_plugin = "qloop"
    env = jinja2.Environment(loader=jinja2.DictLoader({"main.html": template}))
    forms.keep_forms(env, config)
    plain = jinja2.Environment(loader=jinja2.DictLoader({"main.html": template})).get_template("main.html")
    for name in ("a", "z", "bb", "y", "cccc", "x"):
        page = skeleton(config, name)
        assert env.get_template("main.html").render(page=page) == plain.render(page=page), name
    assert bool(filled) == forms_hold


def skeleton(config: Any, name: str) -> Any:
    from mkdocs.structure.files import File, InclusionLevel

    file = File.generated(config, f"issues/{name}.md", content="", inclusion=InclusionLevel.NOT_IN_NAV)
    page = page_of(file, config, {})
    page.markdown, page.content, page.meta = "## one", f"<p>{name * 3}</p>", {"title": name}
    return page
