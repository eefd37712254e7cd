"""The site's navigation: section and index pages only.

Records are reached from them: Material's navigation is quadratic in its pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qloop.texts import Texts

Item = tuple[str, str | tuple[tuple[str, str], ...]]

NAV: tuple[Item, ...] = (
    ("home", "index.md"),
    (
        "issues",
        (
            ("all", "issues/index.md"),
            ("by-status", "issues/by-status.md"),
            ("by-severity", "issues/by-severity.md"),
            ("by-category", "issues/by-category.md"),
            ("by-product", "issues/by-product.md"),
            ("by-factory", "issues/by-factory.md"),
            ("by-owner", "issues/by-owner.md"),
        ),
    ),
    ("alerts", "alerts.md"),
    ("overdue", "overdue.md"),
    ("roles", "roles/index.md"),
    ("faq", (("all", "faq/index.md"), ("by-category", "faq/by-category.md"))),
    ("sop", (("all", "sop/index.md"), ("by-factory", "sop/by-factory.md"))),
    ("changes", (("all", "changes/index.md"), ("by-status", "changes/by-status.md"))),
    ("reviews", "reviews/index.md"),
    ("products", "products/index.md"),
    ("factories", "factories/index.md"),
    (
        "trends",
        (
            ("overview", "trends/index.md"),
            ("feedback", "trends/feedback.md"),
            ("by-category", "trends/categories.md"),
            ("by-product", "trends/products.md"),
            ("by-factory", "trends/factories.md"),
        ),
    ),
    ("cross", "boards/cross.md"),
    ("cost", "cost.md"),
    ("lessons", "lessons.md"),
)
"""(key of the label below ``indexes.nav``, page or pages)."""


def nav(texts: Texts, guides: Sequence[Any] = ()) -> list[Any]:
    """``NAV`` in mkdocs.yml's shape, in the words of ``texts``; ``guides``: items for hand-written pages.

    The rules stand among the guides: they tell how to write a record; so does what is filled in and what not.
    """

    def label(key: str) -> str:
        return texts(f"indexes.nav.{key}")

    items: list[Any] = []
    for key, target in NAV:
        pages = target if isinstance(target, str) else [{label(k): uri} for k, uri in target]
        items.append({label(key): pages})
    return [*items, {label("guide"): [*guides, {label("rules"): "rules.md"}, {label("usage"): "usage.md"}]}]
