"""For people: ``path:line:column: error[rule] field: message; hint``, and a line that counts."""

from __future__ import annotations

from qloop.diagnostics import Diagnostic
from qloop.formats.report import Report, sentence

_RED, _YELLOW, _GREEN, _DIM, _BOLD, _END = "\033[31m", "\033[33m", "\033[32m", "\033[2m", "\033[1m", "\033[0m"


def render(report: Report) -> str:
    return "".join(f"{line}\n" for line in (*lines(report), _summary(report)))


def lines(report: Report) -> list[str]:
    """One line a diagnostic, without the count."""
    return [_coloured(d) if report.colour else str(d) for d in report.diagnostics]


def _coloured(one: Diagnostic) -> str:
    colour = _RED if one.severity == "error" else _YELLOW
    return f"{_BOLD}{one.place}{_END}: {colour}{one.severity}{_END}{_DIM}[{one.rule}]{_END} {sentence(one)}"


def _summary(report: Report) -> str:
    key = "check.clean" if not report.diagnostics else "check.summary"
    text = report.say(key, **report.counts())
    if report.fixed:
        text = report.say("check.fixed", fixed=report.fixed) + text
    if not report.colour:
        return text
    colour = _RED if report.errors else _YELLOW if report.warnings else _GREEN
    return f"{colour}{text}{_END}"
