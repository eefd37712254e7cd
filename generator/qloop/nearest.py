"""The valid value that somebody probably meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from qloop.texts import LANGUAGES, load


def nearest(value: str, candidates: Iterable[str], cutoff: float = 70) -> str | None:
    """The candidate most like ``value`` (rapidfuzz 0-100, at least ``cutoff``), the first by name of several.

    Upper and lower case do not matter.
    """
    from rapidfuzz import fuzz, process

    found = process.extractOne(
        value, sorted(candidates), scorer=fuzz.WRatio, processor=str.casefold, score_cutoff=cutoff
    )
    return str(found[0]) if found else None


def id_of_label(vocabulary: str, value: str) -> str | None:
    """The id whose label or known synonym ``value`` is, in any language; the first of several."""
    return next(ids_of_label(vocabulary, value), None)


def ids_of_label(vocabulary: str, value: str) -> Iterator[str]:
    """Every id whose label or known synonym ``value`` is: several fields may share a label."""
    wanted = value.strip().casefold()
    for language in LANGUAGES:
        texts = load(language)
        labels: dict[str, str] = texts["labels"].get(vocabulary, {})
        synonyms: dict[str, list[str]] = texts["synonyms"].get(vocabulary, {})
        for id, label in labels.items():
            if wanted in {id.casefold(), label.casefold(), *(s.casefold() for s in synonyms.get(id, ()))}:
                yield id
