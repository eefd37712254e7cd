"""The steps of the workflows, run on a local bare repository: a pull request is checked, a merge is published."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

REPOSITORY = Path(__file__).parents[2]
BOT = {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "qc"), ("EMAIL", "qc@archive.invalid"))
}

pytestmark = pytest.mark.slow


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=folder, check=True, capture_output=True, text=True, env=os.environ | BOT
    )
    return done.stdout.strip()


def commands(workflow: str) -> list[str]:
    """What the workflow's first job runs, without the installation (the tests' own environment stands in)."""
    jobs = yaml.safe_load((REPOSITORY / ".github/workflows" / workflow).read_text("utf-8"))["jobs"]
    steps = next(iter(jobs.values()))["steps"]
    found = [s["run"] for s in steps if "run" in s]
    assert found[0] == "make .venv/.ready"
    return found[1:]


def run(command: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """One step in a checkout; ``.venv/bin`` is where this interpreter's commands are."""
    line = command.replace(".venv/bin/qloop", f"{sys.executable} -m qloop")
    env = os.environ | {"PYTHONPATH": str(folder / "generator"), **environment}
    return subprocess.run(["sh", "-ec", line], cwd=folder, capture_output=True, text=True, env=env)


@pytest.fixture
def remote(tmp_path: Path) -> Path:
    """A bare repository that holds the demo archive as it is in this working tree."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=REPOSITORY, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    work = tmp_path / "work"
    for name in filter(None, listed.split("\0")):
        if (REPOSITORY / name).is_file():
            (work / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(REPOSITORY / name, work / name)
    git(tmp_path, "init", "-q", "--bare", "-b", "main", "remote.git")
    git(work, "init", "-q", "-b", "main")
    git(work, "add", "-A")
    git(work, "commit", "-qm", "The archive")
    git(work, "push", "-q", str(tmp_path / "remote.git"), "main")
    return tmp_path / "remote.git"


def new_issue(folder: Path, **extra: str) -> str:
    done = run(".venv/bin/qloop new issue --title 帽檐洗后起毛边", folder)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_a_merge_is_published(remote: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", str(remote), "team")
    team, runner = tmp_path / "team", tmp_path / "runner"
    git(tmp_path, "clone", "-q", str(remote), "runner")
    for command in commands("publish.yml"):
        done = run(command, runner)
        assert done.returncode == 0, done.stdout + done.stderr
    assert (runner / "site/index.html").exists()

    git(team, "switch", "-qc", "report")
    path = new_issue(team)
    id = Path(path).stem
    git(team, "add", "-A")
    git(team, "commit", "-qm", f"{id}: brim frays after washing")
    git(team, "switch", "-q", "main")
    git(team, "merge", "-q", "--no-ff", "-m", f"Merge {id}", "report")
    git(team, "push", "-q", "origin", "main")

    git(runner, "pull", "-q")
    for command in commands("publish.yml"):
        done = run(command, runner)
        assert done.returncode == 0, done.stdout + done.stderr
    page = runner / f"site/issues/{id}.html"
    assert "帽檐洗后起毛边" in page.read_text("utf-8")
    assert id in (runner / "site/issues/index.html").read_text("utf-8")
    assert id in (runner / "site/api/v1/records.json").read_text("utf-8")


def test_a_pull_request_with_an_error_is_refused_at_its_line(remote: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", str(remote), "pull")
    pull, summary = tmp_path / "pull", tmp_path / "summary.md"
    (command,) = commands("check.yml")
    done = run(command, pull, GITHUB_STEP_SUMMARY=str(summary))
    assert done.returncode == 0, done.stdout + done.stderr

    path = Path(new_issue(pull))
    text = (pull / path).read_text("utf-8")
    line = next(n for n, row in enumerate(text.splitlines(), 1) if row.startswith("status:"))
    (pull / path).write_text(text.replace("status: open", "status: opne"), "utf-8")
    done = run(command, pull, GITHUB_STEP_SUMMARY=str(summary))
    assert done.returncode == 1
    relative = path.relative_to(pull) if path.is_absolute() else path
    assert f"::error file={relative.as_posix()},line={line}," in done.stdout
    assert "schema/choice" in summary.read_text("utf-8")
