"""Opened, ended, open: golden numbers by hand, and what must hold for any archive."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from qloop.derive.flow import EVERYTHING, FlowRow, flow
from qloop.derive.history import Change, FileHistory, StatusChange
from qloop.derive.periods import MONTH, WEEK, months_between, sunday, weeks_back
from tests.derive.lives import issue, life, lived


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def test_weeks_across_the_end_of_a_year_with_53_weeks() -> None:
    # 2020 has 53 ISO weeks: 28 December 2020 to 3 January 2021 is 2020-W53
    today = day("2021-01-12")
    lives = [
        lived("2020-12-21", "closed", today, closed="2021-01-03"),
        lived("2021-01-01", "open", today),
        lived("2021-01-04", "verified", today, verified="2021-01-11"),
    ]
    assert flow(lives, WEEK, today)[EVERYTHING] == (
        FlowRow("2020-W52", 1, 0, 1),
        FlowRow("2020-W53", 1, 1, 1),
        FlowRow("2021-W01", 1, 0, 2),
        FlowRow("2021-W02", 0, 1, 1),
    )


def test_months_without_any_issue_are_there() -> None:
    lives = [lived("2025-11-30"), lived("2026-02-01", "closed", closed="2026-02-28")]
    assert flow(lives, MONTH, day("2026-03-01"))[EVERYTHING] == (
        FlowRow("2025-11", 1, 0, 1),
        FlowRow("2025-12", 0, 0, 1),
        FlowRow("2026-01", 0, 0, 1),
        FlowRow("2026-02", 1, 1, 1),
        FlowRow("2026-03", 0, 0, 1),
    )


def test_groups() -> None:
    lives = [
        lived("2026-10-01", products=["A", "B"], category="x", factory="f"),
        lived("2026-11-01", "closed", products=["B"], category="y", closed="2026-11-02"),
    ]
    today = day("2026-11-22")
    found = flow(lives, MONTH, today, lambda o: o.products)
    assert found == {
        "A": (FlowRow("2026-10", 1, 0, 1), FlowRow("2026-11", 0, 0, 1)),
        "B": (FlowRow("2026-10", 1, 0, 1), FlowRow("2026-11", 1, 1, 1)),
    }
    assert set(flow(lives, MONTH, today, lambda o: (o.factory or "",))) == {"f", ""}


def test_nothing_happened() -> None:
    assert flow([], WEEK, day("2026-11-22")) == {}
    assert flow([lived("2026-12-01")], WEEK, day("2026-11-22")) == {}


def test_the_first_proof_or_closing_ends_an_issue() -> None:
    assert lived("2026-01-01", "closed", verified="2026-03-01", closed="2026-04-01").ended == day(
        "2026-03-01"
    )
    assert lived("2026-01-01", "closed", closed="2026-04-01").ended == day("2026-04-01")
    assert lived("2026-01-01", "fixed").ended is None


def test_tomorrow_has_not_happened() -> None:
    assert lived("2026-01-01", "closed", day("2026-03-31"), closed="2026-04-01").ended is None
    assert lived("2026-01-01", "verified", day("2026-03-31"), verified="2026-04-01").verified is None


def test_rejected_without_a_date_ends_when_git_saw_it_or_never_was() -> None:
    change = Change("a", dt.datetime(2026, 5, 4, 10, tzinfo=dt.UTC), "客服", "不成立")
    before = Change("0", dt.datetime(2026, 5, 1, 10, tzinfo=dt.UTC), "客服", "登记")
    seen = FileHistory(before, change, (StatusChange("open", before), StatusChange("rejected", change)))
    imported = FileHistory(change, change, (StatusChange("rejected", change),))
    rejected = issue("2026-05-01", "rejected")
    assert life(rejected, day("2026-11-22"), seen).ended == day("2026-05-04")
    assert life(rejected, day("2026-11-22"), imported).ended == day("2026-05-01")
    assert life(rejected, day("2026-05-03"), seen).ended == day("2026-05-01")  # a clock that stands still
    assert life(rejected, day("2026-11-22")).ended == day("2026-05-01")


days = st.dates(dt.date(2019, 12, 1), dt.date(2021, 2, 1))


@given(st.lists(st.tuples(days, st.none() | st.integers(0, 400), st.sampled_from("ABC")), max_size=25), days)
def test_opened_minus_closed_is_the_stock(
    cases: list[tuple[dt.date, int | None, str]], today: dt.date
) -> None:
    lives = [
        lived(opened.isoformat(), "open" if wait is None else "closed", today, category=group,
              **({} if wait is None else {"closed": (opened + dt.timedelta(wait)).isoformat()}))
        for opened, wait, group in cases
    ]  # fmt: skip
    open_now = sum(o.opened <= today and o.ended is None for o in lives)
    for period in (WEEK, MONTH):
        rows = flow(lives, period, today).get(EVERYTHING, ())
        stock = 0
        for row in rows:
            stock += row.opened - row.closed
            assert row.open == stock >= 0
        assert stock == open_now
        groups = flow(lives, period, today, lambda o: (o.category,))
        assert sum(r[-1].open for r in groups.values()) == open_now
        assert [r.period for r in rows] == sorted({r.period for r in rows})


def test_periods() -> None:
    assert list(months_between(day("2025-12-31"), day("2026-02-01"))) == ["2025-12", "2026-01", "2026-02"]
    assert sunday("2020-W53") == day("2021-01-03")
    assert weeks_back(day("2021-01-05"), 3) == ("2020-W52", "2020-W53", "2021-W01")
