"""References: every id, SKU, factory, category and role exists and is of the right kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from qloop.diagnostics import Fix
from qloop.nearest import nearest
from qloop.read.catalog import FACTORIES, PRODUCTS
from qloop.read.entry import Entry
from qloop.read.findings import Finding, Label
from qloop.read.parse import Document
from qloop.records.ids import fold
from qloop.records.kinds import KINDS
from qloop.records.references import Reference, references
from qloop.rules.base import Context, Held, found_in, rule


@rule("references/unknown")
def unknown(context: Context) -> Iterator[Finding]:
    """What a record refers to exists: records, SKUs, factories, categories, roles.

    A label or a keyword where an id belongs is named with its id, and ``--fix`` writes it.

    Bad::

        sops: [SOP-KNIT-010]
        owner: 供应链

    Good::

        sops: [SOP-KNIT-001]
        owner: supply-chain
    """
    known = Known.of(context)
    for misfit in misfits(context):
        reference = misfit.reference
        # a file that is there and broken has an error of its own
        if not misfit.is_ and not (reference.kind in KINDS and fold(reference.value) in known.broken):
            yield _unknown(misfit.holder.document, reference, known)


def _unknown(document: Document, reference: Reference, known: Known) -> Finding:
    value, ids = reference.value, known.ids(reference.kind)
    meant = known.labels(reference.kind).get(value.strip().casefold())
    guess = meant or nearest(value, ids)
    same = guess and (meant or fold(guess) == fold(value))
    return found_in(
        "references/unknown",
        document,
        reference.path,
        text=reference.kind if reference.kind in TEXTS else "message",
        hint=("label" if meant else "hint") if guess else "none",
        fix=Fix(value, guess) if guess and same else None,
        value=value,
        nearest=guess,
    )


TEXTS = ("product", "factory", "category", "product-category", "department")


@rule("references/kind")
def kind(context: Context) -> Iterator[Finding]:
    """A reference names something of the kind that the field is for: an SOP under ``sops``, not a change.

    Bad::

        sops: [PC-260810-M2Q]

    Good::

        sops: [SOP-KNIT-001]
    """
    for misfit in misfits(context):
        if misfit.is_:
            reference = misfit.reference
            yield found_in(
                "references/kind",
                misfit.holder.document,
                reference.path,
                value=reference.value,
                found=Label("reference-kind", misfit.is_),
                wanted=Label("reference-kind", reference.kind),
            )


@rule("references/self")
def self_(context: Context) -> Iterator[Finding]:
    """A record does not refer to itself.

    Bad::

        # issues/2026/QI-260803-7KD.md
        related: [QI-260803-7KD]

    Good::

        # issues/2026/QI-260803-7KD.md
        related: []
    """
    for entry, found in records_with_references(context):
        for reference in found:
            if reference.kind in KINDS and fold(reference.value) == fold(entry.id):
                yield found_in("references/self", entry.document, reference.path, value=reference.value)


@rule("references/repeated", severity="warning")
def repeated(context: Context) -> Iterator[Finding]:
    """A list names a thing once.

    Bad::

        products: [AG-CAP-01, AG-CAP-01]

    Good::

        products: [AG-CAP-01]
    """
    for entry, found in records_with_references(context):
        seen: set[tuple[object, str]] = set()
        for reference in found:
            if not isinstance(reference.path[-1], int):
                continue
            key = (reference.path[:-1], fold(reference.value))
            if key in seen:
                yield found_in("references/repeated", entry.document, reference.path, value=reference.value)
            seen.add(key)


@dataclass(frozen=True, slots=True)
class Misfit:
    """A reference to nothing of its kind; ``is_`` is the kind of what it names instead, or empty."""

    holder: Entry | Held
    reference: Reference
    is_: str


def misfits(context: Context) -> tuple[Misfit, ...]:
    """References that do not lead where they should; computed once."""
    if "misfits" not in context.memo:
        known = Known.of(context)
        context.memo["misfits"] = tuple(
            Misfit(holder, reference, known.everything.get(fold(reference.value), ""))
            for holder, reference in every_reference(context)
            if not known.has(reference)
        )
    found: tuple[Misfit, ...] = context.memo["misfits"]
    # a SKU in the wrong case is unknown, not of another kind
    return tuple(replace(m, is_="") if m.is_ == m.reference.kind else m for m in found)


@dataclass(frozen=True, slots=True)
class Known:
    """What may be referred to: ids by kind, the kind of each folded id, names of files that are broken."""

    by_kind: Mapping[str, set[str]]
    everything: Mapping[str, str]
    broken: frozenset[str]
    labelled: Mapping[str, Mapping[str, str]]

    @classmethod
    def of(cls, context: Context) -> Known:
        """What the archive of ``context`` knows; computed once."""
        if "known" not in context.memo:
            context.memo["known"] = cls._read(context)
        found: Known = context.memo["known"]
        return found

    @classmethod
    def _read(cls, context: Context) -> Known:
        archive, settings = context.archive, context.archive.settings
        by_kind: dict[str, set[str]] = {name: set() for name in KINDS}
        for entry in archive.by_id.values():
            by_kind[entry.kind].add(entry.id)
        by_kind["product"] = set(archive.catalog.products)
        by_kind["factory"] = set(archive.catalog.factories)
        named = {
            "category": [(c.id, c.label) for c in settings.categories],
            "product-category": [(c.id, c.label) for c in settings.product_categories],
            "department": [(d.id, d.label) for d in settings.departments],
        }
        by_kind |= {name: {id for id, _ in pairs} for name, pairs in named.items()}
        labelled = {name: {label.casefold(): id for id, label in pairs} for name, pairs in named.items()}
        labelled["factory"] = {f.name.casefold(): f.id for f in archive.catalog.factories.values()}
        labelled["product"] = {p.name.casefold(): p.sku for p in archive.catalog.products.values()}
        words = Counter(word.casefold() for c in settings.categories for word in set(c.keywords))
        for category in settings.categories:
            for word in category.keywords:
                if words[word.casefold()] == 1:
                    labelled["category"].setdefault(word.casefold(), category.id)
        # records compare without regard to case; whatever stands in a list of settings does not
        everything = {id: entry.kind for id, entry in archive.by_id.items()}
        for name in ("product", "factory"):
            for id in by_kind[name]:
                everything.setdefault(fold(id), name)
        broken = frozenset(fold(path.rpartition("/")[2].rpartition(".")[0]) for path in archive.broken)
        return cls(by_kind, everything, broken, labelled)

    def has(self, reference: Reference) -> bool:
        if reference.value in self.by_kind[reference.kind]:
            return True
        return reference.kind in KINDS and self.everything.get(fold(reference.value)) == reference.kind

    def ids(self, kind: str) -> set[str]:
        return self.by_kind[kind]

    def labels(self, kind: str) -> Mapping[str, str]:
        return self.labelled.get(kind, {})


def records_with_references(context: Context) -> Iterator[tuple[Entry, tuple[Reference, ...]]]:
    for entry in context.archive.entries:
        yield entry, entry.references


def every_reference(context: Context) -> Iterator[tuple[Entry | Held, Reference]]:
    """References of records, then those of the catalogue and of qloop.yml, each with whose document tells places."""
    for entry, found in records_with_references(context):
        for reference in found:
            yield entry, reference
    catalog = context.archive.catalog
    for path, rows in ((PRODUCTS, catalog.products), (FACTORIES, catalog.factories)):
        for id, item in rows.items():
            for reference in references(item, catalog.rows[id]):
                yield Held(catalog.documents[path]), reference

    for reference in references(context.archive.settings):
        yield Held(context.settings_document), reference
