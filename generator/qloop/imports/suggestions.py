"""What a comment seems to be about: the category with most of its keywords in the text; the text is not kept."""

from __future__ import annotations

import html
import re
from collections import Counter

from qloop.records.settings import Settings


class Suggestions:
    """Suggests a category by ``categories[].keywords``; of two with as many keywords the earlier one."""

    def __init__(self, settings: Settings) -> None:
        self._words = [
            (word.lower(), c.id, _whole(word.lower())) for c in settings.categories for word in c.keywords
        ]

    def of(self, comment: str) -> str:
        """A category's id, or nothing; comments are HTML-escaped and join preset answers by ``|``."""
        if not comment:
            return ""
        text = (html.unescape(comment) if "&" in comment else comment).lower()
        hits: Counter[str] = Counter()
        for word, id, whole in self._words:
            if word in text and whole.search(text):  # the first test is fast and mostly enough
                hits[id] += 1
        return hits.most_common(1)[0][0] if hits else ""


def _whole(word: str) -> re.Pattern[str]:
    """A Latin keyword stands as words of its own (``bent`` is not in ``absent``); Chinese has no word ends."""
    text = re.escape(word)
    if word[0].isascii() and word[0].isalnum():
        text = r"(?<![a-z])" + text
    if word[-1].isascii() and word[-1].isalnum():
        text += r"(?![a-z])"
    return re.compile(text)
