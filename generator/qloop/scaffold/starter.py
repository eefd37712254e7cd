"""A whole archive to start from (``qloop init``): settings, catalogue, workflows, one example of each kind.

The files lie in ``archive/``: ``common/`` and one folder a language. ``dot-`` in a name stands for the
dot (a real ``.gitignore`` would act on this repository), ``{name}`` in paths and ``[[ name ]]`` in texts are
filled in, so that the example's story ends shortly before the day on which it is written.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping
from pathlib import Path

from qloop import __version__
from qloop.texts import load

FILES = Path(__file__).parent / "archive"
HOOK = Path(__file__).parents[1] / "publish" / "defaults" / "publish.py"
_MARK = re.compile(r"\[\[ (\w+) \]\]")

_STORY = {
    "first_release": 400, "before_from": 210, "opened": 140, "contained": 139, "trial": 122, "requested": 125,
    "approved": 118, "released": 115, "due": 110, "before_to": 106, "cut_in": 105, "after_to": 20,
    "verified": 15, "closed": 14, "review_due": -365,
}  # fmt: skip
"""The example's days, counted back from the day of init."""


def archive(folder: Path, day: dt.date, brand: str, language: str) -> list[Path]:
    """Write the archive into ``folder`` (which is made) and return the files, sorted."""
    site_name = load(language)("scaffold.site-name", brand=brand)
    # JSON strings are YAML strings, whatever a brand is called
    values = story(day) | {
        "brand": brand,
        "brand_quoted": json.dumps(brand, ensure_ascii=False),
        "site_name_quoted": json.dumps(site_name, ensure_ascii=False),
    }
    texts = {"hooks/publish.py": HOOK.read_text("utf-8")}
    for top in (FILES / "common", FILES / language):
        for source in (p for p in top.rglob("*") if p.is_file()):
            name = source.relative_to(top).as_posix().replace("dot-", ".").format_map(values)
            texts[name] = _filled(source.read_text("utf-8"), values)
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")
    return sorted(folder / name for name in texts)


def story(day: dt.date) -> dict[str, str]:
    """The days, ids and batches of the example, for an archive that is started on ``day``."""
    days = {name: day - dt.timedelta(days=back) for name, back in _STORY.items()}
    monday = day - dt.timedelta(days=day.weekday() + 7)
    year, number, _ = monday.isocalendar()
    opened = days["opened"].isocalendar()
    return {
        **{name: value.isoformat() for name, value in days.items()},
        "issue": f"QI-{days['opened']:%y%m%d}-7KD",
        "issue_year": f"{days['opened']:%Y}",
        "change": f"PC-{days['requested']:%y%m%d}-M2Q",
        "change_year": f"{days['requested']:%Y}",
        "opened_week": f"{opened.year}-W{opened.week:02}",
        "week": f"{year}-W{number:02}",
        "week_year": str(year),
        "week_number": str(number),
        "week_from": monday.isoformat(),
        "week_to": (monday + dt.timedelta(days=6)).isoformat(),
        "sku": "CAP-01",
        "old_batch": f"KN{days['before_to']:%y%m}",
        "new_batch": f"KN{days['cut_in'] + dt.timedelta(days=31):%y%m}",
        "version": __version__,
    }


def _filled(text: str, values: Mapping[str, str]) -> str:
    return _MARK.sub(lambda mark: values[mark[1]], text)
