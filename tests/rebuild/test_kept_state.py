"""State is memory, never truth: gone, carried elsewhere, foreign or damaged, the next build is right."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from qloop.publish.publisher import BuildResult

from .sites import MARK, Site, differing
from .small import FIRST, Archive, copied, run, small, without_state, work

STORE, HISTORY = ".qloop/store.db", ".qloop/history.txt"
WHO = {
    f"GIT_{role}_{what}": value
    for role in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "qc"), ("EMAIL", "qc"), ("DATE", "2026-08-30T12:00:00Z"))
}


def git(archive: Archive, *arguments: str) -> bytes:
    command = ["git", *arguments]
    return subprocess.run(
        command, cwd=archive.root, env=os.environ | WHO, check=True, capture_output=True
    ).stdout


def commit(archive: Archive) -> None:
    git(archive, "add", "-A")
    git(archive, "commit", "-qm", "work")


@pytest.fixture(scope="module")
def evening(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """An archive in git, built by qloop's own command: the state is as a CI job would keep it."""
    archive = small(tmp_path_factory.mktemp("kept") / "archive")
    archive.text(".gitignore", "site/\n.qloop/\n")
    git(archive, "init", "-q")
    commit(archive)
    code, said = run(archive, "build", "--jobs", "1")
    assert code == 0, said
    return archive


@pytest.fixture
def archive(evening: Archive, tmp_path: Path) -> Archive:
    return copied(evening, tmp_path / "copy")


_clean: dict[str, Site] = {}


def clean_site(archive: Archive) -> Site:
    """The site that a build from nothing gives; equal archives with equal histories have equal ones."""
    sources = [p for p in archive.root.rglob("*") if p.is_file() and not {".qloop", "site"} & set(p.parts)]
    inside = sorted(
        (str(p.relative_to(archive.root)), p.read_bytes()) for p in sources if ".git" not in p.parts
    )
    key = repr((inside, git(archive, "rev-parse", "HEAD")))
    if key not in _clean:
        clean = copied(archive, archive.root.with_name("clean"))
        without_state(clean)
        clean.build()
        _clean[key] = clean.site()
        shutil.rmtree(clean.root)
    return _clean[key]


def as_clean(archive: Archive) -> BuildResult:
    """Build; the site must be the one of a build from nothing."""
    result = archive.build()
    assert differing(archive.site(), clean_site(archive)) == []
    return result


def retitle(archive: Archive) -> None:
    archive.issue(FIRST, title="帽围偏小，戴半天头疼", aliases=["AG-0012"])


# -- gone --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("gone", [".qloop", STORE, HISTORY, "site", f"site/{MARK}", "site/guide/start.html"])
def test_what_is_kept_may_be_deleted_at_any_time(archive: Archive, gone: str) -> None:
    path = archive.root / gone
    assert path.exists()
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    if gone == f"site/{MARK}":
        shutil.rmtree(archive.root / "site/search")  # a folder without its mark is somebody's: see below
        (archive.root / "site" / MARK).write_text("", "utf-8")
    work(archive)
    as_clean(archive)


def test_a_site_without_its_mark_is_somebodys(archive: Archive) -> None:
    (archive.root / "site" / MARK).unlink()
    before = archive.site()
    code, said = run(archive, "build")
    assert (code, "Traceback" in said) == (2, False), said
    assert archive.site() == before


# -- carried from machine to machine -----------------------------------------------------------------------


def cloned(archive: Archive, to: Path, *parts: str) -> Archive:
    """A fresh clone in which ``parts`` of the old folder were restored, as from a CI cache."""
    git(archive, "clone", "-q", ".", str(to))
    clone = object.__new__(Archive)
    clone.root = to
    for part in parts:
        shutil.copytree(archive.root / part, to / part, copy_function=shutil.copyfile)
    return clone


def test_a_restored_cache_builds_only_what_changed(archive: Archive, tmp_path: Path) -> None:
    clone = cloned(archive, tmp_path / "elsewhere", ".qloop", "site")
    assert clone.build().built == 0
    retitle(clone)
    commit(clone)
    result = as_clean(clone)
    assert 0 < result.built < (result.built + result.unchanged) / 2


@pytest.mark.parametrize("part", [".qloop", "site"])
def test_half_of_a_cache_is_none(archive: Archive, tmp_path: Path, part: str) -> None:
    clone = cloned(archive, tmp_path / "elsewhere", part)
    retitle(clone)
    assert as_clean(clone).unchanged == 0


def test_the_site_of_another_build_is_built_anew(archive: Archive) -> None:
    other = copied(archive, archive.root.with_name("other"))
    retitle(other)
    other.build()
    shutil.rmtree(archive.root / "site")
    shutil.copytree(other.root / "site", archive.root / "site")
    assert as_clean(archive).unchanged == 0


def test_state_has_no_path_of_this_machine_and_nothing_to_execute(evening: Archive) -> None:
    archive = evening
    files = [path for path in (archive.root / ".qloop").rglob("*") if path.is_file()]
    assert {path.name for path in files} >= {"store.db", "history.txt"}
    home = (archive.root.parent, archive.root.resolve(), Path.home(), Path(__file__).parents[2])
    for path in files:
        data = path.read_bytes()
        for place in home:
            assert os.fsencode(place) + b"/" not in data, path
        assert not data.startswith((b"\x80", b"\xe3", b"\x63\x00")), "pickle or marshal"
        assert path.suffix not in (".py", ".pyc", ".pkl", ".pickle", ".cache"), path
    for table, column in columns(archive.root / STORE):
        with sqlite3.connect(archive.root / STORE) as store:
            values = {type(v) for (v,) in store.execute(f'SELECT "{column}" FROM "{table}"')}
        assert values <= {str, int, type(None)}, f"{table}.{column}"


def columns(file: Path) -> list[tuple[str, str]]:
    query = "SELECT t.name, c.name FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table'"
    with sqlite3.connect(file) as store:
        return list(store.execute(query))


# -- damaged or foreign ------------------------------------------------------------------------------------


def truncated(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def noise(file: Path) -> None:
    file.write_bytes(bytes(i * i * 31 % 251 for i in range(9000)))


def noise_inside(file: Path) -> None:
    """The head is a database's; what follows is not."""
    data = bytearray(file.read_bytes())
    data[4096:] = bytes(i * 7 % 256 for i in range(len(data) - 4096))
    file.write_bytes(data)


def empty(file: Path) -> None:
    file.write_bytes(b"")


def altered(file: Path) -> None:
    """All that it says can be read, and is not what was written."""
    file.write_bytes(file.read_bytes().replace(b"2026-08-30", b"2026-08-29").replace(b"qc", b"xy"))


def folder(file: Path) -> None:
    file.unlink()
    (file / "inside").mkdir(parents=True)


def statement(*texts: str) -> Callable[[Path], None]:
    def change(file: Path) -> None:
        store = sqlite3.connect(file)
        for text in texts:
            store.execute(text)
        store.commit()
        store.close()

    return change


DAMAGE: dict[str, Callable[[Path], None]] = {
    "truncated": truncated, "noise": noise, "noise inside": noise_inside, "empty": empty, "a folder": folder,
    "another version": statement("UPDATE meta SET value = '0' WHERE name = 'version'", "DROP TABLE told"),
    "another qloop": statement("UPDATE meta SET value = 'x' WHERE name = 'engine'",
                               "UPDATE data SET data = replace(data, '掉毛', '没事')"),
    "no meta": statement("DROP TABLE meta"),
    "a table less": statement("DROP TABLE verdicts"),
    "somebody's database": statement("DROP TABLE meta", "DROP TABLE files", "CREATE TABLE files (a)"),
}  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_store_that_cannot_be_believed_is_ignored(archive: Archive, damage: Callable[[Path], None]) -> None:
    retitle(archive)  # pages beside it are made from what the store says of their records
    damage(archive.root / STORE)
    as_clean(archive)


@pytest.mark.parametrize("damage", [truncated, noise, altered, empty, folder])
def test_a_history_that_cannot_be_believed_is_ignored(
    archive: Archive, damage: Callable[[Path], None]
) -> None:
    damage(archive.root / HISTORY)
    work(archive)
    commit(archive)
    as_clean(archive)


def test_the_state_of_another_archive(archive: Archive, tmp_path: Path) -> None:
    """The same paths and ids with other texts; both state and site come from the other one."""
    other = small(tmp_path / "other")
    for id in (FIRST, "QI-260804-2AB"):
        other.issue(id, title="完全不同的问题")
    other.text("qloop.yml", (other.root / "qloop.yml").read_text("utf-8").replace("Tiny", "Other"))
    other.build()
    for part in (".qloop", "site"):
        shutil.rmtree(archive.root / part)
        shutil.copytree(other.root / part, archive.root / part)
    as_clean(archive)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root writes everywhere")
def test_a_state_that_cannot_be_written(archive: Archive) -> None:
    state = archive.root / ".qloop"
    work(archive)
    for path in state.iterdir():
        path.chmod(0o444)
    state.chmod(0o555)
    try:
        code, said = run(archive, "build", "--jobs", "1")
        assert (code, "Traceback" in said) == (0, False), said
        assert differing(archive.site(), clean_site(archive)) == []
    finally:
        state.chmod(0o755)


def test_a_file_in_place_of_the_state_folder(archive: Archive) -> None:
    """Nothing can be kept, not even a lock: the site is right all the same."""
    shutil.rmtree(archive.root / ".qloop")
    work(archive)
    (archive.root / ".qloop").write_text("in the way", "utf-8")
    code, said = run(archive, "build", "--jobs", "2")
    assert (code, "Traceback" in said) == (0, False), said
    (archive.root / ".qloop").unlink()
    assert differing(archive.site(), clean_site(archive)) == []
