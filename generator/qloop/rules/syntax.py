"""YAML as it is written: reported by ``read.yaml``, which reads a strict part of YAML 1.2."""

from __future__ import annotations

from qloop.rules.base import reading_rule


@reading_rule("yaml/syntax")
def syntax() -> None:
    """The fields are well-formed YAML.

    Bad::

        # raw faq/FAQ-broken.yml
        id: FAQ-broken
        title: [帽子太紧

    Good::

        # raw faq/FAQ-broken.yml
        id: FAQ-broken
        title: "[帽子太紧"

    Source: YAML 1.2.
    """


@reading_rule("yaml/tab")
def tab() -> None:
    """Indentation is made of blanks.

    Bad::

        # raw faq/FAQ-tab.yml
        id: FAQ-tab
        authority:
        «tab»max_refund: 500

    Good::

        # raw faq/FAQ-tab.yml
        id: FAQ-tab
        authority:
          max_refund: 500

    Source: YAML 1.2, 6.1 Indentation spaces.
    """


@reading_rule("yaml/character")
def character() -> None:
    """Text holds no control characters: they come from copying out of other programs and cannot be seen.

    Bad::

        # raw faq/FAQ-bell.yml
        id: FAQ-bell
        title: 帽子«bell»太紧

    Good::

        # raw faq/FAQ-bell.yml
        id: FAQ-bell
        title: 帽子太紧

    Source: YAML 1.2, 5.1 Character set.
    """


@reading_rule("yaml/several-documents")
def several_documents() -> None:
    """One file holds one record.

    Bad::

        # raw faq/FAQ-one.yml
        id: FAQ-one
        ---
        id: FAQ-two

    Good::

        # raw faq/FAQ-one.yml
        id: FAQ-one
    """


@reading_rule("yaml/too-large")
def too_large() -> None:
    """At most 20,000 values, 30 levels deep, aliases counted as often as they stand for something.

    Bad::

        # raw faq/FAQ-deep.yml
        title: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[帽子太紧]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]

    Good::

        # raw faq/FAQ-deep.yml
        title: [[[帽子太紧]]]

    Source: CWE-776, entity expansion ("billion laughs").
    """


@reading_rule("yaml/tag")
def tag() -> None:
    """Values carry no ``!tag``: a record is data, not a program.

    Bad::

        title: !!python/name:os.system 帽围过小，佩戴压头

    Good::

        title: 帽围过小，佩戴压头
    """


@reading_rule("yaml/comma")
def comma() -> None:
    """In braces a comma begins the next key: a text with a comma needs quotes, or its second half is lost.

    Bad::

        containment: {action: 停发在库 2,300 条, by: qc, on: 2026-08-04}

    Good::

        containment: {action: "停发在库 2,300 条", by: qc, on: 2026-08-04}
    """


@reading_rule("yaml/key")
def key() -> None:
    """A key is a word; a list or a mapping before the colon is usually a value that lacks quotes.

    Bad::

        # raw faq/FAQ-key.yml
        id: FAQ-key
        {{buyer_name}}: 买家称呼

    Good::

        # raw faq/FAQ-key.yml
        id: FAQ-key
        "{{buyer_name}}": 买家称呼
    """


@reading_rule("yaml/duplicate-key")
def duplicate_key() -> None:
    """A key stands once: of two values one would be lost silently.

    Bad::

        # raw faq/FAQ-twice.yml
        id: FAQ-twice
        title: 帽子太紧
        title: 帽围偏小

    Good::

        # raw faq/FAQ-twice.yml
        id: FAQ-twice
        title: 帽子太紧 / 帽围偏小

    Source: YAML 1.2, 3.2.1.1 Nodes (keys are unique).
    """


@reading_rule("yaml/not-a-mapping")
def not_a_mapping() -> None:
    """A record is made of lines ``key: value``.

    Bad::

        # raw faq/FAQ-list.yml
        - 帽子太紧

    Good::

        # raw faq/FAQ-list.yml
        title: 帽子太紧
    """


@reading_rule("yaml/not-a-list")
def not_a_list() -> None:
    """A file of the catalogue is a list.

    Bad::

        # raw catalog/factories.yml
        ningbo-knit: 宁波针织厂

    Good::

        # raw catalog/factories.yml
        - {id: ningbo-knit, name: 宁波针织厂}
    """
