"""For programs: every diagnostic as it is, and a summary."""

from __future__ import annotations

import json

from qloop.formats.report import Report


def render(report: Report) -> str:
    answer = {"diagnostics": [d.as_json() for d in report.diagnostics], "summary": report.counts()}
    return json.dumps(answer, ensure_ascii=False, indent=2) + "\n"
