"""Columns by name: case, order, separators and known spellings do not matter; nothing unknown is taken along."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wanted:
    """The columns of a kind of report.

    ``names``: field -> spellings, the canonical one first. ``needed``: groups of fields, one of each must be there.
    ``passed``: columns that are known and left behind without a word.
    """

    names: Mapping[str, tuple[str, ...]]
    needed: tuple[tuple[str, ...], ...]
    passed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Picked:
    """Field -> index of its column; groups of which no column was found; names of unknown columns."""

    at: Mapping[str, int]
    missing: tuple[tuple[str, ...], ...]
    unknown: tuple[str, ...]
    repeated: tuple[str, ...] = ()


def plain(name: str) -> str:
    """A column's name without what exporters vary: case, width, brackets, spaces, hyphens and underscores."""
    text = unicodedata.normalize("NFKC", name.lstrip("\ufeff")).strip().casefold()
    text = re.sub(r"[()\[\]\"']", "", text)
    text = re.sub(r"[\s_\-–]+", "-", text).strip("-")
    return text.replace("fulfilment", "fulfillment").replace("centre", "center").replace("licence", "license")


def pick(header: Sequence[str], wanted: Wanted) -> Picked:
    """Find each field's column; an earlier spelling wins over a later one."""
    places: dict[str, list[int]] = {}
    for i, name in enumerate(header):
        places.setdefault(plain(name), []).append(i)
    at: dict[str, int] = {}
    repeated: list[str] = []
    for field, spellings in wanted.names.items():
        for spelling in spellings:
            found = places.get(plain(spelling))
            if found:
                at[field] = found[0]
                repeated += [spelling] if len(found) > 1 else []
                break
    missing = tuple(group for group in wanted.needed if not any(field in at for field in group))
    known = {plain(s) for spellings in wanted.names.values() for s in spellings} | set(
        map(plain, wanted.passed)
    )
    unknown = tuple(name.strip() for name in header if name.strip() and plain(name) not in known)
    return Picked(at, missing, unknown, tuple(repeated))
