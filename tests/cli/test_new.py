"""``qloop new``: what it writes passes the check as it is, under an id that nobody has."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from qloop import pipeline
from qloop.records.kinds import KINDS
from qloop.schema import schema
from qloop.texts import LANGUAGES, load
from tests.cli.conftest import Run, issue_of, spoil


def errors(run: Run, archive: Path) -> list[str]:
    shown = json.loads(run("check", "--root", archive, "--format", "json").stdout)
    return [f"{d['path']}:{d['line']} {d['rule']}" for d in shown["diagnostics"] if d["severity"] == "error"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "arguments",
    [
        ["issue"],
        [
            "issue",
            "--title",
            "帽檐: 边缘 #3 处脱线，戴三天裂开 2 cm",
            "--product",
            "CAP-01",
            "--category",
            "shedding",
        ],
        ["change"],
        ["sop"],
        ["sop", "--area", "pack"],
        ["faq", "--slug", "cap-too-large"],
        ["faq", "--title", "How do I wash it?"],
        ["faq"],
        ["review", "--week", "2026-W30"],
        ["review", "--month", "2026-10", "--factory", "knit-1"],
    ],
)
def test_round_trip(run: Run, archive: Path, language: str, arguments: list[str]) -> None:
    spoil(archive / "qloop.yml", "language: zh", f"language: {language}")
    result = run("new", *arguments, "--root", archive)
    assert result.exit_code == 0, result.stderr
    path = Path(result.stdout.strip())
    assert path.is_file()
    assert errors(run, archive) == []
    checked = pipeline.check(archive)
    entry = checked.archive.get(path.stem)
    assert entry
    assert entry.kind == arguments[0]
    # a pattern without the check's tolerance for case: the canonical form is minted
    assert re.search(schema(entry.kind)["properties"]["id"]["pattern"], path.stem)
    if "--title" in arguments:
        assert entry.record.title == arguments[arguments.index("--title") + 1]


def test_comments_list_the_archives_own_words(run: Run, archive: Path) -> None:
    text = Path(run("new", "issue", "--root", archive).stdout.strip()).read_text("utf-8")
    for word in (
        "size-small 尺码偏小",
        "factory-qc 工厂品管",
        "CAP-01 针织保暖帽",
        "knit-1 一号针织厂",
        "major 严重",
    ):
        assert word in text
    assert len([line for line in text.splitlines() if line.startswith("#")]) > 30


def test_comments_end_in_time_and_examples_stay_whole(run: Run, archive: Path) -> None:
    text = Path(run("new", "issue", "--root", archive).stdout.strip()).read_text("utf-8")
    for line in text.splitlines():
        assert line.count("[") == line.count("]"), line


def test_the_date_is_the_archives_day(run: Run, archive: Path) -> None:
    spoil(archive / "qloop.yml", "brand:", "as_of: 2026-03-04\nbrand:")
    path = Path(run("new", "issue", "--root", archive).stdout.strip())
    assert path.parent.name == "2026"
    assert path.name.startswith("QI-260304-")
    assert "opened: 2026-03-04\n" in path.read_text("utf-8")
    dated = Path(run("new", "change", "--date", "2025-12-31", "--root", archive).stdout.strip())
    assert dated.parent.name == "2025"


def test_sop_numbers_go_on(run: Run, archive: Path) -> None:
    first, second = (Path(run("new", "sop", "--root", archive).stdout.strip()).stem for _ in range(2))
    assert (first, second) == ("SOP-KNIT-002", "SOP-KNIT-003")


def test_ids_on_disk_are_taken_even_in_broken_files(
    run: Run, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = iter(["7KD", "7KD", "8AB", "9CD"])
    monkeypatch.setattr("qloop.scaffold.starts.mint", lambda prefix, day, taken: next(
        id for id in (f"{prefix}-{day:%y%m%d}-{x}" for x in tried) if id.casefold() not in taken
    ))  # fmt: skip
    folder = archive / "issues" / "2026"
    folder.mkdir(exist_ok=True)
    (folder / "QI-261123-7KD.md").write_text("broken", "utf-8")
    (folder / "qi-261123-8ab.yml").write_text("broken", "utf-8")
    path = Path(run("new", "issue", "--root", archive, "--date", "2026-11-23").stdout.strip())
    assert path.stem == "QI-261123-9CD"


@pytest.mark.parametrize(
    "arguments",
    [
        ["faq", "--slug", "cap-too-tight"],
        ["review", "--week", "2026-W47"],
        ["faq", "--slug", "FAQ-cap-too-tight"],
    ],
)
def test_nothing_is_overwritten(run: Run, archive: Path, arguments: list[str]) -> None:
    before = {p: p.read_bytes() for p in archive.rglob("*.md")}
    result = run("new", *arguments, "--root", archive)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert {p: p.read_bytes() for p in archive.rglob("*.md")} == before


def written(archive: Path) -> list[Path]:
    """The archive's files, without what qloop remembers of them."""
    return sorted(p for p in archive.rglob("*") if ".qloop" not in p.parts)


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["issue", "--category", "size-smal"], "size-small"),
        (["issue", "--product", "CAP-02"], "CAP-01"),
        (["sop", "--area", "../up"], "KNIT"),
        (["faq", "--slug", "../../up"], "cap-too-tight"),
        (["faq", "--slug", "太紧"], "cap-too-tight"),
        (["review", "--week", "2026-W60"], "2026-W32"),
        (["review", "--month", "2026-10"], "--factory"),
        (["review", "--month", "2026-13", "--factory", "knit-1"], "2026-10"),
        (["review", "--month", "2026-10", "--week", "2026-W40"], "--month"),
    ],
)
def test_wrong_wishes_are_exit_code_two(run: Run, archive: Path, arguments: list[str], word: str) -> None:
    before = written(archive)
    result = run("new", *arguments, "--root", archive)
    assert result.exit_code == 2
    assert word in result.stderr
    assert written(archive) == before


def test_the_printed_path_starts_at_root(run: Run, archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(archive)
    assert re.fullmatch(r"issues/\d{4}/QI-\d{6}-\w{3}\.md\n", run("new", "issue").stdout)


def test_a_category_that_asks_for_details_says_which(run: Run, archive: Path) -> None:
    spoil(archive / "qloop.yml", "min: 40, max: 70}", "min: 40, max: 70, required: true}")
    plain = Path(run("new", "issue", "--root", archive).stdout.strip())
    assert "category: shedding\n" in plain.read_text("utf-8")
    asked = Path(run("new", "issue", "--category", "size-small", "--root", archive).stdout.strip())
    assert "measured_cm 实测帽围* (number cm 40-70)" in asked.read_text("utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_field_has_its_sentence(kind: str, language: str) -> None:
    fields = {info.alias or name for name, info in KINDS[kind].model.model_fields.items()}
    assert set(load(language)[f"scaffold.{kind}"]) == fields


def test_records_that_exist_stay_out_of_reviews(run: Run, archive: Path) -> None:
    """The default week is the last complete one; here it has its minutes already."""
    spoil(archive / "qloop.yml", "brand:", "as_of: 2026-11-23\nbrand:")
    assert run("new", "review", "--root", archive).exit_code == 2
    assert issue_of(archive).is_file()
