"""One page per record."""
