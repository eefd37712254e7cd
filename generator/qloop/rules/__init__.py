"""The rules of an archive: one rule, one function, one docstring with a bad and a good sample.

Adding a rule: a function below ``@rule`` in the module of its family, and its words in ``texts/*/rules.yml``.
Adding a family: a module here and its name in ``FAMILIES``.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator

from qloop.read.findings import Finding
from qloop.rules.base import REGISTRY, Context, Rule

FAMILIES = (
    "files",
    "syntax",
    "schema",
    "feedback",
    "settings",
    "identity",
    "references",
    "cycles",
    "attachments",
    "dates",
    "lifecycle",
    "documents",
    "gates",
    "proof",
    "numbers",
    "vocabulary",
    "wording",
    "replies",
    "privacy",
    "pictures",
)


def all_rules() -> dict[str, Rule]:
    """Every rule by id, in the order of families (not of whoever imported a family first)."""
    for family in FAMILIES:
        importlib.import_module(f"qloop.rules.{family}")
    rules = [rule for rule in REGISTRY.values() if rule.module in FAMILIES]
    return {rule.id: rule for rule in sorted(rules, key=lambda rule: FAMILIES.index(rule.module))}


def check(context: Context) -> Iterator[Finding]:
    """What all rules find in the whole archive."""
    yield from of_records(context)
    yield from of_everything(context)


def of_records(context: Context) -> Iterator[Finding]:
    """What is found by looking at each record with its neighbours, and at what is no record."""
    return _found(context, whole=False)


def of_everything(context: Context) -> Iterator[Finding]:
    """What shows only when all records are seen side by side."""
    return _found(context, whole=True)


def _found(context: Context, whole: bool) -> Iterator[Finding]:
    """One that the team relaxes (``gates`` of qloop.yml) says nothing."""
    relaxed = context.archive.settings.gates
    for rule in all_rules().values():
        if rule.check and rule.whole == whole and not (rule.relaxable and rule.id in relaxed):
            yield from rule.check(context)
