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
class Label:
    """A value of a message that the catalogue names: the id of a vocabulary, or a field by its key path."""

    vocabulary: str
    id: str = ""
    path: KeyPath = ()

    def in_words(self, texts: Texts) -> str:
        if not self.path:
            return texts.label(self.vocabulary, self.id)
        return " › ".join(texts.label(self.vocabulary, part) for part in self.path if isinstance(part, str))


def field_name(*path: str | int) -> Label:
    """The label of a field as a message shows it: 效果验证 › 日期."""
    return Label("field", path=path)


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule's answer, free of language: the words come from ``rules.<rule>`` of the catalogue.

    ``text`` and ``hint`` are keys below the rule's entry; ``values`` fill them in. A rule without a text
    ``hint`` gives none; any other key that is missing raises KeyError.
    """

    rule: str
    place: Place
    field: str = ""
    text: str = "message"
    hint: str = "hint"
    values: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    related: tuple[Place, ...] = ()
    fix: Fix | None = None
    severity: Severity = "error"

    def in_words(self, texts: Texts) -> Diagnostic:
        words: Mapping[str, str] = texts["rules"][self.rule]
        values = {name: _shown(value, texts) for name, value in self.values.items()}
        message = words[self.text].format_map(values)
        template = words.get("hint", "") if self.hint == "hint" else words[self.hint] if self.hint else ""
        hint = template.format_map(values)
        return Diagnostic(
            self.place, self.severity, self.rule, self.field, message, hint, self.related, self.fix
        )


def _shown(value: Any, texts: Texts) -> str:
    """A value as a message shows it; customer data in a wrong place is not repeated."""
    if isinstance(value, Label):
        return value.in_words(texts)
    if not isinstance(value, str):
        return str(value)
    from qloop.privacy import find

    return "…" if any(find(value)) else value
