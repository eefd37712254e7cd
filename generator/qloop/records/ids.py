"""Identity: minting and comparing record ids.

Three random characters of Crockford base32 (no I L O U, which read as 1 1 0 V) make 32,768 ids a day, so that
two open pull requests do not meet.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable, Container

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def mint(
    prefix: str, day: dt.date, taken: Container[str], choose: Callable[[str], str] = secrets.choice
) -> str:
    """A new id ``PREFIX-yymmdd-xxx`` that is not in ``taken`` (compared without regard to case).

    Raises RuntimeError when the day's ids are used up.
    """
    for _ in range(10_000):
        id = f"{prefix}-{day:%y%m%d}-{''.join(choose(ALPHABET) for _ in range(3))}"
        if fold(id) not in taken:
            return id
    raise RuntimeError(f"no free id left for {prefix} on {day}")


def fold(id: str) -> str:
    """The form in which ids are compared."""
    return id.casefold()


def day_of(id: str) -> dt.date | None:
    """The day inside ``PREFIX-yymmdd-xxx``, or None where there is no such day."""
    parts = id.split("-")
    if len(parts) < 3 or len(parts[1]) != 6 or not parts[1].isdigit():
        return None
    try:
        return dt.datetime.strptime(parts[1], "%y%m%d").date()
    except ValueError:
        return None
