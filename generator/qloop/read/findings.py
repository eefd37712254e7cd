"""What a stage finds wrong, before it is put into words."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from qloop.diagnostics import Diagnostic, Fix, Place, Severity
from qloop.texts import Texts

KeyPath = tuple[str | int, ...]


def dotted(path: KeyPath) -> str:
    """``('sops', 1, 'id')`` as a reader writes it: ``sops[1].id``."""
    out = ""
    for part in path:
        out += f"[{part}]" if isinstance(part, int) else f".{part}" if out else part
    return out


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule's answer, free of language: the words come from ``rules.<rule>`` of the catalogue.

    ``text`` and ``hint`` are keys below the rule's entry; ``values`` fill them in.
    """

    rule: str
    place: Place
    field: str = ""
    text: str = "message"
    hint: str = ""
    values: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    related: tuple[Place, ...] = ()
    fix: Fix | None = None
    severity: Severity = "error"

    def in_words(self, texts: Texts) -> Diagnostic:
        key = f"rules.{self.rule}"
        hint = texts(f"{key}.{self.hint}", **self.values) if self.hint else ""
        message = texts(f"{key}.{self.text}", **self.values)
        return Diagnostic(
            self.place, self.severity, self.rule, self.field, message, hint, self.related, self.fix
        )
