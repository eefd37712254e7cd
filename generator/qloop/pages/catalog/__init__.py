"""One page per product and per factory."""
