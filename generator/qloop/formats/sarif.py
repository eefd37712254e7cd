"""For code scanning: SARIF 2.1.0 (OASIS standard, 2020)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from qloop import __version__
from qloop.diagnostics import Diagnostic, Place
from qloop.formats.report import Report, fingerprints, sentence
from qloop.texts import Texts

if TYPE_CHECKING:
    from qloop.rules.base import Rule

_BASE = "%SRCROOT%"


def render(report: Report) -> str:
    from qloop.rules import all_rules

    known = all_rules()
    used = {one.rule: one.severity for one in report.diagnostics}
    ids = sorted(known.keys() | used.keys())
    levels = {id: known[id].severity if id in known else used[id] for id in ids}
    rules = [_rule(report.texts, id, levels[id], known.get(id)) for id in ids]
    index = {id: i for i, id in enumerate(ids)}
    run = {
        "tool": {"driver": {"name": "qloop", "semanticVersion": __version__, "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_BASE: {"description": {"text": "The top of the repository."}}},
        "results": [_result(report, one, index, print) for one, print in fingerprints(report)],
    }
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _rule(texts: Texts, id: str, level: str, rule: Rule | None) -> dict[str, Any]:
    words: Mapping[str, str] = texts["rules"].get(id, {})
    title = words.get("title", id)
    about = words.get("about", title)
    return {
        "id": id,
        "shortDescription": {"text": title},
        "fullDescription": {"text": about},
        "help": {"text": "\n\n".join([about, *_samples(texts, rule)])},
        "defaultConfiguration": {"level": level},
    }


def _samples(texts: Texts, rule: Rule | None) -> Iterator[str]:
    for which, key in (("Bad", "cli.rules.bad"), ("Good", "cli.rules.good")):
        if rule and (sample := rule.sample(which)):
            yield f"{texts(key)}\n\n{sample}"


def _result(report: Report, one: Diagnostic, index: Mapping[str, int], fingerprint: str) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": one.rule,
        "ruleIndex": index[one.rule],
        "level": one.severity,
        "message": {"text": sentence(one)},
        "locations": [_location(report, one.place)],
        "partialFingerprints": {"qloopFinding/v1": fingerprint},
    }
    if one.related:
        result["relatedLocations"] = [_location(report, place) for place in one.related]
    return result


def _location(report: Report, place: Place) -> dict[str, Any]:
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": quote(report.prefix + place.path), "uriBaseId": _BASE},
            "region": {"startLine": place.line, "startColumn": place.column},
        }
    }
