"""Compiled templates are kept beside the package, follow its state, and are not missed where nothing may be written."""

from __future__ import annotations

from pathlib import Path

import jinja2
import pytest

from qloop import compiled


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(compiled, "FOLDER", tmp_path / "kept")
    return tmp_path / "kept"


def environment(text: str = "{{ word }}!", **options: bool) -> jinja2.Environment:
    env = jinja2.Environment(loader=jinja2.DictLoader({"a.html": text}), **options)  # type: ignore[arg-type]
    compiled.keep_compiled(env)
    return env


def said(env: jinja2.Environment) -> str:
    return env.get_template("a.html").render(word="hello<")


def test_a_second_process_compiles_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert said(environment()) == "hello<!"
    (file,) = folder.rglob("*.cache")
    monkeypatch.setattr(jinja2.Environment, "_generate", None)  # compiling would fail
    assert said(environment()) == "hello<!"
    assert [file] == list(folder.rglob("*.cache"))


def test_other_text_and_other_options_are_other_code(folder: Path) -> None:
    assert said(environment()) == "hello<!"
    assert said(environment("{{ word }}?")) == "hello<?"
    assert said(environment("{{ word }}?", autoescape=True)) == "hello&lt;?"
    assert said(environment("{{ word }}?")) == "hello<?"


def test_what_another_state_of_qloop_compiled_goes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "engine", lambda: "before")
    said(environment())
    monkeypatch.setattr(compiled, "engine", lambda: "now")
    said(environment())
    assert [path.name for path in folder.iterdir()] == ["now"]


def test_a_place_where_nothing_may_be_written(folder: Path) -> None:
    folder.write_text("a file where the folder should be", "utf-8")
    assert said(environment()) == "hello<!"


def test_a_folder_that_goes_away_meanwhile(folder: Path) -> None:
    env = environment()
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir()
    assert said(env) == "hello<!"
