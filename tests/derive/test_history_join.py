"""A history that was kept and joined is the one that a whole reading gives."""

from __future__ import annotations

import tempfile
from pathlib import Path
from unittest import mock

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from qloop.derive import history as reading
from qloop.derive.history import History, read_history
from tests.derive.graphs import PATHS, Planned, graphs, stand_at, write

A, B, _, OUTSIDE = PATHS


def planned(parents: tuple[int, ...], minute: int, **versions: int) -> Planned:
    """A commit with ``a``, ``b`` or ``o`` (a file that is no record) in the given versions."""
    paths = {"a": A, "b": B, "o": OUTSIDE}
    tree = sorted((paths[name], f"open {paths[name]} {version}") for name, version in versions.items())
    return Planned(parents, tuple(tree), minute)


BELOW_A_FOLDER = [planned((), 0), planned((0,), 10, a=0), planned((1, 0), 20, o=0)]
"""The merge has the records of its second parent: none."""
BROUGHT_BACK = [
    planned((), 0, a=0), planned((0,), 10, a=1), planned((0,), 20, a=0, b=0),
    planned((2, 1), 30, a=0, b=0), planned((1,), 40, a=1, b=1), planned((3, 4), 50, a=0, b=2),
]  # fmt: skip
"""A merge dropped a branch; a later branch that began there brings its past back."""
SAME_FILE = [
    planned((), 0, a=0), planned((0,), 10, a=1, b=1), planned((0,), 20, a=2), planned((2, 1), 30, a=2, b=1),
]  # fmt: skip
"""A merged branch is older than the main line's change of the same file."""
SLOW_CLOCK = [
    planned((), 0, a=0), planned((0,), 30, a=1), planned((1,), 5, a=1, b=1), planned((0,), 20, a=2),
    planned((3, 2), 40, a=2, b=1),
]  # fmt: skip
"""A branch changed the file later, but its next commit is dated before the main line's."""
PAST_LEFT_OUT = [
    planned((), 0, a=0), planned((0,), 10, a=1), planned((1,), 20, a=0), planned((0,), 30, a=0, b=0),
    planned((2, 3), 40, a=0, b=0),
]  # fmt: skip
"""A change was taken back; the merge has the records of the branch, where neither ever was."""
PARENT_NOT_FOLLOWED = [
    planned((), 0, a=0), planned((0,), 60, a=1, b=1), planned((0,), 10, a=0, o=0), planned((2, 1), 20, a=0, o=0),
    planned((3,), 30, a=2), planned((4, 1), 70, a=2, b=1),
]  # fmt: skip
"""A merge left a branch's records out, so that what follows it does not come after the branch for git."""


def everything(history: History) -> tuple[object, ...]:
    digests = [(history.digest_of(p), history.statuses_digest_of(p)) for p in PATHS]
    return dict(history.files), history.recent, history.problem, digests


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@example(BELOW_A_FOLDER, [0], "archive/")
@example(BROUGHT_BACK, [3], "")
@example(SAME_FILE, [2], "")
@example(SLOW_CLOCK, [3], "")
@example(PAST_LEFT_OUT, [2], "")
@example(PARENT_NOT_FOLLOWED, [0], "")
@given(
    graphs(),
    st.lists(st.integers(-5, -2), min_size=1, max_size=3).flatmap(lambda s: st.sampled_from((sorted(s), s))),
    st.sampled_from(("", "archive/")),
)
def test_joined_history_is_the_whole_one(graph: list[Planned], stops: list[int], prefix: str) -> None:
    compare(graph, stops, prefix)


def compare(graph: list[Planned], stops: list[int], prefix: str) -> None:
    """At most two recent changes, so that these small graphs have more."""
    with tempfile.TemporaryDirectory() as folder, mock.patch.object(reading, "MOST_RECENT", 2):
        root = Path(folder)
        commits = write(root, graph, prefix)
        archive, state = root / prefix, root / "state"
        for stop in [*stops, -1]:
            stand_at(root, commits[stop % len(commits)])
            kept = read_history(archive, state)
            assert everything(kept) == everything(read_history(archive))
