"""What other stages ask of a record most often, taken from it once and remembered with it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from qloop.read.parse import Document
from qloop.records.ids import fold
from qloop.records.kinds import KINDS, Record
from qloop.records.references import references

_IDS = "|".join(k.pattern.pattern for k in KINDS.values() if k.name != "review")
_REVIEW = KINDS["review"].pattern.pattern
MENTIONED = re.compile(
    # a week stands in many texts; only where a link leads to it is it a review's id
    rf"(?<![A-Za-z0-9-])(?:{_IDS})(?![A-Za-z0-9-])|(?<=[/(])(?:{_REVIEW})(?![A-Za-z0-9-])",
    re.IGNORECASE | re.ASCII,
)
"""Whatever in a text may become a link to a record."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class Traits(NamedTuple):
    """Plain values only: they are kept as a row of the store.

    ``facts``: digest of the fields, and of whether there is a body; ``refs``: references as JSON; ``near``:
    folded ids of records that it refers to; ``named``: folded ids that its text mentions; ``aliases``: numbers
    of an earlier system; ``days``: every day that it names, in order; ``waits``: the first day after which it
    is late, or ""; ``status_line``: line of its status, 0 without; ``files``: its attachments; ``has_body``:
    1 or 0. Lists are JSON.
    """

    facts: str
    refs: str
    near: str
    named: str
    aliases: str
    days: str
    waits: str
    status_line: int
    files: str
    has_body: int


def traits(record: Record, document: Document) -> Traits:
    """The traits of a record that has just been read."""
    found = [(r.path, r.kind, r.value) for r in references(record)]
    near = dict.fromkeys(fold(value) for _, kind, value in found if kind in KINDS)
    mentioned = dict.fromkeys(fold(match[0]) for match in MENTIONED.finditer(document.source.text))
    own = fold(record.id)
    aliases = getattr(record, "aliases", ())
    fields = {key: value for key, value in document.data.items() if key != "body"}
    has_body = bool(document.body.strip())
    return Traits(
        hashlib.sha256(text_of([fields, has_body]).encode()).hexdigest()[:32],
        text_of(found),
        text_of(list(near)),
        text_of([id for id in mentioned if id not in near and id != own]),
        text_of(list(aliases) if isinstance(aliases, tuple) else []),
        text_of(sorted(set(_DAY.findall(text_of(fields))))),
        min(_waits(document.data), default=""),
        document.place(("status",)).line if "status" in document.data else 0,
        text_of([one.file for one in record.attachments]),
        int(has_body),
    )


text_of: Callable[[Any], str] = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""JSON as rows of the store hold it; one encoder for all, since making one costs more than using it."""


def _waits(data: Mapping[str, Any]) -> Iterator[str]:
    """Days on which something unfinished is due: pages and messages count the days since."""
    for action in data.get("actions", ()):
        if isinstance(action, dict) and "due" in action and "done" not in action:
            yield str(action["due"])
    if "review_due" in data:
        yield str(data["review_due"])
