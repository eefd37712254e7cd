"""Home, indexes and boards: many records on one page."""
