"""Count the rows of reports; a row's personal data ends with its turn of the loop."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from qloop.imports.cells import Days, quantity, stars
from qloop.imports.columns import Picked, pick
from qloop.imports.duplicates import Duplicates
from qloop.imports.errors import BadReport, shown
from qloop.imports.kinds import Kind
from qloop.imports.reasons import Reasons
from qloop.imports.suggestions import Suggestions
from qloop.imports.tables import Progress, Row, Source, found_columns, read_table
from qloop.imports.tally import Tally

_Take = Callable[[Sequence[str], Mapping[str, int], dict[tuple[str, str], int]], None]
BAD_STARS = 3
"""Reviews of so many stars or fewer count as feedback."""


@dataclass
class Count:
    """Counts reports of one kind; ``asins`` maps the catalogue's ASINs to SKUs, ``skus`` are the known ones."""

    kind: Kind
    days: Days
    reasons: Reasons
    suggestions: Suggestions
    asins: Mapping[str, str]
    skus: frozenset[str]
    tally: Tally = field(default_factory=Tally)
    _seen: Duplicates = field(default_factory=Duplicates)
    _names: dict[str, str] = field(default_factory=dict)
    _checked: set[str] = field(default_factory=set)
    _units: dict[tuple[str, str], int] = field(default_factory=dict)
    """Units sold by week and SKU are added at the end: a later file's day replaces an earlier one's."""

    def read(self, source: Source, progress: Progress = lambda *_: None) -> None:
        """Count one file. Raises BadReport with the file and the line."""
        name = str(source.path)
        header, rows = read_table(source, lambda cells: not pick(cells, self.kind.wanted).missing, progress)
        picked = pick(header, self.kind.wanted)
        if picked.missing:
            wanted = "、".join(
                " / ".join(self.kind.wanted.names[f][0] for f in group) for group in picked.missing
            )
            raise BadReport("columns", name, 1, wanted=wanted, found=found_columns(header))
        if picked.repeated:
            raise BadReport("column-twice", name, 1, name=picked.repeated[0])
        self.tally.unknown_columns.update(dict.fromkeys(map(shown, picked.unknown)))
        take = self._sold if self.kind.name == "units" else self._returned
        self._each(rows, picked, take, name)
        self._seen.next_file()

    def _each(self, rows: Iterable[Row], picked: Picked, take: _Take, name: str) -> None:
        at, sold = picked.at, dict[tuple[str, str], int]()
        for line, cells in rows:
            self.tally.rows += 1
            try:
                take(cells, at, sold)
            except BadReport as error:
                raise error.at(name, line) from None
        self._units.update(sold)

    def _returned(self, cells: Sequence[str], at: Mapping[str, int], _: object) -> None:
        tally = self.tally
        day = self.days.read(cells[at["date"]])
        tally.saw(day)
        code = _cell(cells, at, "reason")
        units = quantity(cells[at["quantity"]]) if "quantity" in at else 1
        sku = self._sku(cells, at)
        if self._duplicate(cells, at, (day, sku, code, units)):
            tally.left_out["duplicate"] += 1
            return
        if "rating" in at and stars(cells[at["rating"]]) > BAD_STARS:
            tally.left_out["good-review"] += 1
            return
        if self.reasons.undelivered(code):
            tally.left_out["undelivered"] += 1
            return
        if not units:
            tally.left_out["nothing"] += 1
            return
        comment = " ".join(cells[at[f]] for f in ("comment", "title") if f in at)
        suggested = self.suggestions.of(comment)
        if suggested:
            tally.suggestions[suggested] += units
        tally.add(
            day,
            (sku, self._fit(_cell(cells, at, "batch"), "batch"), *self._why(code, suggested, units)),
            units,
        )

    def _why(self, code: str, suggested: str, units: int) -> tuple[str, str]:
        """Category and reason. A reason decides; only where a report knows none, the comment does."""
        prefix = self.kind.prefix
        if not code:
            return suggested or self.reasons.rest, prefix
        category = self.reasons.category(code)
        if category is not None:
            return category, prefix + code
        fit = self.reasons.fit_to_keep(code)
        self.tally.unknown_reasons[self._named(code)] += units
        return self.reasons.rest, prefix + (code if fit else "")

    def _named(self, code: str) -> str:
        """An unknown reason as the outcome names it; looked through for customer data once."""
        if code not in self._names:
            if len(self._names) > 1000:  # not codes, but words of buyers
                return "…"
            self._names[code] = shown(code)
        return self._names[code]

    def _sold(self, cells: Sequence[str], at: Mapping[str, int], sold: dict[tuple[str, str], int]) -> None:
        day = self.days.read(cells[at["date"]])
        self.tally.saw(day)
        key = (day.isoformat(), self._sku(cells, at))
        if key in self._units:
            self.tally.left_out["duplicate"] += key not in sold
        sold[key] = sold.get(key, 0) + quantity(cells[at["quantity"]])

    def finish(self) -> Tally:
        """The tally, once every file is read."""
        for (day, sku), units in self._units.items():
            if units:
                self.tally.add(dt.date.fromisoformat(day), (sku, "", "", ""), units)
        return self.tally

    def _duplicate(self, cells: Sequence[str], at: Mapping[str, int], facts: tuple[object, ...]) -> bool:
        order = _cell(cells, at, "order")
        number = _cell(cells, at, "unit")
        if number:
            return self._seen.unit((number, order))
        request = _cell(cells, at, "request")
        # without an id only the whole row can tell whether it is the same one
        return self._seen.row((order, request, facts) if order or request else tuple(cells))

    def _sku(self, cells: Sequence[str], at: Mapping[str, int]) -> str:
        asin = _cell(cells, at, "asin")
        sku = _cell(cells, at, "sku") or self.asins.get(asin, asin)
        if not sku:
            raise BadReport("no-sku")
        if sku not in self.skus and sku not in self.tally.unknown_skus:
            self.tally.unknown_skus[self._fit(sku, "sku")] = asin
        return sku

    def _fit(self, text: str, field: str) -> str:
        """A SKU or batch, which is written as it is: nothing that looks like customer data or a sentence."""
        if text and text not in self._checked:
            from qloop.privacy import find

            if len(text) > 60 or "\n" in text or any(find(text)):
                raise BadReport("private", name=self.kind.wanted.names[field][0])
            self._checked.add(text)
        return text


def _cell(cells: Sequence[str], at: Mapping[str, int], field: str) -> str:
    return cells[at[field]].strip() if field in at else ""
