"""The template behind "report a similar issue": a small issue filled with what the two have in common."""

from __future__ import annotations

import json

from qloop.pages.records import forge
from qloop.pages.site import Site
from qloop.records.issue import IssueRecord

NAME = "QI-yymmdd-xxx"
"""Not a day and not random: the page must be the same from build to build; the writer fills it in."""


def similar_url(site: Site, record: IssueRecord) -> str | None:
    """The forge's editor with the template; None without a forge."""
    folder = f"issues/{site.today.year}"
    return forge.new(site.archive.settings.forge, folder, f"{NAME}.md", template(site, record))


def template(site: Site, record: IssueRecord) -> str:
    """An issue as ``record`` began: same category, product, factory; what happened is left to the writer."""
    fields = {
        "id": NAME, "title": "", "status": "open", "opened": "", "category": record.category,
        "severity": record.severity, "owner": record.owner, "products": list(record.products),
        "factory": record.factory, "batches": [], "sources": list(record.sources), "related": [record.id],
    }  # fmt: skip
    comments = site.texts["pages.similar.comments"]
    lines = [_line(name, value, comments.get(name)) for name, value in fields.items() if value is not None]
    return "\n".join(["---", *lines, "---", site.texts("pages.similar.body"), ""])


def _line(name: str, value: object, comment: str | None) -> str:
    shown = (
        "" if value == "" else value if name in ("id", "status") else json.dumps(value, ensure_ascii=False)
    )
    return f"{name}: {shown}".rstrip() + (f"  # {comment}" if comment else "")
