"""Priority by rule, where the record does not set one.

score = 0.3 · value + 0.5 · severity + 0.2 · anger, each between 0 and 1:
value by customer tier (new 0, old 0.5, vip 1; unknown 0), severity (minor 0, major 0.5, critical 1),
anger by sentiment (calm 0, unhappy 0.5, angry 1; unknown 0.5).
urgent from 0.7, high from 0.4, normal from 0.2, else low; whatever touches safety is urgent.
"""

from __future__ import annotations

from functools import cache

from qloop.records.issue import Impact, IssueRecord

WEIGHTS = {"value": 0.3, "severity": 0.5, "anger": 0.2}
VALUE = {"new": 0.0, "old": 0.5, "vip": 1.0}
SEVERITY = {"minor": 0.0, "major": 0.5, "critical": 1.0}
ANGER = {"calm": 0.0, "unhappy": 0.5, "angry": 1.0}
STEPS = ((0.7, "urgent"), (0.4, "high"), (0.2, "normal"))


def score(severity: str, impact: Impact | None) -> float:
    """0 to 1, rounded to three digits so that 0.1 + 0.2 meets its step."""
    return _score(severity, impact.tier, impact.sentiment) if impact else _score(severity, None, None)


@cache
def _score(severity: str, tier: str | None, sentiment: str | None) -> float:
    value, anger = VALUE.get(tier or "", 0.0), ANGER.get(sentiment or "", 0.5)
    parts = {"value": value, "severity": SEVERITY[severity], "anger": anger}
    return round(sum(WEIGHTS[name] * part for name, part in parts.items()), 3)


def priority(issue: IssueRecord) -> str:
    """The record's own priority, or the computed one: urgent, high, normal or low."""
    if issue.priority:
        return issue.priority
    if issue.impact and issue.impact.safety:
        return "urgent"
    points = score(issue.severity, issue.impact)
    return next((name for least, name in STEPS if points >= least), "low")
