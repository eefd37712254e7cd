"""The card files: what a result shows, and what an update must know of a record to take it out again."""

from __future__ import annotations

import json
import re

from qloop.publish.search.chunks import seal, unseal
from qloop.publish.search.record import SearchRecord
from qloop.publish.search.rice import Damaged
from qloop.publish.search.shape import Shape

SENTENCE_END = re.compile(r"(?<=[。！？!?；])|(?<=\.)\s|\n")
EXCERPT_LENGTH = 90  # characters: two lines of the drop-down

Card = list[object]
"""id, kind, address, title, excerpt, status, language, aliases, digest of the record."""


def file_name(home: int, shape: Shape) -> str:
    return f"cards/{home % shape.card_files:x}.bin"


def card(record: SearchRecord) -> Card:
    return [
        record.id, record.kind, record.url, record.title, excerpt(record.text), record.status, record.language,
        list(record.aliases), f"{record.digest:016x}",
    ]  # fmt: skip


def encode(cards: dict[int, Card]) -> bytes:
    """A card file: a JSON object of cards by document number, behind its checksum."""
    ordered = {str(number): cards[number] for number in sorted(cards)}
    return seal(json.dumps(ordered, ensure_ascii=False, separators=(",", ":")).encode())


def decode(data: bytes | None) -> dict[int, Card]:
    """The cards of a file. Raises Damaged, also for a file that is missing."""
    try:
        return {int(number): one for number, one in json.loads(unseal(data)).items()}
    except (ValueError, AttributeError):
        raise Damaged from None


def excerpt(text: str) -> str:
    """The first sentence of a text, cut at 90 characters."""
    first = next((part.strip() for part in SENTENCE_END.split(text) if part.strip()), "")
    return first if len(first) <= EXCERPT_LENGTH else first[: EXCERPT_LENGTH - 1] + "…"
