"""Reason codes become categories: by qloop.yml, then by what a code of another report means there.

Codes and meanings: Amazon's help pages for FBA customer returns, replacements and seller-fulfilled returns.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from qloop.records.settings import Settings

_SAME = {
    # replacements are numbered
    "0": "OTHER", "1": "NEVER_ARRIVED", "2": "DEFECTIVE", "3": "DAMAGED_BY_CARRIER", "4": "SWITCHEROO",
    "5": "MISSING_PARTS", "6": "NEVER_ARRIVED", "7": "ORDERED_WRONG_ITEM", "9": "NEVER_ARRIVED",
    "10": "DAMAGED_BY_FC", "11": "NEVER_ARRIVED", "12": "OTHER",
    "AMZ-PG-BAD-DESC": "NOT_AS_DESCRIBED", "AMZ-PG-BAD-ITEM": "DEFECTIVE", "AMZ-PG-DAMAGED": "DAMAGED_BY_CARRIER",
    "AMZ-PG-MISORDERED": "MISORDERED", "AMZ-PG-APP-STYLE": "APPAREL_STYLE",
    "AMZ-PG-APP-TOO-SMALL": "APPAREL_TOO_SMALL", "AMZ-PG-APP-TOO-LARGE": "APPAREL_TOO_LARGE",
}  # fmt: skip
_CODE = re.compile(r"[A-Z][A-Z_-]*|\d{1,2}", re.ASCII)
_PARCEL = "UNDELIVERABLE_"
OTHER = "other"


class Reasons:
    """Code -> category of an archive; ``own`` are a map's words, which come first."""

    def __init__(self, settings: Settings, own: Mapping[str, str] | None = None) -> None:
        self._own = own
        self._of = {code: c.id for c in settings.categories for code in c.amazon_reasons}
        self.rest = OTHER if settings.category(OTHER) else ""

    def undelivered(self, code: str) -> bool:
        """Whether the parcel came back unopened: nobody complains of the product."""
        return self._own is None and (
            code.startswith(_PARCEL) or code == "8"
        )  # a replacement that had gone to a wrong address

    def category(self, code: str) -> str | None:
        """The category of a code, None where nobody has named one."""
        if self._own is not None:
            return self._own.get(code)
        for name in (code, code.removeprefix("CR-"), _SAME.get(code, "")):
            if name in self._of:
                return self._of[name]
        return None

    def fit_to_keep(self, code: str) -> bool:
        """Whether an unknown reason may be written: a code, never somebody's words.

        Of a team's own table only the words that its map names are written: a column of reasons may hold free text.
        """
        return self._own is None and len(code) <= 60 and bool(_CODE.fullmatch(code))
