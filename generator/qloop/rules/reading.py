"""What the reading stages report by themselves: files, YAML, schema, feedback tables."""

from __future__ import annotations

from qloop.rules.base import reading_rule


@reading_rule("file/empty")
def empty() -> None:
    """A record file holds something.

    Bad::

        # raw issues/2026/QI-260803-7KD.md
    """
