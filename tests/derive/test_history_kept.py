"""A history kept between two readings: which way is taken, what is asked of git, what a spoilt file does."""

from __future__ import annotations

import os
import re
import shutil
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from qloop.derive import gitlog, memory
from qloop.derive.history import History, read_history
from qloop.derive.history_notice import history_notice
from qloop.texts import load
from tests.derive.repository import Repository, issue, repository

A, B = "issues/2026/QI-260803-7KD.md", "issues/2026/QI-260804-AAA.md"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The ways in which git's log was read, in order."""
    ways: list[str] = []
    for name in ("record_log", "whole_log", "recent_log"):
        real = getattr(gitlog, name)
        monkeypatch.setattr(gitlog, name, lambda *a, n=name, r=real: ways.append(n) or r(*a))
    return ways


@pytest.fixture
def repo(tmp_path: Path) -> Repository:
    made = repository(tmp_path / "archive")
    (made.root / ".gitignore").write_text(".qloop/\n", "utf-8")
    made.commit(
        "甲", issues__2026__QI_260803_7KD=issue("open"), issues__2026__QI_260804_AAA=issue("open", "乙")
    )
    made.commit("乙", issues__2026__QI_260804_AAA=issue("analyzing", "乙"))
    return made


def kept(repo: Repository) -> History:
    return read_history(repo.root, repo.root / ".qloop")


def same(repo: Repository) -> None:
    """The kept history is the whole one, also in its digests."""
    one, other = kept(repo), read_history(repo.root)
    assert (one, dict(one.files)) == (other, dict(other.files))
    assert [one.digest_of(p) for p in one.files] == [other.digest_of(p) for p in other.files]
    assert [one.statuses_digest_of(p) for p in one.files] == [
        other.statuses_digest_of(p) for p in other.files
    ]


def branch(repo: Repository, start: str, **files: str) -> None:
    """A commit on a branch from ``start``, merged after another commit of the main line."""
    repo.git("switch", "-qc", "fix", start)
    repo.commit("在分支上", **files)
    repo.git("switch", "-q", "main")
    repo.hour += 1
    repo.git("merge", "-q", "--no-ff", "-m", "Merge pull request #7", "fix")


def test_nothing_new_asks_for_no_log(repo: Repository, asked: list[str]) -> None:
    first = kept(repo)
    asked.clear()
    assert (kept(repo), asked) == (first, [])
    (repo.root / B).unlink()
    (repo.root / "issues/2026/QI-260805-BBB.md").write_text(issue("open"), "utf-8")
    assert (list(kept(repo).files), asked) == ([A], [])


def test_a_new_commit_is_joined(repo: Repository, asked: list[str]) -> None:
    kept(repo)
    asked.clear()
    repo.commit("丙", issues__2026__QI_260803_7KD=issue("fixed"))
    assert [s.status for s in kept(repo).files[A].statuses] == ["open", "fixed"]
    assert asked == ["whole_log", "recent_log"]
    same(repo)


def test_a_merged_pull_request_is_joined(repo: Repository, asked: list[str]) -> None:
    start = repo.git("rev-parse", "HEAD")
    repo.commit("主线", issues__2026__QI_260804_AAA=issue("fixed", "乙"))
    kept(repo)
    asked.clear()
    branch(repo, start, issues__2026__QI_260803_7KD=issue("analyzing"))
    assert kept(repo).files[A].changed.subject == "在分支上"
    assert "record_log" not in asked
    same(repo)


def test_a_pull_request_on_top_of_other_work_than_records_is_joined(
    repo: Repository, asked: list[str]
) -> None:
    start = repo.git("rev-parse", "HEAD")
    repo.commit("设置", readme="x")
    kept(repo)
    asked.clear()
    branch(repo, start, issues__2026__QI_260803_7KD=issue("analyzing"))
    assert kept(repo).files[A].changed.subject == "在分支上"
    assert "record_log" not in asked
    same(repo)


def test_the_same_file_on_both_sides_is_read_anew(repo: Repository, asked: list[str]) -> None:
    start = repo.git("rev-parse", "HEAD")
    repo.git("switch", "-qc", "old")
    repo.commit("早", issues__2026__QI_260803_7KD=issue("analyzing", "\n" * 9 + "早"))
    repo.git("switch", "-q", "main")
    repo.commit("晚", issues__2026__QI_260803_7KD=issue("open", title="晚"))
    assert start != repo.git("rev-parse", "HEAD")
    kept(repo)
    asked.clear()
    repo.hour += 1
    repo.git("merge", "-q", "--no-ff", "-s", "recursive", "-X", "ours", "-m", "合并", "old")
    assert kept(repo).files[A].created.subject == "甲"
    assert "record_log" in asked
    same(repo)


def test_a_rewritten_past_is_read_anew(repo: Repository) -> None:
    kept(repo)
    repo.git("commit", "-q", "--amend", "-m", "改过的")
    assert kept(repo).files[B].changed.subject == "改过的"
    same(repo)


def test_a_renamed_author_is_read_anew(repo: Repository) -> None:
    kept(repo)
    (repo.root / ".mailmap").write_text("李四 <nobody" + "@example.invalid>\n", "utf-8")
    assert kept(repo).files[A].created.author == "李四"


def test_another_archive_of_the_repository_is_another_history(repo: Repository, tmp_path: Path) -> None:
    repo.commit("子目录", archive__issues__2026__QI_260803_7KD=issue("open", "丁"))
    state = tmp_path / "state"
    read_history(repo.root, state)
    assert read_history(repo.root / "archive", state) == read_history(repo.root / "archive")


def test_the_rest_of_a_shallow_clone_arrives(repo: Repository, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    repo.git("clone", "-q", "--depth=1", repo.root.as_uri(), str(clone))
    cut = read_history(clone, tmp_path / "state")
    assert (cut.problem, dict(cut.files)) == ("shallow", {})
    Repository(clone).git("fetch", "-q", "--unshallow")
    assert read_history(clone, tmp_path / "state") == read_history(repo.root)


def test_worktrees_packed_refs_and_detached_heads(repo: Repository, tmp_path: Path) -> None:
    other = tmp_path / "other"
    repo.git("worktree", "add", "-q", "--detach", str(other), "HEAD~1")
    repo.git("pack-refs", "--all")
    state = tmp_path / "state"
    assert read_history(other, state).files[B].changed.subject == "甲"
    assert read_history(repo.root, state).files[B].changed.subject == "乙"
    assert read_history(other, state).files[B].changed.subject == "甲"


@pytest.mark.parametrize("spoil", [
    lambda data: b"", lambda data: data[: len(data) // 2], lambda data: b"\0\xff" * 99,
    lambda data: data.replace("甲".encode(), "假".encode()),
    lambda data: data.replace(b"qloop history", b"other history", 1),
    lambda data: re.sub(rb"history \d+", b"history 999", data, count=1),
])  # fmt: skip
def test_a_spoilt_file_is_ignored_and_replaced(repo: Repository, spoil: object) -> None:
    kept(repo)
    file = repo.root / ".qloop" / memory.NAME
    good = file.read_bytes()
    assert callable(spoil)
    file.write_bytes(spoil(good))
    assert file.read_bytes() != good
    same(repo)
    assert file.read_bytes() == good


def test_the_file_of_another_repository_is_ignored(repo: Repository, tmp_path: Path) -> None:
    other = repository(tmp_path / "other")
    other.commit("别处", issues__2026__QI_260803_7KD=issue("closed"))
    read_history(other.root, other.root / ".qloop")
    shutil.copytree(other.root / ".qloop", repo.root / ".qloop")
    same(repo)


def test_no_path_of_the_machine_is_kept(repo: Repository) -> None:
    kept(repo)
    assert str(repo.root.parent).encode() not in (repo.root / ".qloop" / memory.NAME).read_bytes()


def test_a_state_that_cannot_be_written_is_no_error(repo: Repository, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    assert read_history(repo.root, tmp_path / "file") == read_history(repo.root)


def test_readers_at_once_leave_a_whole_file(repo: Repository) -> None:
    first = kept(repo)
    found: list[History] = []

    def often() -> None:
        for _ in range(5):
            (repo.root / ".qloop" / memory.NAME).unlink(missing_ok=True)
            found.append(kept(repo))

    threads = [threading.Thread(target=often) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [first] * 20
    assert memory.recall(repo.root / ".qloop") is not None


def test_digests_say_what_changed(repo: Repository) -> None:
    before = kept(repo)
    repo.commit("措辞", issues__2026__QI_260803_7KD=issue("open", "措辞"))
    worded = kept(repo)
    assert worded.digest_of(A) != before.digest_of(A)
    assert worded.statuses_digest_of(A) == before.statuses_digest_of(A)
    assert worded.digest_of(B) == before.digest_of(B)
    repo.commit("关闭", issues__2026__QI_260803_7KD=issue("closed", "措辞"))
    assert kept(repo).statuses_digest_of(A) != before.statuses_digest_of(A)
    assert (kept(repo).digest_of("nothing"), kept(repo).statuses_digest_of("nothing")) == ("", "")


def test_digests_of_plain_values_are_the_same(repo: Repository) -> None:
    found = kept(repo)
    plain = replace(found, files=dict(found.files))
    assert [plain.digest_of(p) for p in (A, B, "x")] == [found.digest_of(p) for p in (A, B, "x")]
    assert plain.statuses_digest_of(A) == found.statuses_digest_of(A) != found.digest_of(A)


def test_a_hook_s_environment_does_not_mislead(
    repo: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = read_history(repo.root)
    other = repository(tmp_path / "other")
    monkeypatch.setenv("GIT_DIR", str(other.root / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other.root))
    monkeypatch.setenv("GIT_INDEX_FILE", os.devnull)
    assert read_history(repo.root) == plain


def test_a_readers_settings_run_no_program(repo: Repository, tmp_path: Path) -> None:
    plain = read_history(repo.root)
    trap = tmp_path / "trap"
    trap.write_text(f"#!/bin/sh\ntouch {tmp_path / 'ran'}\n", "utf-8")
    trap.chmod(0o755)
    for key in ("core.fsmonitor", "core.pager", "diff.external", "gpg.program", "diff.x.textconv"):
        repo.git("config", key, str(trap))
    repo.git("config", "log.showSignature", "true")
    repo.git("config", "log.showRoot", "false")
    (repo.root / ".git/info/attributes").write_text("*.md diff=x\n", "utf-8")
    (tmp_path / "ran").unlink(missing_ok=True)
    assert read_history(repo.root) == plain
    assert not (tmp_path / "ran").exists()


def test_control_characters_in_a_subject_are_only_characters(repo: Repository) -> None:
    repo.commit("题\x1e\x1f目\u2028x", issues__2026__QI_260803_7KD=issue("fixed"))
    assert kept(repo).files[A].changed.subject == "题\x1e\x1f目\u2028x"
    same(repo)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_shallow_clone_is_told_with_its_cure(language: str) -> None:
    words = history_notice(History({}, (), "shallow"), load(language))
    assert all(cure in words for cure in ("fetch-depth: 0", 'GIT_DEPTH: "0"', "git fetch --unshallow"))
    assert [history_notice(History({}, (), p), load(language)) for p in ("", "no-git")] == ["", ""]
