"""Write the safe rewrites that diagnostics carry: ids for labels, names of keys, pictures without a place."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from qloop.atomic import replace_file
from qloop.diagnostics import Diagnostic, Fix, Place
from qloop.read.yaml import load

_LINE_END = re.compile(r"\r\n|\r|\n")
_TOKEN_END = re.compile(r"\s|[,\]}:#]|$")


def apply(root: Path, diagnostics: Iterable[Diagnostic]) -> int:
    """Apply every fix whose place still holds what it replaces; how many were applied.

    Files are replaced at once, keeping line ends and byte-order mark. Raises OSError where a file cannot be
    written.
    """
    rewrites: dict[str, dict[Place, Fix]] = defaultdict(dict)
    pictures: set[Path] = set()
    for one in diagnostics:
        if one.fix and one.fix.strip:
            pictures.add((root / one.place.path).parent / one.fix.old)
        elif one.fix:
            rewrites[one.place.path].setdefault(one.place, one.fix)
    applied = sum(_rewrite(root / path, fixes) for path, fixes in rewrites.items())
    return applied + sum(_strip(root, picture) for picture in pictures)


def _strip(root: Path, picture: Path) -> bool:
    from qloop.pictures import strip_location

    inside = picture.resolve().is_relative_to(root.resolve())
    return inside and picture.is_file() and strip_location(picture)


def _rewrite(file: Path, fixes: dict[Place, Fix]) -> int:
    """Apply the fixes of one file, from its end backwards so that places before stay right."""
    try:
        before = file.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return 0
    text, applied = before, 0
    for place in sorted(fixes, reverse=True):
        changed = rewritten(text, place, fixes[place])
        if changed is not None:
            text, applied = changed, applied + 1
    if text != before:
        replace_file(file, text.encode("utf-8"))
    return applied


def rewritten(text: str, place: Place, fix: Fix) -> str | None:
    """``text`` with ``fix.new`` for ``fix.old`` at ``place``, plain or quoted; None when it is not there."""
    at = offset(text, place)
    if at is None:
        return None
    quote = text[at : at + 1] if text[at : at + 1] in ("'", '"') else ""
    old = f"{quote}{fix.old}{quote}"
    end = at + len(old)
    if not fix.old or not text.startswith(old, at) or not (quote or _TOKEN_END.match(text, end)):
        return None
    return text[:at] + (_plain(fix.new) if not quote else _quoted(fix.new, quote)) + text[end:]


def offset(text: str, place: Place) -> int | None:
    """Where line and column of ``place`` are in ``text``, whatever its line ends; None beyond its end."""
    starts = [len(text) - len(text.removeprefix("\ufeff")), *(m.end() for m in _LINE_END.finditer(text))]
    if place.line > len(starts):
        return None
    at = starts[place.line - 1] + place.column - 1
    return at if at <= len(text) else None


def _plain(value: str) -> str:
    """A value as it stands in YAML without quotes, or in quotes where it needs them."""
    read, _, problems = load(f"[{value}]")
    return value if read == [value] and not problems else _quoted(value, '"')


def _quoted(value: str, quote: str) -> str:
    return json.dumps(value, ensure_ascii=False) if quote == '"' else "'" + value.replace("'", "''") + "'"
