"""What a rule is: an id, a severity, a check, and a docstring that is also its page."""

from __future__ import annotations

import datetime as dt
import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from qloop.archive import Archive
from qloop.diagnostics import Fix, Place, Severity
from qloop.read.findings import Finding, KeyPath, dotted
from qloop.read.parse import Document
from qloop.read.validate import Entry


@dataclass(frozen=True, slots=True)
class Context:
    """What rules may look at: the joined archive, its folder, its day, and qloop.yml's positions."""

    archive: Archive
    root: Path
    today: dt.date
    settings_document: Document


Check = Callable[[Context], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. ``check`` is None for what the reading stages find on their way.

    ``relaxable``: a team may switch it off under ``gates`` in qloop.yml, with a reason.
    """

    id: str
    severity: Severity
    check: Check | None
    doc: str
    relaxable: bool

    @property
    def summary(self) -> str:
        return self.doc.split("\n\n")[0].replace("\n", " ")

    def sample(self, which: str) -> str:
        """The docstring's ``Bad::`` or ``Good::`` block, dedented; empty where there is none."""
        match = re.search(rf"^{which}::\n\n((?:    .*\n|\n)+)", self.doc + "\n", re.MULTILINE)
        return inspect.cleandoc(match[1]) if match else ""


REGISTRY: dict[str, Rule] = {}


def rule(id: str, severity: Severity = "error", relaxable: bool = False) -> Callable[[Check], Check]:
    """Register a check under ``family/name``."""

    def register(function: Check) -> Check:
        REGISTRY[id] = Rule(id, severity, function, inspect.getdoc(function) or "", relaxable)
        return function

    return register


def reading_rule(id: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Register the description of what a reading stage reports by itself."""

    def register(function: Callable[[], None]) -> Callable[[], None]:
        REGISTRY[id] = Rule(id, "error", None, inspect.getdoc(function) or "", False)
        return function

    return register


def found(
    id: str, entry: Entry, path: KeyPath = (), *, key: bool = False, text: str = "message", hint: str = "",
    related: tuple[Place, ...] = (), fix: Fix | None = None, **values: object,
) -> Finding:  # fmt: skip
    """A finding of rule ``id`` at a value (or a key) of a record."""
    place = entry.document.place(path, key=key)
    severity = REGISTRY[id].severity
    return Finding(id, place, dotted(path), text, hint, values, related, fix, severity)
