"""qloop.yml: what a team relaxes, and the fields that it asks for."""

from __future__ import annotations

from collections.abc import Iterator

from qloop.nearest import nearest
from qloop.read.findings import Finding, KeyPath
from qloop.records.settings import DetailField
from qloop.rules.base import REGISTRY, Context, found_in, rule


@rule("settings/gate")
def gate(context: Context) -> Iterator[Finding]:
    """A key of ``gates`` is the id of a rule that may be relaxed.

    Bad::

        # qloop.yml
        gates: {gates/closed-faqs: 小批量，售后不写问答}

    Good::

        # qloop.yml
        gates: {gates/closed-faq: 小批量，售后不写问答}
    """
    relaxable = [r.id for r in REGISTRY.values() if r.relaxable]
    for name in context.archive.settings.gates:
        if name in relaxable:
            continue
        text = "fixed" if name in REGISTRY else "message"
        guess = None if name in REGISTRY else nearest(name, relaxable)
        yield found_in(
            "settings/gate",
            context.settings_document,
            ("gates", name),
            key=True,
            text=text,
            hint="hint" if guess else "options",
            name=name,
            nearest=guess,
            options=" · ".join(relaxable),
        )


@rule("settings/field")
def field(context: Context) -> Iterator[Finding]:
    """A field that a category asks for can be filled in: named once, min below max, choices given.

    Bad::

        # qloop.yml
        product_categories: [{id: hats, label: 帽子, facts: [{name: girth_cm, label: 帽围, type: choice}]}]

    Good::

        # qloop.yml
        product_categories: [{id: hats, label: 帽子, facts: [{name: girth_cm, label: 帽围, type: text}]}]
    """
    for path, asked, earlier in _asked(context):
        wrong = _wrong(asked, earlier)
        if wrong:
            yield found_in("settings/field", context.settings_document, path, text=wrong, name=asked.name)


def _asked(context: Context) -> Iterator[tuple[KeyPath, DetailField, set[str]]]:
    settings = context.archive.settings
    groups = [("categories", "fields", i, c.fields) for i, c in enumerate(settings.categories)]
    groups += [("product_categories", "facts", i, c.facts) for i, c in enumerate(settings.product_categories)]
    for group, key, i, fields in groups:
        earlier: set[str] = set()
        for j, asked in enumerate(fields):
            yield (group, i, key, j, "name"), asked, earlier
            earlier.add(asked.name)


def _wrong(asked: DetailField, earlier: set[str]) -> str:
    if asked.name in earlier:
        return "repeated"
    if asked.type == "choice" and not asked.options:
        return "options"
    if asked.min is not None and asked.max is not None and asked.min > asked.max:
        return "limits"
    return ""


@rule("settings/forge")
def forge(context: Context) -> Iterator[Finding]:
    """A forge has an address: "edit" and "close" links lead there.

    Bad::

        # qloop.yml
        forge: {kind: github}

    Good::

        # qloop.yml
        forge: {kind: github, url: https://github.com/example/archive}
    """
    if context.archive.settings.forge.kind != "none" and not context.archive.settings.forge.url:
        yield found_in("settings/forge", context.settings_document, ("forge",))


@rule("settings/import")
def import_map(context: Context) -> Iterator[Finding]:
    """A map of ``imports`` says where SKU or ASIN stands, and its words belong to categories that exist.

    Bad::

        # qloop.yml
        imports: {taobao: {source: message, marketplace: CN, columns: {date: 申请时间, reason: 退款原因}}}

    Good::

        # qloop.yml
        imports: {taobao: {source: message, marketplace: CN, columns: {date: 申请时间, sku: 商家编码}}}
    """
    categories = [c.id for c in context.archive.settings.categories]
    for name, map in context.archive.settings.imports.items():
        if not (map.columns.sku or map.columns.asin):
            yield found_in(
                "settings/import", context.settings_document, ("imports", name, "columns"), hint="columns"
            )
        if map.reasons and not map.columns.reason:
            path: KeyPath = ("imports", name, "reasons")
            yield found_in("settings/import", context.settings_document, path, text="reasons", hint="reason")
        for word, category in map.reasons.items():
            if category not in categories:
                guess = nearest(category, categories)
                yield found_in(
                    "settings/import",
                    context.settings_document,
                    ("imports", name, "reasons", word),
                    text="category",
                    hint="hint" if guess else "none",
                    value=category,
                    nearest=guess,
                )
