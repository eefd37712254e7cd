"""Lists of records, and where the rest of a long one stands."""
