"""Reports built at run time, and an archive to import them into."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from qloop.cli import cli

REPOSITORY = Path(__file__).parents[2]
Import = Callable[..., Result]
RETURNS = ("return-date", "order-id", "sku", "asin", "fnsku", "product-name", "quantity", "fulfillment-center-id",
           "detailed-disposition", "reason", "status", "license-plate-number", "customer-comments")  # fmt: skip


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """The demo's settings and catalogue without its tables."""
    root = tmp_path / "archive"
    (root / "catalog").mkdir(parents=True)
    for name in ("qloop.yml", "catalog/products.yml", "catalog/factories.yml"):
        shutil.copy(REPOSITORY / name, root / name)
    return root


@pytest.fixture
def bring(archive: Path) -> Import:
    """``bring("amazon-returns", file, …)`` into the archive; crashes are raised."""

    def call(kind: str, *arguments: object, code: int = 0) -> Result:
        words = ["import", kind, *map(str, arguments), "--root", str(archive)]
        result = CliRunner().invoke(cli, words, catch_exceptions=False)
        assert result.exit_code == code, result.output
        return result

    return call


def order(number: int) -> str:
    """An order id as marketplaces write it; invented."""
    return "-".join(("114", f"{number:07d}", f"{number * 7 % 10**7:07d}"))


def returned(
    day: str, number: int = 1, sku: str = "AG-CAP-01", reason: str = "APPAREL_TOO_SMALL", *,
    quantity: object = 1, lpn: str = "", comment: str = "",
) -> tuple[str, ...]:  # fmt: skip
    """A row of the FBA customer returns report."""
    return (f"{day}T12:00:00+00:00", order(number), sku, "B0AGKN01W7", "X001", "Cap", str(quantity), "ABE2",
            "CUSTOMER_DAMAGED", reason, "Unit returned to inventory", lpn, comment)  # fmt: skip


def table(
    path: Path, header: Sequence[str], rows: Sequence[Sequence[object]], *, tab: str = ",",
    encoding: str = "utf-8",
) -> Path:  # fmt: skip
    """Write a report; cells with separators, quotes or line feeds are quoted."""
    import csv
    import io

    out = io.StringIO()
    csv.writer(out, delimiter=tab, lineterminator="\r\n").writerows([header, *rows])
    path.write_bytes(out.getvalue().encode(encoding))
    return path


def written(root: Path) -> dict[str, bytes]:
    """Every file of the archive; what qloop remembers of them is not one of them."""
    files = {p.relative_to(root).as_posix(): p for p in sorted(root.rglob("*")) if p.is_file()}
    return {name: p.read_bytes() for name, p in files.items() if not name.startswith(".qloop/")}


def everything(root: Path) -> str:
    """Whatever stands anywhere below the archive, its memory included."""
    return "".join(p.read_bytes().decode(errors="replace") for p in root.rglob("*") if p.is_file())


def lines(root: Path, week: str) -> list[str]:
    """A week's lines without the header."""
    return (root / f"feedback/{week[:4]}/{week}.csv").read_text("utf-8").splitlines()[1:]
