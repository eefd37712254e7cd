"""Pareto, speed, repeats, age and cost: golden numbers by hand."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qloop.derive.cost import costs
from qloop.derive.measures import by_month, open_age, whole
from qloop.derive.pareto import Share, pareto
from tests.derive.lives import TODAY, issue, lived


def test_pareto_by_hand() -> None:
    assert pareto({"a": 1, "b": 6, "c": 0, "d": 1}) == (
        Share("b", 6, 0.75, 0.75), Share("a", 1, 0.125, 0.875), Share("d", 1, 0.125, 1.0),
    )  # fmt: skip
    assert pareto({}) == pareto({"a": 0}) == ()


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 10**6), max_size=40))
def test_pareto_shares_sum_to_one(counts: dict[str, int]) -> None:
    rows = pareto(counts)
    assert sum(r.count for r in rows) == sum(counts.values())
    assert [r.count for r in rows] == sorted((n for n in counts.values() if n), reverse=True)
    if rows:
        assert sum(r.share for r in rows) == pytest.approx(1)
        assert rows[-1].cumulative == 1
        assert all(a.cumulative <= b.cumulative for a, b in pairwise(rows))


LIVES = [
    lived("2026-09-01", "verified", verified="2026-09-11"),
    lived("2026-09-02", "closed", verified="2026-11-01", closed="2026-11-03"),
    lived("2026-09-03", "rejected", recurrence_of="QI-1"),
    lived("2026-10-01", "verified", verified="2026-11-20", recurrence_of="QI-1"),
    lived("2026-11-15", "open", recurrence_of="QI-1"),
    lived("2026-11-22", "analyzing"),
    lived("2026-06-01", "fixed", id="QI-old"),
]


def test_months() -> None:
    rows = {r.month: r for r in by_month(LIVES, TODAY)}
    assert list(rows) == ["2026-06", "2026-07", "2026-08", "2026-09", "2026-10", "2026-11"]
    assert (rows["2026-09"].opened, rows["2026-09"].repeats, rows["2026-09"].repeat_share) == (2, 0, 0.0)
    assert (rows["2026-09"].verified, rows["2026-09"].median_days) == (1, 10.0)
    assert (rows["2026-11"].verified, rows["2026-11"].median_days) == (2, 55.0)  # 60 and 50 days
    assert rows["2026-11"].repeat_share == 0.5
    assert (rows["2026-07"].repeat_share, rows["2026-07"].median_days) == (None, None)


def test_over_all_time() -> None:
    found = whole(LIVES, TODAY)
    assert (found.opened, found.repeats, found.verified, found.median_days) == (6, 2, 3, 50.0)
    assert by_month([], TODAY) == ()
    assert (whole([], TODAY).repeat_share, whole([], TODAY).median_days) == (None, None)


def test_age_of_open_issues() -> None:
    found = open_age(LIVES, TODAY)
    assert (found.count, found.median_days, found.oldest_days, found.oldest) == (3, 7.0, 174, "QI-old")
    assert found.bands == (("week", 2), ("month", 0), ("quarter", 0), ("older", 1))
    nothing = open_age([], TODAY)
    assert (nothing.count, nothing.median_days, nothing.oldest_days) == (0, None, None)


def test_costs_by_currency() -> None:
    issues = [
        issue(
            "2026-08-01", category="a", factory="f", cost={"refund": 100.1, "scrap": 0.2, "currency": "CNY"}
        ),
        issue("2026-10-05", category="b", cost={"refund": 50, "reship": 49.7, "currency": "CNY"}),
        issue("2026-10-06", category="a", cost={"refund": 7, "currency": "USD"}),
        issue("2026-10-07", category="a", cost={"refund": 0}),
        issue("2026-12-01", category="a", cost={"refund": 999}),
    ]
    cny, usd = costs(issues, dt.date(2026, 11, 22))
    assert (cny.currency, cny.total, usd.currency, usd.total) == ("CNY", 200.0, "USD", 7.0)
    assert [(r.key, r.issues, r.total) for r in cny.months] == [
        ("2026-08", 1, 100.3), ("2026-09", 0, 0.0), ("2026-10", 1, 99.7), ("2026-11", 0, 0.0),
    ]  # fmt: skip
    assert cny.months[0].parts == (100.1, 0.0, 0.2, 0.0, 0.0)
    assert [(r.key, r.total) for r in cny.categories] == [("a", 100.3), ("b", 99.7)]
    assert [r.key for r in cny.factories] == ["f", ""]
    assert sum(r.share for r in cny.categories) == pytest.approx(1)
    assert costs([], TODAY) == ()
