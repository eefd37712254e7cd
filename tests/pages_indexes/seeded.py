"""Archives of the benchmark's generator, large enough that lists are cut, and their pages that are no record's."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from qloop.pages import drafts
from qloop.pages.page import Draft
from qloop.pages.site import Site
from tests.pages import tree

SCRIPT = Path(__file__).parents[2] / "benchmarks/seeded.py"


def write(root: Path, *options: str, records: int = 1500) -> Path:
    subprocess.run([sys.executable, str(SCRIPT), str(root), "--records", str(records), *options], check=True)
    return root


def site(root: Path, *options: str) -> Site:
    return tree.site(write(root, *options))


def of_lists(one: Site) -> dict[str, Draft]:
    """Every page but those of single records."""
    return {d.uri: d for d in drafts(one) if isinstance(d, Draft)}
