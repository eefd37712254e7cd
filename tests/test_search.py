"""Search: any part of a text is found, and equal records give an equal bundle."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from qloop.publish.search import bundle as search
from qloop.publish.search.bundle import SHARD, SearchRecord, build_index, entry, excerpt, shards
from qloop.publish.search.terms import facet, identity, terms

RECORD = SearchRecord(
    id="QI-260803-7KD",
    kind="issue",
    url="issues/QI-260803-7KD/",
    title="帽围过小，佩戴压头",
    text="客户反映 AG-CAP-01 太紧。第二句。",
    aliases=("AG-0012", "勒头"),
    status="verified",
    filters={"product": "AG-CAP-01"},
)


def contents(folder: Path) -> dict[Path, bytes]:
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def pair(characters: str) -> str:
    return "zq" + characters.encode("utf-16-be").hex()


def test_every_pair_of_neighbours_is_a_token_but_none_over_a_comma():
    found = terms("帽围过小，佩戴压头")
    assert [pair(p) for p in ("帽围", "围过", "过小")] == found[:3]
    assert pair("佩戴") in found
    assert pair("戴压") in found
    assert pair("小佩") not in found


def test_the_last_character_is_found_alone_but_begins_no_other_pair():
    found = terms("压头")
    assert [token for token in found if token.startswith(pair("头"))] == [pair("头") + "z"]


@pytest.mark.parametrize("typed", ["qi2608037kd", "2608037kd", "260803", "7kd"])
def test_every_part_of_an_id_begins_a_token(typed):
    assert any(token.startswith(typed) for token in terms("QI-260803-7KD"))


@pytest.mark.parametrize(
    ("written", "token"),
    [
        ("Größe", "grosse"),
        ("ＡＧ－０１", "ag01"),
        ("54.8", "54p8"),
        ("T-Shirt", "tshirt"),
        ("don’t", "dont"),
        ("naïve", "naive"),
    ],
)
def test_spellings_fold_to_one(written, token):
    assert token in terms(written)


@given(st.text())
def test_tokens_are_single_words_without_repeats(text):
    found = terms(text)
    assert len(found) == len(set(found))
    assert all(token.isalnum() for token in found)


@given(st.text(alphabet="帽围过小佩戴压头勒", min_size=2), st.data())
def test_any_two_neighbours_of_a_chinese_text_are_found(text, data):
    start = data.draw(st.integers(min_value=0, max_value=len(text) - 2))
    assert pair(text[start : start + 2]) in terms(text)


def test_only_the_bearer_has_the_identity_token():
    mention = SearchRecord("FAQ-a", "faq", "faq/FAQ-a/", "太紧", "见 QI-260803-7KD")
    assert identity("QI-260803-7KD") in entry(RECORD)
    assert identity("ag 0012") in entry(RECORD)
    assert identity("QI-260803-7KD") not in entry(mention)
    assert identity("勒头") == ""
    assert facet("product", "AG-CAP-01") in entry(RECORD)


def test_words_of_a_record_cannot_become_markup():
    bad = SearchRecord("A", "faq", "a/", '"><script>x</script>', "<b>", aliases=("<i>",))
    assert "<script" not in entry(bad)
    assert "<b>" not in entry(bad)


def test_an_excerpt_is_the_first_sentence_within_its_length():
    assert excerpt("\n\n第一句。第二句。") == "第一句。"
    assert excerpt("") == ""
    assert len(excerpt("长" * 500)) == 90


def test_equal_records_give_equal_bytes_and_replace_what_was_there(tmp_path: Path):
    other = SearchRecord("SOP-A-001", "sop", "sop/SOP-A-001/", "作业指导书", "帽围", status="effective")
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "stale.txt").touch()
    build_index([RECORD, other], tmp_path / "one")
    build_index([other, RECORD], tmp_path / "two")
    files = [contents(out) for out in sorted(tmp_path.iterdir())]
    assert files[0] == files[1]
    assert Path("pagefind.js") in files[0]
    assert len([path for path in files[0] if path.suffix == ".pf_fragment"]) == 2


def many(count: int) -> list[SearchRecord]:
    return [SearchRecord(f"FAQ-{n}", "faq", f"faq/FAQ-{n}/", f"问题 {n}", "太紧") for n in range(count)]


def test_records_are_spread_over_a_power_of_two_of_shards():
    parts = shards(many(SHARD * 3))
    assert len(parts) == 4
    assert sum(map(len, parts)) == SHARD * 3
    assert max(map(len, parts)) < SHARD
    assert len(shards(many(SHARD))) == 1
    assert shards([]) == [[]]


def test_a_change_builds_one_shard_and_gives_the_bytes_of_a_whole_build(tmp_path: Path, monkeypatch):
    monkeypatch.setattr("qloop.publish.search.bundle.SHARD", 4)
    records = many(10)
    build_index(records, tmp_path / "old")
    records[3] = SearchRecord("FAQ-3", "faq", "faq/FAQ-3/", "改过的问题", "太松")
    build_index(records, tmp_path / "whole")

    built = []
    index = search._index
    monkeypatch.setattr(search, "_index", lambda part, out: built.append(part) or index(part, out))
    build_index(records, tmp_path / "new", previous=tmp_path / "old")
    assert len(built) == 1
    assert records[3] in built[0]
    assert contents(tmp_path / "new") == contents(tmp_path / "whole")


def test_no_records_are_an_empty_bundle(tmp_path: Path):
    build_index([], tmp_path / "out")
    assert (tmp_path / "out" / "pagefind.js").is_file()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_search_box_names_kinds_and_statuses_as_the_pages_do(language):
    texts = Path(search.__file__).parents[2] / "texts" / language
    names = ("theme", "labels", "pages")
    theme, labels, pages = (yaml.safe_load((texts / f"{name}.yml").read_text("utf-8")) for name in names)
    assert theme["kinds"] == pages["kind"]
    assert theme["statuses"] == {kind: labels[f"{kind}-status"] for kind in ("issue", "change", "sop")}
