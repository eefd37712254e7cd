"""What pages say in numbers: priority, states of measures, verification, weeks."""

import datetime as dt

import pytest

from qloop.derive import actions
from qloop.derive.batches import batches
from qloop.derive.involved import by_factory, by_product
from qloop.derive.occurrences import MAX_WEEKS, weekly
from qloop.derive.priority import priority, score
from qloop.derive.recent import last_weeks, recent
from qloop.derive.verification import compare, relative
from qloop.pages.templates import number, per_thousand, percent
from qloop.records.issue import Action, Impact, IssueRecord, Occurrence, Verification
from tests.pages import tree

ISSUE = {
    "id": "QI-260803-7KD", "title": "x", "status": "open", "opened": "2026-08-03", "category": "c",
    "severity": "major", "owner": "qc", "products": [],
}  # fmt: skip


def issue(**values: object) -> IssueRecord:
    return IssueRecord.model_validate(ISSUE | values)


@pytest.mark.parametrize(
    ("severity", "impact", "points", "level"),
    [
        ("critical", {"tier": "vip", "sentiment": "angry"}, 1.0, "urgent"),
        ("critical", None, 0.6, "high"),
        ("critical", {"sentiment": "angry"}, 0.7, "urgent"),
        ("major", None, 0.35, "normal"),
        ("major", {"tier": "vip", "sentiment": "angry"}, 0.75, "urgent"),
        ("major", {"sentiment": "angry"}, 0.45, "high"),
        ("minor", None, 0.1, "low"),
        ("minor", {"sentiment": "angry"}, 0.2, "normal"),
        ("minor", {"tier": "vip"}, 0.4, "high"),
        ("minor", {"tier": "new", "sentiment": "calm"}, 0.0, "low"),
        ("minor", {"tier": "old", "sentiment": "unhappy"}, 0.25, "normal"),
    ],
)
def test_priority_follows_the_formula(
    severity: str, impact: dict[str, str] | None, points: float, level: str
) -> None:
    assert score(severity, Impact(**impact) if impact else None) == points
    assert priority(issue(severity=severity, impact=impact)) == level


def test_safety_is_urgent_and_a_set_priority_stays() -> None:
    assert priority(issue(severity="minor", impact={"safety": True})) == "urgent"
    assert priority(issue(severity="critical", impact={"safety": True}, priority="low")) == "low"


def action(**values: object) -> Action:
    base = {"id": "A1", "what": "x", "kind": "corrective", "owner": "qc", "due": "2026-08-20"}
    return Action.model_validate(base | values)


@pytest.mark.parametrize(
    ("day", "done", "state"),
    [("2026-08-20", None, "open"), ("2026-08-21", None, "overdue"), ("2026-09-30", "2026-09-01", "done")],
)
def test_an_action_is_overdue_from_the_day_after_its_date(day: str, done: str | None, state: str) -> None:
    assert actions.state(action(done=done) if done else action(), dt.date.fromisoformat(day)) == state


def test_actions_of_the_archive_by_urgency() -> None:
    archive = tree.site().archive
    found = actions.unfinished(archive, dt.date(2026, 11, 22))
    assert [(i.source.id, i.action.id, i.state, i.days_late) for i in found] == [
        ("QI-260803-7KD", "A2", "overdue", 10),
        ("QI-260803-7KD", "A3", "open", 0),
    ]
    assert [i.action.id for i in actions.overdue(found)] == ["A2"]
    late = actions.items(archive.by_id["2026-w32"], dt.date(2026, 11, 22))
    assert [(i.state, i.days_late, i.issue) for i in late] == [("done", 2, "QI-260803-7KD")]


def test_actions_of_a_rejected_issue_wait_for_nobody(tmp_path: object) -> None:
    root = tree.changed(tmp_path, "issues/2026/QI-260803-7KD.md", ("status: verified", "status: rejected"))  # type: ignore[arg-type]
    assert actions.unfinished(tree.site(root).archive, dt.date(2026, 11, 22)) == ()


def verification(before: tuple[int, int] | None, after: tuple[int, int] | None) -> Verification:
    values: dict[str, object] = {"verdict": "effective", "by": "qc", "on": "2026-12-12"}
    for name, side in (("before", before), ("after", after)):
        if side:
            values[name] = {"from": "2026-06-01", "to": "2026-08-31", "defects": side[0], "units": side[1]}
    return Verification.model_validate(values)


def test_the_bracelets_fix() -> None:
    found = compare(verification((127, 5120), (5, 5300)))
    assert found.before is not None
    assert found.after is not None
    assert found.before.days == 92
    assert per_thousand(found.before.rate) == "24.8"
    assert per_thousand(found.after.rate) == "0.9"
    assert percent(found.change) == "−96%"
    assert percent(found.count_change) == "−96%"
    assert found.proof is not None
    assert (found.proof.verdict, found.proof.test) == ("effective", "fisher")
    assert found.proof.p < 1e-30
    assert found.proof.high is not None
    assert found.proof.low < 0.038 < found.proof.high < 0.1
    assert found.tone == "better"


@pytest.mark.parametrize(
    ("before", "after", "change", "tone"),
    [
        ((10, 1000), (10, 1000), 0.0, ""),
        ((10, 1000), (15, 1000), 0.5, "worse"),
        ((0, 1000), (5, 1000), None, ""),
        ((5, 0), (5, 1000), None, ""),
        ((5, 1000), (0, 0), None, ""),
        (None, (5, 1000), None, ""),
        ((5, 1000), None, None, ""),
        ((5, 1000), (0, 1000), -1.0, "better"),
    ],
)
def test_a_change_is_said_only_where_it_can_be(
    before: tuple[int, int] | None, after: tuple[int, int] | None, change: float | None, tone: str
) -> None:
    found = compare(verification(before, after))
    assert found.change == (None if change is None else pytest.approx(change))
    assert found.tone == tone


def test_no_complaint_in_few_units_proves_nothing() -> None:
    few, enough = (compare(verification((127, 5120), (0, n))).proof for n in (40, 4000))
    assert few is not None
    assert enough is not None
    assert (few.verdict, enough.verdict) == ("insufficient-data", "effective")


def test_a_rate_has_its_exact_interval() -> None:
    # Clopper and Pearson: 0 of 60
    side = compare(verification((6, 113), (0, 60))).after
    assert side is not None
    assert (side.low, side.high) == (0.0, pytest.approx(0.05962949228616692))
    many = compare(verification((60, 50), (5, 5300)))  # several defects a unit
    assert many.before is not None
    assert many.before.low is None
    assert many.proof is not None
    assert many.proof.test == "poisson"


def test_relative_change_needs_a_base() -> None:
    assert relative(4, 1) == -0.75
    assert relative(0, 1) is None
    assert relative(None, 1) is None


def test_numbers_as_readers_write_them() -> None:
    assert [percent(x) for x in (-0.9613, 0.5, 0.001, -0.004, None)] == ["−96%", "+50%", "0%", "0%", ""]
    assert [per_thousand(x) for x in (0.0248, 0.00094, 0.00004, 0.0, None)] == [
        "24.8",
        "0.9",
        "0.04",
        "0",
        "",
    ]
    assert [number(x) for x in (1840, 54.80, 0, None, 1234567.25)] == [
        "1,840",
        "54.8",
        "0",
        "",
        "1,234,567.2",
    ]


def occurrences(*rows: tuple[str, str, int]) -> list[Occurrence]:
    return [Occurrence(week=w, source=s, count=c) for w, s, c in rows]


def test_weeks_without_cases_are_on_the_axis_and_sources_in_order() -> None:
    found = weekly(
        occurrences(("2026-W53", "return", 4), ("2027-W02", "review", 1), ("2026-W53", "return", 1))
    )
    assert found.weeks == ("2026-W53", "2027-W01", "2027-W02")
    assert found.counts == {"review": (0, 0, 1), "return": (5, 0, 0)}
    assert found.totals == (5, 0, 1)
    assert found.total == 6
    assert found.total_of("return") == 5


def test_a_series_over_years_keeps_only_its_weeks() -> None:
    found = weekly(occurrences(("2020-W01", "qc", 1), ("2026-W01", "qc", 1)))
    assert found.weeks == ("2020-W01", "2026-W01")
    assert len(found.weeks) < MAX_WEEKS
    assert weekly([]).weeks == ()


def test_complete_weeks_only() -> None:
    assert last_weeks(dt.date(2026, 11, 22), 2) == ("2026-W46", "2026-W47")  # a Sunday
    assert last_weeks(dt.date(2026, 11, 23), 2) == ("2026-W46", "2026-W47")
    assert last_weeks(dt.date(2026, 11, 28), 2) == ("2026-W46", "2026-W47")  # a Saturday
    assert len(last_weeks(dt.date(2027, 1, 3))) == 12


def test_recent_feedback_of_a_product() -> None:
    found = recent(tree.site().archive.feedback, dt.date(2026, 11, 22))["AG-CAP-01"]
    assert found.cases == (0,) * 10 + (4, 0)
    assert sum(found.units) == 500
    assert found.rate == 4 / 500
    assert found.categories == (("size-small", 4),)
    assert found.batches == (("KN2607", 3),)
    assert recent(tree.site().archive.feedback, dt.date(2025, 1, 1)) == {}


def test_everything_about_a_product_and_a_factory() -> None:
    archive = tree.site().archive
    product, factory = by_product(archive)["AG-CAP-01"], by_factory(archive)["ningbo-knit"]
    assert [e.id for e in product.issues] == ["QI-261019-B2C", "QI-260803-7KD"]
    assert [e.id for e in (*product.changes, *product.sops, *product.faqs)] == [
        "PC-260810-M2Q", "SOP-KNIT-001", "FAQ-cap-too-tight",
    ]  # fmt: skip
    assert [e.id for e in factory.issues] == ["QI-260803-7KD"]
    assert [e.id for e in factory.reviews] == ["2026-W32"]
    found = {
        b.name: ([e.id for e in b.issues], [e.id for e in b.fixes], b.cases)
        for b in batches(product, {"KN2607": 3})
    }
    assert found == {"KN2607": (["QI-260803-7KD"], [], 3), "KN2609": ([], ["PC-260810-M2Q"], 0)}
