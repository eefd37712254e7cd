"""Product pages: everything about one SKU; and their index."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qloop.derive.alerts.charts import RateChart
from qloop.derive.batches import Batch, batches
from qloop.derive.involved import Involved, when
from qloop.derive.occurrences import week_of
from qloop.derive.recent import Recent, recent
from qloop.pages.alerts import Shown, of_product, site_alerts
from qloop.pages.lists.listing import cut
from qloop.pages.lists.parts import Cut, Link
from qloop.pages.page import Draft, Page, draft
from qloop.pages.records.figures import control_figure, control_words, sparkline
from qloop.pages.records.record import details
from qloop.pages.shared import involved_in
from qloop.pages.site import Site
from qloop.pages.templates import render
from qloop.pages.urls import slug
from qloop.records.catalog import Product
from qloop.records.change import ChangeRecord
from qloop.records.vocabulary import OPEN_STATUSES

MOST_ROWS = 50
"""Records of a kind on a page about a product or a factory."""
MOST_BATCHES = 50
BATCH_ISSUES, FEW = 8, 3
"""Issues named for a batch: on the product's page, in the list of all its batches."""
MOST_MARKS = 12
"""Launch and cut-ins marked in a product's chart."""
MOST_SPARKS = 100
"""Products whose index has room for small lines."""


@dataclass(frozen=True, slots=True)
class Batches:
    """``cut.rows`` are the batches with the newest records, by name; ``most``: issues named for each."""

    cut: Cut
    most: int


@dataclass(frozen=True, slots=True)
class ProductRow:
    """A line of the index; ``numbers``: the last weeks' feedback, None without any."""

    sku: str
    open: int
    issues: int
    numbers: Recent | None


def product_pages(site: Site) -> Iterator[Draft]:
    """The index of products, a page for each SKU of the catalogue, and lists of very many batches."""
    involved, latest = involved_in(site, "product"), recent(site.archive.feedback, site.today)
    found = [
        (p, involved.get(p.sku, Involved()), latest.get(p.sku))
        for p in site.archive.catalog.products.values()
    ]
    rows = tuple(ProductRow(p.sku, open_issues(i), len(i.issues), n) for p, i, n in found)
    yield draft(_index, site, "products/index.md", rows)
    for product, records, numbers in found:
        yield from _drafts(site, product, records, numbers)


def _drafts(site: Site, product: Product, involved: Involved, numbers: Recent | None) -> Iterator[Draft]:
    every = batches(involved, dict(numbers.batches) if numbers else {})
    uri = f"products/batches/{slug(product.sku)}.md"
    cuts = tuple(
        cut(site, kind, rows, MOST_ROWS, "product", product.sku)
        for kind, rows in (("issue", involved.issues), ("change", involved.changes),
                           ("sop", involved.sops), ("faq", involved.faqs))
    )  # fmt: skip
    shown = Batches(_newest(site, every, uri), BATCH_ISSUES)
    yield draft(_page, site, site.product_uri(product.sku), product.sku, cuts, shown, numbers,
                of_product(site, product.sku), site_alerts(site).charts.get(product.sku),
                marks(site, product, involved))  # fmt: skip
    if len(every) > MOST_BATCHES:
        yield draft(_batches, site, uri, product.sku, Batches(Cut(every, len(every)), FEW))


def marks(site: Site, product: Product, involved: Involved) -> tuple[tuple[str, str], ...]:
    """(week, label) of the product's launch and of the first good batches of its effective changes."""
    found = [(product.launched, site.texts("alerts.chart.launch"))] if product.launched else []
    for entry in involved.changes:
        change = entry.record
        if isinstance(change, ChangeRecord) and change.cut_in and change.status == "effective":
            found.append((change.cut_in.on, site.texts("alerts.chart.cut-in", batch=change.cut_in.batch)))
    return tuple((week_of(day), label) for day, label in dict.fromkeys(sorted(found)[-MOST_MARKS:]))


def _newest(site: Site, every: tuple[Batch, ...], uri: str) -> Cut:
    if len(every) <= MOST_BATCHES:
        return Cut(every, len(every))
    newest = sorted(every, key=lambda b: max(map(when, (*b.issues, *b.fixes)), default=()), reverse=True)
    shown = sorted(newest[:MOST_BATCHES], key=lambda b: b.name)
    return Cut(tuple(shown), len(every), (Link(site.texts("pages.product.all_batches"), len(every), uri),))


def _page(
    site: Site,
    uri: str,
    sku: str,
    cuts: Sequence[Cut],
    batches: Batches,
    numbers: Recent | None,
    alerts: Sequence[Shown],
    control: RateChart | None,
    events: Sequence[tuple[str, str]],
) -> Page:
    product = site.archive.catalog.products[sku]
    category = site.archive.settings.product_category(product.category)
    title = f"{sku} {product.name}"
    meta = {"title": title, "description": site.texts("pages.product.description", title=title)}
    issues, changes, sops, faqs = cuts
    return render(site,
        "product.md.j2", uri, meta,
        product=product,
        category=category.label if category else product.category,
        facts=details(site, category.facts if category else (), product.facts),
        issues=issues, changes=changes, sops=sops, faqs=faqs,
        batches=batches, numbers=numbers, spark=_spark(site, sku, numbers), alerts=alerts,
        control=control_figure(site, sku, control, events) if control else "",
        control_words=control_words(site, control) if control else "",
    )  # fmt: skip


def _batches(site: Site, uri: str, sku: str, batches: Batches) -> Page:
    product = site.archive.catalog.products[sku]
    title = site.texts("pages.product.batches_of", title=f"{sku} {product.name}")
    meta = {"title": title, "description": title, "hide": ["toc"]}
    return render(site, "product_batches.md.j2", uri, meta, product=product, batches=batches, title=title)


def _index(site: Site, uri: str, rows: Sequence[ProductRow]) -> Page:
    meta = {"title": site.texts("pages.product.index"), "hide": ["toc"]}
    meta["description"] = site.texts("pages.product.index_description", count=len(rows))
    products, sparks = site.archive.catalog.products, len(rows) <= MOST_SPARKS
    table = [(products[r.sku], r, _spark(site, r.sku, r.numbers) if sparks else "") for r in rows]
    return render(site, "products.md.j2", uri, meta, rows=table)


def _spark(site: Site, sku: str, numbers: Recent | None) -> str:
    title = site.texts("pages.product.spark", sku=sku)
    return sparkline(numbers.cases, title) if numbers else ""


def open_issues(involved: Involved) -> int:
    """How many of the issues still need work."""
    return sum(getattr(e.record, "status", "") in OPEN_STATUSES for e in involved.issues)
