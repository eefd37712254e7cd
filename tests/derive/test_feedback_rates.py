"""Feedback counts and rates: an unknown number is never a zero."""

from __future__ import annotations

import datetime as dt

import pytest

from qloop.derive.feedback_rates import RateRow, counts_by_category, feedback_trend, total
from qloop.diagnostics import Place
from qloop.read.feedback import Feedback, FeedbackRow, UnitRow

TODAY = dt.date(2026, 1, 18)  # the Sunday of 2026-W03
P = Place("feedback/x.csv")


def row(week: str, sku: str, category: str, count: int) -> FeedbackRow:
    return FeedbackRow(week, "review", "US", sku, "", category, "", count, P)


FEEDBACK = Feedback(
    rows=(
        row("2025-W52", "A", "size", 2),
        row("2025-W52", "A", "size", 1),
        row("2025-W52", "B", "fluff", 3),
        row("2026-W02", "A", "size", 4),
        row("2026-W03", "B", "fluff", 5),
        row("2026-W04", "B", "fluff", 9),
    ),
    units=(
        UnitRow("2025-W52", "US", "A", 100, P),
        UnitRow("2025-W52", "DE", "A", 50, P),
        UnitRow("2025-W52", "US", "B", 50, P),
        UnitRow("2026-W01", "US", "A", 10, P),
        UnitRow("2026-W02", "US", "A", 0, P),
    ),
)
WEEKS = ("2025-W52", "2026-W01", "2026-W02", "2026-W03")


def test_by_hand() -> None:
    found = feedback_trend(FEEDBACK, TODAY)
    assert found.weeks == WEEKS
    assert found.overall == (
        RateRow("2025-W52", 6, 200, 6 / 200),
        RateRow("2026-W01", None, 10, None),  # no file of that week: nobody knows
        RateRow("2026-W02", 4, 0, None),  # nothing sold
        RateRow("2026-W03", 5, None, None),  # units unknown
    )


def test_by_category_per_everything_sold() -> None:
    found = feedback_trend(FEEDBACK, TODAY).by_category
    assert [(r.count, r.units, r.rate) for r in found["size"]] == [
        (3, 200, 3 / 200),
        (None, 10, None),
        (4, 0, None),
        (0, None, None),
    ]
    first = [rows[0].rate for rows in found.values()]
    assert sum(r or 0 for r in first) == pytest.approx(6 / 200)


def test_by_sku_per_unit_of_it() -> None:
    found = feedback_trend(FEEDBACK, TODAY).by_sku
    assert [(r.count, r.units, r.rate) for r in found["A"]] == [
        (3, 150, 3 / 150),
        (None, 10, None),
        (4, 0, None),
        (0, None, None),
    ]
    assert found["B"][0].rate == 3 / 50


def test_several_weeks_use_those_where_both_are_known() -> None:
    found = total(feedback_trend(FEEDBACK, TODAY).overall)
    assert (found.count, found.units, found.rate) == (15, 210, 6 / 200)
    assert total(()) == RateRow("", None, None, None)


def test_no_data() -> None:
    found = feedback_trend(Feedback(), TODAY)
    assert (found.weeks, found.overall, found.by_category, found.by_sku) == ((), (), {}, {})


def test_only_units() -> None:
    found = feedback_trend(Feedback(units=(UnitRow("2026-W03", "US", "A", 10, P),)), TODAY)
    assert found.overall == (RateRow("2026-W03", None, 10, None),)
    assert found.by_category == {}


def test_counts_of_weeks() -> None:
    assert counts_by_category(FEEDBACK.rows, ["2025-W52", "2026-W02"]) == {"size": 7, "fluff": 3}
