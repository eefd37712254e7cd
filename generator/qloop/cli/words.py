"""The command line's own words: the environment's language, or an archive's once it is known."""

from __future__ import annotations

import functools
import os
from pathlib import Path

from qloop.texts import Texts

_FOLDER = Path(__file__).parents[1] / "texts"


def environment_language() -> str:
    """``zh`` or ``en``, by the first of LC_ALL, LC_MESSAGES, LANG that is set (POSIX order)."""
    value = next((v for v in map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG")) if v), "")
    return "zh" if value.lower().startswith("zh") else "en"


@functools.cache
def words(language: str | None = None) -> Texts:
    """The namespace ``cli`` alone: ``qloop --help`` does not wait for the whole catalogue."""
    import yaml

    language = language or environment_language()
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    tree = yaml.load((_FOLDER / language / "cli.yml").read_text("utf-8"), loader)
    return Texts(language, {"cli": tree})


def say(key: str, /, **values: object) -> str:
    """A text of ``cli.yml`` in the environment's language."""
    return words()(f"cli.{key}", **values)
