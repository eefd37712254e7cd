"""Measure reading an archive's git history: nothing known, nothing new, one new commit, one new merge.

The repository is written with ``git fast-import`` and packed as a clone would be; the same seed gives the same
repository. Each figure is a median of the function's seconds alone and of a fresh process around it.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

START = 1_700_000_000
STATES = ("open", "analyzing", "improving", "fixed", "verified", "closed")
ONCE = """
import sys, time
from pathlib import Path
from qloop.derive.history import read_history
start = time.perf_counter()
history = read_history(Path(sys.argv[1]), Path(sys.argv[2]))
read = time.perf_counter()
sum(len(history.digest_of(p)) + len(history.statuses_digest_of(p)) for p in history.files)
digests = time.perf_counter()
print(read - start, digests - read, len(history.files))
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--commits", type=int, default=2_000)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="qloop-bench-") as folder:
        root = Path(folder)
        write_repository(root, arguments.files, arguments.commits)
        rounds = [measure(root, number) for number in range(arguments.rounds)]
    print(f"{arguments.files} files, {arguments.commits} commits, {arguments.rounds} rounds, {os.cpu_count()} cores, "
          f"Python {platform.python_version()}, {git(root.parent, 'version')}")  # fmt: skip
    print("| step | read_history s | all digests s | process with imports s |\n|---|---|---|---|")
    for step in rounds[0]:
        medians = (statistics.median(r[step][i] for r in rounds) for i in range(3))
        print(f"| {step} | " + " | ".join(f"{m:.3f}" for m in medians) + " |")


def measure(root: Path, number: int) -> dict[str, tuple[float, float, float]]:
    state = root / ".qloop"
    shutil.rmtree(state, ignore_errors=True)
    steps = {"cold": once(root, state), "unchanged": once(root, state)}
    edit(root, number * 3)
    steps["one new commit"] = once(root, state)
    git(root, "switch", "-qc", f"fix-{number}", "HEAD~1")
    edit(root, number * 3 + 1)
    git(root, "switch", "-q", "main")
    edit(root, number * 3 + 2)
    once(root, state)
    git(root, "merge", "-q", "--no-ff", "-m", f"Merge pull request #{number}", f"fix-{number}")
    steps["one new merge"] = once(root, state)
    return steps


def once(root: Path, state: Path) -> tuple[float, float, float]:
    """Seconds of the reading, of all digests, and of the whole process."""
    start = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", ONCE, str(root), str(state)], capture_output=True, text=True)
    seconds = time.perf_counter() - start
    if done.returncode:
        sys.exit(done.stderr)
    read, digests, _ = map(float, done.stdout.split())
    return read, digests, seconds


def edit(root: Path, number: int) -> None:
    file = sorted((root / "issues").rglob("*.md"))[number]
    file.write_text(file.read_text("utf-8") + f"\n第 {number} 次复测。\n", "utf-8")
    git(root, "commit", "-qam", f"复测 {number}")


def write_repository(root: Path, files: int, commits: int, seed: int = 1) -> None:
    """A checked-out, packed repository: the files come a few a commit, each commit also changes some."""
    git(root, "init", "-q", "-b", "main")
    for key, value in (
        ("user.name", "bench"),
        ("user.email", "bench" + "@" + "example.invalid"),
        ("gc.auto", "0"),
    ):
        git(root, "config", key, value)
    stream = "".join(commands(files, commits, random.Random(seed))).encode("utf-8")
    subprocess.run(["git", "fast-import", "--quiet"], cwd=root, input=stream, check=True)
    git(root, "reset", "-q", "--hard")
    git(root, "repack", "-adq")


def commands(files: int, commits: int, chance: random.Random) -> Iterator[str]:
    states: list[int] = []
    for number in range(commits):
        when = f"bench <bench@example.invalid> {START + number * 3600} +0800"
        yield f"commit refs/heads/main\nauthor {when}\ncommitter {when}\n" + data(f"第 {number} 次整理")
        new = files * (number + 1) // commits - len(states)
        touched = set(chance.choices(range(len(states)), k=2)) if states else set()
        for file in touched:
            states[file] = min(states[file] + 1, len(STATES) - 1)
        touched |= set(range(len(states), len(states) + new))
        states += [0] * new
        for file in sorted(touched):
            yield f"M 100644 inline {path(file)}\n" + data(text(file, states[file], number))


def path(file: int) -> str:
    return f"issues/{2020 + file % 6}/QI-{file:06}.md"


def text(file: int, state: int, number: int) -> str:
    body = "\n".join(
        f"第 {n} 顶帽围实测 {54 + (file * 7 + n) % 50 / 10} cm，复测 {number}" for n in range(25)
    )
    return f"---\nid: QI-{file:06}\ntitle: 帽围过小 {file}\nstatus: {STATES[state]}\n---\n{body}\n"


def data(content: str) -> str:
    return f"data {len(content.encode('utf-8'))}\n{content}\n"


def git(root: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=root, check=True, capture_output=True, text=True)
    return done.stdout.strip()


if __name__ == "__main__":
    main()
