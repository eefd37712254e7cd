"""The page of a FAQ entry: how people ask, what the agent does, replies to copy."""

from __future__ import annotations

from qloop.pages.page import Page
from qloop.pages.records.record import record_page
from qloop.pages.records.sop import review_overdue
from qloop.pages.site import Site
from qloop.read.entry import Entry
from qloop.records.faq import FaqRecord, Reply
from qloop.records.vocabulary import VOCABULARIES


def faq_page(site: Site, entry: Entry) -> Page:
    """The page of a FAQ entry."""
    record = entry.record
    assert isinstance(record, FaqRecord)
    return _page(site, entry, record)


def _page(site: Site, entry: Entry, record: FaqRecord) -> Page:
    return record_page(
        site, entry, record.question,
        replies=by_language(record.replies),
        asked=[(lang, record.aliases[lang]) for lang in VOCABULARIES["language"] if record.aliases.get(lang)],
        review_overdue=review_overdue(record.review_due, site.today),
    )  # fmt: skip


def by_language(replies: tuple[Reply, ...]) -> dict[str, tuple[Reply, ...]]:
    """Replies grouped for the tabs: languages in the order of their first reply."""
    languages = dict.fromkeys(r.lang for r in replies)
    return {lang: tuple(r for r in replies if r.lang == lang) for lang in languages}
