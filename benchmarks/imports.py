"""Measure ``qloop import amazon-returns``: makes a report of a million rows, imports it in a process of its own.

Prints seconds of the whole process and its peak memory (resident set, ``ru_maxrss``).
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path

REPOSITORY = Path(__file__).parents[1]
HEADER = ("return-date", "order-id", "sku", "asin", "fnsku", "product-name", "quantity", "fulfillment-center-id",
          "detailed-disposition", "reason", "status", "license-plate-number", "customer-comments")  # fmt: skip
REASONS = ("APPAREL_TOO_SMALL", "APPAREL_TOO_LARGE", "DEFECTIVE", "NOT_AS_DESCRIBED", "UNWANTED_ITEM",
           "UNDELIVERABLE_REFUSED", "JEWELRY_BAD_CLASP")  # fmt: skip
COMMENTS = (
    "",
    "",
    "too tight|gives me a headache",
    "the clasp broke after {} days",
    "not &quot;warm&quot; enough, {}",
)
SKUS = ("AG-CAP-01", "AG-CAP-02", "AG-BKT-01", "AG-BR-01", "AG-BR-03", "AG-NEW-77")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="qloop-bench-") as folder:
        report, archive = Path(folder, "returns.txt"), Path(folder, "archive")
        write_report(report, arguments.rows)
        (archive / "catalog").mkdir(parents=True)
        for name in ("qloop.yml", "catalog/products.yml", "catalog/factories.yml"):
            shutil.copy(REPOSITORY / name, archive / name)
        words = ["import", "amazon-returns", str(report), "--marketplace", "US", "--root", str(archive)]
        start = time.perf_counter()
        child = os.spawnv(os.P_NOWAIT, sys.executable, [sys.executable, "-m", "qloop", *words])
        _, status, usage = os.wait4(child, 0)
        seconds = time.perf_counter() - start
        assert os.waitstatus_to_exitcode(status) == 0
        size = report.stat().st_size / 1e6
        print(f"{arguments.rows} rows, {size:.0f} MB: {seconds:.1f} s, peak {usage.ru_maxrss / 1000:.0f} MB")


def write_report(path: Path, rows: int) -> None:
    """A seeded tab-separated FBA customer returns report over two years; every row has its own order and plate."""
    chance = random.Random(1)
    first = dt.datetime(2024, 11, 1, tzinfo=dt.UTC)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write("\t".join(HEADER) + "\r\n")
        for n in range(rows):
            day = first + dt.timedelta(seconds=n * 64_000_000 // rows)
            cells = (day.isoformat(), f"{n:017d}", chance.choice(SKUS), "B0AGKN01W7", "X001", "Knitted cap", "1",
                     "ABE2", "CUSTOMER_DAMAGED", chance.choice(REASONS), "Unit returned to inventory", f"LPN{n:09d}",
                     chance.choice(COMMENTS).format(n))  # fmt: skip
            file.write("\t".join(cells) + "\r\n")


if __name__ == "__main__":
    main()
