"""Every error has its words in both languages, filled in alike."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import qloop
from qloop.imports.kinds import NAMES
from qloop.texts import LANGUAGES, load

CODE = Path(qloop.__file__).parent


def flat(tree: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, frozenset[str | None]]]:
    for key, value in tree.items():
        if isinstance(value, Mapping):
            yield from flat(value, f"{prefix}{key}.")
        else:
            yield prefix + key, frozenset(name for _, name, _, _ in string.Formatter().parse(value) if name)


def test_languages_say_the_same() -> None:
    first, *others = (dict(flat(load(language)["imports"])) for language in LANGUAGES)
    assert others == [first]


def test_every_error_has_words_and_every_text_is_used() -> None:
    files = [*(CODE / "imports").glob("*.py"), CODE / "cli" / "import_.py"]
    code = "\n".join(path.read_text("utf-8") for path in files)
    raised = set(re.findall(r'BadReport\(\s*"([a-z-]+)"', code)) | set(
        re.findall(r'"(map-(?:unknown|missing))"', code)
    )
    assert raised == set(load("zh")["imports.error"])


def test_command_knows_the_kinds() -> None:
    from qloop.cli.import_ import import_

    choice = next(p for p in import_.params if p.name == "kind").type
    assert tuple(choice.choices) == NAMES  # type: ignore[attr-defined]
