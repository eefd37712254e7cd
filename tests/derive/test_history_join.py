"""A history that was kept and joined is the one that a whole reading gives."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from qloop.derive.history import History, read_history
from tests.derive.graphs import PATHS, Planned, graphs, stand_at, write

FILE = ((PATHS[0], f"open {PATHS[0]} 0"),)
ELSEWHERE = ((PATHS[4], f"open {PATHS[4]} 0"),)


def everything(history: History) -> tuple[object, ...]:
    digests = [(history.digest_of(p), history.statuses_digest_of(p)) for p in PATHS]
    return dict(history.files), history.recent, history.problem, digests


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@example([Planned((), (), 0), Planned((0,), FILE, 10), Planned((1, 0), ELSEWHERE, 20)], [0], "archive/")
@given(
    graphs(),
    st.lists(st.integers(0, 9), max_size=4).flatmap(lambda stops: st.sampled_from((sorted(stops), stops))),
    st.sampled_from(("", "archive/")),
)
def test_joined_history_is_the_whole_one(planned: list[Planned], stops: list[int], prefix: str) -> None:
    compare(planned, stops, prefix)


def compare(planned: list[Planned], stops: list[int], prefix: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        commits = write(root, planned, prefix)
        archive, state = root / prefix, root / "state"
        for stop in [*stops, len(commits) - 1]:
            stand_at(root, commits[stop % len(commits)])
            kept = read_history(archive, state)
            assert everything(kept) == everything(read_history(archive))
