"""History from git: real repositories with fixed authors and dates."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from qloop.derive import gitlog
from qloop.derive.history import FileHistory, read_history
from tests.derive.repository import issue, repository

PATH = "issues/2026/QI-260803-7KD.md"
LONG = "\n".join(f"第 {n} 行说明，帽围实测 54.8 cm" for n in range(12))


def states(found: FileHistory) -> list[str]:
    return [s.status for s in found.statuses]


def test_life_of_a_record(tmp_path: Path) -> None:
    repo = repository(tmp_path)
    repo.commit("登记：帽围过小", "客服 小李", issues__2026__QI_260803_7KD=issue("open"))
    repo.commit("补充说明", issues__2026__QI_260803_7KD=issue("open", "补充"))
    repo.commit("验证通过", "品控 小王", issues__2026__QI_260803_7KD=issue("verified", "补充"))
    repo.commit("措辞", issues__2026__QI_260803_7KD=issue("verified", "措辞"))
    history = read_history(tmp_path)
    found = history.files[PATH]
    assert history.problem == ""
    assert (found.created.author, found.created.subject) == ("客服 小李", "登记：帽围过小")
    assert found.created.when.isoformat() == "2026-08-01T01:30:00+08:00"
    assert found.changed.subject == "措辞"
    assert [(s.status, s.change.subject, s.change.author) for s in found.statuses] == [
        ("open", "登记：帽围过小", "客服 小李"),
        ("verified", "验证通过", "品控 小王"),
    ]


def test_no_address_of_an_author_is_kept(tmp_path: Path) -> None:
    repo = repository(tmp_path)
    repo.commit("登记", issues__2026__QI_260803_7KD=issue("open"))
    assert "@" not in repr(read_history(tmp_path))


def test_renamed_file_keeps_its_life(tmp_path: Path) -> None:
    repo = repository(tmp_path)
    repo.commit("登记", issues__2025__QI_260803_7KD=issue("open", LONG))
    repo.commit("分析", issues__2025__QI_260803_7KD=issue("analyzing", LONG))
    repo.git("mv", "issues/2025", "issues/2026")
    repo.record("移到正确的年份")
    repo.commit("关闭", issues__2026__QI_260803_7KD=issue("closed", LONG))
    history = read_history(tmp_path)
    assert list(history.files) == [PATH]
    assert states(history.files[PATH]) == ["open", "analyzing", "closed"]
    assert history.files[PATH].created.subject == "登记"


def test_a_second_life_is_not_the_first(tmp_path: Path) -> None:
    repo = repository(tmp_path)
    repo.commit("旧记录", issues__2026__QI_260803_7KD=issue("closed"))
    repo.commit("删除", issues__2026__QI_260803_7KD=None, keep="x")
    repo.commit("新记录", issues__2026__QI_260803_7KD=issue("open"))
    found = read_history(tmp_path).files[PATH]
    assert (found.created.subject, states(found)) == ("新记录", ["open"])


def test_deleted_and_uncommitted_files_have_no_history(tmp_path: Path) -> None:
    repo = repository(tmp_path)
    repo.commit("两条", issues__2026__QI_260803_7KD=issue("open"), issues__2026__QI_260804_AAA=issue("open"))
    repo.commit("删一条", issues__2026__QI_260804_AAA=None)
    (tmp_path / "issues/2026/QI-260805-BBB.md").write_text(issue("open"), "utf-8")
    assert list(read_history(tmp_path).files) == [PATH]


def test_text_of_a_body_is_not_a_status(tmp_path: Path) -> None:
    repo = repository(tmp_path)
    trick = "status: closed\n\x1edeadbeef\x1f2026\n:100644 100644 a b M\tissues/2026/QI-260803-7KD.md"
    repo.commit("登记", issues__2026__QI_260803_7KD=issue("open"))
    repo.commit("正文里写了状态", issues__2026__QI_260803_7KD=issue("open", trick))
    found = read_history(tmp_path).files[PATH]
    assert states(found) == ["open"]
    assert found.changed.subject == "正文里写了状态"


@pytest.mark.parametrize(
    ("text", "path", "status"),
    [
        ("---\nid: a\nstatus: open\n---\nstatus: closed\n", "a.md", "open"),
        ("\ufeff---\r\nstatus: fixed\r\n---\r\n", "a.md", "fixed"),
        ('---\nstatus: "verified"  # 验收\n---\n', "a.md", "verified"),
        ("id: a\nstatus: closed\nbody: |\n  status: open\n", "a.yml", "closed"),
        ("---\nroot:\n  status: open\n---\n", "a.md", ""),
        ("---\nstatus: 已关闭\n---\n", "a.md", ""),
        ("---\nstatus: open\n", "a.md", ""),
        ("status: open\n", "a.md", ""),
    ],
)
def test_status_in_a_file(text: str, path: str, status: str) -> None:
    assert gitlog.status_in(text.encode(), path) == status


def test_archive_below_the_repository(tmp_path: Path) -> None:
    repo = repository(tmp_path)
    repo.commit("登记", archive__issues__2026__QI_260803_7KD=issue("open"), issues__other=issue("open"))
    repo.commit("别处", elsewhere="x")
    history = read_history(tmp_path / "archive")
    assert list(history.files) == [PATH]
    assert [(c.subject, c.paths) for c in history.recent] == [("登记", (PATH,))]


def merged(tmp_path: Path) -> Path:
    repo = repository(tmp_path)
    repo.commit("开始", issues__2026__QI_260803_7KD=issue("open"))
    repo.git("switch", "-qc", "fix")
    repo.commit("改善中", "工艺 老陈", issues__2026__QI_260803_7KD=issue("improving"))
    repo.commit("已修复", "工艺 老陈", issues__2026__QI_260803_7KD=issue("fixed"))
    repo.git("switch", "-q", "main")
    repo.commit("直接提交", catalog__note="x")
    repo.hour += 1
    message = "Merge pull request #7 from fix\n\n帽围过小：换线后首件测量"
    repo.git("merge", "-q", "--no-ff", "-m", message, "fix", author="运营 小赵")
    repo.commit("无关", readme="x")
    return tmp_path


def test_recent_shows_merges_and_direct_commits_of_the_main_line(tmp_path: Path) -> None:
    recent = read_history(merged(tmp_path)).recent
    assert [(c.subject, c.author, c.paths) for c in recent] == [
        ("帽围过小：换线后首件测量", "运营 小赵", (PATH,)),
        ("直接提交", "张三", ("catalog/note.md",)),
        ("开始", "张三", (PATH,)),
    ]


def test_states_come_from_the_branch(tmp_path: Path) -> None:
    found = read_history(merged(tmp_path)).files[PATH]
    assert [(s.status, s.change.author) for s in found.statuses] == [
        ("open", "张三"),
        ("improving", "工艺 老陈"),
        ("fixed", "工艺 老陈"),
    ]


def test_conflict_solved_in_the_merge(tmp_path: Path) -> None:
    repo = repository(tmp_path)
    repo.commit("开始", issues__2026__QI_260803_7KD=issue("open"))
    repo.git("switch", "-qc", "other")
    repo.commit("分析", issues__2026__QI_260803_7KD=issue("analyzing"))
    repo.git("switch", "-q", "main")
    repo.commit("改善", issues__2026__QI_260803_7KD=issue("improving"))
    with pytest.raises(subprocess.CalledProcessError):
        repo.git("merge", "-q", "other")
    repo.commit("合并：以修复为准", issues__2026__QI_260803_7KD=issue("fixed"))
    found = read_history(tmp_path).files[PATH]
    assert states(found)[0] == "open"
    assert (states(found)[-1], found.statuses[-1].change.subject) == ("fixed", "合并：以修复为准")


def test_at_most_twenty_recent_changes(tmp_path: Path) -> None:
    repo = repository(tmp_path)
    for n in range(23):
        repo.commit(f"第 {n} 次", issues__2026__QI_260803_7KD=issue("open", str(n)))
    recent = read_history(tmp_path).recent
    assert [c.subject for c in recent] == [f"第 {n} 次" for n in range(22, 2, -1)]


def test_shallow_clone_says_so_and_invents_nothing(tmp_path: Path) -> None:
    repo = repository(tmp_path / "origin")
    repo.commit("旧", issues__2026__QI_260803_7KD=issue("open"))
    repo.commit("中", issues__2026__QI_260803_7KD=issue("analyzing"))
    repo.commit("新", issues__2026__QI_260804_AAA=issue("open"))
    repo.git("clone", "-q", "--depth=2", (tmp_path / "origin").as_uri(), str(tmp_path / "clone"))
    history = read_history(tmp_path / "clone")
    assert history.problem == "shallow"
    assert list(history.files) == ["issues/2026/QI-260804-AAA.md"]
    assert [c.subject for c in history.recent] == ["新"]


def test_without_git(tmp_path: Path) -> None:
    (tmp_path / "issues").mkdir()
    assert read_history(tmp_path).problem == "no-git"
    assert read_history(tmp_path / "missing").problem == "no-git"


def test_repository_without_commits(tmp_path: Path) -> None:
    repository(tmp_path)
    assert read_history(tmp_path).files == {}


def test_broken_repository_does_not_raise(tmp_path: Path) -> None:
    repo = repository(tmp_path)
    repo.commit("登记", issues__2026__QI_260803_7KD=issue("open"))
    for blob in (tmp_path / ".git" / "objects").rglob("*"):
        if blob.is_file():
            blob.unlink()
    history = read_history(tmp_path)
    assert (history.problem, history.files) == ("broken", {})


def test_program_git_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repository(tmp_path).commit("登记", issues__2026__QI_260803_7KD=issue("open"))
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    assert read_history(tmp_path).problem == "git-missing"


def test_a_readers_own_settings_change_nothing(tmp_path: Path) -> None:
    repo = repository(tmp_path)
    repo.commit("登记", issues__2026__QI_260803_7KD=issue("open"))
    plain = read_history(tmp_path)
    for key, value in (
        ("diff.noprefix", "true"),
        ("color.ui", "always"),
        ("log.showSignature", "true"),
        ("diff.renames", "false"),
        ("core.quotePath", "true"),
        ("core.abbrev", "4"),
    ):
        repo.git("config", key, value)
    assert read_history(tmp_path) == plain
