"""What a new record starts with, kind by kind: an id, dates, defaults from the archive's own vocabulary."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from qloop.archive import Archive
from qloop.records.ids import fold, mint
from qloop.texts import Texts

REVIEW_IN = dt.timedelta(days=182)
"""A FAQ and a SOP are looked at again after half a year."""


class CannotStart(Exception):
    """The wishes do not fit: ``key`` below ``cli.new``, and its values."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the writer already knows; everything else gets a default."""

    title: str = ""
    day: dt.date | None = None
    category: str = ""
    factory: str = ""
    products: tuple[str, ...] = ()
    area: str = ""
    slug: str = ""
    week: str = ""
    month: str = ""
    batches: tuple[str, ...] = ()
    recurrence_of: str = ""
    note: str = ""
    """Markdown that comes before the kind's own text."""


@dataclass(frozen=True, slots=True)
class Start:
    """Everything that the kinds' makers look at."""

    wishes: Wishes
    archive: Archive
    texts: Texts
    day: dt.date
    taken: frozenset[str]

    def words(self, key: str, **values: object) -> str:
        return self.texts(f"scaffold.start.{key}", **values)

    @property
    def departments(self) -> list[str]:
        return [d.id for d in self.archive.settings.departments]

    @property
    def factory(self) -> str | None:
        """The one asked for, the first product's, or the first of the catalogue."""
        products = self.archive.catalog.products
        asked = self.wishes.factory or next((products[p].factory for p in self.wishes.products), None)
        return asked or next(iter(self.archive.catalog.factories), None)


def _issue(start: Start) -> dict[str, Any]:
    settings = start.archive.settings
    free = (c for c in settings.categories if not any(f.required for f in c.fields))
    category = settings.category(start.wishes.category) or next(free, settings.categories[0])
    products = start.archive.catalog.products
    asked = next((products[p].factory for p in start.wishes.products), None)
    return {
        "id": mint("QI", start.day, start.taken),
        "title": start.wishes.title or start.words("issue-title"),
        "status": "open",
        "opened": start.day,
        "category": category.id,
        "severity": "minor",
        "owner": category.department or start.departments[0],
        "products": list(start.wishes.products),
        "factory": start.wishes.factory or asked,
        "batches": list(start.wishes.batches) or None,
        "recurrence_of": start.wishes.recurrence_of or None,
    }


def _change(start: Start) -> dict[str, Any]:
    return {
        "id": mint("PC", start.day, start.taken),
        "title": start.wishes.title or start.words("change-title"),
        "status": "requested",
        "requested": start.day,
        "factory": start.factory,
        "four_m": ["method"],
        "products": list(start.wishes.products) or None,
        "before": start.words("before"),
        "after": start.words("after"),
    }


def _sop(start: Start) -> dict[str, Any]:
    factory = start.archive.catalog.factories.get(start.factory or "")
    author = (factory and factory.contact_role) or start.departments[0]
    approver = next((d for d in start.departments if d != author), author)
    return {
        "id": _next_sop(start),
        "title": start.wishes.title or start.words("sop-title"),
        "revision": "1",
        "status": "draft",
        "owner": author,
        "author": author,
        "approver": approver,
        "factories": [start.factory] if start.factory else [],
        "products": list(start.wishes.products) or None,
        "revisions": [
            {"revision": "1", "on": start.day, "reason": start.words("first-revision"), "author": author,
             "approver": approver}
        ],
        "review_due": start.day + REVIEW_IN,
    }  # fmt: skip


def _next_sop(start: Start) -> str:
    """The next number of an area: the one asked for, the archive's commonest, or GEN."""
    numbers = [m for id in start.taken if (m := re.fullmatch(r"sop-([a-z0-9-]+)-(\d{3,})", id, re.ASCII))]
    common = Counter(m[1] for m in numbers).most_common(1)
    area = fold(start.wishes.area or (common[0][0] if common else "gen"))
    if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", area, re.ASCII):
        raise CannotStart("bad-area", value=start.wishes.area)
    last = max((int(m[2]) for m in numbers if m[1] == area), default=0)
    return f"SOP-{area.upper()}-{last + 1:03}"


def _faq(start: Start) -> dict[str, Any]:
    title = start.wishes.title or start.words("faq-title")
    return {
        "id": _faq_id(start),
        "title": title,
        "question": start.words("question"),
        "aliases": {"zh": [start.wishes.title or start.words("alias-zh")], "en": [start.words("alias-en")]},
        "category": start.wishes.category or None,
        "products": list(start.wishes.products) or None,
        "answer": start.words("answer"),
        "replies": [
            {
                "lang": "en",
                "channel": "amazon",
                "meaning": start.words("meaning"),
                "text": start.words("reply"),
            }
        ],
        "placeholders": {"buyer_name": {"label": start.words("buyer-name"), "required": True}},
        "owner": start.departments[0],
        "review_due": start.day + REVIEW_IN,
    }


def _faq_id(start: Start) -> str:
    """From the slug asked for, else an ASCII title's words, else minted."""
    slug = start.wishes.slug.removeprefix("FAQ-")
    if slug and not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", slug, re.ASCII):
        raise CannotStart("bad-slug", value=start.wishes.slug)
    if not slug and start.wishes.title.isascii():
        slug = "-".join(re.findall(r"[a-z0-9]+", start.wishes.title.lower())[:6])
    return f"FAQ-{slug}" if slug else "FAQ" + mint("FAQ", start.day, start.taken).removeprefix("FAQ").lower()


def _review(start: Start) -> dict[str, Any]:
    wishes = start.wishes
    if wishes.month and wishes.week:
        raise CannotStart("month-and-week")
    if wishes.month:
        return _monthly(start)
    monday = _monday(wishes.week) if wishes.week else _last_monday(start.day)
    year, week, _ = monday.isocalendar()
    return {
        "id": f"{year}-W{week:02}",
        "title": wishes.title or start.words("review-title", year=year, week=week),
        "period": {"from": monday, "to": monday + dt.timedelta(days=6)},
        "attendees": start.departments[:2],
        "factory": wishes.factory or None,
    }


def _monthly(start: Start) -> dict[str, Any]:
    wishes = start.wishes
    if not wishes.factory:
        raise CannotStart("month-needs-factory")
    try:
        first = dt.datetime.strptime(wishes.month, "%Y-%m").date()
    except ValueError:
        raise CannotStart("bad-month", value=wishes.month) from None
    last = (first + dt.timedelta(days=32)).replace(day=1) - dt.timedelta(days=1)
    name = start.archive.catalog.factories[wishes.factory].name
    title = start.words("meeting-title", year=first.year, month=first.month, factory=name)
    return {
        "id": f"{first:%Y-%m}-{wishes.factory}",
        "title": wishes.title or title,
        "period": {"from": first, "to": last},
        "attendees": start.departments[:2],
        "factory": wishes.factory,
    }


def _monday(week: str) -> dt.date:
    match = re.fullmatch(r"(\d{4})-W(\d{2})", week, re.ASCII)
    try:
        return dt.date.fromisocalendar(int(match[1]), int(match[2]), 1)  # type: ignore[index]
    except (ValueError, TypeError):
        raise CannotStart("bad-week", value=week) from None


def _last_monday(day: dt.date) -> dt.date:
    """The Monday of the last complete week before ``day``."""
    return day - dt.timedelta(days=day.weekday() + 7)


STARTS: Mapping[str, Callable[[Start], dict[str, Any]]] = {
    "issue": _issue, "change": _change, "sop": _sop, "faq": _faq, "review": _review,
}  # fmt: skip
