"""Markup that one page repeats: written once, then kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def kept() -> Callable[..., Any]:
    """For one page: calls a macro once for each set of arguments and keeps what it wrote."""
    found: dict[Any, Any] = {}

    def keep(macro: Any, *arguments: Any) -> Any:
        key = (macro.name, arguments)
        if key not in found:
            found[key] = macro(*arguments)
        return found[key]

    return keep
