"""Issues and their lives, written short."""

from __future__ import annotations

import datetime as dt

from qloop.derive.flow import Life, life
from qloop.records.issue import IssueRecord

TODAY = dt.date(2026, 11, 22)


def issue(opened: str, status: str = "open", **fields: object) -> IssueRecord:
    """An issue; ``verified="2026-09-01"`` gives it an effective verification of that day."""
    if verified := fields.pop("verified", None):
        fields["verification"] = {"verdict": "effective", "by": "qc", "on": verified}
    base = {"id": f"QI-{opened}-{len(fields)}{status}", "title": "t", "status": status, "opened": opened,
            "category": "size-small", "severity": "major", "owner": "qc", "products": []}  # fmt: skip
    return IssueRecord.model_validate(base | fields)


def lived(opened: str, status: str = "open", today: dt.date = TODAY, **fields: object) -> Life:
    return life(issue(opened, status, **fields), today)
