"""The cards of a published index, while records are taken out of them and put into them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from qloop.publish.search import cards
from qloop.publish.search.cards import Card
from qloop.publish.search.record import SearchRecord
from qloop.publish.search.rice import Damaged
from qloop.publish.search.shape import Shape


class CardTable:
    """The card files that an update touches, read when they are needed."""

    def __init__(self, old: Callable[[str], bytes | None], shape: Shape) -> None:
        self._old = old
        self._shape = shape
        self._files: dict[str, dict[int, Card]] = {}
        self._homes: Counter[int] = Counter()
        self._twin_of: dict[str, int] = {}

    def take(self, record: SearchRecord, returns: bool) -> int:
        """Take a record's card out; its number. `returns`: another state of the record is put in later.

        Raises Damaged when its card is not there to the letter, or when a twin would have to move up.
        """
        home = self._shape.home(record.name)
        file = self._file(home)
        wanted = cards.card(record)
        number = next((number for number, card in file.items() if card == wanted), None)
        if number is None or not (returns or self._homes[home] == 1):
            raise Damaged
        del file[number]
        if returns:
            self._twin_of[record.name] = self._shape.twin_of(number)
        return number

    def put(self, record: SearchRecord, length_class: int) -> int:
        """Put a record's card in; its number. Raises Damaged when a new record has a twin."""
        home = self._shape.home(record.name)
        file = self._file(home)
        if record.name not in self._twin_of:
            if self._homes[home]:
                raise Damaged
            self._homes[home] += 1
        number = self._shape.number(home, self._twin_of.get(record.name, 0), record.kind, length_class)
        file[number] = cards.card(record)
        return number

    def files(self) -> dict[str, bytes]:
        """The files as they are now."""
        return {name: cards.encode(known) for name, known in self._files.items()}

    def _file(self, home: int) -> dict[int, Card]:
        name = cards.file_name(home, self._shape)
        if name not in self._files:
            self._files[name] = cards.decode(self._old(name))
            self._homes.update(map(self._shape.home_of, self._files[name]))
        return self._files[name]
