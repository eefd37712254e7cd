"""The search index: what is found, under which tokens, in which files.

Read in this order: record, terms, places (what a record says where), shape (its number), rice, postings, chunks,
cards, head (the files), build (all of them), update (those that change). The reader's side is
`theme/assets/search-index.js`; docs/decisions/search.md says why it is so.
"""

from qloop.publish.search.build import Collector, build_index, index_files
from qloop.publish.search.record import SearchRecord
from qloop.publish.search.update import Patch, update

__all__ = ["Collector", "Patch", "SearchRecord", "build_index", "index_files", "update"]
