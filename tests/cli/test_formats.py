"""Each format against the document that defines it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from qloop.diagnostics import Diagnostic, Place
from qloop.formats import FORMATS, Report, github
from qloop.texts import load
from tests.cli.conftest import Run, issue_of, spoil

BAD = Diagnostic(
    Place("issues/2026/a,b.md", 3, 5), "error", "schema/type", "x[1]", "100% wrong: a\nb", "do | `this`",
    (Place("qloop.yml", 7, 1),),
)  # fmt: skip
WARNING = replace(BAD, severity="warning", rule="wording/vague")


def report(*diagnostics: Diagnostic, prefix: str = "", colour: bool = False) -> Report:
    return Report(diagnostics, load("en"), files=3, records=2, prefix=prefix, colour=colour)


def parsed(form: str, *diagnostics: Diagnostic, prefix: str = "") -> Any:
    return json.loads(FORMATS[form](report(*diagnostics, prefix=prefix)))


def test_json_is_what_the_contract_says() -> None:
    assert parsed("json", BAD) == {
        "diagnostics": [
            {
                "path": "issues/2026/a,b.md", "line": 3, "column": 5, "severity": "error",
                "rule": "schema/type", "field": "x[1]", "message": "100% wrong: a\nb", "hint": "do | `this`",
                "related": [{"path": "qloop.yml", "line": 7, "column": 1}],
            }
        ],
        "summary": {"errors": 1, "warnings": 0, "files": 3, "records": 2, "fixed": 0},
    }  # fmt: skip


def test_text_colours_only_when_asked() -> None:
    assert "\033[31m" in FORMATS["text"](report(BAD, colour=True))
    assert "\033" not in FORMATS["text"](report(BAD))


def test_github_escapes_data_and_properties() -> None:
    """GitHub, workflow commands: % CR LF in data; : and , in properties, too."""
    line = FORMATS["github"](report(BAD, prefix="sub/")).splitlines()[0]
    assert line == (
        "::error file=sub/issues/2026/a%2Cb.md,line=3,col=5,title=schema/type::"
        "x[1]: 100%25 wrong: a%0Ab; do | `this`"
    )


def test_github_shows_ten_of_each_and_says_how_many_more() -> None:
    errors = [replace(BAD, place=Place("a.md", i)) for i in range(1, 14)]
    warnings = [replace(WARNING, place=Place("a.md", i)) for i in range(1, 13)]
    lines = FORMATS["github"](report(*errors, *warnings)).splitlines()
    assert [line.split(" ")[0] for line in lines[:20]] == ["::error"] * 10 + ["::warning"] * 10
    assert lines[20].startswith("::notice title=qloop::5 more")


def test_github_shows_the_worst_first() -> None:
    plain = [replace(BAD, place=Place("a.md", i)) for i in range(1, 14)]
    private = replace(BAD, place=Place("z.md", 1), rule="privacy/phone")
    assert "privacy/phone" in FORMATS["github"](report(*plain, private)).splitlines()[0]


def test_step_summary_is_complete_and_its_cells_stay_cells() -> None:
    errors = [replace(BAD, place=Place("a.md", i)) for i in range(1, 31)]
    summary = github.step_summary(report(*errors))
    rows = [line for line in summary.splitlines() if line.startswith("| a.md")]
    assert len(rows) == 30
    for row in rows:
        assert row.replace("\\|", "").count("|") == 6
        assert "\\`this\\`" in row


def test_step_summary_keeps_below_the_limit_of_the_forge() -> None:
    many = [replace(BAD, place=Place("a.md", i), message="长" * 300) for i in range(1, 2000)]
    summary = github.step_summary(report(*many))
    assert len(summary.encode()) < 1024 * 1024
    shown = sum(line.startswith("| a.md") for line in summary.splitlines())
    assert f"{1999 - shown} more" in summary


def test_github_appends_to_the_step_summary(
    run: Run, archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "summary.md"
    target.write_text("before\n", "utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(target))
    spoil(issue_of(archive), "status: closed", "status: clsed")
    assert run("check", "--root", archive, "--format", "github").exit_code == 1
    text = target.read_text("utf-8")
    assert text.startswith("before\n")
    assert "schema/choice" in text


def test_paths_start_at_the_top_of_the_repository(run: Run, archive: Path) -> None:
    (archive.parent / ".git").mkdir()
    spoil(issue_of(archive), "status: closed", "status: clsed")
    github_line = run("check", "--root", archive, "--format", "github").stdout.splitlines()[0]
    assert "file=archive/issues/" in github_line
    gitlab = json.loads(run("check", "--root", archive, "--format", "gitlab").stdout)
    assert gitlab[0]["location"]["path"].startswith("archive/issues/")


def test_gitlab_has_what_code_quality_asks_for() -> None:
    """GitLab docs, Code Quality report format: description, check_name, fingerprint, severity, location."""
    entries = parsed("gitlab", BAD, BAD, WARNING, replace(BAD, rule="privacy/phone"))
    assert [e["severity"] for e in entries] == ["major", "major", "minor", "blocker"]
    for entry in entries:
        assert {"description", "check_name", "fingerprint", "severity", "location"} <= entry.keys()
        assert entry["location"]["lines"]["begin"] == 3
        assert not entry["location"]["path"].startswith(("/", "./"))
    assert len({e["fingerprint"] for e in entries}) == 4


def test_fingerprints_survive_lines_that_move() -> None:
    moved = replace(BAD, place=Place(BAD.place.path, 40, 5))
    assert parsed("gitlab", BAD)[0]["fingerprint"] == parsed("gitlab", moved)[0]["fingerprint"]


def test_sarif_is_a_run_with_rules_and_results() -> None:
    """OASIS SARIF 2.1.0: 3.27 result, 3.49 reportingDescriptor, 3.4 artifactLocation, 3.30 region."""
    log = parsed("sarif", BAD, WARNING, prefix="子 folder/")
    assert log["version"] == "2.1.0"
    run = log["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert len({r["id"] for r in rules}) == len(rules) > 10
    for rule in rules:
        assert rule["shortDescription"]["text"]
        assert rule["fullDescription"]["text"] == load("en")(f"rules.{rule['id']}.about")
        assert rule["help"]["text"].startswith(rule["fullDescription"]["text"])
        assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note", "none")
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        location = result["locations"][0]["physicalLocation"]
        assert unquote(location["artifactLocation"]["uri"]) == "子 folder/issues/2026/a,b.md"
        assert " " not in location["artifactLocation"]["uri"]
        assert location["artifactLocation"]["uriBaseId"] in run["originalUriBaseIds"]
        assert location["region"] == {"startLine": 3, "startColumn": 5}
    assert [r["level"] for r in run["results"]] == ["error", "warning"]
    assert len({tuple(r["partialFingerprints"].values()) for r in run["results"]}) == 2


@pytest.mark.parametrize("form", ["json", "gitlab", "sarif"])
def test_machines_read_utf8_and_json_even_when_settings_are_broken(
    run: Run, archive: Path, form: str
) -> None:
    (archive / "qloop.yml").write_text("brand: [", "utf-8")
    result = run("check", "--root", archive, "--format", form)
    assert result.exit_code == 2
    json.loads(result.stdout_bytes.decode("utf-8"))
