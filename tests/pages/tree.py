"""Sites for page tests: the tiny archive beside this file, or a copy of it with changes."""

import datetime as dt
import shutil
from pathlib import Path

from qloop.derive.history import NO_HISTORY, Change, FileHistory, History, StatusChange
from qloop.pages import pages
from qloop.pages.page import Page
from qloop.pages.site import Site
from qloop.pages.urls import Urls
from qloop.read.scan import scan
from qloop.read.whole import read_whole
from qloop.store import open_store
from qloop.texts import load

ARCHIVE = Path(__file__).parent / "archive"


def site(root: Path = ARCHIVE, language: str = "", history: History = NO_HISTORY) -> Site:
    """The archive in ``root``, read without its rules."""
    store = open_store(root)
    archive = read_whole(root, scan(root, store), store).archive
    settings = archive.settings
    return Site(archive, load(language or settings.language), settings.today(), Urls(False), history)


def changed(tmp_path: Path, path: str, *replacements: tuple[str, str]) -> Path:
    """A copy of the tiny archive in which texts of one file are replaced."""
    root = tmp_path / "archive"
    if not root.exists():
        shutil.copytree(ARCHIVE, root)
    file = root / path
    text = file.read_text("utf-8")
    for old, new in replacements:
        assert old in text, old
        text = text.replace(old, new)
    file.write_text(text, "utf-8")
    return root


def page(one: Site, uri: str) -> Page:
    return next(p for p in pages(one) if p.uri == uri)


def history() -> History:
    """What git could tell of the issue: created open, verified later, then touched once more."""
    created = _change("a1", 3, "客服小组", "登记：帽围过小")
    verified = _change("b2", 21, "品控小组", "验证通过 <b>")
    touched = _change("c3", 22, "运营小组", "补充说明")
    states = (StatusChange("open", created), StatusChange("verified", verified))
    return History(
        {"issues/2026/QI-260803-7KD.md": FileHistory(created, touched, states)}, (touched, verified)
    )


def _change(commit: str, day: int, author: str, subject: str) -> Change:
    when = dt.datetime(2026, 11, day, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=8)))
    return Change(commit, when, author, subject, ("issues/2026/QI-260803-7KD.md", "qloop.yml"))
