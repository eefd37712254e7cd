"""Every rule's samples are run: Bad is found, Good is not; every rule has its words in both languages."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from qloop.diagnostics import errors
from qloop.rules import FAMILIES, all_rules
from qloop.texts import LANGUAGES, load

from .tree import diagnostics, tree

RULES = all_rules()
WITHOUT_SAMPLES = {
    "file/missing": "qloop.yml itself is missing: tests/test_bad_input.py",
    "file/not-a-file": "a folder: tests/test_bad_input.py",
    "file/outside": "a symbolic link: tests/test_bad_input.py",
    "file/too-large": "5 MB: tests/test_bad_input.py",
    "file/unreadable": "permissions: tests/test_bad_input.py",
    "file/binary": "bytes: tests/test_bad_input.py",
    "file/encoding": "bytes: tests/test_bad_input.py",
    "attachments/size": "5 MB: tests/rules/test_attachments.py",
    "pictures/location": "a photo: tests/rules/test_pictures.py",
    "pictures/unreadable": "a photo: tests/rules/test_pictures.py",
}
SENTENCE = re.compile(r"[A-Za-z]+(?:[ ,;.]+[A-Za-z]+){2,}")
"""Three English words in a row; names of standards and files have fewer."""
SAMPLED = sorted(set(RULES) - set(WITHOUT_SAMPLES))


def test_the_base_archive_is_clean(tmp_path: Path) -> None:
    assert diagnostics(tmp_path) == []


@pytest.mark.parametrize("id", SAMPLED)
def test_bad_sample_is_found(id: str, tmp_path: Path) -> None:
    found = diagnostics(tmp_path, RULES[id].sample("Bad"))
    mine = [d for d in found if d.rule == id]
    assert mine, "\n".join(map(str, found))
    assert all(d.severity == RULES[id].severity and d.message for d in mine)


@pytest.mark.parametrize("id", SAMPLED)
def test_good_sample_is_not_found(id: str, tmp_path: Path) -> None:
    sample = RULES[id].sample("Good")
    assert sample
    assert [str(d) for d in diagnostics(tmp_path, sample) if d.rule == id] == []


@pytest.mark.parametrize("id", sorted(RULES))
def test_rule_is_described(id: str) -> None:
    rule = RULES[id]
    assert rule.summary.endswith((".", "?"))
    assert len(rule.summary) < 250
    assert (id in WITHOUT_SAMPLES) != bool(rule.sample("Bad"))
    if rule.severity == "error" and rule.relaxable:
        assert rule.family == "gates"


@pytest.mark.parametrize("id", sorted(RULES))
def test_rule_has_its_words_in_every_language(id: str) -> None:
    words = [load(language)["rules"][id] for language in LANGUAGES]
    for one in words:
        assert one["title"]
        assert set(one) - {"title", "about"}
    assert len({frozenset(one) for one in words}) == 1
    for key in words[0]:
        # the same things are filled in, whatever the language
        assert len({frozenset(fields(one[key])) for one in words}) == 1, key


@pytest.mark.parametrize("id", sorted(RULES))
def test_rule_says_what_it_asks_in_every_language(id: str) -> None:
    about = {language: load(language)(f"rules.{id}.about") for language in LANGUAGES}
    assert re.search(r"[\u4e00-\u9fff]{4}", about["zh"])
    assert about["zh"].endswith("。")
    assert not SENTENCE.search(about["zh"]), "an English sentence in the Chinese text"
    assert about["en"].isascii()
    assert about["en"].endswith(".")


@pytest.mark.parametrize("text", ["规则：A record is text.", "is read by its keys", "a file, a list"])
def test_a_sentence_in_english_is_told_from_names(text: str) -> None:
    assert SENTENCE.search(text)
    assert not SENTENCE.search(
        "SOP（ISO 9001 10.2.1 b，8D D4）：JPEG、PNG 或 Crockford Base 32，不用 I、L、O、U"
    )


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_no_words_without_a_rule() -> None:
    for language in LANGUAGES:
        assert set(load(language)["rules"]) == set(RULES)


def test_every_family_has_its_tests() -> None:
    here = Path(__file__).parent
    assert [f for f in FAMILIES if not (here / f"test_{f}.py").exists()] == []


@pytest.mark.parametrize("id", [id for id in SAMPLED if RULES[id].relaxable])
def test_relaxed_gate_says_nothing(id: str, tmp_path: Path) -> None:
    gate = f"# qloop.yml\ngates: {{{id}: 小批量试销，暂不要求}}"
    assert [d.rule for d in diagnostics(tmp_path, RULES[id].sample("Bad"), gate) if d.rule == id] == []


def test_english_archive_speaks_english(tmp_path: Path) -> None:
    found = errors(diagnostics(tmp_path, "# qloop.yml\nlanguage: en", "sops: [SOP-KNIT-010]"))
    assert [d.message for d in found] == ["SOP-KNIT-010 does not exist"]
    assert tree(tmp_path).exists()
