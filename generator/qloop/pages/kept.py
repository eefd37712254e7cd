"""Markup that pages repeat: written once, then kept."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from typing import Any

from qloop.pages.shared import once
from qloop.pages.site import Site


def kept(site: Site, uri: str) -> Callable[..., Any]:
    """Calls a macro once for each set of arguments and keeps what it wrote.

    Pages of one folder share it: relative links are the same there. The macro may depend on nothing else of a page.
    """
    found: dict[Any, Any] = once(site, f"kept {posixpath.dirname(site.urls.dest(uri))}", dict)

    def keep(macro: Any, *arguments: Any) -> Any:
        key = (macro.name, macro.arguments, arguments)
        if key not in found:
            found[key] = macro(*arguments)
        return found[key]

    return keep
