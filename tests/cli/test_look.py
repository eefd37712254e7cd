"""``qloop show``, ``schema`` and ``rules``."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from qloop.cli.words import environment_language
from qloop.rules import all_rules
from qloop.schema import MODELS, schema
from qloop.texts import load
from tests.cli.conftest import Run, issue_of, outside, spoil


@pytest.mark.parametrize("change", [str.lower, str.upper, lambda id: f" {id} "])
def test_show_a_record_in_any_case(run: Run, archive: Path, change: object) -> None:
    id = issue_of(archive).stem
    result = run("show", change(id), "--root", archive)  # type: ignore[operator]
    assert result.exit_code == 0
    for text in (
        id,
        "帽围偏小",
        "已关闭",
        "尺码偏小",
        "FAQ-cap-too-tight",
        "针织帽 帽围作业指导书",
        "换线后首件测帽围",
    ):
        assert text in result.stdout


def test_show_links_and_backlinks(run: Run, archive: Path) -> None:
    shown = run("show", "SOP-KNIT-001", "--root", archive).stdout
    links, back = shown.split("\n引用\n")[1].split("\n被引用\n")
    assert "QI-" in links
    assert "FAQ-cap-too-tight" not in links
    assert "FAQ-cap-too-tight" in back


def test_show_an_alias(run: Run, archive: Path) -> None:
    spoil(issue_of(archive), "owner: qc", "owner: qc\naliases: [AG-0012]")
    assert issue_of(archive).stem in run("show", "ag-0012", "--root", archive).stdout


@pytest.mark.parametrize(("id", "text"), [("cap-01", "针织保暖帽"), ("KNIT-1", "一号针织厂")])
def test_show_products_and_factories(run: Run, archive: Path, id: str, text: str) -> None:
    result = run("show", id, "--root", archive)
    assert text in result.stdout
    assert issue_of(archive).stem in result.stdout


def test_show_an_unknown_id(run: Run, archive: Path) -> None:
    result = run("show", "SOP-KNIT-002", "--root", archive)
    assert result.exit_code == 1
    assert "SOP-KNIT-001" in result.stderr


def test_show_what_is_wrong_with_it(run: Run, archive: Path) -> None:
    spoil(
        archive / "faq" / "FAQ-cap-too-tight.md",
        "en: [too tight, gives me a headache, runs small]",
        "en: [tight]",
    )
    assert "wording/aliases" in run("show", "FAQ-cap-too-tight", "--root", archive).stdout


@pytest.mark.parametrize("kind", MODELS)
def test_schema_is_json_schema_with_a_relative_id(run: Run, kind: str) -> None:
    shown = json.loads(run("schema", kind).stdout)
    assert shown["$schema"].endswith("/draft/2020-12/schema")
    assert shown["$id"] == f"{kind}.json"
    assert shown["description"]
    assert shown["title"]


def test_schema_says_how_dates_weeks_and_durations_look() -> None:
    issue = schema("issue")
    patterns = {
        "opened": issue["properties"]["opened"]["pattern"],
        "week": issue["$defs"]["Occurrence"]["properties"]["week"]["pattern"],
        "respond": schema("settings")["$defs"]["ServiceLevel"]["properties"]["respond"]["pattern"],
    }
    for good in ({"opened": "2026-08-03", "week": "2026-W31", "respond": "15m"},):
        assert all(re.search(patterns[k], v, re.ASCII) for k, v in good.items())
    for bad in ({"opened": "2026-8-3", "week": "2026-31", "respond": "15 min"},):
        assert not any(re.search(patterns[k], v, re.ASCII) for k, v in bad.items())
    assert re.search(issue["properties"]["id"]["pattern"], "QI-260803-7KD")
    assert not re.search(issue["properties"]["id"]["pattern"], "xQI-260803-7KD")


def test_schema_allows_blanks_only_where_nothing_is_required() -> None:
    issue = schema("issue")
    for name, field in issue["properties"].items():
        blank = {"type": "null"} in field.get("anyOf", [])
        assert blank is (name not in issue["required"]), name


def test_schema_speaks_the_readers_language() -> None:
    worded = schema("issue", load("zh"))
    assert worded["properties"]["root_cause"]["title"] == "根本原因"
    assert "D3" in worded["properties"]["containment"]["description"]
    assert schema("issue", load("en"))["properties"]["owner"]["title"] == "Owner"


def test_references_name_their_kind() -> None:
    assert schema("issue")["properties"]["owner"]["x-qloop-ref"] == "department"


def test_rules_are_listed_with_titles(run: Run) -> None:
    lines = run("rules").stdout.splitlines()
    assert [line.split()[0] for line in lines] == list(all_rules())
    assert all(len(line.split()) >= 3 for line in lines)


def test_rules_as_json_and_markdown() -> None:
    rows = json.loads(outside("rules", "--format", "json", LC_ALL="zh_CN.UTF-8").stdout)
    assert {r["id"] for r in rows} == set(all_rules())
    assert all(r["about"] == load("zh")(f"rules.{r['id']}.about") for r in rows)
    assert all(r["title"] and r["severity"] in ("error", "warning") for r in rows)
    chapters = outside("rules", "--format", "markdown", LC_ALL="zh_CN.UTF-8").stdout
    assert chapters.count("\n## ") == len(rows) - 1
    assert all(r["about"] in chapters for r in rows)


def test_one_rule_with_its_samples(run: Run) -> None:
    shown = run("rules", "identity/file-name").stdout
    assert load(environment_language())("rules.identity/file-name.about") in shown
    assert "id: QI-260803-7KE" in shown
    assert "id: QI-260803-7KD" in shown


def test_an_unknown_rule_names_the_nearest(run: Run) -> None:
    result = run("rules", "identity/filename")
    assert result.exit_code == 1
    assert "identity/file-name" in result.stderr
