"""A mapping whose values are made when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Generic, TypeVar

V = TypeVar("V")


class Lazy(Mapping[str, V], Generic[V]):
    """Known keys, each value computed once by ``make(key)``; again every time where it is not to be kept here."""

    def __init__(self, keys: Collection[str], make: Callable[[str], V], keep: bool = True) -> None:
        self._keys = keys
        self._make = make
        self._keep = keep
        self._made: dict[str, V] = {}

    def __getitem__(self, key: str) -> V:
        if key not in self._made:
            if key not in self._keys:
                raise KeyError(key)
            if not self._keep:
                return self._make(key)
            self._made[key] = self._make(key)
        return self._made[key]

    def __contains__(self, key: object) -> bool:
        return key in self._keys

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)
