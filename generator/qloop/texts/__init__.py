"""Every text that a reader sees, by language: ``texts/<language>/<namespace>.yml``."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

LANGUAGES = ("zh", "en")


class Texts(Mapping[str, Any]):
    """One language's catalogue: ``texts["pages.home.title"]`` or ``texts("rules.…", value=…)`` filled in.

    ``namespace.key.key`` reaches into the file ``namespace.yml``; a missing key raises KeyError, so that a
    test or the first build finds it.
    """

    def __init__(self, language: str, tree: Mapping[str, Any]) -> None:
        self.language = language
        self._tree = tree
        self._found: dict[str, Any] = {}

    def __getitem__(self, key: str) -> Any:
        if key not in self._found:
            self._found[key] = self._find(key)
        return self._found[key]

    def _find(self, key: str) -> Any:
        node: Any = self._tree
        for part in key.split("."):
            if not isinstance(node, Mapping) or part not in node:
                raise KeyError(f"no text {key!r} in language {self.language!r}")
            node = node[part]
        return node

    def __iter__(self) -> Iterator[str]:
        return iter(self._tree)

    def __len__(self) -> int:
        return len(self._tree)

    def __call__(self, key: str, /, **values: object) -> str:
        text = self[key]
        if not isinstance(text, str):
            raise KeyError(f"{key!r} is a group of texts, not a text")
        return text.format_map(values) if values else text

    def label(self, vocabulary: str, id: str | None) -> str:
        """The label of a vocabulary's id; the id itself where none is known."""
        labels = self["labels"].get(vocabulary, {})
        return str(labels.get(id, id or ""))


@functools.cache
def load(language: str) -> Texts:
    """The catalogue of ``language``.

    Raises KeyError for a language without a catalogue.
    """
    if language not in LANGUAGES:
        raise KeyError(language)
    folder = Path(__file__).parent / language
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    tree = {p.stem: yaml.load(p.read_text("utf-8"), loader) for p in sorted(folder.glob("*.yml"))}
    return Texts(language, tree)
