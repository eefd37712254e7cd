"""The search bundle: records become Pagefind entries whose words survive every segmenter.

Chinese has no spaces. Pagefind cuts it with one dictionary when it indexes and with the browser's own when it
searches, and the two disagree: the word 佩戴 in 帽围过小，佩戴压头 is not found. So both sides of ours use
plain tokens: a pair of neighbouring CJK characters becomes one Latin word, `zq` and their hexadecimal UTF-16
units, which no segmenter cuts. `theme/assets/search.js` rewrites what the reader types in the same way.
"""

import asyncio
import re
import shutil
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

INDEX_LANGUAGE = "zh"  # one index for every record; Pagefind's loader takes the largest when it has no other
KANA = r"\u3005-\u3007\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff"
CJK = KANA + r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af\U00020000-\U0003ffff"
WORD = rf"[^\W_{CJK}]+"
RUNS = re.compile(rf"[{CJK}]+|\d+(?:\.\d+)+|{WORD}(?:[-_'’‐‑–]{WORD})*")
IS_CJK = re.compile(rf"[{CJK}]")
SENTENCE_END = re.compile(r"(?<=[。！？!?；])|(?<=\.)\s|\n")
TITLE_WEIGHT = 5
EXCERPT_LENGTH = 90  # characters: two lines of the drop-down
INTERFACES = ("pagefind-ui.*", "pagefind-modular-ui.*", "pagefind-component-ui.*", "pagefind-highlight.js")


@dataclass(frozen=True)
class SearchRecord:
    """One findable page; `url` is relative to the site's root, `filters` may name kind-specific facets."""

    id: str
    kind: str
    url: str
    title: str
    text: str
    language: str = "zh"
    aliases: tuple[str, ...] = ()
    status: str = ""
    filters: Mapping[str, str] = field(default_factory=dict)


def terms(text: str) -> list[str]:
    """The tokens under which a text is found, each once, in the order of first appearance.

    A compound such as `QI-260803-7KD` gives every tail (`qi2608037kd 2608037kd 7kd`): Pagefind matches the
    beginnings of words, so every part of it is found, with and without hyphens.
    """
    return list(dict.fromkeys(token for run in RUNS.findall(fold(text)) for token in _tokens(run)))


def fold(text: str) -> str:
    """One spelling of a text: NFKC, lower case (ß as ss)."""
    return unicodedata.normalize("NFKC", text).casefold()


def identity(name: str) -> str:
    """The token that only the bearer of an id or alias has; "" for a name that is not in ASCII."""
    joined = re.sub(r"[\W_]+", "", fold(name))
    return f"zqi{joined}" if joined.isascii() and joined else ""


def facet(key: str, value: str) -> str:
    """The token that narrows a search to one value; Pagefind's own filter files differ from run to run."""
    return f"zqk{fold(key)}{''.join(_code(character) for character in fold(value))}"


def _tokens(run: str) -> Iterator[str]:
    if IS_CJK.match(run):
        codes = [_code(character) for character in run]
        yield from (f"zq{first}{second}" for first, second in pairwise(codes))
        yield f"zq{codes[-1]}z"  # the end of a run is found alone, but is no beginning of another pair
    elif run[0].isdigit() and "." in run:
        yield run.replace(".", "p")
    else:
        parts = [_plain(part) for part in re.split(r"[-_‐‑–]", run)]
        yield from ("".join(parts[start:]) for start in range(len(parts)))


def _code(character: str) -> str:
    return character.encode("utf-16-be").hex()


def _plain(word: str) -> str:
    letters = unicodedata.normalize("NFD", word)
    return "".join(letter for letter in letters if letter.isalnum())


def excerpt(text: str) -> str:
    """The first sentence of a text, cut at 90 characters."""
    first = next((part.strip() for part in SENTENCE_END.split(text) if part.strip()), "")
    return first if len(first) <= EXCERPT_LENGTH else first[: EXCERPT_LENGTH - 1] + "…"


def build_index(records: Iterable[SearchRecord], out: Path) -> None:
    """Write the Pagefind bundle of the records into `out`, replacing what was there.

    Equal records give equal bytes, whatever their order; raises what Pagefind raises.
    """
    shutil.rmtree(out, ignore_errors=True)
    with TemporaryDirectory(prefix="qloop-search-") as folder:
        entries = Path(folder)
        for record in records:
            path = entries / record.kind / f"{quote(record.id, safe='')}.html"
            path.parent.mkdir(exist_ok=True)
            path.write_text(entry(record), encoding="utf-8")
        asyncio.run(_index(entries, out))
    for pattern in INTERFACES:  # ready-made interfaces that this site does not use
        for path in out.glob(pattern):
            path.unlink()


async def _index(entries: Path, out: Path) -> None:
    # A folder is one message. Record by record takes 0.1 s each: the API sleeps before every answer.
    from pagefind.index import PagefindIndex

    async with PagefindIndex(config={"output_path": str(out.resolve())}) as index:
        await index.add_directory(str(entries))


def entry(record: SearchRecord) -> str:
    """The HTML that Pagefind reads for a record: what is shown as metadata, what is found as tokens."""
    names = (record.id, *record.aliases)
    title = terms("\n".join((record.title, *names)))
    own = [token for name in names if (token := identity(name))]
    facets = {"kind": record.kind, "status": record.status, **record.filters}
    own += [facet(key, value) for key, value in facets.items() if value]
    known = set(title)
    text = [token for token in terms(record.text) if token not in known]
    return (
        f'<html lang="{INDEX_LANGUAGE}"><body>{_metadata(record)}'
        f'<p data-pagefind-weight="{TITLE_WEIGHT}">{escape(" ".join(own + title))}</p>'
        f"<p>{escape(' '.join(text))}</p>"
    )


def _metadata(record: SearchRecord) -> str:
    facts = {
        "title": record.title,
        "url": record.url,
        "id": record.id,
        "kind": record.kind,
        "status": record.status,
        "language": record.language,
        "aliases": "\n".join(record.aliases),
        "excerpt": excerpt(record.text),
    }
    return "".join(
        f'<i data-pagefind-meta="{key}[content]" content="{escape(value)}"></i>'
        for key, value in facts.items()
        if value
    )
