"""Print diagnostics: one report, five ways. A new format is a module here and a line in ``FORMATS``."""

from __future__ import annotations

from collections.abc import Callable

from qloop.formats import github, gitlab, json, sarif, text
from qloop.formats.report import Report

FORMATS: dict[str, Callable[[Report], str]] = {
    "text": text.render,
    "json": json.render,
    "github": github.render,
    "gitlab": gitlab.render,
    "sarif": sarif.render,
}
MACHINE_READ = ("json", "gitlab", "sarif")
"""Formats that are always UTF-8 and never coloured, whatever the terminal."""

__all__ = ["FORMATS", "MACHINE_READ", "Report"]
