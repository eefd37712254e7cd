"""The page of rules: what `qloop check` asks of a record, with a bad and a good sample each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup, escape

from qloop.pages.page import Draft, Page, draft
from qloop.pages.site import Site
from qloop.pages.templates import quiet, render
from qloop.rules import all_rules
from qloop.rules.base import Rule

_CODE = re.compile("`(.+?)`")


@dataclass(frozen=True, slots=True)
class Family:
    key: str
    title: str
    rules: tuple[tuple[Rule, str, Markup], ...]
    """Each rule with its title in the site's language and what it asks and why."""


def families(site: Site) -> tuple[Family, ...]:
    """The rules by the first part of their ids, in the order of the catalogue."""
    groups: dict[str, list[tuple[Rule, str, Markup]]] = {}
    for rule in all_rules().values():
        title = site.texts(f"rules.{rule.id}.title")
        groups.setdefault(rule.family, []).append((rule, title, coded(site.texts(f"rules.{rule.id}.about"))))
    names = site.texts["indexes.rules.families"]
    return tuple(Family(key, str(names.get(key, key)), tuple(found)) for key, found in groups.items())


def coded(text: str) -> Markup:
    """A text with its backticks as code."""
    return Markup(_CODE.sub(r"<code>\1</code>", quiet(str(escape(text)))))


def rule_pages(site: Site) -> Iterator[Draft]:
    """``rules.md``: the same for every archive but for what its settings relax."""
    yield draft(_page, site, "rules.md")


def _page(site: Site, uri: str) -> Page:
    found = families(site)
    count = sum(len(f.rules) for f in found)
    meta = {"title": site.texts("indexes.rules.title"),
            "description": site.texts("indexes.rules.description", count=count)}  # fmt: skip
    relaxed = site.archive.settings.gates
    return render(site, "rules.md.j2", uri, meta, families=found, count=count, relaxed=relaxed)
