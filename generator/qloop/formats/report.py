"""What a check has to say, ready to be printed."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from qloop.diagnostics import Diagnostic
from qloop.texts import Texts


@dataclass(frozen=True, slots=True)
class Report:
    """Diagnostics in order of place, with the numbers of files read, records understood and mistakes mended.

    ``prefix`` is the archive's folder below its repository (``"archive/"``, or empty): forges want paths from
    the repository's top.
    """

    diagnostics: tuple[Diagnostic, ...]
    texts: Texts
    files: int = 0
    records: int = 0
    fixed: int = 0
    prefix: str = ""
    colour: bool = False

    @property
    def errors(self) -> int:
        return sum(d.severity == "error" for d in self.diagnostics)

    @property
    def warnings(self) -> int:
        return len(self.diagnostics) - self.errors

    def path(self, diagnostic: Diagnostic) -> str:
        return self.prefix + diagnostic.place.path

    def counts(self) -> dict[str, int]:
        return {
            "errors": self.errors, "warnings": self.warnings, "files": self.files,
            "records": self.records, "fixed": self.fixed,
        }  # fmt: skip

    def say(self, key: str, **values: object) -> str:
        return self.texts(f"cli.{key}", **values)


def sentence(diagnostic: Diagnostic) -> str:
    """Field, message and hint in one line, as every format shows them beside the place."""
    where = f"{diagnostic.field}: " if diagnostic.field else ""
    hint = f"; {diagnostic.hint}" if diagnostic.hint else ""
    return f"{where}{diagnostic.message}{hint}"


def fingerprints(report: Report) -> Iterator[tuple[Diagnostic, str]]:
    """Each diagnostic with a name that survives lines moving above it, and that no other one has."""
    seen: Counter[str] = Counter()
    for one in report.diagnostics:
        key = "\0".join((report.path(one), one.rule, one.field, one.message))
        seen[key] += 1
        yield one, hashlib.sha256(f"{key}\0{seen[key]}".encode()).hexdigest()[:40]
