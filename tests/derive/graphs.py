"""Random small repositories as a list of commits, written at once with ``git fast-import``."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from hypothesis import strategies as st

PATHS = ("issues/2026/a.md", "issues/b.md", "sop/c.md", "readme.md")
STATES = ("open", "analyzing", "fixed", "nonsense")
Tree = dict[str, str]


@dataclass(frozen=True)
class Planned:
    """A commit: numbers of its parents, what lies in its tree, minutes since the first by the author's clock."""

    parents: tuple[int, ...]
    tree: tuple[tuple[str, str], ...]
    minute: int


@st.composite
def graphs(draw: st.DrawFn) -> list[Planned]:
    """Two to ten commits: edits, renames, deletions, branches, merges that keep either side or do as they like."""
    planned: list[Planned] = []
    for number in range(draw(st.integers(2, 10))):
        parents = draw(_parents(number))
        tree = _merged(draw, [dict(planned[p].tree) for p in parents])
        for _ in range(draw(st.integers(0 if len(parents) > 1 or number == 0 else 1, 2))):
            _edit(draw, tree, number)
        minute = number * 10 - draw(st.sampled_from((0, 0, 0, 5, 10, 25, 60)))
        planned.append(Planned(parents, tuple(sorted(tree.items())), minute))
    return planned


def _parents(number: int) -> st.SearchStrategy[tuple[int, ...]]:
    if number == 0:
        return st.just(())
    last = st.just((number - 1,))
    if number == 1:
        return last
    branch = st.integers(max(0, number - 4), number - 2).map(lambda p: (p,))
    merge = st.lists(st.integers(0, number - 2), min_size=1, max_size=2, unique=True)
    merged = merge.map(lambda others: (number - 1, *others))
    turned = merge.map(lambda others: (others[0], number - 1))
    return st.one_of(last, branch, merged, merged, turned, st.just(()) if number > 5 else last)


def _merged(draw: st.DrawFn, trees: list[Tree]) -> Tree:
    if len(trees) < 2:
        return dict(trees[0]) if trees else {}
    keep = draw(st.sampled_from(("first", "last", "both", "mixed")))
    if keep == "both":
        return {path: text for tree in trees for path, text in tree.items()}
    if keep == "mixed":
        chosen = {path: draw(st.sampled_from(trees)).get(path) for path in PATHS}
        return {path: text for path, text in chosen.items() if text}
    return dict(trees[0 if keep == "first" else -1])


def _edit(draw: st.DrawFn, tree: Tree, number: int) -> None:
    path = draw(st.sampled_from(PATHS))
    what = draw(st.sampled_from(("write", "write", "write", "delete", "rename")))
    if what == "write":
        tree[path] = f"{draw(st.sampled_from(STATES))} {path} {draw(st.integers(0, 2))}"
    elif what == "delete":
        tree.pop(path, None)
    elif path in tree:
        tree[draw(st.sampled_from(PATHS))] = tree.pop(path)


def text(short: str) -> str:
    """The file that stands as "status path version" in a plan; a renamed file is recognised by its lines."""
    status, path, version = short.split()
    lines = "\n".join(f"{path} 第 {n} 行，实测 54.8 cm" for n in range(12))
    return f"---\nstatus: {status}\n---\n{lines}\n第 {version} 版\n"


def write(root: Path, planned: list[Planned], prefix: str = "") -> list[str]:
    """Make the repository ``root``, all of ``PATHS`` as files in its archive; the commits' names come back."""
    run(root, "init", "-q", "-b", "main")
    stream = "".join(_command(n, p, prefix) for n, p in enumerate(planned))
    marks = root / ".git" / "marks"
    run(root, "fast-import", "--quiet", "--force", f"--export-marks={marks}", stdin=stream)
    for path in PATHS:
        (root / prefix / path).parent.mkdir(parents=True, exist_ok=True)
        (root / prefix / path).touch()
    names = dict(line.split() for line in marks.read_text("ascii").splitlines())
    return [names[f":{n + 1}"] for n in range(len(planned))]


def stand_at(root: Path, commit: str) -> None:
    (root / ".git" / "HEAD").write_text(f"{commit}\n", "ascii")


def _command(number: int, planned: Planned, prefix: str) -> str:
    when = f"n <n@example.invalid> {1_700_000_000 + planned.minute * 60} +0800"
    lines = [f"reset refs/heads/c{number}", f"commit refs/heads/c{number}", f"mark :{number + 1}",
             f"author {when}", f"committer {when}", _data(f"第 {number} 次")]  # fmt: skip
    lines += [f"{'merge' if i else 'from'} :{p + 1}" for i, p in enumerate(planned.parents)]
    lines += [
        "deleteall",
        *(f"M 100644 inline {prefix}{path}\n{_data(text(short))}" for path, short in planned.tree),
    ]
    return "\n".join(lines) + "\n"


def _data(content: str) -> str:
    return f"data {len(content.encode('utf-8'))}\n{content}"


def run(root: Path, *arguments: str, stdin: str = "") -> None:
    clean = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
    quiet = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    subprocess.run(["git", *arguments], cwd=root, env=clean | quiet, input=stdin.encode(), check=True)
