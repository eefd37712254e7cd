"""Alerts: each detector sees what it is meant to see, and nothing where the numbers are too few."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from qloop.archive import Archive
from qloop.derive.alerts.found import Alerts, alerts
from qloop.derive.alerts.words import as_json, sentence
from qloop.derive.occurrences import monday, week_of, weeks_between
from qloop.diagnostics import Place
from qloop.link import link
from qloop.read.catalog import Catalog
from qloop.read.feedback import Feedback, FeedbackRow, UnitRow
from qloop.records.catalog import Product
from qloop.records.settings import Settings
from qloop.texts import load

TODAY = dt.date(2026, 11, 22)  # a Sunday: 2026-W47 is over
WEEKS = tuple(weeks_between("2025-W40", "2026-W47"))
SETTINGS = {
    "brand": "AlturaGo",
    "departments": [{"id": "qc", "label": "品控"}],
    "categories": [
        {"id": "shedding", "label": "掉毛起球", "department": "qc"},
        {"id": "tarnish", "label": "变色发黑"},
    ],
}


def row(week: str, count: int, category: str = "shedding", batch: str = "", sku: str = "A-1") -> FeedbackRow:
    return FeedbackRow(week, "review", "US", sku, batch, category, "", count, Place("feedback/x.csv"))


def steady(count: int = 10, batch: str = "B1") -> list[FeedbackRow]:
    """A little more and a little less than ``count`` each week."""
    return [row(week, count + (i % 3 - 1), batch=batch) for i, week in enumerate(WEEKS)]


def sold(units: int = 500) -> tuple[UnitRow, ...]:
    return tuple(UnitRow(week, "US", "A-1", units, Place("feedback/units/2026.csv")) for week in WEEKS)


def find(rows: list[FeedbackRow], units: tuple[UnitRow, ...] | None = None, **asked: object) -> Alerts:
    settings = Settings.model_validate(SETTINGS | {"alerts": asked})
    catalog = Catalog({"A-1": Product(sku="A-1", name="帽", category="hats", factory="f-1")}, {})
    archive: Archive = link(settings, catalog, (), Feedback())
    feedback = Feedback(tuple(rows), sold() if units is None else units)
    return alerts(replace(archive, feedback=feedback), TODAY)


def kinds(found: Alerts) -> list[str]:
    return [one.kind for one in found.current]


def test_steady_weeks_raise_nothing() -> None:
    assert kinds(find(steady())) == []


def test_no_feedback_at_all() -> None:
    assert find([], ()).current == ()


def test_a_week_beyond_its_limit() -> None:
    found = find([*steady(), row("2026-W45", 14, "shedding", "B1")])
    (one,) = found.current
    assert (one.kind, one.week, one.sku, one.category) == ("limit", "2026-W45", "A-1", "shedding")
    assert (one.id, one.owner, one.factory) == ("limit-A-1-2026-W45", "qc", "f-1")
    numbers = dict(one.numbers)
    assert float(numbers["rate"]) > float(numbers["limit"]) > float(numbers["centre"])


def test_weeks_are_current_for_eight_weeks() -> None:
    assert kinds(find([*steady(), row("2026-W40", 14)])) == ["limit"]
    assert kinds(find([*steady(), row("2026-W39", 14)])) == []


def test_a_few_units_are_no_rate() -> None:
    few = tuple(replace(u, units=40) if u.week == "2026-W45" else u for u in sold())
    assert kinds(find(steady(), few)) == []
    assert "limit" in kinds(find(steady(), few, least_units=10))


def test_without_units_there_is_no_limit() -> None:
    assert "limit" not in kinds(find([*steady(), row("2026-W45", 90)], ()))


def test_the_first_sight_of_a_category() -> None:
    (one,) = find([*steady(), row("2026-W46", 1, "tarnish")]).current
    assert (one.kind, one.id) == ("first", "first-A-1-tarnish")
    assert kinds(find([*steady(), row("2025-W41", 1, "tarnish"), row("2026-W46", 1, "tarnish")])) == []


def test_a_new_product_has_no_first_sights() -> None:
    assert kinds(find([row(w, 3) for w in WEEKS[-5:]])) == []


def test_a_jump_needs_a_multiple_and_enough_cases() -> None:
    before = [row("2025-W41", 1, "tarnish"), row("2026-W45", 2, "tarnish")]
    assert "jump" in kinds(find([*steady(), *before, row("2026-W46", 12, "tarnish")]))
    assert "jump" not in kinds(find([*steady(), *before, row("2026-W46", 5, "tarnish")]))
    # 7 after 2 is a multiple that chance explains
    assert "jump" not in kinds(find([*steady(), *before, row("2026-W46", 7, "tarnish")]))


def test_three_times_the_cases_among_three_times_the_units_is_no_jump() -> None:
    busy = tuple(replace(u, units=2500) if u.week == "2026-W46" else u for u in sold())
    rows = [row("2025-W41", 1, "tarnish"), row("2026-W45", 3, "tarnish"), row("2026-W46", 13, "tarnish")]
    found = find([*steady(), *rows], busy).current
    assert not [one for one in found if one.category == "tarnish"]


def test_a_week_without_a_file_is_not_a_week_without_cases() -> None:
    rows = [r for r in steady() if r.week != "2026-W45"]
    rows += [row("2025-W41", 1, "tarnish"), row("2026-W46", 12, "tarnish")]
    assert "jump" not in kinds(find(rows))


def test_a_batch_with_a_larger_share() -> None:
    second = [row(week, 5, batch="B2") for week in WEEKS[-6:]]
    rows = [*steady(), *second, row("2025-W41", 2, "tarnish", "B1"), row("2026-W47", 9, "tarnish", "B2")]
    found = [one for one in find(rows).current if one.kind == "batch"]
    assert [(one.batch, one.category, one.id) for one in found] == [("B2", "tarnish", "batch-A-1-B2-tarnish")]
    numbers = dict(found[0].numbers)
    assert (numbers["count"], numbers["total"], numbers["other"]) == (9, 39, 2)
    assert "batch" not in kinds(find(rows, batch_cases=10))
    assert "batch" not in kinds(find(rows, ignore=["tarnish"]))


def test_the_sentence_in_both_languages() -> None:
    found = find([*steady(), row("2026-W45", 14)])
    settings = Settings.model_validate(SETTINGS)
    for language, word in (("zh", "控制上限"), ("en", "limit")):
        text = sentence(found.current[0], load(language), settings)
        assert word in text
        assert "A-1" in text
        assert "2026-W45" in text
    whole = as_json(found.current[0], load("zh"), settings)
    assert (whole["covered"], whole["batch"], whole["numbers"]["units"]) == (False, None, 500)


@pytest.mark.parametrize("asked", [{"weeks": 0}, {"jump": -1}, {"batch_p": 1.5}, {"batches": 3}])
def test_impossible_settings_are_refused(asked: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="alerts"):
        Settings.model_validate(SETTINGS | {"alerts": asked})


def test_weeks_that_are_current_end_with_today() -> None:
    assert find([]).weeks[-1] == week_of(TODAY)
    assert monday(find([]).weeks[0]) == dt.date(2026, 9, 28)
