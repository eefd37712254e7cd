"""Which fields are filled in, and which nobody has ever used."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from qloop.derive.usage import FieldUse, GroupUse, detail_use, fact_use, kind_use
from qloop.pages.page import Draft, Page, draft
from qloop.pages.shared import Ref, ref
from qloop.pages.site import Site
from qloop.pages.templates import render
from qloop.records.kinds import KINDS


@dataclass(frozen=True, slots=True)
class UseRow:
    """One field as the page shows it; ``group``: label of the category that asks for it, or ""."""

    group: str
    label: str
    use: FieldUse
    last: Ref


@dataclass(frozen=True, slots=True)
class UseSection:
    """``key`` is the anchor; ``source``: the kind of what ``last`` names; ``own``: the team's own fields,
    which it can take out of qloop.yml."""

    key: str
    label: str
    source: str
    rows: tuple[UseRow, ...]
    total: int
    own: bool = False

    @property
    def unused(self) -> tuple[UseRow, ...]:
        return tuple(row for row in self.rows if row.use.unused)


def usage_pages(site: Site) -> Iterator[Draft]:
    """``usage.md``."""
    archive, settings = site.archive, site.archive.settings
    facts = {c.id: c.label for c in settings.product_categories}
    details = {c.id: c.label for c in settings.categories}
    sections = (
        *(_of_kind(site, kind) for kind in KINDS),
        _of_groups(site, "details", "issue", detail_use(archive), details),
        _of_groups(site, "facts", "product", fact_use(archive), facts),
    )
    yield draft(_page, site, "usage.md", sections)


def _page(site: Site, uri: str, sections: tuple[UseSection, ...]) -> Page:
    texts = site.texts
    meta = {
        "title": texts("indexes.usage.title"),
        "description": texts("indexes.usage.description"),
        "hide": ["toc"],
    }
    unused = sum(len(s.unused) for s in sections)
    return render(site, "usage.md.j2", uri, meta, sections=sections, unused=unused)


def _of_kind(site: Site, kind: str) -> UseSection:
    uses = kind_use(site.archive, kind)
    rows = tuple(UseRow("", site.texts.label("field", use.key), use, ref(site, use.last)) for use in uses)
    return UseSection(kind, site.texts.label("kind", kind), kind, rows, uses[0].total)


def _of_groups(
    site: Site, key: str, source: str, groups: tuple[GroupUse, ...], labels: dict[str, str]
) -> UseSection:
    rows = tuple(
        UseRow(labels[g.id], field.label, use, ref(site, use.last)) for g in groups for field, use in g.fields
    )
    label = site.texts(f"indexes.usage.{key}")
    return UseSection(key, label, source, rows, sum(g.total for g in groups), own=True)
