"""Measure check, cold build and rebuilds beside plain MkDocs on the same pages, in one run.

Each round does every step once, so that a ratio compares neighbours in time; medians over the rounds are printed.
One more round, whose times do not count, measures the most memory that a step's processes held at one time.
Afterwards the site that all the edits left behind is compared with a clean build, file by file.
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
from collections.abc import Callable
from functools import partial
from importlib.metadata import version
from pathlib import Path

from edits import EDITS
from processes import Run, run

QLOOP = [sys.executable, "-m", "qloop"]
PLAIN = [sys.executable, "-m", "mkdocs", "build", "-q"]
SEEDED = [sys.executable, str(Path(__file__).parent / "seeded.py")]
Rounds = list[dict[str, Run]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=1000)
    parser.add_argument("--commits", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--small", type=int, default=0, help="also measure growth from this many records")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="qloop-bench-") as folder:
        place = Path(folder)
        small = seed(place / "small", arguments.small, 0) if arguments.small else None
        rounds = measure(place, arguments, small)
        report(rounds, arguments.records)
        verify(place / "archive", arguments.jobs)


def seed(root: Path, records: int, commits: int) -> Path:
    more = ["--commits", str(commits)] if commits else []
    subprocess.run([*SEEDED, str(root), "--records", str(records), *more], check=True)
    return root


def measure(place: Path, arguments: argparse.Namespace, small: Path | None) -> Rounds:
    """One mapping a round, by step; the last one is of memory."""
    root, tree = place / "archive", place / "tree"
    seed(root, arguments.records, arguments.commits)
    run([*QLOOP, "pages", "--root", str(root), "--out", str(tree)])
    with_search(tree / "mkdocs.yml")
    return [
        one_round(place, number, arguments, small, partial(run, memory=number == arguments.rounds))
        for number in range(arguments.rounds + 1)
    ]


def one_round(
    place: Path, number: int, arguments: argparse.Namespace, small: Path | None, run: Callable[..., Run]
) -> dict[str, Run]:
    """Every step once."""
    root, tree, jobs = place / "archive", place / "tree", arguments.jobs
    steps = first(root, jobs, run)
    if small:
        found = first(small, jobs, run)
        steps |= {f"{name}, {arguments.small} records": one for name, one in found.items()}
    for name, edit in EDITS.items():
        edit(root, number)
        steps[name] = run(build(root, jobs))
    steps["nothing edited"] = run(build(root, jobs))
    clone = restored(root, place / "clone", number)
    steps["restored in a fresh clone, one issue edited"] = run(build(clone, jobs))
    steps["plain mkdocs build"] = run(PLAIN, tree)
    return steps


def first(root: Path, jobs: int, run: Callable[..., Run]) -> dict[str, Run]:
    """Check and build of an archive that nobody has looked at."""
    for name in (".qloop", "site"):
        shutil.rmtree(root / name, ignore_errors=True)
    steps = {"check, cold": run([*QLOOP, "check", "--root", str(root)])}
    steps["check, warm"] = run([*QLOOP, "check", "--root", str(root)])
    shutil.rmtree(root / ".qloop")
    return steps | {"cold build": run(build(root, jobs))}


def restored(root: Path, clone: Path, number: int) -> Path:
    """What a CI job finds: every file is newly written, state and site come from a cache."""
    shutil.rmtree(clone, ignore_errors=True)
    shutil.copytree(root, clone, copy_function=shutil.copyfile, symlinks=True)
    EDITS["one issue's text edited"](clone, number + 50)
    return clone


def build(root: Path, jobs: int) -> list[str]:
    return [*QLOOP, "build", "--root", str(root), "--jobs", str(jobs)]


def with_search(settings: Path) -> None:
    """Plain MkDocs as a team would run it: Material's search on; pages out of the navigation are known."""
    text = re.sub(r"^plugins:.*\n", "", settings.read_text("utf-8"), flags=re.MULTILINE)
    settings.write_text(text + "plugins: [search]\nvalidation: {nav: {omitted_files: ignore}}\n", "utf-8")


def report(rounds: Rounds, records: int) -> None:
    *rounds, memory = rounds
    print(f"{records} records, {len(rounds)} rounds, {os.cpu_count()} cores, Python {platform.python_version()}, "
          f"mkdocs {version('mkdocs')}, material {version('mkdocs-material')}")  # fmt: skip
    print("| step | median s | plain / step (median of paired ratios) | peak MB |\n|---|---|---|---|")
    for step in rounds[0]:
        seconds = statistics.median(r[step].seconds for r in rounds)
        ratio = statistics.median(r["plain mkdocs build"].seconds / r[step].seconds for r in rounds)
        print(f"| {step} | {seconds:.2f} | {ratio:.1f}x | {memory[step].megabytes:.0f} |")
    for step in ("check, cold", "cold build"):
        for name in (name for name in rounds[0] if name.startswith(f"{step}, ")):
            growth = statistics.median(r[step].seconds / r[name].seconds for r in rounds)
            print(f"{step}: {growth:.1f} times {name.rpartition(', ')[2]}")


def verify(root: Path, jobs: int) -> None:
    """The site that the edits left behind, file by file against a clean build of the same archive."""
    kept = files(root / "site")
    shutil.rmtree(root / ".qloop")
    shutil.rmtree(root / "site")
    run(build(root, jobs))
    clean = files(root / "site")
    wrong = sorted(name for name in kept | clean if kept.get(name) != clean.get(name))
    print(f"after all edits: {len(clean)} files, {len(wrong)} differ from a clean build {wrong[:5] or ''}")
    if wrong:
        sys.exit(1)


def files(site: Path) -> dict[str, bytes]:
    names = (p for p in site.rglob("*") if p.is_file() and p.name != ".qloop-site")
    return {p.relative_to(site).as_posix(): p.read_bytes() for p in names}


if __name__ == "__main__":
    main()
