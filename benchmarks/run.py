"""Measure check, cold build and one-record rebuild beside plain MkDocs on the same pages, in one run.

Each round does every step once, so that a ratio compares neighbours in time; medians over the rounds are printed.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

from seeded import write_archive

QLOOP = [sys.executable, "-m", "qloop"]
PLAIN = [sys.executable, "-m", "mkdocs", "build", "-q"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--jobs", type=int, default=2)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="qloop-bench-") as folder:
        rounds = measure(Path(folder), arguments.records, arguments.rounds, arguments.jobs)
    report(rounds, arguments.records)


def measure(folder: Path, records: int, rounds: int, jobs: int) -> list[dict[str, float]]:
    """Seconds of each step, one mapping a round."""
    root, tree = folder / "archive", folder / "tree"
    write_archive(root, records)
    run([*QLOOP, "pages", "--root", str(root), "--out", str(tree)])
    with_search(tree / "mkdocs.yml")
    build = [*QLOOP, "build", "--root", str(root), "--jobs", str(jobs)]
    found = []
    for number in range(rounds):
        shutil.rmtree(root / ".qloop", ignore_errors=True)
        shutil.rmtree(root / "site", ignore_errors=True)
        steps = {"check": run([*QLOOP, "check", "--root", str(root)]), "cold build": run(build)}
        edit(root, number)
        steps["one record edited"] = run(build)
        steps["nothing edited"] = run(build)
        steps["plain mkdocs build"] = run(PLAIN, tree)
        found.append(steps)
    return found


def run(command: list[str], folder: Path | None = None) -> float:
    """Seconds of a whole process; a failing command ends the measurement with what it printed."""
    start = time.perf_counter()
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, env=os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    )
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return time.perf_counter() - start


def edit(root: Path, number: int) -> None:
    """Change the body of one issue."""
    path = sorted((root / "issues").rglob("QI-*.md"))[number]
    path.write_text(path.read_text("utf-8") + f"\n第 {number + 1} 次复测。\n", "utf-8")


def with_search(settings: Path) -> None:
    """Plain MkDocs as a team would run it: Material's search on; pages out of the navigation are known."""
    text = re.sub(r"^plugins:.*\n", "", settings.read_text("utf-8"), flags=re.MULTILINE)
    settings.write_text(text + "plugins: [search]\nvalidation: {nav: {omitted_files: ignore}}\n", "utf-8")


def report(rounds: list[dict[str, float]], records: int) -> None:
    print(f"{records} records, {len(rounds)} rounds, {os.cpu_count()} cores, Python {platform.python_version()}, "
          f"mkdocs {version('mkdocs')}, material {version('mkdocs-material')}")  # fmt: skip
    print("| step | median s | plain / step (median of paired ratios) |\n|---|---|---|")
    for step in rounds[0]:
        seconds = statistics.median(r[step] for r in rounds)
        ratio = statistics.median(r["plain mkdocs build"] / r[step] for r in rounds)
        print(f"| {step} | {seconds:.2f} | {ratio:.1f}x |")


if __name__ == "__main__":
    main()
