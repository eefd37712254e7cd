"""Product pages: everything about one SKU; and their index."""

from __future__ import annotations

from collections.abc import Iterator

from qloop.derive.batches import batches
from qloop.derive.involved import Involved, by_product
from qloop.derive.recent import Recent, recent
from qloop.pages.page import Page
from qloop.pages.records.figures import sparkline
from qloop.pages.records.record import details
from qloop.pages.site import Site
from qloop.pages.templates import render
from qloop.records.catalog import Product
from qloop.records.vocabulary import OPEN_STATUSES


def product_pages(site: Site) -> Iterator[Page]:
    """The index of products and a page for each SKU of the catalogue."""
    catalog = site.archive.catalog.products.values()
    involved, latest = by_product(site.archive), recent(site.archive.feedback, site.today)
    rows = [(p, involved.get(p.sku, Involved()), latest.get(p.sku)) for p in catalog]
    yield _index(site, rows)
    for product, records, numbers in rows:
        yield _page(site, product, records, numbers)


def _page(site: Site, product: Product, involved: Involved, numbers: Recent | None) -> Page:
    category = site.archive.settings.product_category(product.category)
    title = f"{product.sku} {product.name}"
    meta = {"title": title, "description": site.texts("pages.product.description", title=title)}
    return render(site,
        "product.md.j2", site.product_uri(product.sku), meta,
        product=product,
        category=category.label if category else product.category,
        facts=details(site, category.facts if category else (), product.facts),
        involved=involved,
        batches=batches(involved, numbers.batches if numbers else {}),
        numbers=numbers,
        spark=_spark(site, product, numbers),
    )  # fmt: skip


def _index(site: Site, rows: list[tuple[Product, Involved, Recent | None]]) -> Page:
    meta = {"title": site.texts("pages.product.index"), "hide": ["toc"]}
    meta["description"] = site.texts("pages.product.index_description", count=len(rows))
    table = [(p, open_issues(i), i, n, _spark(site, p, n)) for p, i, n in rows]
    return render(site, "products.md.j2", "products/index.md", meta, rows=table)


def _spark(site: Site, product: Product, numbers: Recent | None) -> str:
    title = site.texts("pages.product.spark", sku=product.sku)
    return sparkline(numbers.cases, title) if numbers else ""


def open_issues(involved: Involved) -> int:
    """How many of the issues still need work."""
    return sum(getattr(e.record, "status", "") in OPEN_STATUSES for e in involved.issues)
