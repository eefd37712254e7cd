"""What a rule is: an id, a severity, a check, and a docstring that is also its page."""

from __future__ import annotations

import dataclasses
import datetime as dt
import inspect
import re
import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from qloop.archive import Archive
from qloop.diagnostics import Fix, Place, Severity
from qloop.read.discover import SourceFile
from qloop.read.entry import Entry
from qloop.read.findings import Finding, KeyPath, dotted
from qloop.read.parse import Document

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Context:
    """What rules may look at: the joined archive, its folder, its day, qloop.yml's positions, hand-written pages.

    ``memo`` keeps what several rules need and one of them computes (a scan of every text, say).
    """

    archive: Archive
    root: Path
    today: dt.date
    settings_document: Document
    guides: tuple[SourceFile, ...] = ()
    memo: dict[str, Any] = dataclasses.field(default_factory=dict, compare=False, repr=False)

    def every(self, model: type[R]) -> Sequence[tuple[Entry, R]]:
        """Entries whose record is a ``model``, with the record, by id."""
        key = f"every {model.__name__}"
        if key not in self.memo:
            entries = self.archive.entries
            self.memo[key] = [(e, e.record) for e in entries if isinstance(e.record, model)]
        found: Sequence[tuple[Entry, R]] = self.memo[key]
        return found


@dataclass(frozen=True, slots=True)
class Held:
    """A document beside entries, whose positions are read only when somebody asks."""

    document: Document


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
    module: str
    """The module that holds it, one of ``FAMILIES``."""
    whole: bool = False
    """It compares all records with each other; the others look at a record and its neighbours (see
    ``qloop.neighbours``), so that their verdict is kept while none of these changes."""

    @property
    def family(self) -> str:
        """The part before the slash: ``references`` of ``references/unknown``."""
        return self.id.split("/")[0]

    @property
    def summary(self) -> str:
        return self.doc.split("\n\n")[0].replace("\n", " ")

    def sample(self, which: str) -> str:
        """The docstring's ``Bad::`` or ``Good::`` block, dedented; empty where there is none."""
        match = re.search(rf"^{which}::\n\n((?:    .*\n|\n)+)", self.doc + "\n", re.MULTILINE)
        return textwrap.dedent(match[1]).strip("\n") if match else ""


REGISTRY: dict[str, Rule] = {}


def rule(
    id: str, severity: Severity = "error", relaxable: bool = False, whole: bool = False
) -> Callable[[Check], Check]:
    """Register a check under ``family/name``."""

    def register(function: Check) -> Check:
        module = function.__module__.rsplit(".", 1)[-1]
        REGISTRY[id] = Rule(id, severity, function, inspect.getdoc(function) or "", relaxable, module, whole)
        return function

    return register


def reading_rule(id: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Register the description of what a reading stage reports by itself."""

    def register(function: Callable[[], None]) -> Callable[[], None]:
        module = function.__module__.rsplit(".", 1)[-1]
        REGISTRY[id] = Rule(id, "error", None, inspect.getdoc(function) or "", False, module)
        return function

    return register


def found(
    rule_id: str,
    entry: Entry,
    path: KeyPath = (),
    /,
    *,
    key: bool = False,
    text: str = "message",
    hint: str = "hint",
    related: tuple[Place, ...] = (),
    fix: Fix | None = None,
    **values: object,
) -> Finding:
    """A finding of a rule at a value (or a key) of a record."""
    return found_in(
        rule_id, entry.document, path, key=key, text=text, hint=hint, related=related, fix=fix, **values
    )


def found_in(
    rule_id: str,
    document: Document,
    path: KeyPath = (),
    /,
    *,
    key: bool = False,
    text: str = "message",
    hint: str = "hint",
    related: tuple[Place, ...] = (),
    fix: Fix | None = None,
    **values: object,
) -> Finding:
    """A finding of a rule at a value (or a key) of any document: a record, qloop.yml, the catalogue."""
    place = document.place(path, key=key)
    severity = REGISTRY[rule_id].severity
    return Finding(rule_id, place, dotted(path), text, hint, values, related, fix, severity)


def found_at(
    rule_id: str,
    place: Place,
    field: str = "",
    /,
    *,
    text: str = "message",
    hint: str = "hint",
    related: tuple[Place, ...] = (),
    fix: Fix | None = None,
    **values: object,
) -> Finding:
    """A finding of a rule at a place of its own: a line of a table, an offset of a text, a picture."""
    severity = REGISTRY[rule_id].severity
    return Finding(rule_id, place, field, text, hint, values, related, fix, severity)
