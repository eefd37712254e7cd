"""For GitLab: a Code Quality report (the artifact ``reports: codequality``)."""

from __future__ import annotations

import json

from qloop.formats.report import Report, fingerprints, sentence

_SEVERITY = {"error": "major", "warning": "minor"}


def severity(rule: str, level: str) -> str:
    """Customer data that would be published blocks; everything else follows the rule's own severity."""
    return "blocker" if rule.startswith("privacy/") and level == "error" else _SEVERITY[level]


def render(report: Report) -> str:
    entries = [
        {
            "type": "issue",
            "description": sentence(one),
            "check_name": one.rule,
            "fingerprint": fingerprint,
            "severity": severity(one.rule, one.severity),
            "location": {
                "path": report.path(one),
                "lines": {"begin": one.place.line, "end": one.place.line},
            },
        }
        for one, fingerprint in fingerprints(report)
    ]
    return json.dumps(entries, ensure_ascii=False, indent=2) + "\n"
