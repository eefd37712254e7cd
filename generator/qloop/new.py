"""Start a record: an id that is free, defaults that pass the check, a file that was not there before."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from qloop.nearest import nearest
from qloop.pipeline import Checked
from qloop.read.discover import record_paths
from qloop.records.ids import fold
from qloop.records.kinds import KINDS
from qloop.scaffold.record import template
from qloop.scaffold.starts import STARTS, CannotStart, Start, Wishes

__all__ = ["CannotStart", "Wishes", "create"]


def create(checked: Checked, kind: str, wishes: Wishes) -> Path:
    """Write the template of a new record and return its path; raises CannotStart, never overwrites."""
    _known("category", wishes.category, [c.id for c in checked.archive.settings.categories])
    _known("factory", wishes.factory, checked.archive.catalog.factories)
    for sku in wishes.products:
        _known("product", sku, checked.archive.catalog.products)
    start = Start(wishes, checked.archive, checked.texts, wishes.day or checked.today, _taken(checked))
    values = {name: value for name, value in STARTS[kind](start).items() if value is not None}
    home = KINDS[kind]
    folder = checked.root / home.folder / (f"{start.day:%Y}" if home.by_year else "")
    path = folder / f"{values['id']}.md"
    if fold(str(values["id"])) in start.taken:
        raise CannotStart("exists", path=path)
    folder.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(template(kind, values, checked.archive, checked.texts, wishes.note))
    return path


def _known(what: str, value: str, options: Iterable[str]) -> None:
    if value and value not in (known := list(options)):
        guess = nearest(value, known)
        key = "unknown-nearest" if guess else "unknown"
        raise CannotStart(key, value=value, nearest=guess, options=" · ".join(known) or "-")


def _taken(checked: Checked) -> frozenset[str]:
    """Ids and aliases of the archive, and the names of record files, broken ones included."""
    names = [Path(path).stem for path in record_paths(checked.root)]
    for entry in checked.archive.entries:
        aliases = getattr(entry.record, "aliases", ())
        names += [entry.id, *(aliases if isinstance(aliases, tuple) else ())]
    return frozenset(map(fold, names))
