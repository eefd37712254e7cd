"""What an import tells: rows read, counted and left out, weeks, and what somebody should look at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from qloop.imports.run import Outcome, Wishes
from qloop.records.settings import Settings
from qloop.texts import Texts

_MOST = 12


def said(outcome: Outcome, wishes: Wishes, settings: Settings, texts: Texts) -> Iterator[str]:
    """Line by line, in the archive's language."""
    tally = outcome.tally

    def say(key: str, **values: object) -> str:
        return texts(f"imports.{key}", **values)

    yield say("rows", rows=tally.rows, counted=tally.counted, first=outcome.first, last=outcome.last)
    for why, rows in sorted(tally.left_out.items()):
        yield say("left-out-line", rows=rows, why=texts[f"imports.left-out.{why}"])
    for fate in ("new", "replaced", "added", "kept"):
        if weeks := outcome.planned.weeks.get(fate):
            yield say(f"weeks.{fate}", count=len(weeks), weeks=_list(weeks, texts))
    if tally.unknown_columns:
        yield say("unknown-columns", names=_list(tally.unknown_columns, texts))
    if tally.unknown_reasons:
        yield say("unknown-reasons", names=_list(_counted(tally.unknown_reasons.most_common()), texts))
    if tally.unknown_skus:
        key = "skus-added" if wishes.add_products else "unknown-skus"
        yield say(key, names=_list(sorted(tally.unknown_skus), texts))
    if tally.suggestions:
        shown = ((settings.category_label(id), n) for id, n in tally.suggestions.most_common())
        yield say("suggestions", names=_list(_counted(shown), texts))
    files = sorted(outcome.planned.files)
    if not files:
        yield say("unchanged")
    else:
        yield say("would-write" if wishes.dry_run else "written", count=len(files), files=_list(files, texts))


def _counted(pairs: Iterable[tuple[str, int]]) -> list[str]:
    return [f"{name} ×{count}" for name, count in pairs]


def _list(names: Iterable[str], texts: Texts) -> str:
    names = list(names)
    more = texts("imports.more", count=len(names) - _MOST) if len(names) > _MOST else ""
    return str(texts["imports.and"]).join(names[:_MOST]) + more
