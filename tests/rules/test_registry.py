"""The catalogue of rules is the same whoever imports a family first."""

from __future__ import annotations

import subprocess
import sys

SCRIPT = "import {first}; from qloop.rules import all_rules; print(*all_rules())"


def test_order_does_not_depend_on_imports() -> None:
    orders = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT.format(first=first)], capture_output=True, text=True, check=True
        ).stdout
        for first in ("qloop.rules.pictures", "qloop.rules.gates", "qloop.rules.files")
    }
    assert len(orders) == 1
