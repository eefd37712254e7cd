"""Fields of a record: reported by ``read.validate`` from the models of ``records``."""

from __future__ import annotations

from qloop.rules.base import reading_rule


@reading_rule("schema/missing")
def missing() -> None:
    """Every required field is there; a field without a value counts as absent.

    Bad::

        owner:

    Good::

        owner: supply-chain
    """


@reading_rule("schema/unknown-key")
def unknown_key() -> None:
    """Every key is a field of its record; what only one category needs goes under ``details``.

    Bad::

        sevrity: major

    Good::

        severity: major
    """


@reading_rule("schema/choice")
def choice() -> None:
    """A field with fixed choices holds the id of one; a label or a known synonym is rewritten by ``--fix``.

    Bad::

        status: 已验收

    Good::

        status: verified
    """


@reading_rule("schema/type")
def type_() -> None:
    """Dates, weeks, numbers, lists and texts are what they claim to be; a day exists in the calendar.

    Bad::

        opened: 2026-02-30

    Good::

        opened: 2026-08-03

    Source: ISO 8601-1 (dates and weeks).
    """
