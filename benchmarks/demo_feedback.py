"""Write the demo archive's weekly feedback and units (feedback/), the same bytes on every run.

Units follow a season, promotions and growth. Complaints are a Poisson noise per 1,000 units plus *episodes*
(demo_episodes.csv): a fixed total spread over weeks in proportion to units, so that an issue's `verification`
can be recounted from the files. Usage: python benchmarks/demo_feedback.py [ARCHIVE]
"""

import csv
import math
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np

SEED = 20261122
FIRST, LAST = date(2025, 9, 8), date(2026, 11, 16)  # Mondays of 2025-W37 and 2026-W47
MARKETS = {"US": 0.60, "DE": 0.25, "JP": 0.15}
PROMOTIONS = {
    "2025-W41": 1.3, "2025-W48": 2.0, "2025-W49": 1.8, "2025-W50": 1.4, "2025-W51": 1.4,
    "2026-W28": 2.0, "2026-W29": 1.2, "2026-W41": 1.35, "2026-W47": 1.7,
}  # fmt: skip
GIFT_WEEKS = {"2026-W06": 1.5, "2026-W07": 1.6, "2026-W18": 1.5, "2026-W19": 1.7}  # Valentine's, Mother's Day


@dataclass(frozen=True)
class Product:
    """One SKU: season, units in an ordinary week at the peak, batch prefix, first and last week on sale."""

    season: str
    base: int
    prefix: str
    start: str = "2025-W37"
    end: str = "2026-W47"


PRODUCTS = {
    "AG-CAP-01": Product("knit", 680, "KN"),
    "AG-CAP-02": Product("knit", 430, "KN"),
    "AG-CAP-03": Product("knit", 260, "KN"),
    "AG-KID-01": Product("knit", 240, "KN"),
    "AG-BKT-01": Product("even", 210, "SX"),
    "AG-BKT-02": Product("sun", 330, "SX", "2026-W10"),
    "AG-BSB-01": Product("even", 300, "SX"),
    "AG-BSB-02": Product("even", 230, "SX", "2025-W39"),
    "AG-KID-02": Product("sun", 220, "SX", "2026-W10"),
    "AG-SUN-01": Product("sun", 280, "LY", "2026-W10"),
    "AG-BR-01": Product("gift", 143, "YW", "2025-W38"),
    "AG-BR-02": Product("gift", 116, "YW", "2025-W38"),
    "AG-BR-03": Product("gift", 107, "YW", "2025-W38"),
    "AG-BR-04": Product("gift", 80, "YW", "2026-W25", "2026-W39"),  # taken off sale: QI-260921-Y5K
    "AG-BR-05": Product("gift", 90, "YW", "2026-W25"),
}


@dataclass(frozen=True)
class Episode:
    """A row of demo_episodes.csv: cases between two weeks, both included; batch and market may be empty."""

    category: str
    skus: tuple[str, ...]
    first: str
    last: str
    complaints: int
    batch: str
    market: str

    def covers(self, week: str, market: str, sku: str) -> bool:
        return sku in self.skus and self.first <= week <= self.last and self.market in ("", market)


def read_episodes(path: Path) -> list[Episode]:
    rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))[1:]
    skus = [tuple(PRODUCTS) if row[1] == "all" else tuple(row[1].split()) for row in rows]
    return [Episode(r[0], s, r[2], r[3], int(r[4]), r[5], r[6]) for r, s in zip(rows, skus, strict=True)]


EPISODES = read_episodes(Path(__file__).with_name("demo_episodes.csv"))
NOISE = {  # complaints per 1,000 units, for SKUs that no episode of the category names
    "hats": {"size-small": 1.6, "size-large": 1.2, "seam-open": 0.7, "crushed": 0.6, "colour-fade": 0.5,
             "shedding": 0.5, "label-unclear": 0.3, "listing-mismatch": 1.5, "wrong-item": 0.4, "other": 9.0},
    "bracelets": {"bracelet-size": 7.5, "tarnish": 0.9, "stone-loose": 0.8, "listing-mismatch": 1.8,
                  "cert-missing": 0.6, "wrong-item": 0.4, "other": 22.0},
}  # fmt: skip
BATCHES = {  # first day on sale of each batch, by factory prefix
    "KN": {"KN2508": "2025-09-01", "KN2511": "2025-11-10", "KN2512": "2025-12-08", "KN2602": "2026-02-09",
           "KN2607": "2026-07-20", "KN2609": "2026-09-10", "KN2610": "2026-10-19"},
    "SX": {"SX2508": "2025-09-01", "SX2512": "2025-12-15", "SX2602": "2026-03-02", "SX2604": "2026-04-20",
           "SX2605": "2026-05-25", "SX2606": "2026-06-08", "SX2608": "2026-08-17", "SX2610": "2026-10-19"},
    "LY": {"LY2602": "2026-03-02", "LY2606": "2026-06-22", "LY2608": "2026-08-24"},
    "YW": {"YW2508": "2025-09-15", "YW2511": "2025-11-24", "YW2603": "2026-03-16", "YW2604": "2026-04-16",
           "YW2605": "2026-05-11", "YW2607": "2026-07-20", "YW2609": "2026-10-05"},
}  # fmt: skip
SOURCES = {"return": 0.5, "review": 0.22, "message": 0.17, "photo": 0.06, "survey": 0.03, "qc": 0.02}
TALK = {"message": 0.55, "review": 0.35, "survey": 0.1}  # nobody sends goods back for a late answer
SERVICE = {"service-slow", "refund-slow", "delivery-late", "price-policy"}
REASONS = {  # Amazon's return reason codes
    "size-small": ["APPAREL_TOO_SMALL"], "size-large": ["APPAREL_TOO_LARGE"], "wrong-item": ["SWITCHEROO"],
    "shedding": ["QUALITY_UNACCEPTABLE", "DID_NOT_LIKE_FABRIC"], "colour-fade": ["QUALITY_UNACCEPTABLE"],
    "crushed": ["DAMAGED_BY_CARRIER", "DAMAGED_BY_FC"], "clasp-broken": ["JEWELRY_BAD_CLASP"],
    "tarnish": ["JEWELRY_TARNISHED"], "stone-loose": ["JEWELRY_LOOSE_STONE"],
    "bracelet-size": ["JEWELRY_TOO_LARGE", "JEWELRY_TOO_SMALL"], "cert-missing": ["JEWELRY_NO_CERT"],
    "listing-mismatch": ["NOT_AS_DESCRIBED", "NOT_AS_EXPECTED"],
    "other": ["UNWANTED_ITEM", "NO_REASON_GIVEN", "MISORDERED"],
}  # fmt: skip

Cell = tuple[str, str, str]  # week, marketplace, SKU
Units = dict[Cell, int]  # pieces sold
Row = tuple[str | int, ...]  # a line of a file


def season(kind: str, week: int) -> float:
    """Demand of a week against the peak: knit caps around Christmas, sun hats in July, gifts all year."""
    peak = 51 if kind == "knit" else 28
    distance = min(abs(week - peak), 52 - abs(week - peak))
    bell = math.exp(-((distance / 9) ** 2))
    floor = {"knit": 0.16, "sun": 0.06, "even": 0.55, "gift": 0.9}[kind]
    return floor if kind == "gift" else floor + (1 - floor) * bell


def sold(rng: np.random.Generator) -> Units:
    units: Units = {}
    weeks = [f"{FIRST + timedelta(weeks=n):%G-W%V}" for n in range((LAST - FIRST).days // 7 + 1)]
    for week in weeks:
        for sku, product in PRODUCTS.items():
            level = product.base * season(product.season, int(week[6:])) * PROMOTIONS.get(week, 1.0)
            level *= GIFT_WEEKS.get(week, 1.0) if product.season == "gift" else 1.0
            level *= 1.25 if week >= "2026-W36" else 1.0  # the second season is a quarter larger
            for market, share in MARKETS.items():
                if product.start <= week <= product.end:
                    units[week, market, sku] = int(rng.poisson(level * share))
    return units


def on_sale(sku: str, week: str) -> str:
    """The newest batch on sale when the week starts."""
    history = BATCHES[PRODUCTS[sku].prefix]
    day = date.fromisocalendar(int(week[:4]), int(week[6:]), 1).isoformat()
    return max((batch for batch, since in history.items() if since <= day), default=min(history))


def complain(rng: np.random.Generator, cell: Cell, category: str, batch: str = "") -> tuple[str, ...]:
    """One complaint's row key: a source, and for a return the marketplace's reason code."""
    week, market, sku = cell
    shares = TALK if category in SERVICE else SOURCES
    source = str(rng.choice(list(shares), p=list(shares.values())))
    codes = REASONS.get(category, ["DEFECTIVE"])
    reason = str(rng.choice(codes)) if source == "return" else ""
    lot = "" if category in SERVICE else batch or on_sale(sku, week)
    return week, source, market, sku, lot, category, reason


def episodes(rng: np.random.Generator, units: Units) -> Iterator[tuple[str, ...]]:
    for told in EPISODES:
        cells = [cell for cell in units if told.covers(*cell)]
        weights = np.array([units[cell] for cell in cells], dtype=float)
        for cell, count in zip(cells, rng.multinomial(told.complaints, weights / weights.sum()), strict=True):
            for _ in range(count):
                yield complain(rng, cell, told.category, told.batch)


def noise(rng: np.random.Generator, units: Units) -> Iterator[tuple[str, ...]]:
    told = {(episode.category, sku) for episode in EPISODES for sku in episode.skus}
    for cell, count in units.items():
        kind = "bracelets" if cell[2].startswith("AG-BR") else "hats"
        for category, rate in NOISE[kind].items():
            if (category, cell[2]) not in told:
                for _ in range(rng.poisson(rate * count / 1000)):
                    yield complain(rng, cell, category)


def save(path: Path, header: str, rows: list[Row]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header.split(","))
        writer.writerows(sorted(rows))


def main(root: Path) -> None:
    rng = np.random.default_rng(SEED)
    units = sold(rng)
    counts = Counter([*episodes(rng, units), *noise(rng, units)])
    header = "source,marketplace,sku,batch,category,reason,count"
    for week in sorted({cell[0] for cell in units}):
        rows: list[Row] = [(*key[1:], count) for key, count in counts.items() if key[0] == week]
        save(root / f"feedback/{week[:4]}/{week}.csv", header, rows)
    for year in ("2025", "2026"):
        table: list[Row] = [(*cell, count) for cell, count in units.items() if cell[0].startswith(year)]
        save(root / f"feedback/units/{year}.csv", "week,marketplace,sku,units", table)


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "."))
