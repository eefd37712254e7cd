"""For GitHub Actions: workflow commands that become annotations, and the complete table for the step summary.

The forge shows ten annotations of each severity per step, so the worst come first.
"""

from __future__ import annotations

from collections.abc import Iterator

from qloop.diagnostics import Diagnostic
from qloop.formats.report import Report, sentence

SHOWN = 10
SUMMARY_LIMIT = 1_000_000
"""Bytes: the forge drops a step summary of more than 1 MiB altogether."""

_WORST_FIRST = ("privacy", "file", "yaml", "schema", "identity", "references", "lifecycle")


def render(report: Report) -> str:
    """``::error file=…,line=…,col=…,title=…::message`` for the worst ten of each severity, and a notice."""
    lines: list[str] = []
    for severity in ("error", "warning"):
        lines += [_command(report, d) for d in worst_first(report) if d.severity == severity][:SHOWN]
    hidden = len(report.diagnostics) - len(lines)
    if hidden:
        lines.append(f"::notice title=qloop::{_data(report.say('check.github-more', hidden=hidden))}")
    return "".join(f"{line}\n" for line in lines) + report.say("check.summary", **report.counts()) + "\n"


def worst_first(report: Report) -> list[Diagnostic]:
    """Errors before warnings; published customer data before files that cannot be read before the rest."""

    def badness(one: Diagnostic) -> tuple[bool, int]:
        family = one.rule.split("/")[0]
        rank = _WORST_FIRST.index(family) if family in _WORST_FIRST else len(_WORST_FIRST)
        return one.severity != "error", rank

    return sorted(report.diagnostics, key=badness)


def _command(report: Report, one: Diagnostic) -> str:
    place = (
        f"file={_property(report.path(one))},line={one.place.line},col={one.place.column},"
        f"title={_property(one.rule)}"
    )
    return f"::{one.severity} {place}::{_data(sentence(one))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def step_summary(report: Report) -> str:
    """The complete table as Markdown, worst first; cut with a word about it below the forge's limit."""
    head = f"### qloop\n\n{report.say('check.summary', **report.counts())}\n\n"
    if not report.diagnostics:
        return f"### qloop\n\n{report.say('check.clean', **report.counts())}\n"
    titles = [report.say(f"check.column.{c}") for c in ("place", "severity", "rule", "message", "hint")]
    table = f"| {' | '.join(titles)} |\n|{' --- |' * len(titles)}\n"
    room = SUMMARY_LIMIT - len((head + table).encode())
    shown: list[str] = []
    for row in _rows(report):
        room -= len(row.encode())
        if room < 0:
            break
        shown.append(row)
    left = len(report.diagnostics) - len(shown)
    more = f"\n{report.say('check.summary-more', hidden=left)}\n" if left else ""
    return head + table + "".join(shown) + more


def _rows(report: Report) -> Iterator[str]:
    for one in worst_first(report):
        place = f"{report.path(one)}:{one.place.line}:{one.place.column}"
        field = f"{one.field}: " if one.field else ""
        severity = report.texts.label("severity-of-finding", one.severity)
        cells = (place, severity, one.rule, field + one.message, one.hint)
        yield f"| {' | '.join(map(_cell, cells))} |\n"


def _cell(text: str) -> str:
    """Text that stays text in a Markdown table."""
    for mark in "\\`*_[]<>|~#":
        text = text.replace(mark, f"\\{mark}")
    return " ".join(text.split())
