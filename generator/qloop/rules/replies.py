"""Answers: a FAQ entry is found by how people ask, and its replies can be filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qloop.nearest import nearest
from qloop.read.findings import Finding
from qloop.records.faq import FaqRecord
from qloop.rules.base import Context, found, rule

_PLACEHOLDER = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
ENOUGH = {"zh": 3, "en": 2}
"""Ways of asking that a search needs, by language."""


@rule("wording/aliases-language")
def aliases_language(context: Context) -> Iterator[Finding]:
    """A FAQ entry says how people ask in Chinese and in English at least.

    Bad::

        # faq/FAQ-cap-too-tight.md
        aliases: {zh: [勒头, 夹头, 压头]}

    Good::

        # faq/FAQ-cap-too-tight.md
        aliases: {zh: [勒头, 夹头, 压头], en: [too tight, gives me a headache]}
    """
    for entry, record in context.every(FaqRecord):
        for language in ENOUGH:
            if not record.aliases.get(language):
                yield found("wording/aliases-language", entry, ("aliases",), key=True, text=language)


@rule("wording/aliases", severity="warning")
def aliases(context: Context) -> Iterator[Finding]:
    """A FAQ entry is found by how people really ask: three ways in Chinese, two in English.

    Bad::

        # faq/FAQ-cap-too-tight.md
        aliases: {zh: [勒头], en: [too tight, gives me a headache]}

    Good::

        # faq/FAQ-cap-too-tight.md
        aliases: {zh: [勒头, 夹头, 压头], en: [too tight, gives me a headache]}
    """
    for entry, record in context.every(FaqRecord):
        for language, wanted in ENOUGH.items():
            count = len(record.aliases.get(language, ()))
            if 0 < count < wanted:
                yield found(
                    "wording/aliases", entry, ("aliases", language), text=language, count=count, wanted=wanted
                )


@rule("wording/placeholder-undeclared")
def placeholder_undeclared(context: Context) -> Iterator[Finding]:
    """Every ``{{name}}`` of a reply is declared under ``placeholders``, so that the form can ask for it.

    Bad::

        # faq/FAQ-cap-too-tight.md
        replies: [{lang: en, meaning: 道歉, text: "Hello {{buyer}}, we are sorry."}]

    Good::

        # faq/FAQ-cap-too-tight.md
        replies: [{lang: en, meaning: 道歉, text: "Hello {{buyer_name}}, we are sorry."}]
        placeholders: {buyer_name: {label: 买家称呼, required: true}}
    """
    for entry, record in context.every(FaqRecord):
        for i, reply in enumerate(record.replies):
            for name in dict.fromkeys(_PLACEHOLDER.findall(reply.text)):
                if name not in record.placeholders:
                    guess = nearest(name, record.placeholders)
                    yield found(
                        "wording/placeholder-undeclared",
                        entry,
                        ("replies", i, "text"),
                        hint="hint" if guess else "none",
                        name=name,
                        nearest=guess,
                    )


@rule("wording/placeholder-unused", severity="warning")
def placeholder_unused(context: Context) -> Iterator[Finding]:
    """What is declared under ``placeholders`` stands in a reply: the agent would fill it in for nothing.

    Bad::

        # faq/FAQ-cap-too-tight.md
        replies: [{lang: en, meaning: 道歉, text: "Hello, we are sorry."}]
        placeholders: {buyer_name: {label: 买家称呼}}

    Good::

        # faq/FAQ-cap-too-tight.md
        replies: [{lang: en, meaning: 道歉, text: "Hello {{buyer_name}}, we are sorry."}]
        placeholders: {buyer_name: {label: 买家称呼}}
    """
    for entry, record in context.every(FaqRecord):
        used = {name for reply in record.replies for name in _PLACEHOLDER.findall(reply.text)}
        for name in record.placeholders:
            if name not in used:
                yield found("wording/placeholder-unused", entry, ("placeholders", name), key=True, name=name)
