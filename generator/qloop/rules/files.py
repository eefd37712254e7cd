"""Files as they are found: reported by ``read.discover`` and ``read.parse`` before a record exists."""

from __future__ import annotations

from qloop.rules.base import reading_rule


@reading_rule("file/missing")
def missing() -> None:
    """An archive has a qloop.yml: without settings nothing else can be said."""


@reading_rule("file/not-a-file")
def not_a_file() -> None:
    """What is named like a record is a plain file, not a folder and not a link to nothing."""


@reading_rule("file/outside")
def outside() -> None:
    """A record file lies inside the archive; a symbolic link out of it is not read.

    Source: CWE-59, link following.
    """


@reading_rule("file/too-large")
def too_large() -> None:
    """A record has at most 1 MB: it is a page of text; dumps and pictures are attachments."""


@reading_rule("file/unreadable")
def unreadable() -> None:
    """The reader may open every record file."""


@reading_rule("file/binary")
def binary() -> None:
    """A record is text; a picture or a spreadsheet with the suffix of a record is not."""


@reading_rule("file/encoding")
def encoding() -> None:
    """Text is UTF-8, with or without a byte-order mark; GBK and GB18030 are recognised and named.

    Source: RFC 3629 (UTF-8); YAML 1.2, 5.2 Character encodings.
    """


@reading_rule("file/empty")
def empty() -> None:
    """A record file holds something.

    Bad::

        # raw faq/FAQ-empty.md

    Good::

        # faq/FAQ-filled.md
        title: 帽子太紧
    """


@reading_rule("file/no-front-matter")
def no_front_matter() -> None:
    """A Markdown record starts with a line ``---``: its fields come first.

    Bad::

        # raw faq/FAQ-plain.md
        # 帽子太紧
        先量头围。

    Good::

        # faq/FAQ-plain.md
        title: 帽子太紧
    """


@reading_rule("file/unclosed-front-matter")
def unclosed_front_matter() -> None:
    """The fields of a Markdown record end with a second line ``---``.

    Bad::

        # raw faq/FAQ-unclosed.md
        ---
        id: FAQ-unclosed
        title: 帽子太紧

    Good::

        # faq/FAQ-unclosed.md
        title: 帽子太紧
    """
