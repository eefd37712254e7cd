"""What an alert is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["limit", "batch", "jump", "recurrence", "first"]
KINDS: tuple[Kind, ...] = ("recurrence", "batch", "limit", "jump", "first")
"""In the order of their weight."""
Number = int | float


@dataclass(frozen=True, slots=True)
class Alert:
    """One thing to look at. ``id`` stays the same while it is about the same thing.

    ``week``: the newest week that it speaks of; ``sku``, ``category``, ``batch``, ``factory`` are "" where it is about
    none or all. ``numbers``: the figures of its sentence; rates are cases per unit. ``covered``: open issues about
    it; ``records``: other issues of the same SKU and category, newest first. ``owner``: a department's id or "".
    """

    id: str
    kind: Kind
    week: str
    sku: str
    category: str
    batch: str
    factory: str
    numbers: tuple[tuple[str, Number | str], ...]
    owner: str
    covered: tuple[str, ...]
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """What a detector found, before anybody asks who is to look at it. ``about``: the issue that came back."""

    kind: Kind
    week: str
    sku: str
    category: str
    numbers: tuple[tuple[str, Number | str], ...]
    batch: str = ""
    about: str = ""

    @property
    def id(self) -> str:
        """``limit-AG-CAP-02-2026-W46``; a batch, a first sight and a recurrence have no week: they last."""
        parts = {
            "limit": (self.sku, self.week), "jump": (self.sku, self.category, self.week),
            "first": (self.sku, self.category), "batch": (self.sku, self.batch, self.category),
            "recurrence": (self.about,),
        }[self.kind]  # fmt: skip
        return "-".join((self.kind, *parts))
