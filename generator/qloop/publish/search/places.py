"""Where a record says a word: the small number beside it in the index, by which results are put in order.

`theme/assets/search-index.js` reads the same numbers: change both together.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from qloop.publish.search.record import SearchRecord
from qloop.publish.search.terms import facet, identity, occurrences, terms

ONCE, OFTEN, VERY_OFTEN = 0, 1, 2
"""In the text only: once, two or three times, more often. Also of tokens that no reader types."""
ALIAS, TITLE, TITLE_START, ID = 3, 4, 5, 6
LENGTH_CLASSES = 8


@dataclass(frozen=True, slots=True)
class Words:
    """The tokens of a record with the best place of each, and how many there are in all, repeats included."""

    places: dict[str, int]
    length: int

    def length_class(self) -> int:
        """0 below 16 tokens, 1 below 32, 2 below 64 … 7 from 1024 on."""
        return min((self.length // 16).bit_length(), LENGTH_CLASSES - 1)


def words(record: SearchRecord) -> Words:
    """Everything under which a record is found."""
    text = Counter(occurrences(record.text))
    title = terms(record.title)
    names = [terms(alias) for alias in record.aliases]
    own = terms(record.id)
    places = {token: _often(count) for token, count in text.items()}
    places |= dict.fromkeys((token for name in names for token in name), ALIAS)
    places |= dict.fromkeys(title, TITLE) | dict.fromkeys(title[:1], TITLE_START)
    places |= dict.fromkeys(own, ID) | dict.fromkeys(_unseen(record), ONCE)
    length = text.total() + len(title) + len(own) + sum(map(len, names))
    return Words(places, length)


def _often(count: int) -> int:
    return ONCE if count == 1 else OFTEN if count < 4 else VERY_OFTEN


def _unseen(record: SearchRecord) -> list[str]:
    # no facet of the kind: the document's number in the index tells it
    facets = [facet(key, value) for key, value in record.filters.items() if value and key != "kind"]
    return [token for name in (record.id, *record.aliases) if (token := identity(name))] + facets
