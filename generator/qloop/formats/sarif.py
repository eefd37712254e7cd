"""For code scanning: SARIF 2.1.0 (OASIS standard, 2020)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from qloop import __version__
from qloop.diagnostics import Diagnostic, Place
from qloop.formats.report import Report, fingerprints, sentence
from qloop.texts import Texts

_BASE = "%SRCROOT%"


def render(report: Report) -> str:
    from qloop.rules import all_rules

    known = all_rules()
    used = {one.rule: one.severity for one in report.diagnostics}
    ids = sorted(known.keys() | used.keys())
    docs = {id: known[id].doc if id in known else "" for id in ids}
    levels = {id: known[id].severity if id in known else used[id] for id in ids}
    rules = [_rule(report.texts, id, levels[id], docs[id]) for id in ids]
    index = {id: i for i, id in enumerate(ids)}
    run = {
        "tool": {"driver": {"name": "qloop", "semanticVersion": __version__, "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_BASE: {"description": {"text": "The top of the repository."}}},
        "results": [_result(report, one, index, print) for one, print in fingerprints(report)],
    }
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _rule(texts: Texts, id: str, level: str, doc: str) -> dict[str, Any]:
    try:
        title = texts(f"rules.{id}.title")
    except KeyError:
        title = doc.split("\n")[0] or id
    return {
        "id": id,
        "shortDescription": {"text": title},
        "fullDescription": {"text": doc.split("\n\n")[0].replace("\n", " ") or title},
        "help": {"text": doc or title},
        "defaultConfiguration": {"level": level},
    }


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
