"""What a reader must know about a history that is not whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qloop.derive.history import History

if TYPE_CHECKING:
    from qloop.texts import Texts


def history_notice(history: History, texts: Texts) -> str:
    """Why the history is missing or cut off, with the setting that cures it, in the words of ``texts``.

    "" where it is whole, and where there is no git at all: an archive outside of git lacks nothing.
    """
    return "" if history.problem in ("", "no-git") else texts(f"indexes.history.{history.problem}")
