"""Measures of the quality loop: how long a fix takes, how often a problem returns, how old open ones are."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from qloop.derive.flow import Life
from qloop.derive.periods import month_of, months_between

AGE_BANDS = ((7, "week"), (30, "month"), (90, "quarter"))
"""(days at most, key of the band's text); older ones are ``older``."""


@dataclass(frozen=True, slots=True)
class MonthRow:
    """One month. ``median_days``: from opened to verified, of the issues verified in it, None without any.
    ``repeat_share``: repeats among those opened (rejected and duplicates left out), None without any."""

    month: str
    opened: int
    repeats: int
    repeat_share: float | None
    verified: int
    median_days: float | None


@dataclass(frozen=True, slots=True)
class Age:
    """Days that open issues have been open on the day; None and "" without any."""

    count: int
    median_days: float | None
    oldest_days: int | None
    oldest: str
    bands: tuple[tuple[str, int], ...]


def by_month(lives: Sequence[Life], today: dt.date) -> tuple[MonthRow, ...]:
    """Every month from the first opened issue to the month of ``today``."""
    happened = [one for one in lives if one.opened <= today and one.counted]
    if not happened:
        return ()
    opened, verified = defaultdict[str, list[Life]](list), defaultdict[str, list[Life]](list)
    for one in happened:
        opened[month_of(one.opened)].append(one)
        if one.verified:
            verified[month_of(one.verified)].append(one)
    span = months_between(min(one.opened for one in happened), today)
    return tuple(_row(month, opened[month], verified[month]) for month in span)


def whole(lives: Sequence[Life], today: dt.date) -> MonthRow:
    """The same measures over all time; ``month`` is ""."""
    return _row("", [o for o in lives if o.opened <= today and o.counted], lives)


def _row(month: str, opened: Sequence[Life], verified: Sequence[Life]) -> MonthRow:
    repeats = sum(o.repeated for o in opened)
    days = [(o.verified - o.opened).days for o in verified if o.verified and o.counted]
    return MonthRow(
        month, len(opened), repeats, repeats / len(opened) if opened else None,
        len(days), float(median(days)) if days else None,
    )  # fmt: skip


def open_age(lives: Iterable[Life], today: dt.date) -> Age:
    """How long the issues open on ``today`` have been open, with their number by band."""
    ages = sorted(((today - o.opened).days, o.id) for o in lives if o.ended is None and o.opened <= today)
    names = [key for _, key in AGE_BANDS] + ["older"]
    bands = dict.fromkeys(names, 0)
    for days, _ in ages:
        bands[next((key for most, key in AGE_BANDS if days <= most), "older")] += 1
    middle = float(median(days for days, _ in ages)) if ages else None
    oldest, id = ages[-1] if ages else (None, "")
    return Age(len(ages), middle, oldest, id, tuple(bands.items()))
