"""What is wrong, where, and what to do next: one value that every output format prints."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A point in a file: path relative to the archive (with ``/``), line and column from 1."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Fix:
    """A safe rewrite: at the diagnostic's place the text ``old`` becomes ``new``; a picture's is ``strip``."""

    old: str = ""
    new: str = ""
    strip: bool = False


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding in the archive, in the archive's language."""

    place: Place
    severity: Severity
    rule: str
    field: str
    message: str
    hint: str = ""
    related: tuple[Place, ...] = ()
    fix: Fix | None = None

    def __str__(self) -> str:
        where = f"{self.field}: " if self.field else ""
        hint = f"; {self.hint}" if self.hint else ""
        return f"{self.place}: {self.severity}[{self.rule}] {where}{self.message}{hint}"

    def as_json(self) -> dict[str, Any]:
        return {
            "path": self.place.path,
            "line": self.place.line,
            "column": self.place.column,
            "severity": self.severity,
            "rule": self.rule,
            "field": self.field,
            "message": self.message,
            "hint": self.hint,
            "related": [{"path": r.path, "line": r.line, "column": r.column} for r in self.related],
        }


def in_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Sorted by place, errors before warnings at one place; each finding once."""
    unique = dict.fromkeys(diagnostics)
    return sorted(unique, key=lambda d: (d.place, d.severity, d.rule, d.message))


def errors(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    return [d for d in diagnostics if d.severity == "error"]


def as_errors(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """What ``--strict`` makes of warnings."""
    return [replace(d, severity="error") for d in diagnostics]
