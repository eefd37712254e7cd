"""Time in stage: golden numbers by hand, from dates and from git."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qloop.derive.history import Change, FileHistory, StatusChange
from qloop.derive.stages import STAGES, StageRow, Stay, present, stage_rows, stays
from tests.derive.lives import TODAY, issue

D = dt.date.fromisoformat


def action(kind: str, done: str | None) -> dict[str, object]:
    return {"id": f"A-{kind}-{done}", "what": "做", "kind": kind, "owner": "qc", "due": "2026-10-01"} | (
        {"done": done} if done else {}
    )


STEPS: dict[str, object] = {
    "containment": {"action": "停发", "by": "qc", "on": "2026-08-05"},
    "actions": [action("corrective", "2026-08-20"), action("corrective", "2026-08-25"),
                action("preventive", "2026-09-30"), action("corrective", None)],
    "verified": "2026-10-04",
    "closed": "2026-10-10",
}  # fmt: skip


def history(*steps: tuple[str, str]) -> FileHistory:
    changes = tuple(
        StatusChange(status, Change("c", dt.datetime.fromisoformat(f"{day}T23:30:00+08:00"), "品控", "改"))
        for status, day in steps
    )
    return FileHistory(changes[0].change, changes[-1].change, changes)


def days(found: tuple[Stay, ...]) -> list[tuple[str, int, bool]]:
    return [(s.status, s.days, s.end is None) for s in found]


def test_stays_from_the_records_own_dates() -> None:
    assert days(stays(issue("2026-08-01", "closed", **STEPS), TODAY)) == [
        ("open", 4, False), ("improving", 20, False), ("fixed", 40, False), ("verified", 6, False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("open", [("open", 113, True)]),
        ("analyzing", [("open", 4, False), ("analyzing", 109, True)]),
        ("improving", [("open", 4, False), ("improving", 109, True)]),
        ("fixed", [("open", 4, False), ("improving", 20, False), ("fixed", 89, True)]),
    ],
)
def test_a_step_is_over_only_when_the_status_says_so(status: str, expected: object) -> None:
    given_steps = {k: v for k, v in STEPS.items() if k != "verified"}
    assert days(stays(issue("2026-08-01", status, **given_steps), TODAY)) == expected


def test_missing_dates_give_their_time_to_the_next_step() -> None:
    found = stays(issue("2026-08-01", "verified", verified="2026-08-11"), TODAY)
    assert days(found) == [("fixed", 10, False), ("verified", 103, True)]
    assert present(found) == found[-1]


def test_a_date_out_of_order_takes_no_time() -> None:
    early = {"containment": {"action": "停发", "by": "qc", "on": "2026-07-20"}}
    assert days(stays(issue("2026-08-01", "analyzing", **early), TODAY))[0] == ("open", 0, False)


def test_corrections_after_the_proof_do_not_count() -> None:
    late = {"actions": [action("corrective", "2026-08-06"), action("corrective", "2026-11-01")]}
    found = stays(issue("2026-08-01", "verified", verified="2026-08-11", **late), TODAY)
    assert days(found)[:2] == [("improving", 5, False), ("fixed", 5, False)]


def test_git_wins_where_it_saw_a_change() -> None:
    seen = history(("open", "2026-08-02"), ("improving", "2026-08-09"), ("open", "2026-08-12"))
    found = stays(issue("2026-08-01", "open", **STEPS), TODAY, seen)
    assert days(found) == [("open", 7, False), ("improving", 3, False), ("open", 102, True)]


@pytest.mark.parametrize(
    "seen",
    [
        history(("fixed", "2026-08-02")),  # recorded once, never changed
        history(("open", "2026-08-02"), ("improving", "2026-08-09")),  # the file says something newer
        history(("open", "2026-08-02"), ("fixed", "2026-12-01")),  # not yet on this day
    ],
)
def test_git_that_does_not_know_leaves_it_to_the_dates(seen: FileHistory) -> None:
    one = issue("2026-08-01", "fixed", **STEPS)
    assert stays(one, TODAY, seen) == stays(one, TODAY)


def test_nobody_waits_for_dropped_or_future_issues() -> None:
    assert stays(issue("2026-08-01", "rejected", **STEPS), TODAY) == ()
    assert stays(issue("2026-12-01", "open"), TODAY) == ()
    assert present(stays(issue("2026-08-01", "closed", **STEPS), TODAY)) is None


def stay(status: str, length: int, over: bool = True) -> Stay:
    start = TODAY - dt.timedelta(days=length)
    return Stay(status, start, TODAY if over else None, length)


def test_the_slowest_stage_is_the_bottleneck() -> None:
    found = [stay("open", 2), stay("open", 4), stay("fixed", 30), stay("fixed", 50), stay("fixed", 40),
             stay("improving", 300, over=False), stay("closed", 0)]  # fmt: skip
    rows = {r.status: r for r in stage_rows(found)}
    assert list(rows) == list(STAGES)
    assert rows["open"] == StageRow("open", 2, 3.0, 0, None)
    assert rows["fixed"] == StageRow("fixed", 3, 40.0, 0, None, slowest=True)
    assert rows["improving"] == StageRow("improving", 0, None, 1, 300.0)


def test_no_bottleneck_without_a_comparison() -> None:
    for found in ([], [stay("fixed", 30)], [stay("fixed", 0), stay("open", 0)]):
        assert not any(r.slowest for r in stage_rows(found))


@given(st.sampled_from((*STAGES, "closed")), st.lists(st.dates(D("2026-07-01"), D("2026-12-31")), min_size=4))
def test_stays_join_and_are_never_negative(status: str, dates: list[dt.date]) -> None:
    one = issue(
        "2026-08-01",
        status,
        containment={"action": "停发", "by": "qc", "on": str(dates[0])},
        actions=[action("corrective", str(dates[1]))],
        verified=str(dates[2]),
        closed=str(dates[3]),
    )
    found = stays(one, TODAY)
    assert all(s.days >= 0 for s in found)
    assert all(a.end == b.start for a, b in pairwise(found))
    assert sum(s.days for s in found) <= (TODAY - one.opened).days
