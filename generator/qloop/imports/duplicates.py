"""The same row twice through overlapping files counts once; two equal rows of one file are two units."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable


class Duplicates:
    """Keys are kept as 64-bit hashes, in memory only: they come from order ids."""

    def __init__(self) -> None:
        self._units: set[int] = set()
        self._before: dict[int, int] = {}
        self._here: Counter[int] = Counter()

    def unit(self, number: Hashable) -> bool:
        """Whether a unit with a number of its own has been seen."""
        key = hash(number)
        if key in self._units:
            return True
        self._units.add(key)
        return False

    def row(self, key: Hashable) -> bool:
        """Whether an earlier file has had this row as often as this file has it by now."""
        number = hash(key)
        self._here[number] += 1
        return self._here[number] <= self._before.get(number, 0)

    def next_file(self) -> None:
        for key, count in self._here.items():
            self._before[key] = max(count, self._before.get(key, 0))
        self._here.clear()
