"""The one error of a report that cannot be imported: where, and which text says why."""

from __future__ import annotations

from qloop.texts import Texts


class BadReport(Exception):
    """``key`` is a text of ``imports.error``; ``line`` counts from 1, 0 where the whole file is meant."""

    def __init__(self, key: str, file: str = "", line: int = 0, **values: object) -> None:
        super().__init__(key)
        self.key, self.file, self.line, self.values = key, file, line, values

    def at(self, file: str, line: int) -> BadReport:
        """The same error with its place, for pieces that know only a cell."""
        return BadReport(self.key, file, line, **self.values)

    def in_words(self, texts: Texts) -> str:
        place = f"{self.file}:{self.line}: " if self.line else f"{self.file}: " if self.file else ""
        return place + texts(f"imports.error.{self.key}", **self.values)


def shown(value: str) -> str:
    """A cell as a message may repeat it: short, and not at all where it looks like customer data."""
    from qloop.privacy import find

    if any(find(value)):
        return "…"
    return value if len(value) <= 24 else value[:23] + "…"
